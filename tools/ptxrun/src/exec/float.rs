//! Floating-point semantics of the device where they differ from the host's.
//!
//! Single precision: every arithmetic result that is a NaN is the canonical
//! NaN `0x7fffffff`. Double precision: the first NaN operand made quiet, or
//! `0xfff8000000000000` for an invalid operation.

use super::ctx::Ctx;

/// Canonical single-precision NaN.
pub(crate) const NAN32: u32 = 0x7fff_ffff;
/// Double-precision NaN of an invalid operation.
pub(crate) const NAN64: u64 = 0xfff8_0000_0000_0000;

/// Replaces a subnormal by zero of the same sign.
#[inline(always)]
pub(crate) fn flush(x: f32) -> f32 {
    if x.is_subnormal() { f32::from_bits(x.to_bits() & 0x8000_0000) } else { x }
}

/// Operand of an instruction with or without `.ftz`.
#[inline(always)]
pub(crate) fn in32<const FTZ: bool>(x: f32) -> f32 {
    if FTZ { flush(x) } else { x }
}

/// Result of single-precision arithmetic: `.ftz`, `.sat` and the canonical NaN.
#[inline(always)]
pub(crate) fn out32<const FTZ: bool, const SAT: bool>(x: f32, c: &mut Ctx<'_>) -> f32 {
    if x.is_nan() {
        c.nan();
        return if SAT { 0.0 } else { f32::from_bits(NAN32) };
    }
    let x = if FTZ { flush(x) } else { x };
    if SAT {
        // `x > 0` is false for -0, which saturates to +0.
        return if x > 0.0 { x.min(1.0) } else { 0.0 };
    }
    x
}

/// Result of double-precision arithmetic on `operands`.
#[inline(always)]
pub(crate) fn out64(x: f64, operands: &[f64], c: &mut Ctx<'_>) -> f64 {
    if x.is_nan() {
        c.nan();
        return nan64(operands);
    }
    x
}

#[cold]
fn nan64(operands: &[f64]) -> f64 {
    let first = operands.iter().find(|v| v.is_nan());
    f64::from_bits(first.map_or(NAN64, |v| v.to_bits() | 1 << 51))
}

macro_rules! min_max {
    ($name:ident, $t:ty, $zero:tt, $cmp:tt, $nan:expr) => {
        /// PTX minimum or maximum: a NaN operand loses, and -0 < +0.
        #[inline(always)]
        pub(crate) fn $name<const NAN: bool>(a: $t, b: $t, c: &mut Ctx<'_>) -> $t {
            if a.is_nan() || b.is_nan() {
                if NAN || (a.is_nan() && b.is_nan()) {
                    c.nan();
                    return <$t>::from_bits($nan);
                }
                return if a.is_nan() { b } else { a };
            }
            if a == b {
                return <$t>::from_bits(a.to_bits() $zero b.to_bits());
            }
            if a $cmp b { a } else { b }
        }
    };
}
min_max!(min32, f32, |, <, NAN32);
min_max!(max32, f32, &, >, NAN32);
min_max!(min64, f64, |, <, NAN64);
min_max!(max64, f64, &, >, NAN64);

/// `testp` classes.
pub(crate) fn testp64(kind: &str, x: f64, subnormal: bool) -> bool {
    match kind {
        "finite" => x.is_finite(),
        "infinite" => x.is_infinite(),
        "number" => !x.is_nan(),
        "notanumber" => x.is_nan(),
        "normal" => x.is_finite() && !subnormal && x != 0.0,
        _ => subnormal,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn flush_keeps_sign() {
        assert_eq!(flush(f32::from_bits(0x8000_0001)).to_bits(), 0x8000_0000);
        assert_eq!(flush(f32::MIN_POSITIVE), f32::MIN_POSITIVE);
    }
}
