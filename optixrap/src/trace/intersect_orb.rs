//! Full spheres around the origin.
//!
//! The line's closest approach `p` to the centre is found first, then half the chord from `r^2 - p^2`: what is lost by
//! rounding is an ulp of the radius or of the origin's distance, whichever is greater, across the surface.

use crate::intrinsics::sqrt;
use crate::physics::vec3::Vec3;
use crate::trace::face::{LOST, OUTER};
use crate::trace::ray::{Crossing, Ray, enters, max};
use crate::trace::record::SolidRecord;

/// Parameter of the closest approach, squared half chord (negative: the line misses).
#[inline(always)]
pub(crate) fn chord(r: f32, ray: &Ray) -> (f32, f32) {
    let closest = -ray.origin.dot(ray.direction);
    let p = ray.at(closest);
    (closest, r * r - p.dot(p))
}

/// Where a ray from outside enters.
#[inline(always)]
pub(crate) fn enter(record: &SolidRecord, ray: &Ray, tolerance_mm: f32, limit: f32) -> Option<Crossing> {
    let r = record.params[0];
    let (closest, half2) = chord(r, ray);
    if half2 <= 0.0 {
        return None;
    }
    let half = sqrt(half2);
    let (a, b) = (closest - half, closest + half);
    (a < limit && enters(a, b, || half / r, tolerance_mm))
        .then_some(Crossing { distance: max(a, 0.0), face: OUTER })
}

/// Where a ray from inside leaves.
#[inline(always)]
pub(crate) fn leave(record: &SolidRecord, ray: &Ray, tolerance_mm: f32) -> Crossing {
    let r = record.params[0];
    let (closest, half2) = chord(r, ray);
    if half2 >= 0.0 {
        let half = sqrt(half2);
        return Crossing::exit(closest + half, OUTER, half / r, tolerance_mm);
    }
    let lost = sqrt(r * r - half2) > r + tolerance_mm;
    Crossing { distance: 0.0, face: OUTER | if lost { LOST } else { 0 } }
}

/// Whether a point is strictly inside.
#[inline(always)]
pub(crate) fn contains(record: &SolidRecord, p: Vec3) -> bool {
    p.dot(p) < record.params[0] * record.params[0]
}

/// The unit normal at a point of the surface.
#[inline(always)]
pub(crate) fn normal(p: Vec3) -> Vec3 {
    p.normalized()
}
