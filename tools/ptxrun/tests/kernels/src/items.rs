//! The work of every test kernel on one item, compiled for the host and for
//! the device from this one file.

/// Inputs and outputs of one item.
pub const IN: usize = 8;
pub const OUT: usize = 8;
pub type Input = [u32; IN];
pub type Output = [u32; OUT];

#[cfg(target_arch = "nvptx64")]
mod m {
    pub fn sqrt(x: f32) -> f32 {
        core::intrinsics::sqrtf32(x)
    }
    pub fn fma(a: f32, b: f32, c: f32) -> f32 {
        core::intrinsics::fmaf32(a, b, c)
    }
    pub fn sqrt64(x: f64) -> f64 {
        core::intrinsics::sqrtf64(x)
    }
    pub fn fma64(a: f64, b: f64, c: f64) -> f64 {
        core::intrinsics::fmaf64(a, b, c)
    }
    pub fn floor(x: f32) -> f32 {
        core::intrinsics::floorf32(x)
    }
}

#[cfg(not(target_arch = "nvptx64"))]
mod m {
    pub fn sqrt(x: f32) -> f32 {
        x.sqrt()
    }
    pub fn fma(a: f32, b: f32, c: f32) -> f32 {
        a.mul_add(b, c)
    }
    pub fn sqrt64(x: f64) -> f64 {
        x.sqrt()
    }
    pub fn fma64(a: f64, b: f64, c: f64) -> f64 {
        a.mul_add(b, c)
    }
    pub fn floor(x: f32) -> f32 {
        x.floor()
    }
}

fn mulhilo(a: u32, b: u32) -> (u32, u32) {
    let p = a as u64 * b as u64;
    ((p >> 32) as u32, p as u32)
}

/// Philox 4x32, 10 rounds.
pub fn philox(mut c: [u32; 4], mut k: [u32; 2]) -> [u32; 4] {
    let mut i = 0;
    while i < 10 {
        let (h0, l0) = mulhilo(0xD251_1F53, c[0]);
        let (h1, l1) = mulhilo(0xCD9E_8D57, c[2]);
        c = [h1 ^ c[1] ^ k[0], l1, h0 ^ c[3] ^ k[1], l0];
        k = [k[0].wrapping_add(0x9E37_79B9), k[1].wrapping_add(0xBB67_AE85)];
        i += 1;
    }
    c
}

pub fn random(x: &Input, out: &mut Output) {
    let r = philox([x[0], x[1], x[2], x[3]], [x[4], x[5]]);
    let mut i = 0;
    while i < 4 {
        out[i] = r[i];
        out[i + 4] = ((r[i] >> 8) as f32 * (1.0 / 16_777_216.0)).to_bits();
        i += 1;
    }
}

/// A float in [0, 1) or, for every 16th value, any bit pattern.
fn unit(v: u32) -> f32 {
    if v & 15 == 0 { f32::from_bits(v.rotate_left(7)) } else { (v >> 8) as f32 * (1.0 / 16_777_216.0) }
}

/// Bits of a float, all NaNs alike.
fn canonical(x: f32) -> u32 {
    if x.is_nan() { 0x7fc0_0000 } else { x.to_bits() }
}

/// Reflection and refraction at a dielectric surface.
pub fn fresnel(x: &Input, out: &mut Output) {
    let (n1, n2) = (1.0 + unit(x[0]), 1.0 + unit(x[1]));
    let c1 = unit(x[2]);
    let eta = n1 / n2;
    let s2 = eta * eta * (1.0 - c1 * c1);
    let (rs, rp, c2);
    if s2 >= 1.0 {
        (rs, rp, c2) = (1.0, 1.0, 0.0);
    } else {
        c2 = m::sqrt(1.0 - s2);
        let a = (n1 * c1 - n2 * c2) / (n1 * c1 + n2 * c2);
        let b = (n1 * c2 - n2 * c1) / (n1 * c2 + n2 * c1);
        (rs, rp) = (a * a, b * b);
    }
    let u = unit(x[3]);
    out[0] = s2.to_bits();
    out[1] = rs.to_bits();
    out[2] = rp.to_bits();
    out[3] = c2.to_bits();
    out[4] = m::fma(rs, 0.5, rp * 0.5).to_bits();
    out[5] = m::floor(eta * 10.0).to_bits();
    out[6] = canonical(rs.min(rp)) ^ canonical(rs.max(u));
    out[7] = (u < 0.5 * (rs + rp)) as u32;
}

/// Loops with trip counts that depend on the data.
pub fn loops(x: &Input, out: &mut Output) {
    let mut v = x[0] as u64 % 10_000 + 1;
    let mut steps = 0u32;
    while v != 1 {
        v = if v & 1 == 0 { v / 2 } else { 3 * v + 1 };
        steps += 1;
    }
    out[0] = steps;
    let (mut sum, mut comp) = (0f32, 0f32);
    let mut s = x[1] | 1;
    let mut k = 0;
    while k < x[2] % 40 {
        s ^= s << 13;
        s ^= s >> 17;
        s ^= s << 5;
        let y = unit(s | 1) - comp;
        let t = sum + y;
        comp = (t - sum) - y;
        sum = t;
        k += 1;
    }
    out[1] = sum.to_bits();
    out[2] = comp.to_bits();
    out[3] = s;
    // Newton's method.
    let a = unit(x[3] | 1) + 0.1;
    let mut r = 1.0f32;
    let mut n = 0;
    loop {
        let next = 0.5 * (r + a / r);
        n += 1;
        if next == r || n > 50 {
            break;
        }
        r = next;
    }
    out[4] = r.to_bits();
    out[5] = n;
    let (mut g, mut h) = (x[4], x[5]);
    while h != 0 {
        (g, h) = (h, g % h);
    }
    out[6] = g;
    out[7] = (x[6] as i32).wrapping_div((x[7] as i32) | 1) as u32;
}

/// Arrays with dynamic indices, which live in local memory.
pub fn arrays(x: &Input, out: &mut Output) {
    let mut a = [0u32; 16];
    let mut i = 0;
    while i < 16 {
        a[i] = x[i & 7].rotate_left(i as u32 * 5) ^ i as u32;
        i += 1;
    }
    let mut i = 1;
    while i < 16 {
        let v = a[i];
        let mut j = i;
        while j > 0 && a[j - 1] > v {
            a[j] = a[j - 1];
            j -= 1;
        }
        a[j & 15] = v;
        i += 1;
    }
    let mut bins = [0u8; 32];
    let mut i = 0;
    while i < 16 {
        let b = (a[i] >> 27) as usize & 31;
        bins[b] = bins[b].wrapping_mul(3).wrapping_add(i as u8);
        i += 1;
    }
    let mut short = [0i16; 8];
    let mut i = 0;
    while i < 8 {
        short[(x[i] & 7) as usize] = (x[i] >> 3) as i16;
        i += 1;
    }
    let mut k = 0;
    while k < 8 {
        let at = (x[k] >> 5) as usize & 15;
        out[k] = a[at]
            .wrapping_add(bins[(x[k] & 31) as usize] as u32)
            .wrapping_add(short[(x[k] >> 9) as usize & 7] as i32 as u32);
        k += 1;
    }
}

/// A dense `match`, for jump tables.
fn step(op: u32, a: u32, b: u32) -> u32 {
    match op {
        0 => a.wrapping_add(b),
        1 => a.wrapping_sub(b),
        2 => a.wrapping_mul(b),
        3 => a ^ b,
        4 => a.rotate_left(b),
        5 => a.leading_zeros().wrapping_add(b),
        6 => a.count_ones().wrapping_mul(b),
        7 => a.reverse_bits() ^ b,
        8 => a.swap_bytes().wrapping_add(b),
        9 => a.trailing_zeros() ^ b,
        10 => a.min(b),
        11 => (a as i32).max(b as i32) as u32,
        12 => a.saturating_add(b),
        13 => a.saturating_sub(b),
        14 => (a as i32).wrapping_abs() as u32 ^ b,
        _ => a.abs_diff(b),
    }
}

pub fn switch(x: &Input, out: &mut Output) {
    let mut acc = x[0];
    let mut i = 0;
    while i < 8 {
        acc = step(x[i] % 16, acc, x[(i + 3) & 7]);
        out[i] = acc;
        i += 1;
    }
}

/// 64-bit and 128-bit integers.
pub fn wide(x: &Input, out: &mut Output) {
    let a = x[0] as u64 | (x[1] as u64) << 32;
    let b = x[2] as u64 | (x[3] as u64) << 32;
    let c = (x[4] as u64 | (x[5] as u64) << 32) >> (x[6] & 63);
    let p = a as u128 * b as u128 + c as u128;
    let q = a / (c | 1);
    let r = a % (c | 1);
    let s = (b as i64).wrapping_div((c as i64) | 1) ^ (b as i64).wrapping_rem((c as i64) | 1);
    let t = a.rotate_left(x[6]) ^ (b as i64 >> (x[7] & 63)) as u64;
    let (sum, carry) = a.overflowing_add(b);
    let hi = ((a as i64 as i128 * b as i64 as i128) >> 64) as u64;
    let z = [
        p as u64,
        (p >> 64) as u64,
        q ^ r.rotate_left(32),
        (s as u64) ^ t,
        sum ^ carry as u64 ^ hi ^ (a.leading_zeros() as u64) << 40 ^ (b.count_ones() as u64) << 48,
    ];
    let w = z[4] ^ (a as u128 * c as u128).wrapping_add(p).wrapping_sub(b as u128) as u64;
    let mut i = 0;
    while i < 3 {
        out[2 * i] = z[i] as u32;
        out[2 * i + 1] = (z[i] >> 32) as u32;
        i += 1;
    }
    out[6] = (z[3] ^ z[3] >> 32) as u32;
    out[7] = (w ^ w >> 32) as u32;
}

/// Double precision.
pub fn double(x: &Input, out: &mut Output) {
    let a = (x[0] as f64 + x[1] as f64 / 4294967296.0) / 1e6;
    let b = f64::from_bits((x[2] as u64) << 32 | x[3] as u64);
    let b = if b.is_nan() { 1.5 } else { b };
    let c = x[4] as i32 as f64;
    let p = m::fma64(m::fma64(a, 0.25, -1.0 / 3.0), a, c);
    let q = m::sqrt64(a) / (c + 0.5) - b.abs().min(1e300) * 1e-10;
    let r = a * b;
    let s = if r.is_nan() { 0 } else { r.to_bits() };
    out[0] = p.to_bits() as u32;
    out[1] = (p.to_bits() >> 32) as u32;
    out[2] = q.to_bits() as u32;
    out[3] = (q.to_bits() >> 32) as u32;
    out[4] = (s ^ s >> 32) as u32;
    out[5] = (b as f32).to_bits();
    out[6] = (f32::from_bits(x[5] & 0xff7f_ffff) as f64 * 1.25).to_bits().rotate_left(20) as u32;
    out[7] = (p as i64 ^ (a as u64) as i64) as u32;
}

/// Conversions between numeric types.
pub fn casts(x: &Input, out: &mut Output) {
    let f = f32::from_bits(x[0]);
    let d = f64::from_bits((x[1] as u64) << 32 | x[2] as u64);
    out[0] = f as i32 as u32 ^ (f as u32).rotate_left(9);
    out[1] = (f as i64 as u64 ^ (f as u64).rotate_left(17)) as u32;
    out[2] = (d as i32 as u32) ^ (d as u32).rotate_left(5);
    out[3] = ((d as i64) ^ (d as u64) as i64 >> 13) as u32;
    out[4] = (f as u8 as u32) | (f as i8 as u8 as u32) << 8 | (d as i16 as u16 as u32) << 16;
    out[5] = (x[3] as f32).to_bits() ^ (x[4] as i32 as f32).to_bits().rotate_left(3);
    let w = x[5] as u64 | (x[6] as u64) << 32;
    out[6] = (w as f32).to_bits() ^ (w as i64 as f32).to_bits().rotate_left(7);
    let e = (w as f64).to_bits() ^ (w as i64 as f64).to_bits().rotate_left(11);
    out[7] = (e ^ e >> 32) as u32 ^ (x[7] as i8 as i32 as u32) ^ ((x[7] >> 8) as i16 as i64 as u32);
}

/// A structure passed by value.
#[derive(Clone, Copy)]
pub struct Ray {
    pub p: [f32; 3],
    pub d: [f32; 3],
    pub id: u64,
}

#[inline(never)]
pub fn advance(r: Ray, t: f32) -> Ray {
    let mut r = r;
    let mut i = 0;
    while i < 3 {
        r.p[i] += r.d[i] * t;
        i += 1;
    }
    r.id = r.id.wrapping_mul(6364136223846793005).wrapping_add(1);
    r
}

#[inline(never)]
pub fn ackermann(m: u32, n: u32) -> u32 {
    if m == 0 {
        n + 1
    } else if n == 0 {
        ackermann(m - 1, 1)
    } else {
        ackermann(m - 1, ackermann(m, n - 1))
    }
}

#[inline(never)]
fn op_add(a: u32, b: u32) -> u32 {
    a.wrapping_add(b)
}
#[inline(never)]
fn op_mul(a: u32, b: u32) -> u32 {
    a.wrapping_mul(b)
}
#[inline(never)]
fn op_rot(a: u32, b: u32) -> u32 {
    a.rotate_right(b)
}

static OPS: [fn(u32, u32) -> u32; 3] = [op_add, op_mul, op_rot];

/// Calls: aggregates, recursion, function pointers.
pub fn calls(x: &Input, out: &mut Output) {
    let mut r = Ray {
        p: [unit(x[0] | 1), unit(x[1] | 1), unit(x[2] | 1)],
        d: [0.6, unit(x[3] | 1) - 0.5, -0.64],
        id: x[4] as u64,
    };
    let mut k = 0;
    while k < 1 + (x[5] & 3) {
        r = advance(r, unit(x[6] | 1));
        k += 1;
    }
    let mut i = 0;
    while i < 3 {
        out[i] = r.p[i].to_bits();
        i += 1;
    }
    out[3] = r.id as u32;
    out[4] = (r.id >> 32) as u32;
    out[5] = ackermann(x[7] & 1, x[6] & 3);
    let f = OPS[(x[7] % 3) as usize];
    out[6] = f(x[0], x[1]);
    out[7] = OPS[(x[6] % 3) as usize](out[6], x[2]);
}

/// Lookup tables in module memory.
static TABLE: [f32; 64] = {
    let mut t = [0f32; 64];
    let mut i = 0;
    while i < 64 {
        t[i] = 0.37 + (i * i) as f32 * 0.013;
        i += 1;
    }
    t
};
static BYTES: [u8; 16] = [3, 1, 4, 1, 5, 9, 2, 6, 5, 3, 5, 8, 9, 7, 9, 3];
static SIGNED: [i16; 8] = [-1, 300, -32768, 32767, 0, 7, -7, 1000];

/// Interpolation in a table, byte and 16-bit tables.
pub fn tables(x: &Input, out: &mut Output) {
    let mut i = 0;
    while i < 4 {
        let u = unit(x[i] | 1) * 63.0;
        let k = u as usize;
        let w = u - k as f32;
        let (a, b) = (TABLE[k & 63], TABLE[(k + 1) & 63]);
        out[i] = (a + (b - a) * w).to_bits();
        out[i + 4] = BYTES[(x[i + 4] & 15) as usize] as u32
            + (SIGNED[(x[i + 4] >> 4 & 7) as usize] as i32 as u32 & 0xffff) * 256;
        i += 1;
    }
}
