//! What the scene's volumes and daughters are called in the detector.
//!
//! The scene has more volumes than the detector where a volume is placed with several solids (parameterised volumes), and
//! more daughters than placements where a placement has copies.

use cfg4::detector::{Detector, Placement, PlacementId, without_pointer};
use optixrap::trace::geometry::Geometry;

/// The names of a scene.
#[derive(Debug)]
pub(super) struct Places<'a> {
    detector: &'a Detector,
    geometry: Geometry<'a>,
    /// The detector's volume of each volume of the scene.
    volumes: Vec<usize>,
}

impl<'a> Places<'a> {
    /// Of a detector and its scene.
    pub(super) fn new(detector: &'a Detector, geometry: Geometry<'a>) -> Self {
        let mut volumes: Vec<usize> = (0..geometry.volumes.len()).collect();
        for placed in geometry.placements {
            volumes[placed.volume as usize] = detector.placement(PlacementId(placed.source)).volume.index();
        }
        Self { detector, geometry, volumes }
    }

    /// The detector's number of a volume of the scene.
    pub(super) fn volume(&self, volume: usize) -> usize {
        self.volumes[volume]
    }

    /// The name of a volume of the scene.
    pub(super) fn volume_name(&self, volume: usize) -> &'a str {
        without_pointer(&self.detector.volumes[self.volumes[volume]].name)
    }

    /// The detector's number of the volume of a daughter.
    pub(super) fn daughter(&self, mother: usize, daughter: u32) -> usize {
        self.placement(mother, daughter).volume.index()
    }

    /// The name and copy number of a daughter, as `pixel #3`.
    pub(super) fn daughter_name(&self, mother: usize, daughter: u32) -> String {
        let placement = self.placement(mother, daughter);
        // A placement with copies has no sisters: its mother's first daughter is its first copy.
        let copy = if std::ptr::eq(self.placement(mother, 0), placement) { daughter } else { 0 };
        format!("{} #{}", without_pointer(&placement.name), placement.copy_number_of(copy))
    }

    fn placement(&self, mother: usize, daughter: u32) -> &'a Placement {
        let record = self.geometry.daughter(&self.geometry.volumes[mother], daughter);
        self.detector.placement(PlacementId(record.source))
    }
}
