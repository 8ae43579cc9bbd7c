//! Hyperboloids of one sheet around z (`hype`): `x^2 + y^2 < r^2 + (z tan stereo)^2` outside, the same with other numbers
//! around the hole, `|z| < half z`. A line may meet the outer surface twice and still be inside far out.
//!
//! Solved in f64, see [`super::line`]: distances have the error of an f32's rounding.

use crate::intrinsics::sqrt_f64;
use crate::physics::vec3::{Vec3, vec3};
use crate::trace::face::{INNER, MINUS_Z, OUTER, PLUS_Z};
use crate::trace::intersect_ellipsoid::between;
use crate::trace::line::{Line, Quadratic};
use crate::trace::ray::{Ray, abs};
use crate::trace::record::{HOLE, SolidRecord};
use crate::trace::span::Pieces;

/// One of the two surfaces.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Hyperboloid {
    /// Squared radius at z = 0, mm2.
    pub(crate) r2: f64,
    /// Squared tangent of the angle that the surface reaches far out.
    pub(crate) tan2: f64,
}

impl Hyperboloid {
    /// Its value along a line.
    #[inline(always)]
    pub(crate) fn along(&self, line: &Line) -> Quadratic {
        Quadratic::centred(line, [1.0, 1.0, -self.tan2], self.r2)
    }

    /// How far a point is outside, to first order; negative inside.
    #[inline]
    pub(crate) fn outside_by(&self, p: Vec3) -> f32 {
        let [x, y, z] = [p.x as f64, p.y as f64, p.z as f64];
        let (rho2, bend) = (x * x + y * y, self.tan2 * z);
        let slope = 2.0 * sqrt_f64(rho2 + bend * bend);
        if slope > 0.0 { ((rho2 - bend * z - self.r2) / slope) as f32 } else { -(self.r2 as f32) }
    }

    /// The unit normal away from the axis.
    #[inline(always)]
    pub(crate) fn normal(&self, p: Vec3) -> Vec3 {
        vec3(p.x, p.y, -(self.tan2 as f32) * p.z).normalized()
    }
}

/// The inner and the outer surface.
#[inline(always)]
fn surfaces(record: &SolidRecord) -> [Hyperboloid; 2] {
    let [rmin, rmax, tan_in, tan_out] = [0, 1, 2, 3].map(|i| record.params[i] as f64);
    [
        Hyperboloid { r2: rmin * rmin, tan2: tan_in * tan_in },
        Hyperboloid { r2: rmax * rmax, tan2: tan_out * tan_out },
    ]
}

/// What a line meets of the hyperboloid.
#[inline]
pub(crate) fn pieces(record: &SolidRecord, ray: &Ray) -> Pieces {
    let (line, half_z) = (Line::new(ray), record.params[4]);
    let mut pieces = Pieces::new(between(-half_z, half_z, ray));
    if !pieces.is_empty() {
        let [inner, outer] = surfaces(record);
        outer.along(&line).keep_negative(&mut pieces, &line, OUTER, || outer.outside_by(ray.origin));
        if record.parts & HOLE != 0 {
            inner.along(&line).keep_positive(&mut pieces, &line, INNER);
        }
    }
    pieces
}

/// Whether a point is strictly inside.
#[inline]
pub(crate) fn contains(record: &SolidRecord, p: Vec3) -> bool {
    let [inner, outer] = surfaces(record);
    abs(p.z) < record.params[4]
        && outer.outside_by(p) < 0.0
        && (record.parts & HOLE == 0 || inner.outside_by(p) > 0.0)
}

/// The unit normal of a face at a point of it.
#[inline]
pub(crate) fn normal(record: &SolidRecord, face: u32, p: Vec3) -> Vec3 {
    let [inner, outer] = surfaces(record);
    match face {
        PLUS_Z => vec3(0.0, 0.0, 1.0),
        MINUS_Z => vec3(0.0, 0.0, -1.0),
        INNER => -inner.normal(p),
        _ => outer.normal(p),
    }
}
