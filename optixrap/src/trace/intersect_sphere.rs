//! Spherical shells and their segments in phi and theta.
//!
//! The spheres are f32, as in [`super::intersect_orb`]; the half cones of a segment in theta are f64.

use crate::intrinsics::sqrt;
use crate::physics::vec3::Vec3;
use crate::trace::face::{END_PHI, END_THETA, INNER, OUTER, START_PHI, START_THETA};
use crate::trace::half_cone::HalfCone;
use crate::trace::intersect_orb::chord;
use crate::trace::ray::Ray;
use crate::trace::record::{HOLE, SolidRecord, THETA_ENDS, THETA_STARTS};
use crate::trace::segment;
use crate::trace::span::{Pieces, Span};

#[inline(always)]
fn ball(r: f32, face: u32, ray: &Ray) -> Span {
    let (closest, half2) = chord(r, ray);
    if half2 <= 0.0 {
        return Span::miss(ray.origin.length() - r, face);
    }
    let half = sqrt(half2);
    Span::new(closest - half, closest + half, face)
}

/// The convex side of the half cone at an angle theta: around +z below a right angle, otherwise around -z.
#[inline(always)]
fn half_cone(cos: f32, sin: f32) -> HalfCone {
    if cos >= 0.0 { HalfCone::around_z(cos, sin) } else { HalfCone::around_z(-cos, -sin) }
}

/// What a line meets of the sphere.
#[inline(always)]
pub(crate) fn pieces(record: &SolidRecord, ray: &Ray) -> Pieces {
    let [rmin, rmax, cos_start, sin_start, cos_end, sin_end] = dimensions(record);
    let mut pieces = Pieces::new(ball(rmax, OUTER, ray));
    if pieces.is_empty() {
        return pieces;
    }
    if record.parts & HOLE != 0 {
        pieces.cut(ball(rmin, INNER, ray));
    }
    segment::restrict(&mut pieces, record, ray);
    if record.parts & THETA_STARTS != 0 {
        if cos_start > 0.0 {
            pieces.cut(half_cone(cos_start, sin_start).span(START_THETA, ray));
        } else {
            pieces.clip(HalfCone::around_z(-cos_start, -sin_start).span(START_THETA, ray));
        }
    }
    if record.parts & THETA_ENDS != 0 {
        if cos_end < 0.0 {
            pieces.cut(half_cone(cos_end, sin_end).span(END_THETA, ray));
        } else {
            pieces.clip(half_cone(cos_end, sin_end).span(END_THETA, ray));
        }
    }
    pieces
}

#[inline(always)]
fn dimensions(record: &SolidRecord) -> [f32; 6] {
    let p = &record.params;
    [p[0], p[1], p[2], p[3], p[4], p[5]]
}

/// Whether a point is strictly inside.
#[inline(always)]
pub(crate) fn contains(record: &SolidRecord, p: Vec3) -> bool {
    let [rmin, rmax, cos_start, sin_start, cos_end, sin_end] = dimensions(record);
    let r2 = p.dot(p);
    let rho = sqrt(p.x * p.x + p.y * p.y);
    // The sign of sin(theta - angle) is that of rho cos(angle) - z sin(angle).
    (record.parts & HOLE == 0 || r2 > rmin * rmin)
        && r2 < rmax * rmax
        && segment::contains(record, p)
        && (record.parts & THETA_STARTS == 0 || rho * cos_start - p.z * sin_start > 0.0)
        && (record.parts & THETA_ENDS == 0 || rho * cos_end - p.z * sin_end < 0.0)
}

/// The unit normal of a face at a point of it.
#[inline(always)]
pub(crate) fn normal(record: &SolidRecord, face: u32, p: Vec3) -> Vec3 {
    let [_, _, cos_start, sin_start, cos_end, sin_end] = dimensions(record);
    match face {
        START_PHI | END_PHI => segment::normal(record, face),
        START_THETA => -HalfCone::around_z(cos_start, sin_start).normal(p),
        END_THETA => HalfCone::around_z(cos_end, sin_end).normal(p),
        INNER => -p.normalized(),
        _ => p.normalized(),
    }
}
