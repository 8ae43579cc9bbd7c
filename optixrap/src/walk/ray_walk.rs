//! A ray from volume to volume.

use super::local::{direction_to_world, narrow, to_local, unit, wide};
use super::ray::StraightRay;
use super::{MOST_STANDING_STEPS, SHORTEST_STEP_MM};
use crate::physics::vec3::Vec3;
use crate::trace::geometry::{Geometry, NONE};
use crate::trace::navigate;
use crate::trace::solid;

/// A boundary that a ray crosses.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct VolumeCrossing {
    /// Distance from the ray's start, mm.
    pub distance_mm: f64,
    /// The touchable that ends here; `None` is the outside of the world.
    pub from: Option<u32>,
    /// The touchable that begins here; `None` is the outside of the world.
    pub to: Option<u32>,
    /// Unit normal in the world's frame, along the ray: out of what ends here (Geant4's exit normal).
    pub normal: [f64; 3],
    /// The ray was not in the volume that it was thought to be in, and is put right here: rounding at an edge, or
    /// volumes that overlap.
    pub lost: bool,
}

/// A straight ray through the volumes of a geometry, an iterator over the boundaries that it crosses.
///
/// A ray that starts outside the world enters it where it meets it; one that has left the world does not come back.
/// Faces that coincide, within the tolerance of the volumes around them, are crossed at once.
#[derive(Debug, Clone)]
pub struct RayWalk<'a> {
    geometry: Geometry<'a>,
    ray: StraightRay,
    at: At,
    distance_mm: f64,
    /// The daughter that cannot lie ahead, or [`NONE`].
    skip: u32,
    standing: u32,
    start: Option<u32>,
}

/// Where a walk is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum At {
    /// Not yet in the world.
    Before,
    /// In a touchable.
    Node(u32),
    /// Out of the world.
    Left,
    /// In a place from which no step leads on.
    Stuck,
}

impl<'a> RayWalk<'a> {
    /// A walk from the start of the ray, which is in the world's frame.
    pub fn new(geometry: Geometry<'a>, ray: StraightRay) -> Self {
        let start =
            navigate::locate_along(&geometry, narrow(ray.origin_mm), narrow(ray.direction)).map(|p| p.node);
        let at = start.map_or(At::Before, At::Node);
        Self { geometry, ray, at, distance_mm: 0.0, skip: NONE, standing: 0, start }
    }

    /// The touchable at the ray's start; `None` outside the world.
    pub fn start(&self) -> Option<u32> {
        self.start
    }

    /// Whether the walk ended without leaving the world: 200 steps in a row did not get ahead, or a distance was no
    /// number. That tells of volumes that overlap or are malformed.
    pub fn is_stuck(&self) -> bool {
        self.at == At::Stuck
    }

    /// The same walk with boundaries less than [`SHORTEST_STEP_MM`] apart taken as one, as recorded scans do. A boundary
    /// so near to the ray's start changes the volume at the start.
    pub fn merged(self) -> MergedWalk<'a> {
        MergedWalk::new(self)
    }

    /// From the outside to the world's surface.
    fn enter_world(&mut self) -> Option<VolumeCrossing> {
        self.at = At::Left;
        let g = &self.geometry;
        let world = g.volume_of(0);
        // Nearer first where the world is far: its own size then sets the rounding.
        let reach = f64::from(world.tolerance_mm) * 4e6;
        let (near, _) = self.ray.through_box([-reach; 3], [reach; 3]);
        let base = if near.is_finite() { near.max(0.0) } else { return None };
        let ray = self.ray.narrowed(base);
        let entry = solid::distance_to_in(&g.solids, world.solid, &ray, world.tolerance_mm, f32::INFINITY)?;
        self.distance_mm = base + f64::from(entry.distance);
        let point = narrow(self.ray.at(self.distance_mm));
        let outward = wide(solid::outward_normal(&g.solids, world.solid, entry.face, point));
        let inside = [2.0, 8.0, 32.0].into_iter().find_map(|n| {
            let p = self.ray.at(self.distance_mm + n * f64::from(world.tolerance_mm));
            navigate::locate_along(g, narrow(p), narrow(self.ray.direction))
        });
        let node = inside.map_or(0, |place| place.node);
        self.at = At::Node(node);
        let normal = unit(outward.map(|x| -x));
        let distance_mm = self.distance_mm;
        Some(VolumeCrossing { distance_mm, from: None, to: Some(node), normal, lost: false })
    }

    fn step(&mut self, node: u32) -> Option<VolumeCrossing> {
        let g = &self.geometry;
        let (point, direction) = self.local(node);
        let boundary = navigate::next_boundary(g, node, point, direction, self.skip);
        let ahead = f64::from(boundary.distance) >= SHORTEST_STEP_MM;
        self.standing = if ahead { 0 } else { self.standing + 1 };
        if !boundary.distance.is_finite() || self.standing > MOST_STANDING_STEPS {
            self.at = At::Stuck;
            return None;
        }
        self.distance_mm += f64::from(boundary.distance);
        let (point, direction) = self.local(node);
        let far = navigate::beyond(g, node, &boundary, point, direction);
        let against = wide(navigate::normal(g, node, &boundary, point, direction));
        let normal = direction_to_world(g, node, against.map(|x| -x));
        self.at = if far == NONE { At::Left } else { At::Node(far) };
        if far != NONE {
            self.skip = navigate::left_behind(g, node, &boundary, far);
        }
        Some(VolumeCrossing {
            distance_mm: self.distance_mm,
            from: Some(node),
            to: (far != NONE).then_some(far),
            normal,
            lost: boundary.lost,
        })
    }

    /// Point and direction here, in the frame of `node`.
    fn local(&self, node: u32) -> (Vec3, Vec3) {
        let world = (self.ray.at(self.distance_mm), self.ray.direction);
        let (point, direction) = to_local(&self.geometry, node, world);
        (narrow(point), narrow(unit(direction)))
    }
}

impl Iterator for RayWalk<'_> {
    type Item = VolumeCrossing;

    fn next(&mut self) -> Option<VolumeCrossing> {
        match self.at {
            At::Before => self.enter_world(),
            At::Node(node) => self.step(node),
            At::Left | At::Stuck => None,
        }
    }
}

/// A [`RayWalk`] without steps of no length.
#[derive(Debug, Clone)]
pub struct MergedWalk<'a> {
    walk: RayWalk<'a>,
    start: Option<u32>,
    ahead: Option<VolumeCrossing>,
}

impl<'a> MergedWalk<'a> {
    fn new(mut walk: RayWalk<'a>) -> Self {
        let (mut start, mut ahead) = (walk.start(), walk.next());
        while let Some(crossing) = ahead.filter(|c| c.distance_mm < SHORTEST_STEP_MM) {
            start = crossing.to;
            ahead = walk.next();
        }
        Self { walk, start, ahead }
    }

    /// The touchable at the ray's start; `None` outside the world.
    pub fn start(&self) -> Option<u32> {
        self.start
    }

    /// As [`RayWalk::is_stuck`], once the walk has ended.
    pub fn is_stuck(&self) -> bool {
        self.walk.is_stuck()
    }
}

impl Iterator for MergedWalk<'_> {
    type Item = VolumeCrossing;

    fn next(&mut self) -> Option<VolumeCrossing> {
        let mut crossing = self.ahead.take()?;
        self.ahead = self.walk.next();
        while let Some(close) = self.ahead.filter(|c| c.distance_mm - crossing.distance_mm < SHORTEST_STEP_MM)
        {
            (crossing.to, crossing.lost) = (close.to, crossing.lost || close.lost);
            self.ahead = self.walk.next();
        }
        Some(crossing)
    }
}
