//! Two runs against each other: every test, and what chance allows all of them together.

use std::collections::BTreeMap;

use optixrap::engine::HitRecord;
use serde::Serialize;

use super::overlays::{Quantity, quantities};
use super::parting::Parting;
use crate::plot::Overlay;
use crate::statistics::{Bin, Chi2, kolmogorov_smirnov, two_samples};

/// One side of a comparison.
#[derive(Debug, Clone, Default)]
pub struct Side {
    /// What it is called.
    pub name: String,
    /// Photons made.
    pub photons: u64,
    /// Photons by end state.
    pub ends: BTreeMap<String, u64>,
    /// Photons by history, and what is called a history here.
    pub histories: Option<Histories>,
    /// Hits by sensor.
    pub hits_per_sensor: BTreeMap<String, u64>,
    /// The hits of all events.
    pub hits: Vec<HitRecord>,
}

/// Photons by history, and what is called a history.
pub type Histories = (HistoryKind, BTreeMap<String, u64>);

/// What is known of the histories of a run.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum HistoryKind {
    /// The sequence of everything that happened.
    Sequence,
    /// The set of what happened to each photon.
    MaskOfPhotons,
    /// The set of what happened to each hit.
    MaskOfHits,
}

impl HistoryKind {
    fn title(self) -> &'static str {
        match self {
            HistoryKind::Sequence => "histories",
            HistoryKind::MaskOfPhotons => "histories (flags of photons)",
            HistoryKind::MaskOfHits => "histories (flags of hits)",
        }
    }
}

/// One test.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Test {
    /// What is compared.
    pub name: String,
    /// `chi2` or `ks`.
    pub kind: &'static str,
    /// chi2, or the distance of the distribution functions.
    pub statistic: f64,
    /// Degrees of freedom; 0 of a distance.
    pub ndf: f64,
    /// The probability that chance makes the statistic this large or larger.
    pub p_value: f64,
    /// The worst bin, for people.
    pub detail: String,
    /// Whether chance is too unlikely an explanation.
    pub disagrees: bool,
}

/// The answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Verdict {
    /// No test tells the two apart.
    Agree,
    /// Some test does.
    Disagree,
    /// Nothing happened that could have told them apart.
    NothingToCompare,
}

/// Two sides compared.
#[derive(Debug, Clone, Serialize)]
pub struct Comparison {
    /// What was compared.
    pub name: String,
    /// The first side, the reference where there is one.
    pub a: String,
    /// The second side.
    pub b: String,
    /// Photons of each.
    pub photons: [u64; 2],
    /// What to know before the tests.
    pub notes: Vec<String>,
    /// Every test.
    pub tests: Vec<Test>,
    /// The probability with which chance alone lets the comparison disagree.
    pub significance: f64,
    /// Whether every bit had to be the same, and was.
    pub same_bits: Option<bool>,
    /// How many photons of the two, followed with the same random numbers, end differently, and of how many.
    pub parted: Option<[u64; 2]>,
    /// Where the first of them part.
    pub parting: Option<Parting>,
    /// The answer.
    pub verdict: Verdict,
    /// Distributions of both.
    #[serde(skip)]
    pub overlays: Vec<Overlay>,
}

impl Comparison {
    /// From tests; each disagrees where chance is less likely than `significance` over the number of tests, so that
    /// chance alone lets the whole disagree with that probability at most (Bonferroni's bound).
    pub fn new(
        name: &str,
        [a, b]: [&str; 2],
        photons: [u64; 2],
        tests: Vec<Test>,
        significance: f64,
    ) -> Self {
        let each = significance / tests.len().max(1) as f64;
        let judge = |test: Test| Test { disagrees: test.p_value < each, ..test };
        let tests: Vec<Test> = tests.into_iter().map(judge).collect();
        let differs = tests.iter().any(|test| test.disagrees);
        Self {
            name: name.to_owned(),
            a: a.to_owned(),
            b: b.to_owned(),
            photons,
            notes: Vec::new(),
            tests,
            significance,
            same_bits: None,
            parted: None,
            parting: None,
            verdict: if differs { Verdict::Disagree } else { Verdict::Agree },
            overlays: Vec::new(),
        }
    }

    /// Compares two runs in everything that both have.
    pub fn of_sides(name: &str, a: &Side, b: &Side, significance: f64) -> Self {
        let mut tests = vec![of_chi2(two_samples("ends", bins(&a.ends, &b.ends)))];
        if let (Some((kind, of_a)), Some((other, of_b))) = (&a.histories, &b.histories)
            && kind == other
        {
            tests.push(of_chi2(two_samples(kind.title(), bins(of_a, of_b))));
        }
        tests.push(of_chi2(two_samples("hits per sensor", sensor_bins(a, b))));
        let quantities = quantities();
        tests.extend(quantities.iter().filter_map(|quantity| of_quantity(quantity, a, b)));
        let names = [a.name.as_str(), b.name.as_str()];
        let mut comparison = Self::new(name, names, [a.photons, b.photons], tests, significance);
        comparison.overlays = quantities.iter().filter_map(|quantity| quantity.overlay(a, b)).collect();
        comparison
    }
}

/// The test of a chi-square.
pub(super) fn of_chi2(chi2: Chi2) -> Test {
    let p_value = chi2.p_value();
    let (sigma, bin) = &chi2.worst;
    let detail = if chi2.ndf < 1.0 || *sigma == 0.0 {
        String::new()
    } else {
        format!("worst bin {sigma:+.1} sigma: {}", shortened(bin))
    };
    Test {
        name: chi2.name,
        kind: "chi2",
        statistic: chi2.sum,
        ndf: chi2.ndf.max(0.0),
        p_value,
        detail,
        disagrees: false,
    }
}

/// A long history by its beginning and its end.
fn shortened(history: &str) -> String {
    let words: Vec<&str> = history.split(' ').collect();
    match words.len() {
        0..=12 => history.to_owned(),
        n => format!("{} .. ({} more) .. {}", words[..6].join(" "), n - 9, words[n - 3..].join(" ")),
    }
}

fn of_quantity(quantity: &Quantity, a: &Side, b: &Side) -> Option<Test> {
    let ks = kolmogorov_smirnov(quantity.values(a), quantity.values(b))?;
    Some(Test {
        name: format!("hits: {}", quantity.name),
        kind: "ks",
        statistic: ks.distance,
        ndf: 0.0,
        p_value: ks.p_value,
        detail: String::new(),
        disagrees: false,
    })
}

/// Counts of both below this are too few for a bin of their own.
const RARE: u64 = 40;

/// The counts of two tables, the most frequent first; what is rare goes into one bin.
fn bins(a: &BTreeMap<String, u64>, b: &BTreeMap<String, u64>) -> Vec<Bin> {
    let mut both: BTreeMap<&str, (u64, u64)> = BTreeMap::new();
    a.iter().for_each(|(name, n)| both.entry(name).or_default().0 += n);
    b.iter().for_each(|(name, n)| both.entry(name).or_default().1 += n);
    let mut bins: Vec<(&str, (u64, u64))> = both.into_iter().collect();
    bins.sort_by_key(|(_, (a, b))| std::cmp::Reverse(a + b));
    let rare = bins.partition_point(|(_, (a, b))| a + b >= RARE);
    let others = bins.split_off(rare).into_iter().fold((0, 0), |(a, b), (_, (c, d))| (a + c, b + d));
    bins.push(("others", others));
    bins.into_iter().map(|(name, (a, b))| (name.to_owned(), a as f64, b as f64)).collect()
}

/// Hits by sensor, and the photons that are no hits, so that the number of hits counts too.
fn sensor_bins(a: &Side, b: &Side) -> Vec<Bin> {
    let missed = |side: &Side| side.photons.saturating_sub(side.hits_per_sensor.values().sum()) as f64;
    let mut bins = bins(&a.hits_per_sensor, &b.hits_per_sensor);
    bins.insert(0, ("no hit".to_owned(), missed(a), missed(b)));
    bins
}

#[cfg(test)]
mod tests {
    use super::*;

    fn side(ends: &[(&str, u64)]) -> Side {
        let ends: BTreeMap<String, u64> = ends.iter().map(|(e, n)| ((*e).to_owned(), *n)).collect();
        Side { photons: ends.values().sum(), ends, ..Side::default() }
    }

    #[test]
    fn chance_is_shared_by_the_tests() {
        let test = |p_value| Test {
            name: String::new(),
            kind: "ks",
            statistic: 0.0,
            ndf: 0.0,
            p_value,
            detail: String::new(),
            disagrees: false,
        };
        let verdict = |p: &[f64]| {
            Comparison::new("", ["", ""], [1, 1], p.iter().map(|p| test(*p)).collect(), 0.01).verdict
        };
        assert_eq!(verdict(&[0.009]), Verdict::Disagree);
        assert_eq!(verdict(&[0.009, 0.5]), Verdict::Agree, "one of two may be as unlikely as that");
        assert_eq!(verdict(&[0.004, 0.5]), Verdict::Disagree);
        assert_eq!(verdict(&[]), Verdict::Agree);
    }

    #[test]
    fn counts_that_chance_explains_agree() {
        let a = side(&[("AB", 5000), ("SD", 5000)]);
        let of = |ab| Comparison::of_sides("", &a, &side(&[("AB", ab), ("SD", 10_000 - ab)]), 1e-3).verdict;
        assert_eq!(of(5050), Verdict::Agree);
        assert_eq!(of(5400), Verdict::Disagree);
    }
}
