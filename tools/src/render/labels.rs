//! Names in the picture, where there is room for them.

use std::collections::BTreeMap;

use optixrap::trace::geometry::NONE;

use super::node_map::NodeMap;

/// Height of the letters, pixels.
pub(super) const LETTERS: i32 = 16;
/// Height of a line of letters, and the room left around it, pixels.
const LINE: usize = 18;
const BESIDE: usize = 5;

/// A name and the pixel of its middle, from the bottom left.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Label {
    pub(super) words: String,
    pub(super) column: usize,
    pub(super) row: usize,
    /// The pixel of the region that a label beside it belongs to; `None` for one inside.
    pub(super) of: Option<(usize, usize)>,
}

impl Label {
    /// The ends of the line that leads from a label beside a region to it: columns and rows from the bottom left.
    pub(super) fn leader(&self) -> Option<[(usize, usize); 2]> {
        let of = self.of?;
        // Letters are narrower than the room that is kept for them.
        let half_width = 3 * letters_width(&self.words) / 8;
        let towards = |from: usize, to: usize, by: usize| match from.cmp(&to) {
            std::cmp::Ordering::Less => from + by,
            std::cmp::Ordering::Equal => from,
            std::cmp::Ordering::Greater => from.saturating_sub(by),
        };
        let from = (towards(self.column, of.0, half_width), towards(self.row, of.1, LINE / 2 - 1));
        Some([from, of])
    }

    /// Columns and rows that the letters take up.
    fn extent(&self) -> Option<Extent> {
        let (half_width, half_height) = (letters_width(&self.words) / 2, LINE / 2);
        let low = (self.column.checked_sub(half_width)?, self.row.checked_sub(half_height)?);
        Some(Extent { low, high: (self.column + half_width, self.row + half_height) })
    }
}

/// The least and the greatest column and row of something.
#[derive(Debug, Clone, Copy, PartialEq)]
struct Extent {
    low: (usize, usize),
    high: (usize, usize),
}

impl Extent {
    fn meets(&self, other: &Extent) -> bool {
        let apart = |a: usize, b: usize, c: usize, d: usize| b < c || d < a;
        !apart(self.low.0, self.high.0, other.low.0, other.high.0)
            && !apart(self.low.1, self.high.1, other.low.1, other.high.1)
    }
}

/// One label for each name: in the roomiest of its regions where it fits, or else beside the largest. `map` has a cell per
/// pixel, `name` is that of a node. Names for which there is no room have no label.
pub(super) fn labels(map: &NodeMap, name: impl Fn(u32) -> Option<String>) -> Vec<Label> {
    let mut names: BTreeMap<u32, Option<String>> = BTreeMap::new();
    for &node in &map.nodes {
        names.entry(node).or_insert_with(|| if node == NONE { None } else { name(node) });
    }
    let mut labels = inside(map, &names);
    for (words, around) in largest(map, &names) {
        if !labels.iter().any(|label| label.words == words) {
            let beside = beside(map, &words, &around, &labels);
            labels.extend(beside);
        }
    }
    labels
}

/// Labels in regions that hold them.
fn inside(map: &NodeMap, names: &BTreeMap<u32, Option<String>>) -> Vec<Label> {
    let room = distances(map);
    let mut best: BTreeMap<&str, (f64, usize, usize)> = BTreeMap::new();
    for row in 0..map.height {
        let mut start = 0;
        while start < map.width {
            let node = map.at(start, row);
            let end = (start..map.width).find(|&c| map.at(c, row) != node).unwrap_or(map.width);
            if let Some(words) = names.get(&node).and_then(Option::as_deref) {
                let column = (start + end) / 2;
                let height = f64::from(room[row * map.width + column]) / (0.5 * LINE as f64 + 2.0);
                let width = (end - start) as f64 / (letters_width(words) + 8) as f64;
                let score = height.min(width).min(4.0) + 1e-3 * height;
                // Nothing else may lie beside the middle, above and below the row, as between the cells of a lattice.
                let fits = || {
                    let label = Label { words: words.to_owned(), column, row, of: None };
                    label.extent().is_some_and(|extent| is_free(map, &extent, &[]))
                };
                if height.min(width) >= 1.0 && best.get(words).is_none_or(|(s, _, _)| score > *s) && fits() {
                    best.insert(words, (score, column, row));
                }
            }
            start = end;
        }
    }
    best.into_iter()
        .map(|(words, (_, column, row))| Label { words: words.to_owned(), column, row, of: None })
        .collect()
}

/// The extent of the node with most cells of each name.
fn largest(map: &NodeMap, names: &BTreeMap<u32, Option<String>>) -> BTreeMap<String, Extent> {
    let mut nodes: BTreeMap<u32, (usize, Extent)> = BTreeMap::new();
    for (i, &node) in map.nodes.iter().enumerate() {
        let at = (i % map.width, i / map.width);
        let (cells, extent) = nodes.entry(node).or_insert((0, Extent { low: at, high: at }));
        *cells += 1;
        extent.low = (extent.low.0.min(at.0), extent.low.1.min(at.1));
        extent.high = (extent.high.0.max(at.0), extent.high.1.max(at.1));
    }
    let mut found: BTreeMap<String, (usize, Extent)> = BTreeMap::new();
    for (node, (cells, extent)) in nodes {
        if let Some(words) = names.get(&node).and_then(Option::as_ref)
            && found.get(words).is_none_or(|(most, _)| cells > *most)
        {
            found.insert(words.clone(), (cells, extent));
        }
    }
    found.into_iter().map(|(words, (_, extent))| (words, extent)).collect()
}

/// A label above, below, right or left of a region, where nothing else is but one other region.
fn beside(map: &NodeMap, words: &str, around: &Extent, others: &[Label]) -> Option<Label> {
    let middle = ((around.low.0 + around.high.0) / 2, (around.low.1 + around.high.1) / 2);
    let (half_width, half_height) = (letters_width(words) / 2 + BESIDE, LINE / 2 + BESIDE);
    let (low, high) = (around.low, around.high);
    let places = [
        Some(((middle.0, high.1 + half_height), (middle.0, high.1))),
        low.1.checked_sub(half_height).map(|row| ((middle.0, row), (middle.0, low.1))),
        Some(((high.0 + half_width, middle.1), (high.0, middle.1))),
        low.0.checked_sub(half_width).map(|column| ((column, middle.1), (low.0, middle.1))),
    ];
    let label = |((column, row), of)| Label { words: words.to_owned(), column, row, of: Some(of) };
    let labels = places.into_iter().flatten().map(label);
    labels.into_iter().find(|label| label.extent().is_some_and(|extent| is_free(map, &extent, others)))
}

fn is_free(map: &NodeMap, extent: &Extent, others: &[Label]) -> bool {
    let Extent { low, high } = *extent;
    let node = map.at(low.0, low.1);
    high.0 < map.width
        && high.1 < map.height
        && (low.1..=high.1).all(|row| (low.0..=high.0).all(|column| map.at(column, row) == node))
        && !others.iter().filter_map(Label::extent).any(|other| other.meets(extent))
}

/// About how many pixels across a name is.
fn letters_width(words: &str) -> usize {
    (0.56 * f64::from(LETTERS) * words.chars().count() as f64) as usize
}

/// How far each cell is from another node's, up or down, in cells.
fn distances(map: &NodeMap) -> Vec<u16> {
    let (width, height) = (map.width, map.height);
    let mut room = vec![0u16; width * height];
    for column in 0..width {
        let mut start = 0;
        for row in 1..=height {
            if row < height && map.at(column, row) == map.at(column, start) {
                continue;
            }
            for inner in start..row {
                let nearest = (inner - start + 1).min(row - inner);
                room[inner * width + column] = nearest.min(usize::from(u16::MAX)) as u16;
            }
            start = row;
        }
    }
    room
}

#[cfg(test)]
mod tests {
    use super::*;

    fn map(inner: impl Fn(usize, usize) -> bool) -> NodeMap {
        let (width, height) = (300, 100);
        let nodes = (0..width * height).map(|i| u32::from(inner(i % width, i / width))).collect();
        NodeMap { width, height, nodes }
    }

    fn name(node: u32) -> Option<String> {
        ["a name that is much too long to be put anywhere", "inner"].get(node as usize).map(|&n| n.to_owned())
    }

    #[test]
    fn a_name_stands_in_its_region_where_it_fits() {
        let found = labels(&map(|c, r| (100..290).contains(&c) && (10..90).contains(&r)), name);
        assert_eq!(found.len(), 1, "{found:?}");
        assert_eq!((found[0].words.as_str(), found[0].column), ("inner", 195));
        assert!((45..=55).contains(&found[0].row), "{found:?}");
    }

    #[test]
    fn a_name_does_not_stand_across_the_cells_of_a_lattice() {
        // Lines of 3 pixels between cells of 20, which cross in the middle: room along each, and none for a name.
        let found = labels(&map(|c, r| (11..14).contains(&(c % 23)) || r % 23 < 3), name);
        assert!(found.iter().all(|label| label.words != "inner"), "{found:?}");
    }

    #[test]
    fn a_name_that_does_not_fit_stands_beside_its_region() {
        let found = labels(&map(|c, r| (100..120).contains(&c) && (10..40).contains(&r)), name);
        assert_eq!(found.len(), 1, "{found:?}");
        assert_eq!((found[0].column, found[0].row), (109, 39 + 9 + 5), "above");
        assert_eq!(found[0].leader(), Some([(109, 39 + 9 + 5 - 8), (109, 39)]), "down to the region");
        let found = labels(&map(|c, _| (100..120).contains(&c)), name);
        assert_eq!(
            (found[0].column, found[0].row),
            (119 + 22 + 5, 49),
            "at the right of a bar from edge to edge"
        );
    }
}
