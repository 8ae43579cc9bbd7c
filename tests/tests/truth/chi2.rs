//! Two samples of the same distribution, in bins: the chi-square of their difference.

use std::fmt;

/// The most standard deviations that a single bin may lie off.
pub(crate) const MAX_DEVIATION: f64 = 5.0;

/// What came of comparing two samples.
#[derive(Debug, Clone, Default)]
pub(crate) struct Chi2 {
    /// What was compared.
    pub(crate) name: String,
    /// Sum of the squared deviations.
    pub(crate) sum: f64,
    /// Degrees of freedom: bins used, less one.
    pub(crate) ndf: f64,
    /// The largest deviation of one bin in standard deviations, and that bin.
    pub(crate) worst: (f64, String),
}

/// One bin: what it is, entries of the reference, entries of ours.
pub(crate) type Bin = (String, f64, f64);

/// Compares `bins`, which hold all of both samples, with their totals scaled to each other. Bins in which fewer than
/// 20 entries of the reference are expected are pooled with the next ones.
pub(crate) fn two_samples(name: &str, bins: impl IntoIterator<Item = Bin>) -> Chi2 {
    let bins: Vec<Bin> = bins.into_iter().collect();
    let total = |pick: fn(&Bin) -> f64| bins.iter().map(pick).sum::<f64>();
    let (n_reference, n_ours) = (total(|b| b.1), total(|b| b.2));
    let mut chi2 = Chi2 { name: name.into(), ndf: -1.0, ..Chi2::default() };
    if n_reference == 0.0 && n_ours == 0.0 {
        return chi2;
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
    pub(crate) fn per_ndf(&self) -> f64 {
        self.sum / self.ndf.max(1.0)
    }

    /// By how many standard deviations the sum lies above its expectation (Wilson and Hilferty's cube root).
    pub(crate) fn significance(&self) -> f64 {
        let ndf = self.ndf.max(1.0);
        let spread = 2.0 / (9.0 * ndf);
        ((self.sum / ndf).cbrt() - (1.0 - spread)) / spread.sqrt()
    }

    /// No bin off by more than [`MAX_DEVIATION`], and a sum that chance exceeds with a probability above 3e-5.
    #[track_caller]
    pub(crate) fn assert_same(&self) {
        println!("{self}");
        assert!(self.worst.0.abs() < MAX_DEVIATION, "{self}");
        assert!(self.significance() < 4.0, "{self}");
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
pub(crate) fn together(name: &str, parts: &[Chi2]) -> Chi2 {
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
pub(crate) fn against_law(name: &str, n: f64, bins: impl IntoIterator<Item = (String, f64, f64)>) -> Chi2 {
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

#[test]
fn equal_samples_agree_and_shifted_ones_do_not() {
    let bin = |a: f64, b: f64| (String::new(), a, b);
    let same = two_samples("same", (0..10).map(|i| bin(100.0 + f64::from(i), 2.0 * (100.0 + f64::from(i)))));
    assert!(same.ndf == 9.0 && same.sum < 1e-20, "{same}");
    let shifted = two_samples("shifted", [bin(100.0, 160.0), bin(100.0, 40.0)]);
    assert!(shifted.worst.0.abs() > 3.0 && shifted.significance() > 3.0, "{shifted}");
    assert_eq!(two_samples("pooled", (0..10).map(|_| bin(4.0, 4.0))).ndf, 1.0);
    assert!(against_law("coin", 10_000.0, [("heads".into(), 0.5, 5_500.0)]).worst.0 > 7.0);
}
