//! The tree of volumes, with equal daughters in one line.

use std::collections::{HashMap, HashSet};

use serde::Serialize;

use cfg4::detector::{Detector, PlacementId, VolumeId};

use super::solid_words::solid_words;

/// One line of the tree: all daughters of one volume in one mother.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct TreeLine {
    /// Depth below the world, which has 0.
    pub depth: usize,
    /// Name of the first placement.
    pub placement: String,
    /// Name of the last placement, the same for a single one.
    pub last_placement: String,
    /// How many placements stand in this line.
    pub count: usize,
    /// Their copy numbers, `0..63`.
    pub copy_numbers: String,
    /// Name of the volume.
    pub volume: String,
    /// Shape and dimensions.
    pub solid: String,
    /// Name of the material.
    pub material: String,
    /// Name of the sensitive detector.
    pub sensitive_detector: Option<String>,
    /// Longest step of a charged track, mm.
    pub step_limit_mm: Option<f64>,
    /// Whether the volume's daughters stand under an earlier line.
    pub daughters_shown_above: bool,
}

/// The lines of the tree, mothers before daughters, daughters in file order.
pub(super) fn lines(detector: &Detector) -> Vec<TreeLine> {
    let mut lines = Vec::new();
    let mut shown = HashSet::new();
    let mut waiting = Vec::new();
    if !detector.placements.is_empty() {
        waiting.push((0, vec![Detector::WORLD]));
    }
    while let Some((depth, placements)) = waiting.pop() {
        let volume = detector.placement(placements[0]).volume;
        let first_time = shown.insert(volume);
        let groups = if first_time { by_volume(detector, volume) } else { Vec::new() };
        lines.push(line(detector, depth, &placements, !first_time));
        waiting.extend(groups.into_iter().rev().map(|group| (depth + 1, group)));
    }
    lines
}

/// The daughters of `mother` grouped by volume, in order of first appearance.
fn by_volume(detector: &Detector, mother: VolumeId) -> Vec<Vec<PlacementId>> {
    let mut position = HashMap::new();
    let mut groups: Vec<Vec<PlacementId>> = Vec::new();
    for &daughter in &detector.volume(mother).daughters {
        let at = *position.entry(detector.placement(daughter).volume).or_insert(groups.len());
        match groups.get_mut(at) {
            Some(group) => group.push(daughter),
            None => groups.push(vec![daughter]),
        }
    }
    groups
}

fn line(detector: &Detector, depth: usize, placements: &[PlacementId], repeated: bool) -> TreeLine {
    let first = detector.placement(placements[0]);
    let volume = detector.volume(first.volume);
    let all = placements.iter().map(|&p| detector.placement(p));
    let runs =
        all.clone().map(|p| (p.copy_number_of(0), p.copy_number_of(p.number_of_copies() - 1))).collect();
    TreeLine {
        depth,
        placement: first.name.clone(),
        last_placement: placements.last().map(|&p| detector.placement(p).name.clone()).unwrap_or_default(),
        count: all.map(|p| p.number_of_copies() as usize).sum(),
        copy_numbers: number_ranges(runs),
        volume: volume.name.clone(),
        solid: solid_words(detector, volume.solid),
        material: detector.material(volume.material).name.clone(),
        sensitive_detector: volume.sensitive_detector.clone(),
        step_limit_mm: volume.step_limit_mm,
        daughters_shown_above: repeated && !volume.daughters.is_empty(),
    }
}

/// `0..63, 70`: the runs of consecutive numbers among those that occur in the ranges `given`, the first six of them.
fn number_ranges(mut given: Vec<(i32, i32)>) -> String {
    given.sort_unstable();
    let mut runs: Vec<(i32, i32)> = Vec::new();
    for (first, end) in given {
        match runs.last_mut() {
            Some((_, last)) if first <= last.saturating_add(1) => *last = (*last).max(end),
            _ => runs.push((first, end)),
        }
    }
    let words = |&(first, last): &(i32, i32)| match last.wrapping_sub(first) {
        0 => first.to_string(),
        _ => format!("{first}..{last}"),
    };
    let mut text = runs.iter().take(6).map(words).collect::<Vec<_>>().join(", ");
    if runs.len() > 6 {
        text += ", ...";
    }
    text
}

#[cfg(test)]
mod tests {
    use super::number_ranges;

    #[test]
    fn copy_numbers_are_shown_as_runs() {
        let shown = |numbers: &[i32]| number_ranges(numbers.iter().map(|&n| (n, n)).collect());
        assert_eq!(number_ranges(vec![(3, 9), (0, 2), (12, 12)]), "0..9, 12");
        assert_eq!(shown(&[0, 1, 2, 3]), "0..3");
        assert_eq!(shown(&[7]), "7");
        assert_eq!(shown(&[0, 0, 0]), "0");
        assert_eq!(shown(&[5, 1, 2, i32::MAX]), "1..2, 5, 2147483647");
        assert_eq!(shown(&[0, 2, 4, 6, 8, 10, 12]), "0, 2, 4, 6, 8, 10, ...");
    }
}
