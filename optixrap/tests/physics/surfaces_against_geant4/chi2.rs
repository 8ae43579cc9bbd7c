//! Sums of squared deviations between what Geant4 counted and what is counted here.

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
        let mut bins: Vec<(f64, f64)> = vec![(0.0, 0.0)];
        for (x, y) in a.iter().zip(b) {
            if let Some(last) = bins.last_mut() {
                *last = (last.0 + x, last.1 + y);
                if last.0 + last.1 >= 20.0 {
                    bins.push((0.0, 0.0));
                }
            }
        }
        let (pa, pb) = bins.pop().unwrap();
        if let Some(last) = bins.last_mut() {
            *last = (last.0 + pa, last.1 + pb);
        }
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

/// The probability of a chi-square above `chi2`: the regularized incomplete gamma function Q(ndf / 2, chi2 / 2)
/// (Numerical Recipes, 6.2: series below the mean, Lentz's continued fraction above).
pub(super) fn upper_tail(chi2: f64, ndf: f64) -> f64 {
    let (a, x) = (0.5 * ndf, 0.5 * chi2);
    let front = (a * x.max(1e-300).ln() - x - ln_gamma(a)).exp();
    if x < a + 1.0 {
        let (mut term, mut sum, mut n) = (1.0 / a, 1.0 / a, a);
        while term > 1e-15 * sum {
            n += 1.0;
            term *= x / n;
            sum += term;
        }
        return 1.0 - front * sum;
    }
    let mut b = x + 1.0 - a;
    let (mut c, mut d) = (1e300, 1.0 / b);
    let mut h = d;
    for i in 1..10_000 {
        let i = f64::from(i);
        let an = -i * (i - a);
        b += 2.0;
        d = 1.0 / (an * d + b);
        c = b + an / c;
        h *= c * d;
        if (c * d - 1.0).abs() < 1e-14 {
            break;
        }
    }
    front * h
}

/// Stirling's series, carried up to where it is exact to 1e-13.
fn ln_gamma(x: f64) -> f64 {
    let (mut shift, mut z) = (0.0, x);
    while z < 20.0 {
        shift += z.ln();
        z += 1.0;
    }
    let r = 1.0 / z;
    let series = r * (1.0 / 12.0 - r * r * (1.0 / 360.0 - r * r / 1260.0));
    (z - 0.5) * z.ln() - z + 0.5 * (2.0 * std::f64::consts::PI).ln() + series - shift
}

/// How often chance makes numbers that are uniform from 0 to 1 lie as far from it, or further (Kolmogorov, with
/// Stephens' correction for few numbers).
pub(super) fn uniformity(mut numbers: Vec<f64>) -> f64 {
    numbers.sort_by(f64::total_cmp);
    let n = numbers.len() as f64;
    let farthest = numbers.iter().enumerate().fold(0.0, |far: f64, (i, p)| {
        let i = i as f64;
        far.max((i + 1.0) / n - p).max(p - i / n)
    });
    let l = (n.sqrt() + 0.12 + 0.11 / n.sqrt()) * farthest;
    let term = |j: i32| f64::from(1 - 2 * ((j + 1) % 2)) * (-2.0 * f64::from(j * j) * l * l).exp();
    (2.0 * (1..100).map(term).sum::<f64>()).clamp(0.0, 1.0)
}

/// Quantiles of tables (Abramowitz and Stegun, 26.8; Kolmogorov's 5 per cent point 1.358 for many numbers).
#[test]
fn tails_are_those_of_tables() {
    for (chi2, ndf, want) in [(3.841_459, 1.0, 0.05), (18.307_038, 10.0, 0.05), (2.558_212, 10.0, 0.99)] {
        assert!((upper_tail(chi2, ndf) - want).abs() < 1e-6, "{chi2} {ndf}");
    }
    assert!((upper_tail(124.342_113, 100.0) - 0.05).abs() < 1e-6);
    // Evenly spread numbers, all moved up by 0.0136 of 1: 0.0136 sqrt(10000) = 1.36 standard lengths.
    let moved = (0..10_000).map(|i| f64::from(i) / 10_000.0 + 0.0136).collect();
    assert!((uniformity(moved) - 0.049).abs() < 0.002);
    assert!(uniformity((0..1000).map(|i| (f64::from(i) + 0.5) / 1000.0).collect()) > 0.999);
}
