//! Complex numbers of two f32, for indices of refraction and amplitudes of waves.

use core::ops::{Add, Div, Mul, Neg, Sub};

use super::fmath::{abs, max};
use crate::intrinsics::sqrt;

/// A complex number.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Complex {
    /// Real part.
    pub re: f32,
    /// Imaginary part.
    pub im: f32,
}

/// Shorthand for a complex number of its parts.
#[inline(always)]
pub const fn complex(re: f32, im: f32) -> Complex {
    Complex { re, im }
}

impl Complex {
    /// Zero.
    pub const ZERO: Complex = complex(0.0, 0.0);
    /// One.
    pub const ONE: Complex = complex(1.0, 0.0);

    /// The complex conjugate.
    #[inline]
    pub fn conjugate(self) -> Complex {
        complex(self.re, -self.im)
    }

    /// The squared absolute value.
    #[inline]
    pub fn squared_length(self) -> f32 {
        self.re * self.re + self.im * self.im
    }

    /// The square root with a real part that is not negative (and, on the negative real axis, a positive imaginary
    /// part). The larger of both parts of the root is found first, so that nothing cancels.
    #[inline]
    pub fn square_root(self) -> Complex {
        let length = sqrt(self.squared_length());
        let larger = sqrt(0.5 * (length + abs(self.re)));
        if larger <= 0.0 {
            return Complex::ZERO;
        }
        let smaller = 0.5 * self.im / larger;
        if self.re >= 0.0 {
            complex(larger, smaller)
        } else if smaller < 0.0 {
            complex(-smaller, -larger)
        } else {
            complex(smaller, larger)
        }
    }
}

impl Add for Complex {
    type Output = Complex;
    #[inline]
    fn add(self, o: Complex) -> Complex {
        complex(self.re + o.re, self.im + o.im)
    }
}

impl Sub for Complex {
    type Output = Complex;
    #[inline]
    fn sub(self, o: Complex) -> Complex {
        complex(self.re - o.re, self.im - o.im)
    }
}

impl Neg for Complex {
    type Output = Complex;
    #[inline]
    fn neg(self) -> Complex {
        complex(-self.re, -self.im)
    }
}

impl Mul for Complex {
    type Output = Complex;
    #[inline]
    fn mul(self, o: Complex) -> Complex {
        complex(self.re * o.re - self.im * o.im, self.re * o.im + self.im * o.re)
    }
}

impl Mul<f32> for Complex {
    type Output = Complex;
    #[inline]
    fn mul(self, s: f32) -> Complex {
        complex(self.re * s, self.im * s)
    }
}

impl Div for Complex {
    type Output = Complex;
    #[inline]
    fn div(self, o: Complex) -> Complex {
        // Scaled, so that the square of a small or large divisor is in range.
        let scale = max(abs(o.re), abs(o.im));
        let inverse = 1.0 / scale;
        let d = complex(o.re * inverse, o.im * inverse);
        let by_length = inverse / d.squared_length();
        self * d.conjugate() * by_length
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn roots_square_back_and_lie_in_the_right_half() {
        for i in 0..200 {
            let (sin, cos) = (0.031_4 * i as f32).sin_cos();
            for scale in [1e-3, 1.0, 50.0] {
                let z = complex(scale * cos, scale * sin);
                let root = z.square_root();
                let back = root * root - z;
                assert!(root.re >= 0.0 && back.squared_length() < 1e-11 * scale * scale, "{z:?}: {root:?}");
            }
        }
        assert_eq!(complex(-4.0, 0.0).square_root(), complex(0.0, 2.0));
        assert_eq!(Complex::ZERO.square_root(), Complex::ZERO);
    }

    #[test]
    fn division_undoes_multiplication() {
        let (a, b) = (complex(3.0, -1.0), complex(1e-18, 2e-18));
        let back = a * b / b - a;
        assert!(back.squared_length() < 1e-12, "{back:?}");
    }
}
