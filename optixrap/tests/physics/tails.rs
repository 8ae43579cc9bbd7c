//! Bins that can be compared, and how often chance gives what is seen.

/// Bins of two histograms: those below 20 entries together are pooled with the next, the last ones with those before.
pub(crate) fn pooled_bins(a: &[f64], b: &[f64]) -> Vec<(f64, f64)> {
    let mut bins: Vec<(f64, f64)> = Vec::new();
    let mut open = (0.0, 0.0);
    for (x, y) in a.iter().zip(b) {
        open = (open.0 + x, open.1 + y);
        if open.0 + open.1 >= 20.0 {
            bins.push(std::mem::take(&mut open));
        }
    }
    if let Some(last) = bins.last_mut() {
        *last = (last.0 + open.0, last.1 + open.1);
    }
    bins
}

/// The probability of a chi-square above `chi2`: the regularized incomplete gamma function Q(ndf / 2, chi2 / 2)
/// (Numerical Recipes, 6.2: series below the mean, Lentz's continued fraction above).
pub(crate) fn upper_tail(chi2: f64, ndf: f64) -> f64 {
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
pub(crate) fn uniformity(mut numbers: Vec<f64>) -> f64 {
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
