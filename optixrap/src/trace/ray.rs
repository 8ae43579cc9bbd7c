//! A ray, and what a ray meets.

use crate::physics::vec3::{Vec3, vec3};
use crate::trace::face::LOST;
use crate::trace::frame::Frame;

/// A half line in the frame of a solid.
#[derive(Debug, Clone, Copy)]
pub struct Ray {
    /// Start, mm.
    pub origin: Vec3,
    /// Unit direction.
    pub direction: Vec3,
    /// The reciprocals of the direction's components; infinite where one is 0.
    pub inverse: Vec3,
}

impl Ray {
    /// A ray from its start and its direction, a unit vector.
    #[inline(always)]
    pub fn new(origin: Vec3, direction: Vec3) -> Self {
        let inverse = vec3(1.0 / direction.x, 1.0 / direction.y, 1.0 / direction.z);
        Self { origin, direction, inverse }
    }

    /// The same ray seen after a change of frame.
    #[inline(always)]
    pub fn in_frame(&self, frame: &Frame) -> Self {
        let origin = frame.point(self.origin);
        if frame.is_rotated() {
            Self::new(origin, frame.vector(self.direction))
        } else {
            Self { origin, ..*self }
        }
    }

    /// The point at `distance` mm.
    #[inline(always)]
    pub fn at(&self, distance: f32) -> Vec3 {
        self.origin + self.direction * distance
    }
}

/// One crossing of a ray with a solid's surface.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Crossing {
    /// Distance along the ray, mm; not negative.
    pub distance: f32,
    /// Which face of which part: the layout is in [`crate::trace::face`].
    pub face: u32,
}

impl Crossing {
    /// An exit at ray parameter `t`, which is negative by rounding where the origin has already left.
    /// It counts as lost where the origin is more than `tolerance_mm` beyond the face, `cos` being that of the
    /// direction with the face's normal.
    #[inline(always)]
    pub(crate) fn exit(t: f32, face: u32, cos: f32, tolerance_mm: f32) -> Crossing {
        if t > 0.0 {
            Crossing { distance: t, face }
        } else if t * cos >= -tolerance_mm {
            Crossing { distance: 0.0, face }
        } else {
            Crossing { distance: 0.0, face: face | LOST }
        }
    }

    /// Whether the origin was not where the caller believed: outside instead of inside.
    #[inline(always)]
    pub fn is_lost(&self) -> bool {
        self.face & LOST != 0
    }
}

/// Whether a ray whose origin is outside enters the interval `a..b` of a solid: see [`crate::trace::solid`].
/// `cos` is that of the angle between the direction and the inward normal at `a`.
#[inline(always)]
pub(crate) fn enters(a: f32, b: f32, cos: impl FnOnce() -> f32, tolerance_mm: f32) -> bool {
    let start = if a > 0.0 { a } else { 0.0 };
    b - start > tolerance_mm && (a > -tolerance_mm || (-a < b && a * cos() > -tolerance_mm))
}

/// `magnitude` (not negative) with the sign of `sign`.
#[inline(always)]
pub(crate) fn with_sign(magnitude: f32, sign: f32) -> f32 {
    f32::from_bits(magnitude.to_bits() | (sign.to_bits() & 0x8000_0000))
}

/// Absolute value.
#[inline(always)]
pub(crate) fn abs(x: f32) -> f32 {
    f32::from_bits(x.to_bits() & 0x7fff_ffff)
}

/// The smaller; the second where they do not compare.
#[inline(always)]
pub(crate) fn min(a: f32, b: f32) -> f32 {
    if a < b { a } else { b }
}

/// The greater; the second where they do not compare.
#[inline(always)]
pub(crate) fn max(a: f32, b: f32) -> f32 {
    if a > b { a } else { b }
}

/// The slab `-half..half` along one axis: parameters of entry and exit, empty (entry after exit) for a parallel ray
/// outside or on the face. `inverse` is the reciprocal of `direction`.
#[inline(always)]
pub(crate) fn slab(half: f32, origin: f32, direction: f32, inverse: f32) -> (f32, f32) {
    if direction != 0.0 {
        let ahead = with_sign(half, direction);
        ((-ahead - origin) * inverse, (ahead - origin) * inverse)
    } else if abs(origin) < half {
        (f32::NEG_INFINITY, f32::INFINITY)
    } else {
        (f32::INFINITY, f32::NEG_INFINITY)
    }
}

/// Where a ray leaves the slab through the face it points to; never, for a parallel ray.
#[inline(always)]
pub(crate) fn slab_exit(half: f32, origin: f32, direction: f32, inverse: f32) -> f32 {
    let t = (with_sign(half, direction) - origin) * inverse;
    if direction != 0.0 { t } else { f32::INFINITY }
}
