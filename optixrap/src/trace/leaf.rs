//! Any solid that is not a boolean, as its intervals along a line.

use crate::intrinsics::sqrt;
use crate::physics::vec3::{Vec3, vec3};
use crate::repertoire::EVERYTHING;
use crate::trace::face::OUTER;
use crate::trace::intersect_mesh::{Event, Mesh};
use crate::trace::ray::Ray;
use crate::trace::record::{
    BOX, CONE, CONVEX, GENERIC_POLYCONE, MESH, ORB, POLYCONE, RULED, SPHERE, SolidRecord, TUBE, TUBE_SECTION,
    TWISTED_TRAP,
};
use crate::trace::solid::Solids;
use crate::trace::span::{Pieces, Span};
use crate::trace::{
    curved, intersect_box, intersect_cone, intersect_convex, intersect_generic_polycone, intersect_mesh,
    intersect_orb, intersect_polycone, intersect_ruled, intersect_sphere, intersect_tube,
    intersect_tube_section, intersect_twisted_trap,
};

/// The first crossing after `from`.
#[inline]
pub(crate) fn crossing_after(
    solids: &Solids,
    record: &SolidRecord,
    ray: &Ray,
    from: f32,
    tolerance_mm: f32,
) -> Option<Event> {
    if record.kind == MESH {
        return Mesh::new(solids, record, ray, tolerance_mm).after(from);
    }
    let span = interval_after(solids, record, ray, from, tolerance_mm)?;
    Some(if span.a <= from {
        Event { t: span.b, face: span.face_b, leaves: true }
    } else {
        Event { t: span.a, face: span.face_a, leaves: false }
    })
}

/// The first interval inside that ends after `from`.
#[inline(never)]
fn interval_after(
    solids: &Solids,
    record: &SolidRecord,
    ray: &Ray,
    from: f32,
    tolerance_mm: f32,
) -> Option<Span> {
    let pieces = match record.kind {
        BOX => return box_interval(record, ray).filter(|span| span.b > from),
        ORB => return orb_interval(record, ray).filter(|span| span.b > from),
        POLYCONE => return intersect_polycone::interval_after(solids, record, ray, from, tolerance_mm),
        GENERIC_POLYCONE => return intersect_generic_polycone::interval_after(solids, record, ray, from),
        TWISTED_TRAP => return intersect_twisted_trap::sides(record, ray)?.interval_after(from),
        TUBE | TUBE_SECTION => intersect_tube_section::pieces(record, ray),
        SPHERE => intersect_sphere::pieces(record, ray),
        CONE => intersect_cone::pieces(record, ray),
        CONVEX => Pieces::new(intersect_convex::interval(solids, record, ray)),
        RULED => intersect_ruled::pieces(solids, record, ray),
        kind if curved::is_curved(kind) => curved::pieces(record, ray),
        _ => return None,
    };
    pieces.interval_after(from)
}

#[inline(always)]
fn box_interval(record: &SolidRecord, ray: &Ray) -> Option<Span> {
    let (a, b, near) = intersect_box::interval(record, ray);
    if a >= b {
        return None;
    }
    let (face_a, _) = intersect_box::entry_face(&near, a, ray.direction);
    let face_b = intersect_box::leave(record, ray, f32::INFINITY).face;
    Some(Span { a, b, face_a, face_b })
}

#[inline(always)]
fn orb_interval(record: &SolidRecord, ray: &Ray) -> Option<Span> {
    let (closest, half2) = intersect_orb::chord(record.params[0], ray);
    (half2 > 0.0).then(|| Span::new(closest - sqrt(half2), closest + sqrt(half2), OUTER))
}

/// Whether a point is strictly inside.
#[inline(always)]
pub(crate) fn contains(solids: &Solids, record: &SolidRecord, p: Vec3) -> bool {
    match record.kind {
        BOX => intersect_box::contains(record, p),
        TUBE => intersect_tube::contains(record, p),
        ORB => intersect_orb::contains(record, p),
        _ if !EVERYTHING => false,
        TUBE_SECTION => intersect_tube_section::contains(record, p),
        SPHERE => intersect_sphere::contains(record, p),
        CONE => intersect_cone::contains(record, p),
        CONVEX => intersect_convex::contains(solids, record, p),
        MESH => intersect_mesh::contains(solids, record, p),
        RULED => intersect_ruled::contains(solids, record, p),
        POLYCONE => intersect_polycone::contains(solids, record, p),
        TWISTED_TRAP => intersect_twisted_trap::contains(record, p),
        GENERIC_POLYCONE => intersect_generic_polycone::contains(solids, record, p),
        kind if curved::is_curved(kind) => curved::contains(record, p),
        _ => false,
    }
}

/// The unit normal of a face at a point of it.
#[inline(always)]
pub(crate) fn normal(solids: &Solids, record: &SolidRecord, face: u32, p: Vec3) -> Vec3 {
    match record.kind {
        BOX => intersect_box::normal(face),
        TUBE => intersect_tube::normal(face, p),
        ORB => intersect_orb::normal(p),
        TUBE_SECTION => intersect_tube_section::normal(record, face, p),
        SPHERE => intersect_sphere::normal(record, face, p),
        CONE => intersect_cone::normal(record, face, p),
        CONVEX => intersect_convex::normal(solids, record, face),
        MESH => intersect_mesh::normal(solids, record, face),
        RULED => intersect_ruled::normal(solids, record, face, p),
        POLYCONE => intersect_polycone::normal(solids, record, face, p),
        TWISTED_TRAP => intersect_twisted_trap::normal(record, face, p),
        GENERIC_POLYCONE => intersect_generic_polycone::normal(solids, record, face, p),
        kind if curved::is_curved(kind) => curved::normal(record, face, p),
        _ => vec3(0.0, 0.0, 1.0),
    }
}
