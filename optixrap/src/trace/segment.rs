//! Half planes that bound a segment in phi.

use crate::physics::vec3::{Vec3, vec3};
use crate::trace::face::{END_PHI, START_PHI};
use crate::trace::ray::Ray;
use crate::trace::record::{PHI, SolidRecord, WIDE_PHI};
use crate::trace::span::{Pieces, Span};

/// The normals of the two half planes, out of the segment: sine and cosine of both angles are in `params[8..12]`.
#[inline(always)]
fn normals(record: &SolidRecord) -> (Vec3, Vec3) {
    let p = &record.params;
    (vec3(p[8], -p[9], 0.0), vec3(-p[10], p[11], 0.0))
}

/// The part of a line behind a plane through the origin.
#[inline(always)]
fn behind(normal: Vec3, face: u32, ray: &Ray) -> Span {
    let along = normal.dot(ray.direction);
    let above = normal.dot(ray.origin);
    if along > 0.0 {
        Span::new(f32::NEG_INFINITY, -above / along, face)
    } else if along < 0.0 {
        Span::new(-above / along, f32::INFINITY, face)
    } else if above < 0.0 {
        Span::all(face)
    } else {
        Span::miss(above, face)
    }
}

/// Restricts a shape to its segment in phi, if it has one.
#[inline(always)]
pub(crate) fn restrict(pieces: &mut Pieces, record: &SolidRecord, ray: &Ray) {
    if record.parts & PHI == 0 {
        return;
    }
    let (start, end) = normals(record);
    if record.parts & WIDE_PHI == 0 {
        pieces.clip(behind(start, START_PHI, ray));
        pieces.clip(behind(end, END_PHI, ray));
    } else {
        let mut wedge = Pieces::new(behind(-start, START_PHI, ray));
        wedge.clip(behind(-end, END_PHI, ray));
        pieces.cut(wedge.base());
    }
}

/// Whether a point is strictly inside the segment.
#[inline(always)]
pub(crate) fn contains(record: &SolidRecord, p: Vec3) -> bool {
    if record.parts & PHI == 0 {
        return true;
    }
    let (start, end) = normals(record);
    let (start, end) = (start.dot(p) < 0.0, end.dot(p) < 0.0);
    if record.parts & WIDE_PHI == 0 { start && end } else { start || end }
}

/// The normal of one of the two half planes.
#[inline(always)]
pub(crate) fn normal(record: &SolidRecord, face: u32) -> Vec3 {
    let (start, end) = normals(record);
    if face == START_PHI { start } else { end }
}
