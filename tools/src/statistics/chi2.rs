//! Two samples of the same distribution, in bins: the chi-square of their difference.

use std::fmt;

use statrs::distribution::{ChiSquared, ContinuousCDF};

/// What came of comparing two samples.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Chi2 {
    /// What was compared.
    pub name: String,
    /// Sum of the squared deviations.
    pub sum: f64,
    /// Degrees of freedom: bins used, less one.
    pub ndf: f64,
    /// The largest deviation of one bin in standard deviations, and that bin.
    pub worst: (f64, String),
}

/// One bin: what it is, entries of the reference, entries of ours.
pub type Bin = (String, f64, f64);

/// Compares `bins`, which hold all of both samples, with their totals scaled to each other: the sum of
/// (A - B)^2 / (A + B) where the totals are equal. Bins in which fewer than 20 entries of the reference are expected
/// (A + B below 40) are pooled with the next ones.
pub fn two_samples(name: &str, bins: impl IntoIterator<Item = Bin>) -> Chi2 {
    let bins: Vec<Bin> = bins.into_iter().collect();
    let total = |pick: fn(&Bin) -> f64| bins.iter().map(pick).sum::<f64>();
    let (n_reference, n_ours) = (total(|b| b.1), total(|b| b.2));
    let mut chi2 = Chi2 { name: name.into(), ndf: -1.0, ..Chi2::default() };
    if n_reference == 0.0 && n_ours == 0.0 {
        return chi2;
    }
    if n_reference == 0.0 || n_ours == 0.0 {
        return Chi2 {
            sum: f64::INFINITY,
            ndf: 1.0,
            worst: (f64::INFINITY, "one sample is empty".into()),
            ..chi2
        };
    }
    let ratio = (n_ours / n_reference).sqrt();
    let (mut reference, mut ours) = (0.0, 0.0);
    let last = bins.len() - 1;
    for (i, (label, a, b)) in bins.into_iter().enumerate() {
        reference += a;
        ours += b;
        let expected = (reference + ours) / (1.0 + ratio * ratio);
        if expected >= 20.0 || (i == last && expected > 0.0) {
            chi2.add(&label, (ratio * reference - ours / ratio) / (reference + ours).sqrt());
            (reference, ours) = (0.0, 0.0);
        }
    }
    chi2
}

impl Chi2 {
    fn add(&mut self, label: &str, deviation: f64) {
        self.sum += deviation * deviation;
        self.ndf += 1.0;
        if deviation.abs() > self.worst.0.abs() {
            self.worst = (deviation, label.into());
        }
    }

    /// The sum per degree of freedom.
    pub fn per_ndf(&self) -> f64 {
        self.sum / self.ndf.max(1.0)
    }

    /// By how many standard deviations the sum lies above its expectation (Wilson and Hilferty's cube root).
    pub fn significance(&self) -> f64 {
        let ndf = self.ndf.max(1.0);
        let spread = 2.0 / (9.0 * ndf);
        ((self.sum / ndf).cbrt() - (1.0 - spread)) / spread.sqrt()
    }

    /// The probability that chance makes the sum this large or larger; 1 without a degree of freedom.
    pub fn p_value(&self) -> f64 {
        if self.ndf < 1.0 {
            return 1.0;
        }
        // An empty sample against a full one is no chance.
        if !self.sum.is_finite() {
            return 0.0;
        }
        ChiSquared::new(self.ndf).map_or(1.0, |law| law.sf(self.sum))
    }
}

impl fmt::Display for Chi2 {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Chi2 { name, sum, ndf, worst: (sigma, bin) } = self;
        let (ratio, significance) = (self.per_ndf(), self.significance());
        write!(
            f,
            "{name}: chi2 {sum:.1} / {ndf} = {ratio:.3} ({significance:+.1} sigma), worst bin {sigma:+.1} sigma ({bin})"
        )
    }
}

/// The chi-square of several comparisons together.
pub fn together(name: &str, parts: &[Chi2]) -> Chi2 {
    let mut all = Chi2 { name: name.into(), ..Chi2::default() };
    for part in parts {
        all.sum += part.sum;
        all.ndf += part.ndf.max(0.0);
        if part.worst.0.abs() > all.worst.0.abs() {
            all.worst = (part.worst.0, format!("{}: {}", part.name, part.worst.1));
        }
    }
    all
}

/// Counts against the probabilities of a law that knows all of them but the last bin, which takes what is left
/// of `n` (Pearson's chi-square).
pub fn against_law(name: &str, n: f64, bins: impl IntoIterator<Item = (String, f64, f64)>) -> Chi2 {
    let mut chi2 = Chi2 { name: name.into(), ndf: -1.0, ..Chi2::default() };
    let (mut probability_left, mut count_left) = (1.0, n);
    for (label, probability, count) in bins {
        probability_left -= probability;
        count_left -= count;
        chi2.add(&label, (count - n * probability) / (n * probability).sqrt());
    }
    if n * probability_left > 5.0 {
        chi2.add("others", (count_left - n * probability_left) / (n * probability_left).sqrt());
    }
    chi2
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn equal_samples_agree_and_shifted_ones_do_not() {
        let bin = |a: f64, b: f64| (String::new(), a, b);
        let same =
            two_samples("same", (0..10).map(|i| bin(100.0 + f64::from(i), 2.0 * (100.0 + f64::from(i)))));
        assert!(same.ndf == 9.0 && same.sum < 1e-20 && same.p_value() == 1.0, "{same}");
        let shifted = two_samples("shifted", [bin(100.0, 160.0), bin(100.0, 40.0)]);
        assert!(shifted.worst.0.abs() > 3.0 && shifted.significance() > 3.0, "{shifted}");
        assert!(shifted.p_value() < 1e-6);
        assert_eq!(two_samples("pooled", (0..10).map(|_| bin(4.0, 4.0))).ndf, 1.0);
        assert!(against_law("coin", 10_000.0, [("heads".into(), 0.5, 5_500.0)]).worst.0 > 7.0);
    }

    #[test]
    fn p_values_are_those_of_tables() {
        for (sum, ndf, p) in [(3.841, 1.0, 0.05), (18.307, 10.0, 0.05), (149.449, 100.0, 0.001)] {
            let chi2 = Chi2 { sum, ndf, ..Chi2::default() };
            assert!((chi2.p_value() - p).abs() < 2e-5, "{sum} {ndf}: {}", chi2.p_value());
        }
        assert_eq!(Chi2::default().p_value(), 1.0);
    }

    #[test]
    fn an_empty_sample_is_not_a_full_one() {
        let bins = [("a".to_owned(), 100.0, 0.0), ("b".to_owned(), 100.0, 0.0)];
        assert!(two_samples("empty", bins).p_value() < 1e-9);
    }
}
