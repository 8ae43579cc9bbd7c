//! Elementary functions in f32, the same bits on every target: `+ - * /`, square root and bit patterns only.
//!
//! Each is a polynomial fitted (minimax) to the function over the range that an exact argument reduction leaves.
//! The error stated at each function is the largest found in a scan against f64 (see the tests).

use crate::intrinsics::sqrt;

/// Pi.
pub const PI: f32 = core::f32::consts::PI;

/// 1.5 * 2^23: adding it rounds a number below 2^22 to the nearest integer, which then sits in the low bits.
const ROUND: f32 = 12_582_912.0;

/// The smaller of two numbers; the second if one is not a number.
#[inline(always)]
pub fn min(a: f32, b: f32) -> f32 {
    if a < b { a } else { b }
}

/// The larger of two numbers; the second if one is not a number.
#[inline(always)]
pub fn max(a: f32, b: f32) -> f32 {
    if a > b { a } else { b }
}

/// The absolute value.
#[inline(always)]
pub fn abs(x: f32) -> f32 {
    f32::from_bits(x.to_bits() & 0x7fff_ffff)
}

/// Natural logarithm of a positive, normal, finite number; relative error below 3e-7.
///
/// x = 2^k (1 + f) with 1 + f in [sqrt(1/2), sqrt(2)); ln(1 + f) = f - f^2/2 + f^3 P(f).
#[inline(always)]
pub fn ln(x: f32) -> f32 {
    const SQRT_HALF: u32 = 0x3f35_04f3;
    let exponent = (x.to_bits().wrapping_sub(SQRT_HALF) as i32) >> 23;
    let f = f32::from_bits(x.to_bits().wrapping_sub((exponent as u32) << 23)) - 1.0;
    let z = f * f;
    let low = (0.333_333_16 - 0.250_008_1 * f) + (0.200_022_86 - 0.166_245_54 * f) * z;
    let high = (0.141_811_92 - 0.131_287_54 * f) + (0.128_816_47 - 0.078_596_14 * f) * z;
    let p = low + high * (z * z);
    (exponent as f32 * core::f32::consts::LN_2 + (f * z * p - 0.5 * z)) + f
}

/// Sine and cosine of 2 pi r for |r| <= 1/8.
#[inline(always)]
fn sin_cos_eighth(r: f32) -> (f32, f32) {
    let z = r * r;
    let sin = r * (6.283_185_5 + z * (-41.341_663 + z * (81.592_55 - z * 75.402_07)));
    let cos = 1.0 + z * (-19.739_208 + z * (64.939_32 + z * (-85.443_74 + z * 59.245_964)));
    (sin, cos)
}

/// Sine and cosine of `quadrant` quarter turns and the rest.
#[inline(always)]
fn from_quadrant(quadrant: u32, (sin, cos): (f32, f32)) -> (f32, f32) {
    let (s, c) = if quadrant & 1 == 0 { (sin, cos) } else { (cos, sin) };
    let sin_sign = (quadrant & 2) << 30;
    let cos_sign = (quadrant.wrapping_add(1) & 2) << 30;
    (f32::from_bits(s.to_bits() ^ sin_sign), f32::from_bits(c.to_bits() ^ cos_sign))
}

/// Sine and cosine of `turns` whole turns (2 pi `turns`), |`turns`| <= 1000; absolute error below 1.2e-7.
#[inline(always)]
pub fn sin_cos_turns(turns: f32) -> (f32, f32) {
    let rounded = 4.0 * turns + ROUND;
    let rest = turns - (rounded - ROUND) * 0.25;
    from_quadrant(rounded.to_bits(), sin_cos_eighth(rest))
}

/// Sine and cosine of an angle in rad, |`angle`| <= 1000; absolute error below 2.5e-7.
#[inline]
pub fn sin_cos(angle: f32) -> (f32, f32) {
    const HALF_PI_HIGH: f32 = 1.570_312_5;
    const HALF_PI_LOW: f32 = 4.838_268e-4;
    const TURNS_PER_RAD: f32 = 0.159_154_94;
    let rounded = angle * core::f32::consts::FRAC_2_PI + ROUND;
    let quarters = rounded - ROUND;
    let rest = (angle - quarters * HALF_PI_HIGH) - quarters * HALF_PI_LOW;
    from_quadrant(rounded.to_bits(), sin_cos_eighth(rest * TURNS_PER_RAD))
}

/// Exponential, `x` clamped to [-87, 88]; relative error below 3e-7.
#[inline]
pub fn exp(x: f32) -> f32 {
    const LN_2_HIGH: f32 = 0.693_359_4;
    const LN_2_LOW: f32 = -2.121_944_4e-4;
    let x = max(min(x, 88.0), -87.0);
    let rounded = x * core::f32::consts::LOG2_E + ROUND;
    let k = rounded - ROUND;
    let r = (x - k * LN_2_HIGH) - k * LN_2_LOW;
    let p = 0.5 + r * (0.166_665_2 + r * (0.041_666_206 + r * (0.008_368_882 + r * 0.001_395_048)));
    let scale = f32::from_bits((k as i32 + 127).cast_unsigned() << 23);
    (1.0 + (r + r * r * p)) * scale
}

/// (asin(x) - x) / x^3 as a function of x^2 <= 1/4.
#[inline(always)]
fn asin_rest(z: f32) -> f32 {
    0.166_667_54 + z * (0.074_952_416 + z * (0.045_477_1 + z * (0.024_147_6 + z * 0.042_218_57)))
}

/// Arc cosine in rad, `x` clamped to [-1, 1]; absolute error below 5e-7.
#[inline]
pub fn acos(x: f32) -> f32 {
    let x = max(min(x, 1.0), -1.0);
    if abs(x) <= 0.5 {
        return core::f32::consts::FRAC_PI_2 - (x + x * x * x * asin_rest(x * x));
    }
    let z = 0.5 * (1.0 - abs(x));
    let s = sqrt(z);
    let small = 2.0 * (s + s * z * asin_rest(z));
    if x > 0.0 { small } else { PI - small }
}

/// Arc sine in rad, `x` clamped to [-1, 1]; absolute error below 5e-7.
#[inline]
pub fn asin(x: f32) -> f32 {
    core::f32::consts::FRAC_PI_2 - acos(x)
}

/// Angle of the point (x, y) from the x axis in rad, in [-pi, pi]; 0 at the origin; absolute error below 5e-7.
#[inline]
pub fn atan2(y: f32, x: f32) -> f32 {
    const TAN_PI_8: f32 = 0.414_213_57;
    let (ax, ay) = (abs(x), abs(y));
    let (large, small) = if ax > ay { (ax, ay) } else { (ay, ax) };
    if large <= 0.0 {
        return 0.0;
    }
    let (t, base) = if small > TAN_PI_8 * large {
        ((small - large) / (small + large), core::f32::consts::FRAC_PI_4)
    } else {
        (small / large, 0.0)
    };
    let z = t * t;
    let p = -0.333_333_16 + z * (0.199_984_9 + z * (-0.142_438_49 + z * (0.105_960_02 - z * 0.060_834_54)));
    let octant = base + (t + t * z * p);
    let quadrant = if ay > ax { core::f32::consts::FRAC_PI_2 - octant } else { octant };
    let half = if x < 0.0 { PI - quadrant } else { quadrant };
    if y < 0.0 { -half } else { half }
}

#[cfg(test)]
mod tests {
    use super::*;

    const N: u32 = 1_000_000;

    fn worst(f: impl Fn(u32) -> (f32, f64)) -> f64 {
        (0..=N).map(f).map(|(got, want)| (f64::from(got) - want).abs()).fold(0.0, f64::max)
    }

    fn worst_relative(f: impl Fn(u32) -> (f32, f64)) -> f64 {
        (0..=N).map(f).map(|(got, want)| ((f64::from(got) - want) / want).abs()).fold(0.0, f64::max)
    }

    #[test]
    fn ln_over_the_range_of_uniform_numbers() {
        let linear = |i: u32| {
            let x = (i as f32 + 0.5) / (N as f32 + 1.0);
            (ln(x), f64::from(x).ln())
        };
        assert!(worst_relative(linear) < 3e-7);
        let logarithmic = |i: u32| {
            let x = (-23.0 * i as f32 / N as f32 - 1e-7).exp();
            (ln(x), f64::from(x).ln())
        };
        assert!(worst_relative(logarithmic) < 3e-7);
        let near_one = |i: u32| {
            let x = f32::from_bits(0x3f80_0000 - 1 - i);
            (ln(x), f64::from(x).ln())
        };
        assert!(worst_relative(near_one) < 3e-7);
        assert_eq!(ln(1.0), 0.0);
    }

    #[test]
    fn sin_cos_of_turns_and_angles() {
        let u = |i: u32| i as f32 / N as f32;
        let two_pi = 2.0 * std::f64::consts::PI;
        assert!(worst(|i| (sin_cos_turns(u(i)).0, (two_pi * f64::from(u(i))).sin())) < 1.2e-7);
        assert!(worst(|i| (sin_cos_turns(u(i)).1, (two_pi * f64::from(u(i))).cos())) < 1.2e-7);
        let angle = |i: u32| 40.0 * u(i) - 20.0;
        assert!(worst(|i| (sin_cos(angle(i)).0, f64::from(angle(i)).sin())) < 2.5e-7);
        assert!(worst(|i| (sin_cos(angle(i)).1, f64::from(angle(i)).cos())) < 2.5e-7);
        assert_eq!(sin_cos_turns(0.25), (1.0, 0.0));
    }

    #[test]
    fn exp_over_its_range() {
        let x = |i: u32| 175.0 * i as f32 / N as f32 - 87.0;
        assert!(worst_relative(|i| (exp(x(i)), f64::from(x(i)).exp())) < 3e-7);
        assert_eq!(exp(0.0), 1.0);
        assert!(exp(1e9).is_finite() && exp(-1e9) > 0.0);
    }

    #[test]
    fn arc_functions() {
        let x = |i: u32| 2.0 * i as f32 / N as f32 - 1.0;
        assert!(worst(|i| (acos(x(i)), f64::from(x(i)).acos())) < 5e-7);
        assert!(worst(|i| (asin(x(i)), f64::from(x(i)).asin())) < 5e-7);
        let on_circle = |i: u32| {
            let (s, c) = (6.3 * i as f32 / N as f32 - 3.15).sin_cos();
            (atan2(s, c), f64::from(s).atan2(f64::from(c)))
        };
        assert!(worst(on_circle) < 5e-7);
        assert_eq!(atan2(0.0, 0.0), 0.0);
        assert_eq!(acos(2.0), 0.0);
    }
}
