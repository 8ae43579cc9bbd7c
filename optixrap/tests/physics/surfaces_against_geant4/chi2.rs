//! Sums of squared deviations between what Geant4 counted and what is counted here.

use super::super::tails::{pooled_bins, upper_tail};

/// Sums of two-sample comparisons.
#[derive(Default)]
pub(super) struct Chi2 {
    pub(super) chi2: f64,
    pub(super) ndf: f64,
    pub(super) worst: f64,
    pub(super) where_worst: String,
}

impl Chi2 {
    /// How often chance gives as much, or more.
    pub(super) fn p_value(&self) -> f64 {
        upper_tail(self.chi2, self.ndf)
    }

    fn pull(&mut self, what: &str, sigmas: f64) {
        self.chi2 += sigmas * sigmas;
        self.check(what, sigmas);
    }

    /// A number that follows from others in the sum.
    fn check(&mut self, what: &str, sigmas: f64) {
        if sigmas.abs() > self.worst {
            (self.worst, self.where_worst) = (sigmas.abs(), what.to_owned());
        }
    }

    /// Two histograms of the same distribution; bins below 20 entries are pooled with the next, the last ones with those
    /// before.
    pub(super) fn histogram(&mut self, what: &str, a: &[f64], b: &[f64]) {
        let (na, nb): (f64, f64) = (a.iter().sum(), b.iter().sum());
        assert!((na > 0.0) == (nb > 0.0), "{what}: {a:?} is not {b:?}");
        let (ka, kb) = ((nb / na).sqrt(), (na / nb).sqrt());
        let bins = pooled_bins(a, b);
        for (i, (x, y)) in bins.iter().enumerate() {
            self.pull(&format!("{what}, bin {i}"), (ka * x - kb * y) / (x + y).sqrt());
        }
        self.ndf += (bins.len() as f64 - 1.0).max(0.0);
    }

    /// Two means; `theirs` is given to 5 decimals.
    pub(super) fn mean(&mut self, what: &str, ours: &Sum, theirs: f64, their_count: f64, independent: bool) {
        let (mean, variance) = ours.mean_and_variance();
        let sigma = (variance * (1.0 / ours.count + 1.0 / their_count) + 1e-10).sqrt();
        let (what, sigmas) = (format!("{what}: {mean:.5}, Geant4 {theirs}"), (mean - theirs) / sigma);
        // What is the same for all photons has to agree, but does not fluctuate.
        if independent && variance > 1e-8 {
            self.pull(&what, sigmas);
            self.ndf += 1.0;
        } else {
            self.check(&what, sigmas);
        }
    }
}

#[derive(Default, Clone, Copy)]
pub(super) struct Sum {
    pub(super) count: f64,
    first: f64,
    second: f64,
}

impl Sum {
    pub(super) fn add(&mut self, x: f32) {
        let x = f64::from(x);
        *self = Self { count: self.count + 1.0, first: self.first + x, second: self.second + x * x };
    }

    fn mean_and_variance(&self) -> (f64, f64) {
        let mean = self.first / self.count;
        (mean, (self.second / self.count - mean * mean).max(0.0))
    }
}
