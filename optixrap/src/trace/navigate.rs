//! Navigation: where the next boundary is, what lies behind it, and which touchable holds a point.
//!
//! Positions are in the frame of the current volume. Faces that coincide (daughter and mother, sisters) are
//! ordinary: behind a boundary, every further boundary within the tolerance is crossed at once, so that a
//! photon sees the two volumes that really meet there, as Geant4's navigator does.

use super::bvh::{self, BoxRay};
use super::frame::Frame;
use super::geometry::{Geometry, NONE, touch};
use super::solid::{self, Crossing};
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

/// What lies behind a boundary.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Far {
    /// The touchable, or [`NONE`] outside the world.
    pub node: u32,
    /// From the near volume's frame to its.
    pub frame: Frame,
}

/// The next boundary from `origin` in `node` along `direction`.
#[inline]
pub fn next_boundary(g: &Geometry, node: u32, origin: Vec3, direction: Vec3) -> Boundary {
    let volume = g.volume_of(node);
    let out = solid::distance_to_out(&g.solids, volume.solid, origin, direction, volume.tolerance_mm);
    let mut boundary =
        Boundary { distance: out.distance, face: out.face, daughter: NONE, lost: out.is_lost() };
    if volume.n_daughters != 0 {
        if let Some((daughter, c)) = nearest_daughter(g, node, origin, direction, out.distance, NONE) {
            boundary = Boundary { distance: c.distance, face: c.face, daughter, lost: false };
        }
    }
    boundary
}

/// The first daughter of `node` that the ray enters within `limit`, except the daughter `skip`.
#[inline]
fn nearest_daughter(
    g: &Geometry,
    node: u32,
    origin: Vec3,
    direction: Vec3,
    limit: f32,
    skip: u32,
) -> Option<(u32, Crossing)> {
    let volume = g.volume_of(node);
    let mut found: Option<(u32, Crossing)> = None;
    let ray = BoxRay::new(origin, direction);
    if ray.enter(volume.daughters_low, volume.daughters_high, limit) > limit {
        return None;
    }
    bvh::visit(g.bvh, volume.bvh_root, &ray, limit, |daughter, limit| {
        if daughter == skip {
            return limit;
        }
        let placement = &g.placements[(volume.first_daughter + daughter) as usize];
        let frame = placement.to_daughter();
        let solid = g.volumes[placement.volume as usize].solid;
        let (o, d) = (frame.point(origin), frame.vector(direction));
        match solid::distance_to_in(&g.solids, solid, o, d, volume.tolerance_mm, limit) {
            // At equal distances the daughter that comes first in the file wins, whatever the visiting order.
            Some(c) if c.distance < limit || found.is_none_or(|(best, _)| daughter < best) => {
                found = Some((daughter, c));
                c.distance
            }
            _ => limit,
        }
    });
    found
}

/// The unit normal of a boundary, against the photon.
#[inline]
pub fn normal(g: &Geometry, node: u32, boundary: &Boundary, point: Vec3, direction: Vec3) -> Vec3 {
    let volume = g.volume_of(node);
    let n = if boundary.daughter == NONE {
        solid::outward_normal(&g.solids, volume.solid, boundary.face, point)
    } else {
        let placement = &g.placements[(volume.first_daughter + boundary.daughter) as usize];
        let solid = g.volumes[placement.volume as usize].solid;
        let to_mother = placement.to_mother();
        let local = to_mother.inverse().point(point);
        to_mother.direction(solid::outward_normal(&g.solids, solid, boundary.face, local))
    };
    if n.dot(direction) > 0.0 { -n } else { n }
}

/// What lies behind `boundary` for a photon at `point` (on the boundary) in `node`.
#[inline]
pub fn beyond(g: &Geometry, node: u32, boundary: &Boundary, point: Vec3, direction: Vec3) -> Far {
    if boundary.daughter == NONE {
        leave(g, node, point, direction)
    } else {
        let volume = g.volume_of(node);
        let frame = g.placements[(volume.first_daughter + boundary.daughter) as usize].to_daughter();
        let child = g.nodes[node as usize].first_child + boundary.daughter;
        enter(g, Far { node: child, frame }, point, direction, volume.tolerance_mm)
    }
}

/// Goes up from `node`, and further up while the mother ends here too; then into a sister that begins here.
#[inline]
fn leave(g: &Geometry, node: u32, point: Vec3, direction: Vec3) -> Far {
    let mut at = node;
    let mut frame = Frame::IDENTITY;
    loop {
        let parent = g.nodes[at as usize].parent;
        if parent == NONE {
            return Far { node: NONE, frame };
        }
        let placement = g.placement_of(at);
        let left = at - g.nodes[parent as usize].first_child;
        frame = frame.then(&placement.to_mother());
        at = parent;
        if placement.touches & (touch::MOTHER | touch::SISTER) == 0 {
            return Far { node: at, frame };
        }
        let (p, d) = (frame.point(point), frame.direction(direction));
        let volume = g.volume_of(at);
        let tolerance = volume.tolerance_mm;
        if placement.touches & touch::MOTHER != 0 {
            let out = solid::distance_to_out(&g.solids, volume.solid, p, d, tolerance);
            if out.distance <= tolerance {
                continue;
            }
        }
        if placement.touches & touch::SISTER != 0 {
            if let Some((daughter, _)) = nearest_daughter(g, at, p, d, tolerance, left) {
                let into = g.placements[(volume.first_daughter + daughter) as usize].to_daughter();
                let child = g.nodes[at as usize].first_child + daughter;
                return enter(g, Far { node: child, frame: frame.then(&into) }, point, direction, tolerance);
            }
        }
        return Far { node: at, frame };
    }
}

/// Goes down from `far` into daughters that begin at its own boundary.
#[inline]
fn enter(g: &Geometry, mut far: Far, point: Vec3, direction: Vec3, tolerance_mm: f32) -> Far {
    loop {
        let volume = g.volume_of(far.node);
        if volume.daughters_touch == 0 {
            return far;
        }
        let limit = if volume.tolerance_mm > tolerance_mm { volume.tolerance_mm } else { tolerance_mm };
        let (p, d) = (far.frame.point(point), far.frame.direction(direction));
        let Some((daughter, _)) = nearest_daughter(g, far.node, p, d, limit, NONE) else {
            return far;
        };
        let into = g.placements[(volume.first_daughter + daughter) as usize].to_daughter();
        let child = g.nodes[far.node as usize].first_child + daughter;
        far = Far { node: child, frame: far.frame.then(&into) };
    }
}

/// The deepest touchable that holds a point of the world frame, and the motion from the world's frame to its;
/// `None` outside the world.
pub fn locate(g: &Geometry, point: Vec3) -> Option<Far> {
    let world = g.volume_of(0);
    if !solid::contains(&g.solids, world.solid, point) {
        return None;
    }
    let mut far = Far { node: 0, frame: Frame::IDENTITY };
    loop {
        let volume = g.volume_of(far.node);
        if volume.n_daughters == 0 {
            return Some(far);
        }
        let p = far.frame.point(point);
        let mut found = NONE;
        bvh::visit_point(g.bvh, volume.bvh_root, p, |daughter| {
            let placement = &g.placements[(volume.first_daughter + daughter) as usize];
            let solid = g.volumes[placement.volume as usize].solid;
            if daughter < found && solid::contains(&g.solids, solid, placement.to_daughter().point(p)) {
                found = daughter;
            }
            false
        });
        if found == NONE {
            return Some(far);
        }
        let into = g.placements[(volume.first_daughter + found) as usize].to_daughter();
        far = Far { node: g.nodes[far.node as usize].first_child + found, frame: far.frame.then(&into) };
    }
}
