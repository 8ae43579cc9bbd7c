//! Conversions that Rust's `as` does not cover.

/// Rounding direction.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Round {
    Nearest,
    Zero,
    Down,
    Up,
}

impl Round {
    /// `rn`/`rni` and so on.
    pub(crate) fn parse(s: &str) -> Option<Round> {
        Some(match s {
            "rn" | "rni" => Round::Nearest,
            "rz" | "rzi" => Round::Zero,
            "rm" | "rmi" => Round::Down,
            "rp" | "rpi" => Round::Up,
            _ => return None,
        })
    }
}

/// True if a value off by `err` (nearest result minus exact value) has to move
/// one step towards `r`: returns the step.
fn step(r: Round, err_positive: bool, err_negative: bool, negative: bool) -> i32 {
    match r {
        Round::Nearest => 0,
        Round::Down if err_positive => -1,
        Round::Up if err_negative => 1,
        Round::Zero if err_positive && !negative => -1,
        Round::Zero if err_negative && negative => 1,
        _ => 0,
    }
}

/// f64 to f32 in direction `r`.
pub(crate) fn f64_to_f32(x: f64, r: Round) -> f32 {
    let y = x as f32;
    let z = f64::from(y);
    match step(r, z > x, z < x, x < 0.0) {
        1 => y.next_up(),
        -1 => y.next_down(),
        _ => y,
    }
}

/// Integer to f32 in direction `r`.
pub(crate) fn int_to_f32(v: i128, r: Round) -> f32 {
    let y = v as f32;
    let z = y as i128;
    match step(r, z > v, z < v, v < 0) {
        1 => y.next_up(),
        -1 => y.next_down(),
        _ => y,
    }
}

/// Integer to f64 in direction `r`.
pub(crate) fn int_to_f64(v: i128, r: Round) -> f64 {
    let y = v as f64;
    let z = y as i128;
    match step(r, z > v, z < v, v < 0) {
        1 => y.next_up(),
        -1 => y.next_down(),
        _ => y,
    }
}

/// Rounds to an integral value.
#[inline(always)]
pub(crate) fn integral64(x: f64, r: Round) -> f64 {
    match r {
        Round::Nearest => x.round_ties_even(),
        Round::Zero => x.trunc(),
        Round::Down => x.floor(),
        Round::Up => x.ceil(),
    }
}

/// Rounds to an integral value.
#[inline(always)]
pub(crate) fn integral32(x: f32, r: Round) -> f32 {
    match r {
        Round::Nearest => x.round_ties_even(),
        Round::Zero => x.trunc(),
        Round::Down => x.floor(),
        Round::Up => x.ceil(),
    }
}

/// Half precision to single, exact. NaNs become the canonical NaN.
pub(crate) fn f16_to_f32(h: u16) -> f32 {
    let sign = u32::from(h >> 15) << 31;
    let (e, m) = (u32::from(h >> 10 & 0x1f), u32::from(h & 0x3ff));
    match e {
        0 => {
            let v = m as f32 / 16_777_216.0;
            f32::from_bits(v.to_bits() | sign)
        }
        31 if m != 0 => f32::from_bits(super::float::NAN32),
        31 => f32::from_bits(sign | 0x7f80_0000),
        _ => f32::from_bits(sign | (e + 112) << 23 | m << 13),
    }
}

/// Double (or, exactly widened, single) precision to half, in direction `r`.
pub(crate) fn f64_to_f16(x: f64, r: Round) -> u16 {
    if x.is_nan() {
        return 0x7fff;
    }
    let sign = ((x.to_bits() >> 63) as u16) << 15;
    let a = x.abs();
    if a.is_infinite() {
        return sign | 0x7c00;
    }
    // Scale so that one unit in the last place of the result becomes 1.
    let exp = ((a.to_bits() >> 52) as i32 - 1023).max(-14);
    let scaled = a * f64::from_bits(((1023 - i64::from(exp) + 10) as u64) << 52);
    let up = match r {
        Round::Nearest => scaled.round_ties_even(),
        Round::Zero => scaled.floor(),
        Round::Down => {
            if sign != 0 {
                scaled.ceil()
            } else {
                scaled.floor()
            }
        }
        Round::Up => {
            if sign != 0 {
                scaled.floor()
            } else {
                scaled.ceil()
            }
        }
    };
    if exp > 15 || (exp == 15 && up >= 2048.0) {
        let to_inf = match r {
            Round::Nearest => true,
            Round::Zero => false,
            Round::Down => sign != 0,
            Round::Up => sign == 0,
        };
        return sign | if to_inf { 0x7c00 } else { 0x7bff };
    }
    // The carry of a mantissa rounded up to 2048 runs into the exponent.
    let m = up as u16;
    if m < 1024 {
        return sign | m;
    }
    sign | ((((exp + 15) as u16) << 10) + (m - 1024))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn directed() {
        let x = 1.0 + 1e-12;
        assert_eq!(f64_to_f32(x, Round::Up), 1.0f32.next_up());
        assert_eq!(f64_to_f32(x, Round::Down), 1.0);
        assert_eq!(f64_to_f32(-x, Round::Zero), -1.0);
        assert_eq!(f64_to_f32(-x, Round::Down), (-1.0f32).next_down());
        assert_eq!(f64_to_f32(1e300, Round::Zero), f32::MAX);
        assert_eq!(f64_to_f32(1e300, Round::Up), f32::INFINITY);
        assert_eq!(int_to_f32(16_777_217, Round::Up), 16_777_218.0);
        assert_eq!(int_to_f32(16_777_217, Round::Zero), 16_777_216.0);
        assert_eq!(int_to_f32(-16_777_217, Round::Down), -16_777_218.0);
        assert_eq!(int_to_f64(i128::from(u64::MAX), Round::Zero), 18446744073709549568.0);
    }

    #[test]
    fn half() {
        assert_eq!(f64_to_f16(1.0, Round::Nearest), 0x3c00);
        assert_eq!(f64_to_f16(65504.0, Round::Nearest), 0x7bff);
        assert_eq!(f64_to_f16(65520.0, Round::Nearest), 0x7c00);
        assert_eq!(f64_to_f16(65519.0, Round::Nearest), 0x7bff);
        assert_eq!(f64_to_f16(1e9, Round::Zero), 0x7bff);
        assert_eq!(f64_to_f16(2f64.powi(-24), Round::Nearest), 1);
        assert_eq!(f64_to_f16(2f64.powi(-25), Round::Nearest), 0);
        assert_eq!(f64_to_f16(2f64.powi(-14), Round::Nearest), 0x400);
        assert_eq!(f64_to_f16(0.0, Round::Nearest), 0);
        assert_eq!(f64_to_f16(-2.0, Round::Nearest), 0xc000);
        for h in 0..=u16::MAX {
            let x = f16_to_f32(h);
            if !x.is_nan() {
                assert_eq!(f64_to_f16(f64::from(x), Round::Nearest), h);
            }
        }
    }
}
