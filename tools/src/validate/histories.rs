//! Which histories are compared one by one with a record that counts the most frequent ones only.

use std::collections::{BTreeMap, BTreeSet};

use crate::statistics::Bin;

/// Entries that a bin must be expected to have in the record.
const LEAST_IN_RECORD: f64 = 20.0;
/// Entries that a bin must be expected to have in our sample, which may be much smaller.
const LEAST_IN_OURS: f64 = 10.0;

/// Bins of histories: what a record of `n` photons has counted, what we have of `n_ours`; the rest is the last bin.
///
/// Both samples together say how frequent a history is, which does not favour bins where one of them is high by chance.
/// A record that is not complete has no history that is rarer than the rarest it names: below five standard deviations
/// above that a history goes to the rest, and one beyond which is not named counts as the rarest.
pub(super) fn history_bins(
    known: &BTreeMap<String, f64>,
    n: f64,
    ours: &BTreeMap<String, f64>,
    n_ours: f64,
) -> Vec<Bin> {
    let ratio = n_ours / n;
    let is_complete = known.values().sum::<f64>() >= n;
    let rarest = if is_complete { 0.0 } else { known.values().copied().fold(f64::MAX, f64::min) };
    // The error of the expectation is at least the record's.
    let threshold = (rarest + 5.0 * rarest.sqrt()).max(LEAST_IN_RECORD).max(LEAST_IN_OURS / ratio);
    let names: BTreeSet<&String> = known.keys().chain(ours.keys()).collect();
    let mut bins = Vec::new();
    let mut rest = ("others".to_owned(), n, n_ours);
    for name in names {
        let a = known.get(name).copied().unwrap_or(rarest);
        let b = ours.get(name).copied().unwrap_or(0.0);
        if (a + b) / (1.0 + ratio) >= threshold {
            rest = (rest.0, rest.1 - a, rest.2 - b);
            bins.push((name.clone(), a, b));
        }
    }
    rest.1 = rest.1.max(0.0);
    bins.push(rest);
    bins
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::random::Random;
    use crate::statistics::{Chi2, two_samples};

    /// Histories of up to 60 steps, more than a record names: each step is one of two with probability `p`, or the last.
    fn sample(n: u32, p: f64, seed: u64) -> BTreeMap<String, f64> {
        let mut random = Random::new(seed, 7);
        let mut counts = BTreeMap::new();
        for _ in 0..n {
            let mut history = String::from("TO");
            while history.len() < 180 && random.uniform() < 0.8 {
                history += if random.uniform() < p { " BT" } else { " BR" };
            }
            *counts.entry(history).or_default() += 1.0;
        }
        counts
    }

    /// The record of 100 000 photons, with its 60 most frequent histories.
    fn record() -> BTreeMap<String, f64> {
        let mut all: Vec<_> = sample(100_000, 0.6, 1).into_iter().collect();
        all.sort_by(|a, b| b.1.total_cmp(&a.1));
        all.truncate(60);
        all.into_iter().collect()
    }

    fn compare(record: &BTreeMap<String, f64>, photons: u32, p: f64, seed: u64) -> Chi2 {
        let ours = sample(photons, p, seed);
        two_samples("histories", history_bins(record, 1e5, &ours, f64::from(photons)))
    }

    /// 40 comparisons of what is the same: below 1e-4 falls one in 250 such tests.
    #[test]
    fn the_same_physics_agrees_with_any_number_of_photons() {
        let record = record();
        for photons in [500, 2_000, 20_000, 100_000, 400_000] {
            let all: Vec<Chi2> = (0..8).map(|seed| compare(&record, photons, 0.6, 100 + seed)).collect();
            assert!(all.iter().all(|chi2| chi2.p_value() > 1e-4), "{photons}: {all:?}");
            let (sum, ndf) = all.iter().fold((0.0, 0.0), |(s, n), chi2| (s + chi2.sum, n + chi2.ndf));
            // The record is the same for all eight, so that their sum spreads more than chi-square does.
            assert!((sum / ndf - 1.0).abs() < 0.6, "{photons}: {sum} of {ndf}");
        }
    }

    #[test]
    fn other_physics_disagrees() {
        let record = record();
        for photons in [20_000, 100_000] {
            assert!(compare(&record, photons, 0.63, 5).p_value() < 1e-6, "{photons}");
        }
    }

    #[test]
    fn a_frequent_history_that_the_record_has_not_disagrees() {
        let mut ours = sample(20_000, 0.6, 3);
        ours.insert("TO XX".to_owned(), 300.0);
        let chi2 = two_samples("histories", history_bins(&record(), 1e5, &ours, 20_300.0));
        assert!(chi2.worst.1 == "TO XX" && chi2.p_value() < 1e-6, "{chi2}");
    }
}
