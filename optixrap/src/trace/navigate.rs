//! Navigation: where the next boundary is, what lies behind it, and which touchable holds a point.
//!
//! Positions are in the frame of the current volume. Faces that coincide (daughter and mother, sisters) are
//! ordinary: behind a boundary, every further boundary within the tolerance is crossed at once, so that a
//! photon sees the two volumes that really meet there, as Geant4's navigator does.

use super::bvh;
use super::frame::Frame;
use super::geometry::{Geometry, NONE, VolumeRecord, touch};
use super::ray::Ray;
use super::solid::{self, Crossing};
use super::touching;
use crate::physics::vec3::Vec3;

/// The next boundary of the current volume along a ray.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Boundary {
    /// Distance, mm.
    pub distance: f32,
    /// Which face of which solid: for [`normal`].
    pub face: u32,
    /// The daughter entered, relative to the volume's first, or [`NONE`] when the volume is left.
    pub daughter: u32,
    /// The ray had lost the volume (rounding at an edge), which ends here and now; counted as a correction.
    pub lost: bool,
}

/// The next boundary from `origin` in `node` along `direction`, passing over the daughter `skip` (or [`NONE`]).
#[inline(always)]
pub fn next_boundary(g: &Geometry, node: u32, origin: Vec3, direction: Vec3, skip: u32) -> Boundary {
    let volume = g.volume_of(node);
    let ray = Ray::new(origin, direction);
    let mut out = solid::distance_to_out(&g.solids, volume.solid, &ray, volume.tolerance_mm);
    if out.is_lost() {
        out = distance_to_out_again(g, node, (origin, direction));
    }
    let boundary = Boundary { distance: out.distance, face: out.face, daughter: NONE, lost: out.is_lost() };
    if volume.n_daughters <= u32::from(skip != NONE) {
        return boundary;
    }
    let limit = out.distance;
    if bvh::enter_box(&ray, volume.daughters_low, volume.daughters_high, limit) > limit {
        return boundary;
    }
    match find_daughter(g, volume, &ray, limit, skip) {
        Some((daughter, c)) => Boundary { distance: c.distance, face: c.face, daughter, lost: false },
        None => boundary,
    }
}

/// Where a ray leaves `node` that seems to be outside it: it has come through its mother, and has the rounding of a way
/// as long as the mother is wide.
#[inline(never)]
fn distance_to_out_again(g: &Geometry, node: u32, (origin, direction): (Vec3, Vec3)) -> Crossing {
    let volume = g.volume_of(node);
    let parent = g.parent(node);
    let mother_mm = if parent == NONE { 0.0 } else { 2.0 * g.volume_of(parent).tolerance_mm };
    let tolerance_mm = if mother_mm > volume.tolerance_mm { mother_mm } else { volume.tolerance_mm };
    solid::distance_to_out(&g.solids, volume.solid, &Ray::new(origin, direction), tolerance_mm)
}

/// The daughter of `now` that a photon need not look for on its way straight on: the convex one whose outside it has
/// just left at `boundary` of `before`, where it passed or was reflected; else [`NONE`].
#[inline(always)]
pub fn left_behind(g: &Geometry, before: u32, boundary: &Boundary, now: u32) -> u32 {
    let daughter = if now == before { boundary.daughter } else { g.daughter_of(before, now) };
    if daughter == NONE {
        return NONE;
    }
    let solid = g.volumes[g.daughter(g.volume_of(now), daughter).volume as usize].solid;
    if solid::is_convex(&g.solids, solid) { daughter } else { NONE }
}

/// [`find_daughter`] where it is called rarely.
#[inline(never)]
pub(super) fn nearest_daughter(
    g: &Geometry,
    volume: &VolumeRecord,
    (origin, direction): (Vec3, Vec3),
    limit: f32,
    skip: u32,
) -> Option<(u32, Crossing)> {
    find_daughter(g, volume, &Ray::new(origin, direction), limit, skip)
}

/// The first daughter of `volume` that the ray enters within `limit`, except the daughter `skip`.
#[inline(always)]
fn find_daughter(
    g: &Geometry,
    volume: &VolumeRecord,
    ray: &Ray,
    limit: f32,
    skip: u32,
) -> Option<(u32, Crossing)> {
    if volume.is_array() {
        return nearest_copy(g, volume, (ray.origin, ray.direction), limit, skip);
    }
    let mut nearest = Nearest { g, volume, ray, skip, found: None };
    bvh::visit(g.bvh, volume.bvh_root, ray, limit, |daughter, limit| nearest.test(daughter, limit));
    nearest.found
}

/// [`find_daughter`] among the copies of an array.
#[inline(never)]
fn nearest_copy(
    g: &Geometry,
    volume: &VolumeRecord,
    (origin, direction): (Vec3, Vec3),
    limit: f32,
    skip: u32,
) -> Option<(u32, Crossing)> {
    let array = &g.arrays[volume.array as usize];
    let ray = Ray::new(origin, direction);
    let mut nearest = Nearest { g, volume, ray: &ray, skip, found: None };
    let solid = g.volumes[g.daughter(volume, 0).volume as usize].solid;
    array.visit(origin, direction, limit, |copy, limit| {
        if copy == skip { limit } else { nearest.enter(copy, (solid, array.frame(copy)), limit) }
    });
    nearest.found
}

/// A search for the first daughter along a ray.
struct Nearest<'a> {
    g: &'a Geometry<'a>,
    volume: &'a VolumeRecord,
    ray: &'a Ray,
    skip: u32,
    found: Option<(u32, Crossing)>,
}

impl Nearest<'_> {
    /// Looks at one daughter, and returns how far the search need still go.
    #[inline(always)]
    fn test(&mut self, daughter: u32, limit: f32) -> f32 {
        if daughter == self.skip {
            return limit;
        }
        let placement = &self.g.placements[(self.volume.first_daughter + daughter) as usize];
        let solid = self.g.volumes[placement.volume as usize].solid;
        self.enter(daughter, (solid, placement.to_mother()), limit)
    }

    /// The same of a daughter whose solid and frame are known.
    #[inline(always)]
    fn enter(&mut self, daughter: u32, (solid, to_mother): (u32, Frame), limit: f32) -> f32 {
        let ray = self.ray.in_frame(&to_mother.inverse());
        match solid::distance_to_in(&self.g.solids, solid, &ray, self.volume.tolerance_mm, limit) {
            // At equal distances the daughter that comes first in the file wins, whatever the visiting order.
            Some(c) if c.distance < limit || self.found.is_none_or(|(best, _)| daughter < best) => {
                self.found = Some((daughter, c));
                c.distance
            }
            _ => limit,
        }
    }
}

/// The unit normal of a boundary, against the photon.
#[inline(always)]
pub fn normal(g: &Geometry, node: u32, boundary: &Boundary, point: Vec3, direction: Vec3) -> Vec3 {
    let volume = g.volume_of(node);
    let n = if boundary.daughter == NONE {
        -solid::outward_normal(&g.solids, volume.solid, boundary.face, point)
    } else {
        normal_of_daughter(g, volume, *boundary, point)
    };
    // Only rounding at a tangent, or a lost ray, can turn it round.
    if n.dot(direction) > 0.0 { -n } else { n }
}

#[inline(never)]
fn normal_of_daughter(g: &Geometry, volume: &VolumeRecord, boundary: Boundary, point: Vec3) -> Vec3 {
    let solid = g.volumes[g.daughter(volume, boundary.daughter).volume as usize].solid;
    let to_mother = g.frame_of_daughter(volume, boundary.daughter);
    let local = to_mother.inverse().point(point);
    to_mother.direction(solid::outward_normal(&g.solids, solid, boundary.face, local))
}

/// The touchable behind `boundary` for a photon at `point` (on the boundary) in `node`; [`NONE`] outside the world.
#[inline(always)]
pub fn beyond(g: &Geometry, node: u32, boundary: &Boundary, point: Vec3, direction: Vec3) -> u32 {
    match beyond_alone(g, node, boundary) {
        Some(far) => far,
        None => beyond_touching(g, node, boundary, (point, direction)),
    }
}

/// The same where no faces touch; `None` where [`beyond_touching`] has to look.
#[inline(always)]
pub(crate) fn beyond_alone(g: &Geometry, node: u32, boundary: &Boundary) -> Option<u32> {
    if !g.is_outside_arrays(node) {
        return None;
    }
    let here = &g.nodes[node as usize];
    if boundary.daughter == NONE {
        let alone = here.parent == NONE || here.touches & (touch::MOTHER | touch::SISTER) == 0;
        alone.then_some(here.parent)
    } else {
        let child = g.child(node, boundary.daughter);
        (g.volume_of(child).daughters_touch == 0).then_some(child)
    }
}

/// The touchable behind `boundary` for a photon on it that flies along `ray`, where faces touch or `node` stands in an
/// array.
#[inline(always)]
pub(crate) fn beyond_touching(g: &Geometry, node: u32, boundary: &Boundary, ray: (Vec3, Vec3)) -> u32 {
    if !g.is_outside_arrays(node) {
        return beyond_in_array(g, node, boundary.daughter, ray);
    }
    if boundary.daughter == NONE {
        return touching::leave(g, node, ray.0, ray.1);
    }
    let child = g.child(node, boundary.daughter);
    touching::enter_child(g, child, ray, g.volume_of(node).tolerance_mm)
}

/// [`beyond`] a boundary of `daughter` or of `node`, which stands in an array.
#[inline(never)]
fn beyond_in_array(g: &Geometry, node: u32, daughter: u32, (point, direction): (Vec3, Vec3)) -> u32 {
    if daughter == NONE {
        let touches = g.record(node).touches & (touch::MOTHER | touch::SISTER) != 0;
        return if touches { touching::leave(g, node, point, direction) } else { g.parent(node) };
    }
    let child = g.child(node, daughter);
    if g.volume_of(child).daughters_touch == 0 {
        return child;
    }
    touching::enter_child(g, child, (point, direction), g.volume_of(node).tolerance_mm)
}

/// The motion from the frame of touchable `from` to that of `to`.
#[inline]
pub fn frame_between(g: &Geometry, from: u32, to: u32) -> Frame {
    if g.is_outside_arrays(from) && g.is_outside_arrays(to) {
        let (a, b) = (&g.nodes[from as usize], &g.nodes[to as usize]);
        if a.parent == to {
            return g.placements[a.placement as usize].to_mother();
        }
        if b.parent == from {
            return g.placements[b.placement as usize].to_mother().inverse();
        }
    }
    frame_over_ancestor(g, from, to)
}

/// Up to the first touchable that holds both, then down.
#[inline(never)]
fn frame_over_ancestor(g: &Geometry, from: u32, to: u32) -> Frame {
    if g.parent(from) == to {
        return g.to_mother(from);
    }
    if g.parent(to) == from {
        return g.to_daughter(to);
    }
    let mut up = Frame::IDENTITY;
    let mut ancestor = from;
    loop {
        let mut down = Frame::IDENTITY;
        let mut at = to;
        while at != ancestor && at != NONE {
            down = down.then(&g.to_mother(at));
            at = g.parent(at);
        }
        if at == ancestor {
            return up.then(&down.inverse());
        }
        up = up.then(&g.to_mother(ancestor));
        ancestor = g.parent(ancestor);
    }
}

/// A touchable, and the motion from the world's frame to its.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Place {
    /// The touchable.
    pub node: u32,
    /// From the world's frame to its.
    pub frame: Frame,
}

/// The touchable that a photon born at a point of the world frame flies into, and the motion from the world's frame
/// to its; `None` outside the world. On a face that is the side that the direction points to, elsewhere the touchable
/// that holds the point.
#[inline(never)]
pub fn locate_along(g: &Geometry, point: Vec3, direction: Vec3) -> Option<Place> {
    let mut place = locate(g, point)?;
    loop {
        let volume = g.volume_of(place.node);
        if volume.n_daughters == 0 {
            return Some(place);
        }
        let ray = (place.frame.point(point), place.frame.direction(direction));
        let daughter =
            touching::next_daughter(g, volume, ray, (volume.tolerance_mm, NONE), volume.is_array());
        if daughter == NONE {
            return Some(place);
        }
        let node = g.child(place.node, daughter);
        place = Place { node, frame: place.frame.then(&g.to_daughter(node)) };
    }
}

/// The deepest touchable that holds a point of the world frame, and the motion from the world's frame to its;
/// `None` outside the world.
#[inline(never)]
pub fn locate(g: &Geometry, point: Vec3) -> Option<Place> {
    let world = g.volume_of(0);
    if !solid::contains(&g.solids, world.solid, point) {
        return None;
    }
    let mut place = Place { node: 0, frame: Frame::IDENTITY };
    loop {
        let volume = g.volume_of(place.node);
        if volume.n_daughters == 0 {
            return Some(place);
        }
        let p = place.frame.point(point);
        let found = daughter_at(g, volume, p, NONE);
        if found == NONE {
            return Some(place);
        }
        let into = g.frame_of_daughter(volume, found).inverse();
        place = Place { node: g.child(place.node, found), frame: place.frame.then(&into) };
    }
}

/// The first daughter in the order of the file, but for `skip`, that holds a point of the volume's frame, or [`NONE`].
#[inline(never)]
pub fn daughter_at(g: &Geometry, volume: &VolumeRecord, p: Vec3, skip: u32) -> u32 {
    let mut found = NONE;
    visit_daughters_at(g, volume, p, |daughter| {
        if daughter < found && daughter != skip {
            found = daughter;
        }
    });
    found
}

/// Whether a daughter holds a point of the volume's frame.
#[inline]
pub(super) fn holds_point(g: &Geometry, volume: &VolumeRecord, daughter: u32, p: Vec3) -> bool {
    let solid = g.volumes[g.daughter(volume, daughter).volume as usize].solid;
    let into = g.frame_of_daughter(volume, daughter).inverse();
    solid::contains(&g.solids, solid, into.point(p))
}

/// Calls `visit(daughter)` for every daughter that holds a point of the volume's frame, in any order.
pub fn visit_daughters_at(g: &Geometry, volume: &VolumeRecord, p: Vec3, mut visit: impl FnMut(u32)) {
    let mut test = |daughter: u32| {
        if holds_point(g, volume, daughter, p) {
            visit(daughter);
        }
    };
    match g.arrays.get(volume.array as usize) {
        Some(array) => array.visit_point(p, test),
        None if volume.bvh_root == NONE => {}
        None => bvh::visit_point(g.bvh, volume.bvh_root, p, |daughter| {
            test(daughter);
            false
        }),
    }
}
