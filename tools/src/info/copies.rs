//! How often each volume occurs in the expanded tree.

use cfg4::detector::{Detector, PlacementId};

/// The number of touchables of each volume, by its index: the sum over its placements of the number of touchables of
/// their mothers. Saturates; volumes outside the world have none.
pub(super) fn of_volumes(detector: &Detector) -> Vec<u64> {
    let mut mothers_left = vec![0usize; detector.volumes.len()];
    let daughters =
        |v: usize| detector.volumes[v].daughters.iter().map(|&d| detector.placement(d).volume.index());
    for v in 0..detector.volumes.len() {
        daughters(v).for_each(|d| mothers_left[d] += 1);
    }
    let mut copies = vec![0u64; detector.volumes.len()];
    if let Some(world) = detector.placements.first() {
        copies[world.volume.index()] = 1;
    }
    let mut ready: Vec<usize> = (0..mothers_left.len()).filter(|&v| mothers_left[v] == 0).collect();
    while let Some(v) = ready.pop() {
        for d in daughters(v) {
            copies[d] = copies[d].saturating_add(copies[v]);
            mothers_left[d] -= 1;
            if mothers_left[d] == 0 {
                ready.push(d);
            }
        }
    }
    copies
}

/// The number of touchables of a placement: that of its mother, 1 for the world.
pub(super) fn of_placement(detector: &Detector, copies: &[u64], id: PlacementId) -> u64 {
    detector.placement(id).mother.map_or(1, |mother| copies[mother.index()])
}
