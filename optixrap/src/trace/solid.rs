//! The four questions that navigation asks a solid.
//!
//! Along a ray a solid is a list of intervals `a..b` in which the ray is inside. The caller knows on which side of the
//! surface a ray's origin logically is; where the origin sits on a face, rounding may put it a little on the other.
//!
//! * [`distance_to_in`]: the first interval with `b - max(a, 0) > tolerance` that starts ahead, `a > -tolerance`. One that
//!   starts further behind counts too where the origin is within the tolerance *across* its entry face and nearer to
//!   the entry than to the exit: a grazing ray on a face shared with the solid that it has just left.
//! * [`distance_to_out`]: the end of the interval that holds the origin. Convex solids take the far crossing, so an
//!   origin slightly outside does no harm.
//!
//! The tolerance must exceed the rounding of the coordinates (1e-7 of them) and stay below the thinnest part.

use crate::physics::vec3::Vec3;
use crate::repertoire::EVERYTHING;
use crate::trace::bvh::BvhNode;
use crate::trace::face::LOST;
use crate::trace::intersect_boolean::Boolean;
use crate::trace::intersect_mesh::Mesh;
pub use crate::trace::ray::Crossing;
use crate::trace::ray::Ray;
use crate::trace::record::{
    BOOLEAN, BOX, BooleanLeaf, CONE, CONVEX, ConeSection, FacetRecord, GENERIC_POLYCONE, MESH, ORB, POLYCONE,
    PlaneRecord, RULED, RuledSide, SPHERE, SolidRecord, TUBE, TUBE_SECTION, TWISTED_TRAP,
};
use crate::trace::span::{self, Pieces};
use crate::trace::{
    curved, intersect_box, intersect_cone, intersect_convex, intersect_generic_polycone, intersect_orb,
    intersect_polycone, intersect_ruled, intersect_sphere, intersect_tube, intersect_tube_section,
    intersect_twisted_trap, leaf,
};

/// All solids of a scene.
#[repr(C)]
#[derive(Debug, Clone, Copy)]
pub struct Solids<'a> {
    /// One record per solid.
    pub records: &'a [SolidRecord],
    /// The sections of polycones.
    pub sections: &'a [ConeSection],
    /// The leaves of booleans.
    pub leaves: &'a [BooleanLeaf],
    /// The planes of convex solids.
    pub planes: &'a [PlaneRecord],
    /// The corners of triangles, mm.
    pub vertices: &'a [[f64; 3]],
    /// The triangles of meshes.
    pub facets: &'a [FacetRecord],
    /// The hierarchies of boxes over the triangles.
    pub mesh_nodes: &'a [BvhNode],
    /// The sides of solids with ruled ones.
    pub sides: &'a [RuledSide],
}

/// Where a ray enters, its origin being logically outside; `None` where it misses or `limit` is nearer.
#[inline(always)]
pub fn distance_to_in(
    solids: &Solids,
    solid: u32,
    ray: &Ray,
    tolerance_mm: f32,
    limit: f32,
) -> Option<Crossing> {
    let record = &solids.records[solid as usize];
    match record.kind {
        BOX => intersect_box::enter(record, ray, tolerance_mm, limit),
        TUBE => intersect_tube::enter(record, ray, tolerance_mm, limit),
        ORB => intersect_orb::enter(record, ray, tolerance_mm, limit),
        _ if !EVERYTHING => None,
        TUBE_SECTION => {
            let pieces = intersect_tube_section::pieces(record, ray);
            let normal = |face: u32, p: Vec3| intersect_tube_section::normal(record, face, p);
            span::enter(ray, tolerance_mm, limit, |from| pieces.interval_after(from), normal)
        }
        _ => general_to_in(solids, record, *ray, tolerance_mm, limit),
    }
}

/// Where a ray leaves, its origin being logically inside. An origin that is not inside leaves at once, and where it is
/// more than the tolerance outside the crossing says so ([`Crossing::is_lost`]).
#[inline(always)]
pub fn distance_to_out(solids: &Solids, solid: u32, ray: &Ray, tolerance_mm: f32) -> Crossing {
    let record = &solids.records[solid as usize];
    match record.kind {
        BOX => intersect_box::leave(record, ray, tolerance_mm),
        TUBE => intersect_tube::leave(record, ray, tolerance_mm),
        ORB => intersect_orb::leave(record, ray, tolerance_mm),
        _ if !EVERYTHING => Crossing { distance: 0.0, face: LOST },
        TUBE_SECTION => {
            let normal = |face: u32, p: Vec3| intersect_tube_section::normal(record, face, p);
            intersect_tube_section::pieces(record, ray).leave(ray, tolerance_mm, normal)
        }
        _ => general_to_out(solids, record, *ray, tolerance_mm),
    }
}

#[inline(never)]
fn general_to_in(
    solids: &Solids,
    record: &SolidRecord,
    ray: Ray,
    tolerance_mm: f32,
    limit: f32,
) -> Option<Crossing> {
    let ray = &ray;
    let normal = |face: u32, p: Vec3| leaf::normal(solids, record, face, p);
    let pieces = match record.kind {
        SPHERE => intersect_sphere::pieces(record, ray),
        CONE => intersect_cone::pieces(record, ray),
        CONVEX => Pieces::new(intersect_convex::interval(solids, record, ray)),
        RULED => intersect_ruled::pieces(solids, record, ray),
        MESH => return Mesh::new(solids, record, ray, tolerance_mm).enter(limit),
        POLYCONE => {
            let after = |from| intersect_polycone::interval_after(solids, record, ray, from, tolerance_mm);
            return span::enter(ray, tolerance_mm, limit, after, normal);
        }
        GENERIC_POLYCONE => {
            let after = |from| intersect_generic_polycone::interval_after(solids, record, ray, from);
            return span::enter(ray, tolerance_mm, limit, after, normal);
        }
        TWISTED_TRAP => {
            let sides = intersect_twisted_trap::sides(record, ray)?;
            return span::enter(ray, tolerance_mm, limit, |from| sides.interval_after(from), normal);
        }
        BOOLEAN => return Boolean::new(solids, record, tolerance_mm).enter(ray, limit),
        kind if curved::is_curved(kind) => curved::pieces(record, ray),
        _ => return None,
    };
    span::enter(ray, tolerance_mm, limit, |from| pieces.interval_after(from), normal)
}

#[inline(never)]
fn general_to_out(solids: &Solids, record: &SolidRecord, ray: Ray, tolerance_mm: f32) -> Crossing {
    let ray = &ray;
    let normal = |face: u32, p: Vec3| leaf::normal(solids, record, face, p);
    match record.kind {
        SPHERE => intersect_sphere::pieces(record, ray).leave(ray, tolerance_mm, normal),
        CONE => intersect_cone::pieces(record, ray).leave(ray, tolerance_mm, normal),
        CONVEX => {
            let interval = intersect_convex::interval(solids, record, ray);
            Pieces::new(interval).leave(ray, tolerance_mm, normal)
        }
        RULED => intersect_ruled::pieces(solids, record, ray).leave(ray, tolerance_mm, normal),
        MESH => Mesh::new(solids, record, ray, tolerance_mm).leave(),
        POLYCONE => {
            let after = |from| intersect_polycone::interval_after(solids, record, ray, from, tolerance_mm);
            span::leave(ray, tolerance_mm, after, normal)
        }
        GENERIC_POLYCONE => {
            let after = |from| intersect_generic_polycone::interval_after(solids, record, ray, from);
            span::leave(ray, tolerance_mm, after, normal)
        }
        TWISTED_TRAP => {
            let sides = intersect_twisted_trap::sides(record, ray);
            let after = |from| sides.as_ref().and_then(|sides| sides.interval_after(from));
            span::leave(ray, tolerance_mm, after, normal)
        }
        BOOLEAN => Boolean::new(solids, record, tolerance_mm).leave(ray),
        kind if curved::is_curved(kind) => curved::pieces(record, ray).leave(ray, tolerance_mm, normal),
        _ => Crossing { distance: 0.0, face: LOST },
    }
}

/// Whether a straight line that has left the solid cannot meet it again, for the kinds where that is plain.
#[inline(always)]
pub fn is_convex(solids: &Solids, solid: u32) -> bool {
    matches!(solids.records[solid as usize].kind, BOX | TUBE | ORB | CONVEX)
}

/// Whether a point is strictly inside.
#[inline(always)]
pub fn contains(solids: &Solids, solid: u32, point: Vec3) -> bool {
    let record = &solids.records[solid as usize];
    match record.kind {
        BOOLEAN if EVERYTHING => Boolean::new(solids, record, 0.0).contains(point),
        _ => leaf::contains(solids, record, point),
    }
}

/// The unit normal, out of the solid, at a crossing's `face` and `point`.
#[inline(always)]
pub fn outward_normal(solids: &Solids, solid: u32, face: u32, point: Vec3) -> Vec3 {
    let record = &solids.records[solid as usize];
    let face = face & !LOST;
    match record.kind {
        BOX => intersect_box::normal(face),
        TUBE => intersect_tube::normal(face, point),
        ORB => intersect_orb::normal(point),
        _ if !EVERYTHING => Vec3::default(),
        _ => general_normal(solids, record, face, point),
    }
}

#[inline(never)]
fn general_normal(solids: &Solids, record: &SolidRecord, face: u32, point: Vec3) -> Vec3 {
    match record.kind {
        BOOLEAN => Boolean::new(solids, record, 0.0).normal(face, point),
        _ => leaf::normal(solids, record, face, point),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::physics::vec3::vec3;

    fn record(kind: u32, dimensions: &[f32]) -> SolidRecord {
        let mut params = [0.0; 12];
        params[..dimensions.len()].copy_from_slice(dimensions);
        SolidRecord { kind, first: 0, count: 0, parts: 0, params }
    }

    #[test]
    fn chords_have_their_closed_forms() {
        let records = [record(BOX, &[1.0, 2.0, 3.0]), record(TUBE, &[5.0, 7.0]), record(ORB, &[5.0])];
        let solids = Solids {
            records: &records,
            sections: &[],
            leaves: &[],
            planes: &[],
            vertices: &[],
            facets: &[],
            mesh_nodes: &[],
            sides: &[],
        };
        let x = vec3(1.0, 0.0, 0.0);
        let origin = vec3(-10.0, 0.5, 0.25);
        for (solid, near, far) in [
            (0, 9.0, 11.0),
            (1, 10.0 - 24.75f32.sqrt(), 10.0 + 24.75f32.sqrt()),
            (2, 10.0 - 24.6875f32.sqrt(), 10.0 + 24.6875f32.sqrt()),
        ] {
            let enter = distance_to_in(&solids, solid, &Ray::new(origin, x), 1e-4, 1e9).unwrap();
            assert!((enter.distance - near).abs() < 2e-6, "{solid} {enter:?}");
            assert_eq!(distance_to_in(&solids, solid, &Ray::new(origin, x), 1e-4, near - 0.01), None);
            assert_eq!(distance_to_in(&solids, solid, &Ray::new(origin, -x), 1e-4, 1e9), None);
            let hit = origin + x * enter.distance;
            let leave = distance_to_out(&solids, solid, &Ray::new(hit, x), 1e-4);
            assert!((leave.distance - (far - near)).abs() < 4e-6, "{solid} {leave:?}");
            assert!(!leave.is_lost());
            assert!(outward_normal(&solids, solid, enter.face, hit).dot(x) < 0.0);
            assert!(outward_normal(&solids, solid, leave.face, hit + x * leave.distance).dot(x) > 0.0);
            assert!(distance_to_out(&solids, solid, &Ray::new(origin, -x), 1e-4).is_lost());
        }
    }
}
