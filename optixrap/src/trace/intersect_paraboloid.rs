//! Paraboloids around z between two planes: `x^2 + y^2 < slope z + middle`, `|z| < half z`, where the radii at both ends
//! give `slope = (r2^2 - r1^2) / (2 half z)` and `middle = (r2^2 + r1^2) / 2`.
//!
//! Solved in f64, see [`super::line`]: distances have the error of an f32's rounding.

use crate::intrinsics::sqrt_f64;
use crate::physics::vec3::{Vec3, vec3};
use crate::trace::face::{MINUS_Z, OUTER, PLUS_Z};
use crate::trace::intersect_ellipsoid::between;
use crate::trace::line::{Line, Quadratic};
use crate::trace::ray::{Ray, abs};
use crate::trace::record::SolidRecord;
use crate::trace::span::Pieces;

/// `(slope, middle)`.
#[inline(always)]
fn coefficients(record: &SolidRecord) -> (f64, f64) {
    let [r1, r2, half_z] = [record.params[0] as f64, record.params[1] as f64, record.params[2] as f64];
    ((r2 * r2 - r1 * r1) / (2.0 * half_z), 0.5 * (r2 * r2 + r1 * r1))
}

/// What a line meets of the paraboloid.
#[inline]
pub(crate) fn pieces(record: &SolidRecord, ray: &Ray) -> Pieces {
    let (line, half_z) = (Line::new(ray), record.params[2]);
    let mut pieces = Pieces::new(between(-half_z, half_z, ray));
    if !pieces.is_empty() {
        let (slope, middle) = coefficients(record);
        let mut surface = Quadratic::centred(&line, [1.0, 1.0, 0.0], middle);
        surface.b -= 0.5 * slope * line.direction[2];
        surface.c -= slope * line.origin[2];
        surface.keep_negative(&mut pieces, &line, OUTER, || outside_by(record, ray.origin));
    }
    pieces
}

/// How far a point is outside the curved surface, to first order; negative inside.
#[inline]
fn outside_by(record: &SolidRecord, p: Vec3) -> f32 {
    let (slope, middle) = coefficients(record);
    let [x, y, z] = [p.x as f64, p.y as f64, p.z as f64];
    let rho2 = x * x + y * y;
    ((rho2 - slope * z - middle) / sqrt_f64(4.0 * rho2 + slope * slope)) as f32
}

/// Whether a point is strictly inside.
#[inline]
pub(crate) fn contains(record: &SolidRecord, p: Vec3) -> bool {
    abs(p.z) < record.params[2] && outside_by(record, p) < 0.0
}

/// The unit normal of a face at a point of it.
#[inline]
pub(crate) fn normal(record: &SolidRecord, face: u32, p: Vec3) -> Vec3 {
    match face {
        PLUS_Z => vec3(0.0, 0.0, 1.0),
        MINUS_Z => vec3(0.0, 0.0, -1.0),
        _ => vec3(p.x, p.y, -0.5 * coefficients(record).0 as f32).normalized(),
    }
}
