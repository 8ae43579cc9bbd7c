//! The volumes of the scene: the detector's, and those that are placed with a solid other than their own.

use std::collections::HashMap;

use cfg4::detector::{Copies, Detector, Placement, SolidId, Step, VolumeId};

use crate::scene::bounding_box::BoundingBox;

/// Positions are trusted to this many parts of the largest coordinate: about four roundings of an f32.
pub const RELATIVE_TOLERANCE: f64 = 5e-7;

/// Volumes with their solids; the detector's own come first, under their own numbers.
#[derive(Debug)]
pub(super) struct FlatVolumes {
    all: Vec<(VolumeId, SolidId)>,
    other: HashMap<(VolumeId, SolidId), u32>,
}

impl FlatVolumes {
    /// All that the detector needs.
    pub(super) fn of(detector: &Detector) -> Self {
        let own = (0..).map(VolumeId).zip(detector.volumes.iter().map(|volume| volume.solid));
        let mut volumes = Self { all: own.collect(), other: HashMap::new() };
        for placement in &detector.placements {
            for solid in solids_of(placement) {
                volumes.add(detector, placement.volume, solid);
            }
        }
        volumes
    }

    fn add(&mut self, detector: &Detector, volume: VolumeId, solid: SolidId) {
        if detector.volume(volume).solid != solid {
            let next = self.all.len() as u32;
            let number = *self.other.entry((volume, solid)).or_insert(next);
            if number == next {
                self.all.push((volume, solid));
            }
        }
    }

    /// The number of a volume with a solid.
    pub(super) fn number(&self, volume: VolumeId, solid: SolidId) -> u32 {
        self.other.get(&(volume, solid)).copied().unwrap_or(volume.0)
    }

    /// Volumes and solids in order.
    pub(super) fn iter(&self) -> impl Iterator<Item = (VolumeId, SolidId)> + '_ {
        self.all.iter().copied()
    }

    /// For each volume, below which distance positions are rounding: by its own extent and by where it lies in its
    /// mothers, since photons arrive with the rounding of the mother's coordinates.
    pub(super) fn tolerances(&self, detector: &Detector, bounds: &[BoundingBox]) -> Vec<f64> {
        let mut reach: Vec<f64> = self.iter().map(|(_, solid)| bounds[solid.index()].reach()).collect();
        for placement in &detector.placements {
            for (solid, there) in reaches(detector, placement, bounds) {
                let mine = &mut reach[self.number(placement.volume, solid) as usize];
                *mine = mine.max(there);
            }
        }
        reach.iter().map(|r| r * RELATIVE_TOLERANCE).collect()
    }
}

fn solids_of(placement: &Placement) -> Vec<SolidId> {
    match &placement.copies {
        Copies::Once => Vec::new(),
        Copies::Regular(array) => vec![array.solid],
        Copies::Each(list) => list.iter().map(|copy| copy.solid).collect(),
    }
}

/// The largest coordinate that each copy has in the mother's frame; of an array the largest of all.
fn reaches(detector: &Detector, placement: &Placement, bounds: &[BoundingBox]) -> Vec<(SolidId, f64)> {
    let at =
        |solid: SolidId, k: u32| bounds[solid.index()].transformed(&placement.transform_of_copy(k)).reach();
    match &placement.copies {
        Copies::Once => {
            let solid = detector.volume(placement.volume).solid;
            vec![(solid, at(solid, 0))]
        }
        Copies::Regular(array) => match array.step {
            Step::Shift(_) => vec![(array.solid, at(array.solid, 0).max(at(array.solid, array.number - 1)))],
            Step::Turn(_) => {
                let all = (0..array.number).map(|k| at(array.solid, k));
                vec![(array.solid, all.fold(0.0, f64::max))]
            }
        },
        Copies::Each(list) => (0..).zip(list).map(|(k, copy)| (copy.solid, at(copy.solid, k))).collect(),
    }
}
