//! Tubes with a hole around z or a segment in phi. In f32, with the errors of [`super::intersect_tube`].

use crate::intrinsics::sqrt;
use crate::physics::vec3::{Vec3, vec3};
use crate::trace::face::{END_PHI, INNER, MINUS_Z, OUTER, PLUS_Z, START_PHI};
use crate::trace::intersect_tube::{Cylinder, PARALLEL, outside_by};
use crate::trace::ray::{Ray, abs, slab};
use crate::trace::record::{HOLE, SolidRecord};
use crate::trace::segment;
use crate::trace::span::{Pieces, Span};

/// The part of a line inside the cylinder of radius `r` around z.
#[inline(always)]
pub(crate) fn cylinder(r: f32, face: u32, ray: &Ray) -> Span {
    let cylinder = Cylinder::new(r, ray);
    if cylinder.sin2 <= PARALLEL {
        let outside = outside_by(r, ray.origin);
        return if outside < 0.0 { Span::all(face) } else { Span::miss(outside, face) };
    }
    if cylinder.discriminant <= 0.0 {
        return Span::miss(outside_by(r, ray.origin), face);
    }
    let (root, inverse) = (sqrt(cylinder.discriminant), 1.0 / cylinder.sin2);
    Span::new((-cylinder.radial - root) * inverse, (-cylinder.radial + root) * inverse, face)
}

/// What a line meets of the tube.
#[inline(always)]
pub(crate) fn pieces(record: &SolidRecord, ray: &Ray) -> Pieces {
    let [rmax, half_z, rmin] = [record.params[0], record.params[1], record.params[2]];
    let mut pieces = Pieces::new(between_planes(half_z, ray));
    if !pieces.is_empty() {
        pieces.clip(cylinder(rmax, OUTER, ray));
        if record.parts & HOLE != 0 {
            pieces.cut(cylinder(rmin, INNER, ray));
        }
        segment::restrict(&mut pieces, record, ray);
    }
    pieces
}

#[inline(always)]
pub(crate) fn between_planes(half_z: f32, ray: &Ray) -> Span {
    let (a, b) = slab(half_z, ray.origin.z, ray.direction.z, ray.inverse.z);
    let (face_a, face_b) = if ray.direction.z > 0.0 { (MINUS_Z, PLUS_Z) } else { (PLUS_Z, MINUS_Z) };
    if a == f32::INFINITY {
        return Span::miss(abs(ray.origin.z) - half_z, if ray.origin.z > 0.0 { PLUS_Z } else { MINUS_Z });
    }
    Span { a, b, face_a, face_b }
}

/// Whether a point is strictly inside.
#[inline(always)]
pub(crate) fn contains(record: &SolidRecord, p: Vec3) -> bool {
    let [rmax, half_z, rmin] = [record.params[0], record.params[1], record.params[2]];
    let r2 = p.x * p.x + p.y * p.y;
    let clear = record.parts & HOLE == 0 || r2 > rmin * rmin;
    abs(p.z) < half_z && r2 < rmax * rmax && clear && segment::contains(record, p)
}

/// The unit normal of a face at a point of it.
#[inline(always)]
pub(crate) fn normal(record: &SolidRecord, face: u32, p: Vec3) -> Vec3 {
    match face {
        PLUS_Z => vec3(0.0, 0.0, 1.0),
        MINUS_Z => vec3(0.0, 0.0, -1.0),
        START_PHI | END_PHI => segment::normal(record, face),
        INNER => vec3(-p.x, -p.y, 0.0).normalized(),
        _ => vec3(p.x, p.y, 0.0).normalized(),
    }
}
