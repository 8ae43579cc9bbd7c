//! Least squares line through values at the indices 0, 1, 2, ...

/// Straight line `y = intercept + slope * index` that fits a series best.
///
/// Minimises the sum of squared residuals, as `numpy.polyfit` of degree 1. With the centred index
/// `d = i - mean(i)`: `slope = sum(d y) / sum(d^2)`.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct LineFit {
    /// Change per index step, in units of the values.
    pub slope: f64,
    /// Value of the line at index 0.
    pub intercept: f64,
    /// Standard deviation of the values about the line, `sqrt(sum(residual^2) / (n - 2))`; 0 for two values.
    pub spread: f64,
    /// Standard error of the slope, `spread / sqrt(sum(d^2))`, as if the values scattered about the line independently;
    /// `None` for two values, which always lie on a line.
    pub slope_error: Option<f64>,
}

impl LineFit {
    /// Fits `values` against their index; `None` for fewer than two values or any that is not finite.
    pub fn of(values: impl Iterator<Item = f64> + Clone) -> Option<Self> {
        let count = values.clone().count();
        if count < 2 || !values.clone().all(f64::is_finite) {
            return None;
        }
        let n = count as f64;
        let mean_index = (n - 1.0) / 2.0;
        // Subtract the first value: the sums stay exact for 20 GB of memory that changes by kilobytes.
        let origin = values.clone().next().unwrap_or(0.0);
        let mean = values.clone().map(|y| y - origin).sum::<f64>() / n;
        let centred = values.enumerate().map(|(i, y)| (i as f64 - mean_index, y - origin - mean));

        let sum_dd = n * (n * n - 1.0) / 12.0;
        let slope = centred.clone().map(|(d, y)| d * y).sum::<f64>() / sum_dd;
        let sum_rr = centred.map(|(d, y)| (y - slope * d).powi(2)).sum::<f64>();
        let spread = if count > 2 { (sum_rr / (n - 2.0)).sqrt() } else { 0.0 };
        Some(LineFit {
            slope,
            intercept: origin + mean - slope * mean_index,
            spread,
            slope_error: (count > 2).then(|| spread / sum_dd.sqrt()),
        })
    }

    /// The error of the slope with six decimals, `n/a` where there is none.
    pub fn error_text(&self) -> String {
        self.slope_error.map_or_else(|| "n/a".to_owned(), |error| format!("{error:.6}"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn exact_line_is_recovered() {
        let fit = LineFit::of((0..1000).map(|i| 21284.92 + 3.62 * f64::from(i))).unwrap();
        assert!((fit.slope - 3.62).abs() < 1e-10 && (fit.intercept - 21284.92).abs() < 1e-7, "{fit:?}");
        assert!(fit.spread < 1e-9);
    }

    #[test]
    fn known_small_case() {
        // For (0,1),(1,3),(2,2): slope 1/2, intercept 3/2, residuals -1/2, 1, -1/2, spread sqrt(3/2).
        let fit = LineFit::of([1.0, 3.0, 2.0].into_iter()).unwrap();
        assert!((fit.slope - 0.5).abs() < 1e-15 && (fit.intercept - 1.5).abs() < 1e-15);
        assert!((fit.spread - 1.5f64.sqrt()).abs() < 1e-15);
        assert!((fit.slope_error.unwrap() - (1.5f64 / 2.0).sqrt()).abs() < 1e-15);
    }

    #[test]
    fn error_of_the_slope_by_hand() {
        // 1, 3, 2, 4: sum(d^2) = 5, sum(d y) = 4, line 1.3 + 0.8 i, residuals -0.3, 0.9, -0.9, 0.3 with squares that add
        // up to 1.8, so that the variance is 1.8 / 2 and the error of the slope sqrt(0.9 / 5).
        let fit = LineFit::of([1.0, 3.0, 2.0, 4.0].into_iter()).unwrap();
        assert!((fit.slope - 0.8).abs() < 1e-15 && (fit.intercept - 1.3).abs() < 1e-15, "{fit:?}");
        assert!((fit.slope_error.unwrap() - 0.18f64.sqrt()).abs() < 1e-15, "{fit:?}");
    }

    #[test]
    fn too_few_or_not_finite_gives_none() {
        assert_eq!(LineFit::of([].into_iter()), None);
        assert_eq!(LineFit::of([1.0].into_iter()), None);
        assert_eq!(LineFit::of([1.0, f64::NAN, 2.0].into_iter()), None);
        let two = LineFit::of([2.0, 5.0].into_iter()).unwrap();
        assert_eq!((two.slope, two.slope_error), (3.0, None));
    }
}
