//! Normal, gamma and Poisson numbers.

use super::random::TrackRng;

/// A standard normal number (Box and Muller, 1958). Draws two uniforms.
pub fn normal(rng: &mut TrackRng) -> f64 {
    let radius = (-2.0 * rng.uniform().ln()).sqrt();
    radius * (std::f64::consts::TAU * rng.uniform()).cos()
}

/// A gamma number of `mean` and `variance`: positive, with a skewness of `2 sqrt(variance)/mean`.
///
/// `mean` where the variance is not positive or exceeds the mean's square by 1e12; 0 where the mean is not positive.
/// Method: Marsaglia and Tsang, 2000.
pub fn gamma(mean: f64, variance: f64, rng: &mut TrackRng) -> f64 {
    if mean <= 0.0 || variance <= 0.0 {
        return mean.max(0.0);
    }
    let shape = mean * mean / variance;
    if shape.is_nan() || shape < 1e-12 {
        return mean;
    }
    mean / shape * standard_gamma(shape, rng)
}

fn standard_gamma(shape: f64, rng: &mut TrackRng) -> f64 {
    if shape < 1.0 {
        let boost = rng.uniform().powf(1.0 / shape);
        return boost * standard_gamma(shape + 1.0, rng);
    }
    let d = shape - 1.0 / 3.0;
    let c = 1.0 / (9.0 * d).sqrt();
    loop {
        let x = normal(rng);
        let cube = (1.0 + c * x).powi(3);
        if cube > 0.0 && rng.uniform().ln() < 0.5 * x * x + d * (1.0 - cube + cube.ln()) {
            return d * cube;
        }
    }
}

/// A Poisson number; 0 for a mean that is not positive.
///
/// By counting below 30, above it by Hoermann's transformed rejection (PTRS, 1993).
pub fn poisson(mean: f64, rng: &mut TrackRng) -> u64 {
    if mean.is_nan() || mean <= 0.0 {
        0
    } else if mean < 30.0 {
        poisson_by_counting(mean, rng)
    } else {
        poisson_by_rejection(mean, rng)
    }
}

fn poisson_by_counting(mean: f64, rng: &mut TrackRng) -> u64 {
    let limit = (-mean).exp();
    let mut product = rng.uniform();
    let mut count = 0;
    while product > limit {
        product *= rng.uniform();
        count += 1;
    }
    count
}

fn poisson_by_rejection(mean: f64, rng: &mut TrackRng) -> u64 {
    let b = 0.931 + 2.53 * mean.sqrt();
    let a = -0.059 + 0.02483 * b;
    let inverse_alpha = 1.1239 + 1.1328 / (b - 3.4);
    let v_r = 0.9277 - 3.6224 / (b - 2.0);
    loop {
        let u = rng.uniform() - 0.5;
        let v = rng.uniform();
        let us = 0.5 - u.abs();
        let k = ((2.0 * a / us + b) * u + mean + 0.43).floor();
        if us >= 0.07 && v <= v_r {
            return k as u64;
        }
        if k < 0.0 || (us < 0.013 && v > us) {
            continue;
        }
        let left = (v * inverse_alpha / (a / (us * us) + b)).ln();
        if left <= k * mean.ln() - mean - ln_factorial(k) {
            return k as u64;
        }
    }
}

/// `ln(k!)` for a whole `k` >= 0: exact sums below 10, Stirling's series above (error below 1e-10).
fn ln_factorial(k: f64) -> f64 {
    if k < 10.0 {
        return (2..=k as u32).map(|i| f64::from(i).ln()).sum();
    }
    let n = k + 1.0;
    let series = (1.0 / 12.0 - (1.0 / 360.0 - 1.0 / (1260.0 * n * n)) / (n * n)) / n;
    (n - 0.5) * n.ln() - n + 0.5 * std::f64::consts::TAU.ln() + series
}

#[cfg(test)]
mod tests {
    use super::*;

    fn moments(n: usize, mut draw: impl FnMut() -> f64) -> (f64, f64) {
        let values: Vec<f64> = (0..n).map(|_| draw()).collect();
        let mean = values.iter().sum::<f64>() / n as f64;
        (mean, values.iter().map(|x| (x - mean).powi(2)).sum::<f64>() / (n - 1) as f64)
    }

    #[test]
    fn ln_factorial_of_20() {
        assert!((ln_factorial(20.0) - 2_432_902_008_176_640_000.0_f64.ln()).abs() < 1e-10);
        assert!((ln_factorial(9.0) - 362_880.0_f64.ln()).abs() < 1e-12);
    }

    #[test]
    fn poisson_mean_and_variance_within_5_sigma() {
        let mut rng = TrackRng::new(11, 0, 0);
        let n = 200_000;
        for expected in [0.01, 0.7, 5.0, 29.9, 30.1, 250.0, 2.0e4] {
            let (mean, variance) = moments(n, || poisson(expected, &mut rng) as f64);
            let n = n as f64;
            let sigma_of_variance = ((2.0 * expected * expected + expected) / n).sqrt();
            assert!((mean - expected).abs() < 5.0 * (expected / n).sqrt(), "{mean} {expected}");
            assert!((variance - expected).abs() < 5.0 * sigma_of_variance, "{variance} {expected}");
        }
        assert_eq!(poisson(0.0, &mut rng) + poisson(-1.0, &mut rng) + poisson(f64::NAN, &mut rng), 0);
    }

    #[test]
    fn normal_and_gamma_moments_within_5_sigma() {
        let mut rng = TrackRng::new(12, 0, 0);
        let n = 400_000;
        let (mean, variance) = moments(n, || normal(&mut rng));
        let root = (n as f64).sqrt();
        assert!(mean.abs() < 5.0 / root && (variance - 1.0).abs() < 5.0 * 2.0_f64.sqrt() / root);
        for (m, v) in [(3.0_f64, 9.0_f64), (0.2, 0.5), (100.0, 1.0)] {
            let (mean, variance) = moments(n, || gamma(m, v, &mut rng));
            let excess = 6.0 * v / (m * m);
            assert!((mean - m).abs() < 5.0 * v.sqrt() / root, "{mean} {m}");
            assert!((variance / v - 1.0).abs() < 5.0 * (2.0 + excess).sqrt() / root, "{variance} {v}");
        }
        assert_eq!(gamma(2.0, 0.0, &mut rng), 2.0);
        assert_eq!(gamma(-2.0, 1.0, &mut rng), 0.0);
        assert_eq!(gamma(1e-200, 1e-190, &mut rng), 1e-200);
    }
}
