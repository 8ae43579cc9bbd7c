//! What every placed volume touches, by sampling its surface.
//!
//! From each sampled point of a placement's surface one looks a little outwards and a little inwards: outwards lies the
//! neighbour (the mother, a sister, or what is beyond the mother where the faces coincide); inwards lies the volume
//! itself, and whatever else is there overlaps. A solid is sampled once, however often it is placed, and a logical
//! mother is looked at once, however many copies it has.

use std::collections::BTreeMap;

use cfg4::detector::{Detector, SolidId};
use optixrap::physics::vec3::Vec3;
use optixrap::scene::SceneData;
use optixrap::scene::solids::FlatSolids;
use optixrap::trace::frame::Frame;
use optixrap::trace::geometry::{Geometry, NONE, PlacementRecord, VolumeRecord};
use optixrap::trace::navigate;
use optixrap::trace::solid::contains;
use rayon::prelude::*;

use super::depth::{depth_inside, distance_outside};
use super::surface_points::{SurfacePoint, surface_points};
use crate::random::Random;

/// How far one looks outwards and inwards, mm; further where coordinates are rounded to more.
const STEP_MM: f32 = 1e-3;
/// Points whose depth is measured of each pair of volumes that overlap.
const MEASURED: u32 = 64;
/// The most points of all placements together.
const MOST_POINTS: usize = 20_000_000;
/// The fewest points of a placement.
const FEWEST_POINTS: usize = 50;

/// What lies around a placement, in its mother.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Neighbour {
    /// The mother volume itself.
    Mother,
    /// The daughter of that number.
    Sister(u32),
    /// What is outside of the mother.
    BeyondMother,
}

/// How two volumes share space or faces.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub(super) struct Tally {
    /// Points found.
    pub(super) points: u32,
    /// The largest depth, mm.
    pub(super) depth_mm: f32,
    /// Where, in the mother's frame, mm.
    pub(super) at_mm: [f32; 3],
}

/// One placement in its mother, and all that it touches.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Contacts {
    /// The logical mother, by its index in the scene.
    pub(super) mother: usize,
    /// The number of the daughter in it.
    pub(super) daughter: u32,
    /// How many copies its array has, if it is one of an array.
    pub(super) copies: Option<u32>,
    /// Points that were looked at.
    pub(super) points: u32,
    /// How many points have this outside.
    pub(super) neighbours: BTreeMap<Neighbour, u32>,
    /// Sisters with a coincident face; the mother's own faces are under [`Neighbour::BeyondMother`].
    pub(super) coincident: BTreeMap<Neighbour, u32>,
    /// Sisters that hold a part of it; [`Neighbour::BeyondMother`] where it sticks out of the mother.
    pub(super) overlaps: BTreeMap<Neighbour, Tally>,
}

/// How the sampling is done.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Sampling {
    /// Points of each placement.
    pub(super) samples: usize,
    /// Seed of the points.
    pub(super) seed: u64,
}

/// The contacts of every placement, in the order of mothers and daughters, and the points of each.
pub(super) fn contacts(
    detector: &Detector,
    flat: &FlatSolids,
    scene: &SceneData,
    sampling: Sampling,
) -> (Vec<Contacts>, usize) {
    let geometry = scene.geometry();
    let placed: Vec<(usize, u32)> = (0..geometry.volumes.len())
        .flat_map(|mother| {
            daughters_to_look_at(&geometry.volumes[mother]).into_iter().map(move |d| (mother, d))
        })
        .collect();
    let most = (MOST_POINTS / placed.len().max(1)).max(FEWEST_POINTS);
    let samples = sampling.samples.min(most);
    let points = points_of_solids(detector, flat, &placed, &geometry, (samples, sampling.seed));
    let look = |&(mother, daughter): &(usize, u32)| {
        let around = Around::new(&geometry, mother, daughter);
        around.contacts(points[around.solid as usize].as_deref().unwrap_or(&[]))
    };
    (placed.par_iter().map(look).collect(), samples)
}

/// The daughters of a volume that are looked at: all, but of an array the first, the second, which has sisters on both
/// sides and stands for all others, and the last.
fn daughters_to_look_at(volume: &VolumeRecord) -> Vec<u32> {
    let n = volume.n_daughters;
    if volume.is_array() && n > 3 { vec![0, 1, n - 1] } else { (0..n).collect() }
}

impl Contacts {
    /// How many placements this one stands for.
    pub(super) fn stands_for(&self) -> u64 {
        match self.copies {
            Some(n) if n > 3 && self.daughter == 1 => u64::from(n - 2),
            _ => 1,
        }
    }
}

/// The daughter that is looked at for `daughter`, and by how much its sisters' numbers are to be raised.
pub(super) fn stand_in(volume: &VolumeRecord, daughter: u32) -> (u32, u32) {
    let is_alike = volume.is_array() && daughter > 0 && daughter + 1 < volume.n_daughters;
    if is_alike { (1, daughter - 1) } else { (daughter, 0) }
}

/// The sampled points of every solid that is placed.
fn points_of_solids(
    detector: &Detector,
    flat: &FlatSolids,
    placed: &[(usize, u32)],
    geometry: &Geometry,
    (samples, seed): (usize, u64),
) -> Vec<Option<Vec<SurfacePoint>>> {
    let mut wanted = vec![false; detector.solids.len()];
    for &(mother, daughter) in placed {
        let volume = geometry.daughter(&geometry.volumes[mother], daughter).volume;
        wanted[geometry.volumes[volume as usize].solid as usize] = true;
    }
    let sample = |(index, wanted): (usize, bool)| {
        let random = &mut Random::new(seed, index as u64);
        wanted.then(|| surface_points(flat, SolidId(index as u32), samples, random))
    };
    wanted.into_par_iter().enumerate().map(sample).collect()
}

/// A placement among its sisters.
struct Around<'a> {
    geometry: &'a Geometry<'a>,
    mother: usize,
    daughter: u32,
    solid: u32,
    /// How far one looks outwards and inwards, mm.
    step_mm: f32,
}

impl<'a> Around<'a> {
    fn new(geometry: &'a Geometry<'a>, mother: usize, daughter: u32) -> Self {
        let volume = &geometry.volumes[mother];
        let placement = geometry.daughter(volume, daughter);
        let solid = geometry.volumes[placement.volume as usize].solid;
        let step_mm = STEP_MM.max(3.0 * volume.tolerance_mm);
        Self { geometry, mother, daughter, solid, step_mm }
    }

    fn contacts(&self, points: &[SurfacePoint]) -> Contacts {
        let volume = &self.geometry.volumes[self.mother];
        let mut found = Contacts {
            mother: self.mother,
            daughter: self.daughter,
            copies: Some(volume.n_daughters).filter(|_| volume.is_array()),
            points: points.len() as u32,
            neighbours: BTreeMap::new(),
            coincident: BTreeMap::new(),
            overlaps: BTreeMap::new(),
        };
        points.iter().for_each(|point| self.look(point, &mut found));
        found
    }

    fn look(&self, point: &SurfacePoint, found: &mut Contacts) {
        let view = &self.geometry.solids;
        let step = point.normal * self.step_mm;
        let (outer, inner) = (point.position + step, point.position - step);
        // At an edge, and in a layer thinner than the step, neither side is what it seems.
        let inner_is_inside = contains(view, self.solid, inner);
        let to_mother = self.into(self.daughter).inverse();
        let inside = inner_is_inside.then(|| to_mother.point(inner));
        if let Some(p) = inside {
            self.note_overlaps(p, -to_mother.direction(point.normal), found);
        }
        if contains(view, self.solid, outer) {
            return;
        }
        let outside = to_mother.point(outer);
        let neighbour = self.neighbour(outside);
        *found.neighbours.entry(neighbour).or_default() += 1;
        let Some(p) = inside else { return };
        let is_coincident = match neighbour {
            Neighbour::Mother => false,
            Neighbour::Sister(sister) => !self.is_in_sister(sister, p),
            Neighbour::BeyondMother => self.is_in_mother(p),
        };
        if is_coincident {
            *found.coincident.entry(neighbour).or_default() += 1;
        }
    }

    /// What holds a point of the mother's frame that is outside of this placement.
    fn neighbour(&self, p: Vec3) -> Neighbour {
        let mut sister = NONE;
        self.for_sisters_at(p, |other| sister = sister.min(other));
        if sister != NONE {
            Neighbour::Sister(sister)
        } else if self.is_in_mother(p) {
            Neighbour::Mother
        } else {
            Neighbour::BeyondMother
        }
    }

    /// Notes who else holds a point that is inside of this placement; `inwards` leads further inside.
    fn note_overlaps(&self, p: Vec3, inwards: Vec3, found: &mut Contacts) {
        self.for_sisters_at(p, |sister| {
            let tally = found.overlaps.entry(Neighbour::Sister(sister)).or_default();
            tally.add(p, || self.depth_in_sister(sister, p, inwards));
        });
        if !self.is_in_mother(p) {
            let tally = found.overlaps.entry(Neighbour::BeyondMother).or_default();
            let mother = self.geometry.volumes[self.mother].solid;
            let surface = p - inwards * self.step_mm;
            tally.add(p, || distance_outside(&self.geometry.solids, mother, surface));
        }
    }

    /// How far a sister and this placement share space at a point a step inside its surface: the depth of the surface
    /// in the sister, or the radius of a ball in both that lies further inwards (for a volume that is placed twice).
    fn depth_in_sister(&self, sister: u32, p: Vec3, inwards: Vec3) -> f32 {
        let solids = &self.geometry.solids;
        let depth = |daughter: u32, p: Vec3| {
            let into = self.into(daughter);
            depth_inside(solids, self.solid_of(daughter), into.point(p))
        };
        let along = |daughter: u32| {
            let into = self.into(daughter);
            let ray = optixrap::trace::ray::Ray::new(into.point(p), into.direction(inwards));
            optixrap::trace::solid::distance_to_out(solids, self.solid_of(daughter), &ray, 0.0).distance
        };
        let middle = p + inwards * (0.5 * along(sister).min(along(self.daughter)));
        let ball = depth(sister, middle).min(depth(self.daughter, middle));
        let surface = p - inwards * self.step_mm;
        if self.is_in_sister(sister, surface) { depth(sister, surface).max(ball) } else { ball }
    }

    fn for_sisters_at(&self, p: Vec3, mut what: impl FnMut(u32)) {
        let volume = &self.geometry.volumes[self.mother];
        navigate::visit_daughters_at(self.geometry, volume, p, |other| {
            if other != self.daughter {
                what(other);
            }
        });
    }

    fn is_in_sister(&self, sister: u32, p: Vec3) -> bool {
        contains(&self.geometry.solids, self.solid_of(sister), self.into(sister).point(p))
    }

    /// From the mother's frame to a daughter's.
    fn into(&self, daughter: u32) -> Frame {
        let volume = &self.geometry.volumes[self.mother];
        self.geometry.frame_of_daughter(volume, daughter).inverse()
    }

    fn is_in_mother(&self, p: Vec3) -> bool {
        contains(&self.geometry.solids, self.geometry.volumes[self.mother].solid, p)
    }

    fn placement(&self, daughter: u32) -> &'a PlacementRecord {
        self.geometry.daughter(&self.geometry.volumes[self.mother], daughter)
    }

    fn solid_of(&self, daughter: u32) -> u32 {
        self.geometry.volumes[self.placement(daughter).volume as usize].solid
    }
}

impl Tally {
    fn add(&mut self, p: Vec3, depth: impl FnOnce() -> f32) {
        self.points += 1;
        if self.points > MEASURED {
            return;
        }
        let depth = depth();
        if depth.is_finite() && depth > self.depth_mm {
            self.depth_mm = depth;
            self.at_mm = [p.x, p.y, p.z];
        }
    }
}
