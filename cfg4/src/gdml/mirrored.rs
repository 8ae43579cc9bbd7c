//! Volumes that stand mirrored somewhere in the detector.
//!
//! Geant4 makes another volume of what is mirrored (`X_refl`), with daughters of its own. The skin of the original is none
//! of that, and borders lie between the original daughters.

use std::collections::HashSet;

use crate::detector::{Detector, VolumeId};

/// The volumes that the world holds an odd number of times mirrored.
pub(super) fn volumes(detector: &Detector) -> HashSet<VolumeId> {
    let is_mirror = |at: usize| !detector.placements[at].transform.is_rigid();
    if !(0..detector.placements.len()).any(is_mirror) {
        return HashSet::new();
    }
    let world = (detector.placement(Detector::WORLD).volume, false);
    let (mut seen, mut open) = (HashSet::from([world]), vec![world]);
    while let Some((volume, mirrored)) = open.pop() {
        for daughter in &detector.volume(volume).daughters {
            let inner = (detector.placement(*daughter).volume, mirrored ^ is_mirror(daughter.index()));
            if seen.insert(inner) {
                open.push(inner);
            }
        }
    }
    seen.into_iter().filter(|(_, mirrored)| *mirrored).map(|(volume, _)| volume).collect()
}
