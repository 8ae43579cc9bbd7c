//! The Kolmogorov-Smirnov test: two samples of a continuous quantity, without bins.

/// What came of comparing two samples.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Ks {
    /// The largest distance of the two distribution functions.
    pub distance: f64,
    /// The probability that chance makes it this large or larger.
    pub p_value: f64,
}

/// Compares the finite ones of two samples; `None` where either has none, or all values of both are one. Equal values
/// are stepped over together, which makes the probability of samples with many of them too large, never too small.
pub fn kolmogorov_smirnov(a: impl IntoIterator<Item = f64>, b: impl IntoIterator<Item = f64>) -> Option<Ks> {
    let (a, b) = (sorted(a), sorted(b));
    let (first, last) = (a.first()?.min(*b.first()?), a.last()?.max(*b.last()?));
    if first == last {
        return None;
    }
    let (n_a, n_b) = (a.len() as f64, b.len() as f64);
    let (mut i, mut j, mut distance) = (0, 0, 0.0_f64);
    while i < a.len() && j < b.len() {
        let x = a[i].min(b[j]);
        while i < a.len() && a[i] <= x {
            i += 1;
        }
        while j < b.len() && b[j] <= x {
            j += 1;
        }
        distance = distance.max((i as f64 / n_a - j as f64 / n_b).abs());
    }
    Some(Ks { distance, p_value: p_value(distance, n_a * n_b / (n_a + n_b)) })
}

fn sorted(values: impl IntoIterator<Item = f64>) -> Vec<f64> {
    let mut values: Vec<f64> = values.into_iter().filter(|x| x.is_finite()).collect();
    values.sort_by(f64::total_cmp);
    values
}

/// Kolmogorov's distribution, with Stephens' correction for finite samples: 2 sum (-1)^(k-1) exp(-2 k^2 x^2),
/// x = (sqrt(n) + 0.12 + 0.11 / sqrt(n)) D.
fn p_value(distance: f64, n: f64) -> f64 {
    let x = (n.sqrt() + 0.12 + 0.11 / n.sqrt()) * distance;
    // Below, the sum converges slowly, to 1 within 1e-9.
    if x < 0.27 {
        return 1.0;
    }
    let term = |k: i32| {
        let k2 = f64::from(k * k);
        (if k % 2 == 1 { 2.0 } else { -2.0 }) * (-2.0 * k2 * x * x).exp()
    };
    (1..=50).map(term).sum::<f64>().clamp(0.0, 1.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn grid(n: usize, shift: f64) -> impl Iterator<Item = f64> {
        (0..n).map(move |i| (i as f64 + 0.5) / n as f64 + shift)
    }

    #[test]
    fn the_distance_is_that_of_the_distribution_functions() {
        let ks = kolmogorov_smirnov([1.0, 2.0, 3.0, 4.0], [2.5, 3.5, 4.5, 5.5]).unwrap();
        assert!((ks.distance - 0.5).abs() < 1e-12, "{ks:?}");
        assert_eq!(kolmogorov_smirnov([1.0; 5], [1.0; 9]), None);
        assert_eq!(kolmogorov_smirnov([], [1.0]), None);
        assert_eq!(kolmogorov_smirnov([f64::NAN, 1.0], [2.0]).unwrap().distance, 1.0);
    }

    #[test]
    fn critical_values_are_those_of_tables() {
        // Kolmogorov's distribution: 1.3581 at 5 %, 1.6276 at 1 %.
        let n: f64 = 1e8;
        assert!((p_value(1.3581 / n.sqrt(), n) - 0.05).abs() < 1e-4);
        assert!((p_value(1.6276 / n.sqrt(), n) - 0.01).abs() < 1e-4);
        assert!((p_value(0.27 / n.sqrt(), n) - 1.0).abs() < 1e-6);
    }

    #[test]
    fn a_shift_is_seen_and_a_finer_grid_is_not() {
        assert!(kolmogorov_smirnov(grid(10_000, 0.0), grid(5_000, 0.0)).unwrap().p_value > 0.99);
        assert!(kolmogorov_smirnov(grid(10_000, 0.0), grid(10_000, 0.05)).unwrap().p_value < 1e-6);
    }
}
