//! A line in f64, counted from its point nearest to the solid's origin, and what it meets of a quadric.
//!
//! From there coefficients have the size of the solid and not of the ray's distance from it, so that what is left of
//! f64 after the subtractions of a quadratic (1e-16 of the solid's size, 1e-8 of it at a tangent) is far below an
//! f32's rounding of the distance.

use crate::trace::ray::Ray;
use crate::trace::span::{Pieces, Span};

/// A line `origin + t direction`.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Line {
    /// The point of `t = 0`, mm.
    pub(crate) origin: [f64; 3],
    /// The ray's direction, as it is: a unit vector but for rounding.
    pub(crate) direction: [f64; 3],
    /// The ray's parameter at `t = 0`.
    pub(crate) shift: f64,
}

impl Line {
    /// The line of a ray.
    #[inline]
    pub(crate) fn new(ray: &Ray) -> Line {
        let [x, y, z] = [ray.origin.x as f64, ray.origin.y as f64, ray.origin.z as f64];
        let [u, v, w] = [ray.direction.x as f64, ray.direction.y as f64, ray.direction.z as f64];
        let length2 = u * u + v * v + w * w;
        let shift = if length2 > 0.0 { -(x * u + y * v + z * w) / length2 } else { 0.0 };
        Line { origin: [x + u * shift, y + v * shift, z + w * shift], direction: [u, v, w], shift }
    }

    /// The ray's parameter at `t`.
    #[inline(always)]
    pub(crate) fn parameter(&self, t: f64) -> f32 {
        (t + self.shift) as f32
    }

    /// The part on the negative side of the plane `normal * p = offset`; `normal` need not be a unit vector.
    #[inline]
    pub(crate) fn below(&self, normal: [f64; 3], offset: f64, face: u32) -> Span {
        let ([x, y, z], [u, v, w]) = (self.origin, self.direction);
        let along = normal[0] * u + normal[1] * v + normal[2] * w;
        let above = normal[0] * x + normal[1] * y + normal[2] * z - offset;
        if along > 0.0 {
            Span::new(f32::NEG_INFINITY, self.parameter(-above / along), face)
        } else if along < 0.0 {
            Span::new(self.parameter(-above / along), f32::INFINITY, face)
        } else if above < 0.0 {
            Span::all(face)
        } else {
            Span::miss(above as f32, face)
        }
    }
}

/// `a t^2 + 2 b t + c` along a line: the value of a quadric there, negative inside.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Quadratic {
    pub(crate) a: f64,
    pub(crate) b: f64,
    pub(crate) c: f64,
}

impl Quadratic {
    /// `weights * (x^2, y^2, z^2) - one`.
    #[inline(always)]
    pub(crate) fn centred(line: &Line, weights: [f64; 3], one: f64) -> Quadratic {
        let ([x, y, z], [u, v, w]) = (line.origin, line.direction);
        let [p, q, r] = weights;
        Quadratic {
            a: p * u * u + q * v * v + r * w * w,
            b: p * x * u + q * y * v + r * z * w,
            c: p * x * x + q * y * y + r * z * z - one,
        }
    }

    /// Both zeros, ascending; one is infinite where the square is missing, and there are none where the sign does not
    /// change.
    #[inline]
    pub(crate) fn zeros(&self) -> Option<(f64, f64)> {
        let discriminant = self.b * self.b - self.a * self.c;
        if discriminant.is_nan() || discriminant <= 0.0 {
            return None;
        }
        let root = crate::intrinsics::sqrt_f64(discriminant);
        let q = if self.b > 0.0 { -self.b - root } else { -self.b + root };
        // Adding zero makes a negative zero positive, so that the infinite zero is on the right side.
        let (one, other) = (self.c / q, q / (self.a + 0.0));
        Some(if one < other { (one, other) } else { (other, one) })
    }

    /// Restricts a shape to where this is negative; `outside_by` is how far the ray's origin is from there.
    #[inline]
    pub(crate) fn keep_negative(
        &self,
        pieces: &mut Pieces,
        line: &Line,
        face: u32,
        outside_by: impl FnOnce() -> f32,
    ) {
        let Some((low, high)) = self.zeros() else {
            if self.c.is_nan() || self.c >= 0.0 {
                pieces.clip(Span::miss(outside_by(), face));
            }
            return;
        };
        let span = Span::new(line.parameter(low), line.parameter(high), face);
        if self.a >= 0.0 { pieces.clip(span) } else { pieces.cut(span) }
    }

    /// Restricts a shape to where this is positive.
    #[inline]
    pub(crate) fn keep_positive(&self, pieces: &mut Pieces, line: &Line, face: u32) {
        Quadratic { a: -self.a, b: -self.b, c: -self.c }.keep_negative(pieces, line, face, || 0.0);
    }
}
