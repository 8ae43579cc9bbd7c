//! Bit-field and byte-permutation instructions.

/// `bfe`: field of `len` bits from `pos`, sign-extended if `signed`.
pub(crate) fn bfe(a: u64, pos: u32, len: u32, width: u32, signed: bool) -> u64 {
    let (pos, len, msb) = (pos & 0xff, len & 0xff, width - 1);
    let mask = u64::MAX >> (64 - width);
    let fill = signed && len > 0 && (a >> (pos + len - 1).min(msb)) & 1 == 1;
    let field = if pos > msb { 0 } else { (a & mask) >> pos };
    let kept = len.min(width - pos.min(width));
    let low = if kept == 0 { 0 } else { field & (u64::MAX >> (64 - kept)) };
    if fill {
        let ones = if kept >= 64 { 0 } else { u64::MAX << kept };
        (low | ones) & mask
    } else {
        low
    }
}

/// `bfi`: `b` with `len` bits from `pos` replaced by the low bits of `a`.
pub(crate) fn bfi(a: u64, b: u64, pos: u32, len: u32, width: u32) -> u64 {
    let (pos, len) = (pos & 0xff, len & 0xff);
    let kept = len.min(width - pos.min(width));
    if kept == 0 {
        return b;
    }
    let field = (u64::MAX >> (64 - kept)) << pos;
    (b & !field) | ((a << pos) & field)
}

/// `bfind`: position of the most significant non-sign bit, or all ones.
pub(crate) fn bfind(a: u64, width: u32, signed: bool, shiftamt: bool) -> u32 {
    let mask = u64::MAX >> (64 - width);
    let negative = signed && (a >> (width - 1)) & 1 == 1;
    let v = if negative { !a & mask } else { a & mask };
    if v == 0 {
        return u32::MAX;
    }
    let pos = 63 - v.leading_zeros();
    if shiftamt { width - 1 - pos } else { pos }
}

/// `prmt` in its default mode.
pub(crate) fn prmt(a: u32, b: u32, c: u32) -> u32 {
    let bytes = u64::from(b) << 32 | u64::from(a);
    let mut d = 0;
    for k in 0..4 {
        let sel = c >> (4 * k);
        let byte = (bytes >> (8 * (sel & 7))) as u8;
        let v = if sel & 8 != 0 { (byte as i8 >> 7) as u8 } else { byte };
        d |= u32::from(v) << (8 * k);
    }
    d
}

/// `prmt` with a mode: the default-mode selector that does the same.
pub(crate) fn prmt_selector(mode: &str, c: u32) -> u32 {
    let n = c & 3;
    let pick = |f: &dyn Fn(u32) -> u32| (0..4).map(|k| f(k) << (4 * k)).sum::<u32>();
    match mode {
        "f4e" => pick(&|k| n + k),
        "b4e" => pick(&|k| (n + 8 - k) & 7),
        "rc8" => pick(&|_| n),
        "ecl" => pick(&|k| k.max(n)),
        "ecr" => pick(&|k| k.min(n)),
        _ => pick(&|k| 2 * (n & 1) + (k & 1)),
    }
}

/// `lop3`: the bitwise function with truth table `lut`.
pub(crate) fn lop3(a: u32, b: u32, c: u32, lut: u32) -> u32 {
    (0..8).filter(|k| lut >> k & 1 == 1).fold(0, |d, k| {
        let x = if k & 4 != 0 { a } else { !a };
        let y = if k & 2 != 0 { b } else { !b };
        let z = if k & 1 != 0 { c } else { !c };
        d | (x & y & z)
    })
}

/// `shf`: funnel shift of `hi:lo`; `n` is already wrapped or clamped to 0..=32.
pub(crate) fn shf(lo: u32, hi: u32, n: u32, left: bool) -> u32 {
    let v = u64::from(hi) << 32 | u64::from(lo);
    if left { ((v << n) >> 32) as u32 } else { (v >> n) as u32 }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fields() {
        assert_eq!(bfe(0xabcd_1234, 8, 8, 32, false), 0x12);
        assert_eq!(bfe(0xabcd_1234, 24, 8, 32, true), 0xffff_ffab);
        assert_eq!(bfe(0xabcd_1234, 28, 8, 32, true), 0xffff_fffa);
        assert_eq!(bfe(0x8000_0000, 40, 4, 32, true), 0xffff_ffff);
        assert_eq!(bfe(5, 0, 0, 32, true), 0);
        assert_eq!(bfe(u64::MAX, 0, 64, 64, false), u64::MAX);
        assert_eq!(bfi(0xf, 0, 4, 4, 32), 0xf0);
        assert_eq!(bfi(0xff, 0x1111_1111, 28, 8, 32) & 0xffff_ffff, 0xf111_1111);
        assert_eq!(bfi(0xff, 7, 32, 8, 32), 7);
        assert_eq!(bfi(u64::MAX, 0, 0, 64, 64), u64::MAX);
    }

    #[test]
    fn finds() {
        assert_eq!(bfind(0, 32, false, false), u32::MAX);
        assert_eq!(bfind(0x8000_0000, 32, false, false), 31);
        assert_eq!(bfind(0xffff_fff0, 32, true, false), 3);
        assert_eq!(bfind(0x10, 32, false, true), 27);
        assert_eq!(bfind(u64::MAX, 64, true, false), u32::MAX);
    }

    #[test]
    fn permutes() {
        assert_eq!(prmt(0x3322_1100, 0x7766_5544, 0x3210), 0x3322_1100);
        assert_eq!(prmt(0x3322_1100, 0x7766_5544, 0x0123), 0x0011_2233);
        assert_eq!(prmt(0x3322_1100, 0x7766_5544, 0x7654), 0x7766_5544);
        assert_eq!(prmt(0x80, 0, 0x8888), 0xffff_ffff);
        assert_eq!(prmt_selector("f4e", 1), 0x4321);
        assert_eq!(prmt_selector("b4e", 1), 0x6701);
        assert_eq!(prmt_selector("rc8", 2), 0x2222);
        assert_eq!(prmt_selector("ecl", 2), 0x3222);
        assert_eq!(prmt_selector("ecr", 2), 0x2210);
        assert_eq!(prmt_selector("rc16", 1), 0x3232);
    }

    #[test]
    fn logic_and_funnel() {
        let (a, b, c) = (0xf0f0_1234, 0xcccc_5678, 0xaaaa_9abc);
        assert_eq!(lop3(a, b, c, 0x80), a & b & c);
        assert_eq!(lop3(a, b, c, 0x96), a ^ b ^ c);
        assert_eq!(lop3(a, b, c, 0xca), (a & b) | (!a & c));
        assert_eq!(shf(1, 0x8000_0000, 1, true), 0);
        assert_eq!(shf(0x8000_0000, 1, 1, true), 3);
        assert_eq!(shf(0x8000_0000, 1, 1, false), 0xc000_0000);
        assert_eq!(shf(5, 6, 32, true), 5);
        assert_eq!(shf(5, 6, 32, false), 6);
    }
}
