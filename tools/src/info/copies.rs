//! How often each volume occurs in the expanded tree.

use cfg4::detector::{Detector, PlacementId};

/// The number of touchables of each volume, by its index: the sum over its placements of the number of touchables of
/// their mothers. Saturates; volumes outside the world have none.
pub(super) fn of_volumes(detector: &Detector) -> Vec<u64> {
    let mut mothers_left = vec![0usize; detector.volumes.len()];
    let daughters = |v: usize| {
        let placements = detector.volumes[v].daughters.iter().map(|&d| detector.placement(d));
        placements.map(|p| (p.volume.index(), u64::from(p.number_of_copies())))
    };
    for v in 0..detector.volumes.len() {
        daughters(v).for_each(|(d, _)| mothers_left[d] += 1);
    }
    let mut copies = vec![0u64; detector.volumes.len()];
    if let Some(world) = detector.placements.first() {
        copies[world.volume.index()] = 1;
    }
    let mut ready: Vec<usize> = (0..mothers_left.len()).filter(|&v| mothers_left[v] == 0).collect();
    while let Some(v) = ready.pop() {
        for (d, number) in daughters(v) {
            copies[d] = copies[d].saturating_add(copies[v].saturating_mul(number));
            mothers_left[d] -= 1;
            if mothers_left[d] == 0 {
                ready.push(d);
            }
        }
    }
    copies
}

/// The number of touchables of a placement: that of its mother (1 for the world) times that of its copies.
pub(super) fn of_placement(detector: &Detector, copies: &[u64], id: PlacementId) -> u64 {
    let placement = detector.placement(id);
    let mothers = placement.mother.map_or(1, |mother| copies[mother.index()]);
    mothers.saturating_mul(placement.number_of_copies().into())
}
