//! Convex solids with planar faces: the line, clipped by the plane of every face.
//!
//! In f64, with f64 planes: a distance is that of the exact solid to a rounding of f32 (6e-8 of it) plus, from far away,
//! what the f32 direction leaves open. It holds alike for solids of 1 um and of 100 m.

use crate::physics::vec3::{Vec3, vec3};
use crate::trace::face::LEAF_MASK;
use crate::trace::ray::Ray;
use crate::trace::record::{PlaneRecord, SolidRecord};
use crate::trace::solid::Solids;
use crate::trace::span::Span;

impl PlaneRecord {
    /// The scalar product with the normal.
    #[inline(always)]
    fn along(&self, v: Vec3) -> f64 {
        self.normal[0] * v.x as f64 + self.normal[1] * v.y as f64 + self.normal[2] * v.z as f64
    }
}

#[inline(always)]
fn planes<'a>(solids: &Solids<'a>, record: &SolidRecord) -> &'a [PlaneRecord] {
    &solids.planes[record.first as usize..(record.first + record.count) as usize]
}

/// The part of a line inside.
#[inline]
pub(crate) fn interval(solids: &Solids, record: &SolidRecord, ray: &Ray) -> Span {
    let (mut a, mut b) = (f64::NEG_INFINITY, f64::INFINITY);
    let (mut face_a, mut face_b) = (0, 0);
    for (face, plane) in planes(solids, record).iter().enumerate() {
        let towards = plane.along(ray.direction);
        let depth = plane.offset - plane.along(ray.origin);
        if towards > 0.0 {
            let t = depth / towards;
            if t < b {
                (b, face_b) = (t, face as u32);
            }
        } else if towards < 0.0 {
            let t = depth / towards;
            if t > a {
                (a, face_a) = (t, face as u32);
            }
        } else if depth <= 0.0 {
            return Span::miss(-depth as f32, face as u32);
        }
    }
    Span { a: a as f32, b: b as f32, face_a, face_b }
}

/// Whether a point is strictly inside.
#[inline]
pub(crate) fn contains(solids: &Solids, record: &SolidRecord, p: Vec3) -> bool {
    planes(solids, record).iter().all(|plane| plane.along(p) < plane.offset)
}

/// The unit normal of a face.
#[inline(always)]
pub(crate) fn normal(solids: &Solids, record: &SolidRecord, face: u32) -> Vec3 {
    match planes(solids, record).get((face & LEAF_MASK) as usize) {
        Some(plane) => vec3(plane.normal[0] as f32, plane.normal[1] as f32, plane.normal[2] as f32),
        None => vec3(0.0, 0.0, 1.0),
    }
}
