//! How often each history occurs.

use std::collections::HashMap;

use super::{Hit, flag_names};

/// A set of flags and the number of hits that carry it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HistoryCount {
    /// `TO|BT|SD`
    pub history: String,
    /// Number of hits.
    pub count: u64,
}

/// The histories of `hits`, most frequent first; of equally frequent ones in order of their masks.
pub fn history_table(hits: &[Hit]) -> Vec<HistoryCount> {
    let mut counts: HashMap<u32, u64> = HashMap::new();
    for hit in hits {
        *counts.entry(hit.flag_mask).or_default() += 1;
    }
    let mut counts: Vec<(u32, u64)> = counts.into_iter().collect();
    counts.sort_by_key(|&(mask, count)| (std::cmp::Reverse(count), mask));
    counts.into_iter().map(|(mask, count)| HistoryCount { history: flag_names(mask), count }).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn most_frequent_first() {
        let hit = |mask: u32| {
            let mut item = [0.0; 16];
            item[15] = f32::from_bits(mask);
            Hit::from_item(&item)
        };
        let table = history_table(&[hit(0x1040), hit(0x1840), hit(0x1840)]);
        let rows: Vec<_> = table.iter().map(|row| (row.history.as_str(), row.count)).collect();
        assert_eq!(rows, [("TO|BT|SD", 2), ("TO|SD", 1)]);
    }
}
