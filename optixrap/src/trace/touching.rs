//! Volumes whose faces coincide, or that overlap: what lies behind such a face is found by crossing everything that
//! begins or ends within the tolerance.

use super::array::AROUND_Z;
use super::frame::Frame;
use super::geometry::{Geometry, NONE, VolumeRecord, touch};
use super::navigate::{daughter_at, holds_point, nearest_daughter};
use super::ray::Ray;
use super::solid;
use crate::physics::vec3::Vec3;

/// Goes up from `node`, and further up while the mother ends here too; then into a sister that begins here.
#[inline(never)]
pub(super) fn leave(g: &Geometry, node: u32, point: Vec3, direction: Vec3) -> u32 {
    let mut at = node;
    let mut frame = Frame::IDENTITY;
    loop {
        let (touches, parent) = (g.record(at).touches, g.parent(at));
        if parent == NONE {
            return NONE;
        }
        let index = g.daughter_number(at);
        frame = frame.then(&g.to_mother(at));
        at = parent;
        let volume = g.volume_of(at);
        let tolerance = volume.tolerance_mm;
        let (p, d) = (frame.point(point), frame.direction(direction));
        if touches & touch::MOTHER != 0 {
            let out = solid::distance_to_out(&g.solids, volume.solid, &Ray::new(p, d), tolerance);
            if out.distance <= tolerance {
                continue;
            }
        }
        if touches & touch::SISTER == 0 {
            return at;
        }
        let overlaps = touches & touch::OVERLAP != 0;
        let sister = next_daughter(g, volume, (p, d), (tolerance, index), overlaps);
        if sister == NONE {
            return at;
        }
        let child = g.child(at, sister);
        let into = frame.then(&g.to_daughter(child));
        return enter(g, child, into, (point, direction), tolerance);
    }
}

/// The daughter that a ray flies into from its origin: one that begins within `limit`, or, where volumes may overlap,
/// one that holds the origin and beyond; [`NONE`] if there is none.
pub(super) fn next_daughter(
    g: &Geometry,
    volume: &VolumeRecord,
    (origin, direction): (Vec3, Vec3),
    (limit, skip): (f32, u32),
    overlaps: bool,
) -> u32 {
    match nearest_daughter(g, volume, (origin, direction), limit, skip) {
        Some((daughter, _)) => daughter,
        None if overlaps => daughter_around(g, volume, (origin, direction), (limit, skip)),
        None => NONE,
    }
}

/// The first daughter that holds the origin of a ray for more than `tolerance_mm`: who flies into it gets on, so that
/// overlapping volumes cannot hand a photon to and fro.
#[inline(never)]
fn daughter_around(
    g: &Geometry,
    volume: &VolumeRecord,
    (origin, direction): (Vec3, Vec3),
    (tolerance_mm, skip): (f32, u32),
) -> u32 {
    let way_out = |daughter: u32| {
        let into = g.frame_of_daughter(volume, daughter).inverse();
        let ray = Ray::new(into.point(origin), into.direction(direction));
        let solid = g.volumes[g.daughter(volume, daughter).volume as usize].solid;
        solid::distance_to_out(&g.solids, solid, &ray, tolerance_mm)
    };
    let goes_on = |daughter: u32| {
        let out = way_out(daughter);
        out.distance > 2.0 * tolerance_mm && !out.is_lost()
    };
    let daughter = daughter_at(g, volume, origin, skip);
    if daughter != NONE && goes_on(daughter) {
        return daughter;
    }
    // Who flies along the face between two copies of an array is in either of them: arrays have no cracks.
    let Some(array) = g.arrays.get(volume.array as usize) else {
        return NONE;
    };
    if array.axis == AROUND_Z {
        let beside = origin + array.across(origin) * (4.0 * tolerance_mm);
        let copy = daughter_at(g, volume, beside, skip);
        return if copy != NONE && goes_on(copy) { copy } else { NONE };
    }
    // Leaning copies share their extents along the axis with neighbours, so that one has to hold the ray's start.
    let leans = array.leans(16.0 * tolerance_mm);
    let holds = |copy: u32| {
        let (half_way, near) = (0.5 * way_out(copy).distance, 8.0 * tolerance_mm);
        let ahead = origin + direction * if half_way < near { half_way } else { near };
        let aside = array.axis_direction() * (4.0 * tolerance_mm);
        holds_point(g, volume, copy, ahead + aside) || holds_point(g, volume, copy, ahead - aside)
    };
    let mut found = NONE;
    array.visit_point(origin, |copy| {
        if found == NONE && copy != skip && goes_on(copy) && (!leans || holds(copy)) {
            found = copy;
        }
    });
    found
}

/// Goes from a volume into its daughter `child`, and further down; the ray is in the frame of the volume.
#[inline(never)]
pub(super) fn enter_child(g: &Geometry, child: u32, ray: (Vec3, Vec3), tolerance_mm: f32) -> u32 {
    enter(g, child, g.to_daughter(child), ray, tolerance_mm)
}

/// Goes down from `node` into daughters that begin at its own boundary; `frame` leads into its frame.
#[inline(never)]
fn enter(g: &Geometry, node: u32, frame: Frame, (point, direction): (Vec3, Vec3), tolerance_mm: f32) -> u32 {
    let (mut at, mut frame) = (node, frame);
    loop {
        let volume = g.volume_of(at);
        if volume.daughters_touch == 0 {
            return at;
        }
        let limit = if volume.tolerance_mm > tolerance_mm { volume.tolerance_mm } else { tolerance_mm };
        let ray = (frame.point(point), frame.direction(direction));
        let overlaps = volume.daughters_touch & touch::OVERLAP != 0 || volume.is_array();
        let daughter = next_daughter(g, volume, ray, (limit, NONE), overlaps);
        if daughter == NONE {
            return at;
        }
        at = g.child(at, daughter);
        frame = frame.then(&g.to_daughter(at));
    }
}
