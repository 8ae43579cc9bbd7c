//! One half of a double cone around z: convex, like its limits, the cylinder and the half space.
//!
//! In f64: a cone's quadratic is a difference of squares that f32 loses for rays along its sides.

use crate::intrinsics::{sqrt, sqrt_f64};
use crate::physics::vec3::{Vec3, vec3};
use crate::trace::ray::Ray;
use crate::trace::span::Span;

/// The points with `width * hypot(x, y) < offset + slope * z`.
#[derive(Debug, Clone, Copy)]
pub(crate) struct HalfCone {
    width: f64,
    offset: f64,
    slope: f64,
}

impl HalfCone {
    /// The cone whose radius is `r1` at `z1` and `r2` at `z2`.
    #[inline(always)]
    pub(crate) fn through(z1: f32, r1: f32, z2: f32, r2: f32) -> HalfCone {
        let slope = (r2 as f64 - r1 as f64) / (z2 as f64 - z1 as f64);
        HalfCone { width: 1.0, offset: r1 as f64 - slope * z1 as f64, slope }
    }

    /// The directions within an angle, of this cosine (not negative) and absolute sine, of +z or, where the sine is
    /// given as negative, of -z.
    #[inline(always)]
    pub(crate) fn around_z(cos: f32, sin: f32) -> HalfCone {
        HalfCone { width: cos as f64, offset: 0.0, slope: sin as f64 }
    }

    /// The part of a line inside.
    #[inline]
    pub(crate) fn span(&self, face: u32, ray: &Ray) -> Span {
        let (o, d) = (ray.origin, ray.direction);
        let [ox, oy, oz, dx, dy, dz] =
            [o.x as f64, o.y as f64, o.z as f64, d.x as f64, d.y as f64, d.z as f64];
        let w2 = self.width * self.width;
        let (radius, growth) = (self.offset + self.slope * oz, self.slope * dz);
        let a = w2 * (dx * dx + dy * dy) - growth * growth;
        let b = w2 * (ox * dx + oy * dy) - radius * growth;
        let c = w2 * (ox * ox + oy * oy) - radius * radius;
        let all_or_nothing = |inside: bool| if inside { Span::all(face) } else { self.miss(face, o) };
        let discriminant = b * b - a * c;
        if a == 0.0 && growth == 0.0 {
            return all_or_nothing(c < 0.0 && radius > 0.0);
        }
        if a > 0.0 && discriminant <= 0.0 {
            return self.miss(face, o);
        }
        let root = sqrt_f64(if discriminant > 0.0 { discriminant } else { 0.0 });
        let q = if b > 0.0 { -b - root } else { -b + root };
        let near_root = if q != 0.0 { c / q } else { 0.0 };
        if a == 0.0 {
            // Along a side: one crossing, in the direction in which the radius grows.
            return match (growth > 0.0, b < 0.0, b > 0.0) {
                (true, true, _) => Span::new(near_root as f32, f32::INFINITY, face),
                (false, _, true) => Span::new(f32::NEG_INFINITY, near_root as f32, face),
                _ => self.miss(face, o),
            };
        }
        let other = q / a;
        let (low, high) = if near_root < other { (near_root, other) } else { (other, near_root) };
        if a < 0.0 {
            // Steeper than the sides: the ray is inside both halves of the double cone; this is the one ahead or behind.
            return if growth > 0.0 {
                Span::new(high as f32, f32::INFINITY, face)
            } else {
                Span::new(f32::NEG_INFINITY, low as f32, face)
            };
        }
        let middle = -b / a;
        if radius + growth * middle <= 0.0 {
            return self.miss(face, o);
        }
        Span::new(low as f32, high as f32, face)
    }

    #[inline(always)]
    fn miss(&self, face: u32, origin: Vec3) -> Span {
        Span::miss(self.outside_by(origin), face)
    }

    /// How far a point is outside; negative inside.
    #[inline(always)]
    pub(crate) fn outside_by(&self, p: Vec3) -> f32 {
        let [x, y, z] = [p.x as f64, p.y as f64, p.z as f64];
        let steepness = sqrt_f64(self.width * self.width + self.slope * self.slope);
        ((self.width * sqrt_f64(x * x + y * y) - self.offset - self.slope * z) / steepness) as f32
    }

    /// The unit normal, outwards, at a point of the surface.
    #[inline(always)]
    pub(crate) fn normal(&self, p: Vec3) -> Vec3 {
        let rho = sqrt(p.x * p.x + p.y * p.y);
        let (w, k) = (self.width as f32, self.slope as f32);
        let radial = if rho > 0.0 { w / rho } else { 0.0 };
        vec3(p.x * radial, p.y * radial, -k).normalized()
    }
}
