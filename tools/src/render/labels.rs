//! Names in the picture, where there is room for them.

use std::collections::BTreeMap;

use optixrap::trace::geometry::NONE;

use super::node_map::NodeMap;

/// Height of the letters, pixels.
pub(super) const LETTERS: i32 = 16;

/// A name and the pixel of its middle, from the bottom left.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Label {
    pub(super) words: String,
    pub(super) column: usize,
    pub(super) row: usize,
}

/// One label for each name, in the roomiest of its regions where it fits. `map` has a cell per pixel, `name` is that of a
/// node.
pub(super) fn labels(map: &NodeMap, name: impl Fn(u32) -> Option<String>) -> Vec<Label> {
    let room = distances(map);
    let mut names: BTreeMap<u32, Option<String>> = BTreeMap::new();
    let mut best: BTreeMap<String, (f64, usize, usize)> = BTreeMap::new();
    for row in 0..map.height {
        let mut start = 0;
        while start < map.width {
            let node = map.at(start, row);
            let end = (start..map.width).find(|&c| map.at(c, row) != node).unwrap_or(map.width);
            let words = names.entry(node).or_insert_with(|| if node == NONE { None } else { name(node) });
            if let Some(words) = words {
                let needed = 0.6 * f64::from(LETTERS) * words.chars().count() as f64 + 8.0;
                if needed < (end - start) as f64 {
                    let column = (start + end) / 2;
                    let height = f64::from(room[row * map.width + column]) / (0.5 * f64::from(LETTERS) + 3.0);
                    let score = height.min((end - start) as f64 / needed).min(4.0) + 1e-3 * height;
                    if height >= 1.0 && best.get(words).is_none_or(|(s, _, _)| score > *s) {
                        best.insert(words.clone(), (score, column, row));
                    }
                }
            }
            start = end;
        }
    }
    best.into_iter().map(|(words, (_, column, row))| Label { words, column, row }).collect()
}

/// How far each cell is from another node's, up or down, in cells.
fn distances(map: &NodeMap) -> Vec<u16> {
    let (width, height) = (map.width, map.height);
    let mut room = vec![0u16; width * height];
    for column in 0..width {
        let mut rows = Vec::new();
        let mut start = 0;
        for row in 1..=height {
            if row == height || map.at(column, row) != map.at(column, start) {
                rows.push(start..row);
                start = row;
            }
        }
        for span in rows {
            for row in span.clone() {
                room[row * width + column] =
                    (row - span.start + 1).min(span.end - row).min(u16::MAX.into()) as u16;
            }
        }
    }
    room
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_stands_in_its_region_where_it_fits() {
        let (width, height) = (300, 100);
        let inner = |c: usize, r: usize| (100..290).contains(&c) && (10..90).contains(&r);
        let nodes = (0..width * height).map(|i| u32::from(inner(i % width, i / width))).collect();
        let map = NodeMap { width, height, nodes };
        let name = |node: u32| Some(["a much too long name to fit there", "inner"][node as usize].to_owned());
        let found = labels(&map, name);
        assert_eq!(found.len(), 1, "{found:?}");
        assert_eq!((found[0].words.as_str(), found[0].column), ("inner", 195));
        assert!((45..=55).contains(&found[0].row), "{found:?}");
    }
}
