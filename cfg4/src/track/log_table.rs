//! A positive function of energy on a logarithmic grid.

/// Interpolates `ln(value)` linearly in `ln(energy)`; constant in the end cells' power law outside.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct LogTable {
    ln_start: f64,
    ln_step: f64,
    ln_values: Vec<f64>,
}

impl LogTable {
    /// `function` at `points` >= 2 energies from `start` to `end`, both positive.
    pub(super) fn new(start: f64, end: f64, points: usize, function: impl Fn(f64) -> f64) -> Self {
        let cells = points.max(2) - 1;
        let ln_start = start.ln();
        let ln_step = (end.ln() - ln_start) / cells as f64;
        let value = |i: usize| function((ln_start + ln_step * i as f64).exp()).max(f64::MIN_POSITIVE).ln();
        Self { ln_start, ln_step, ln_values: (0..=cells).map(value).collect() }
    }

    /// The value at `energy` > 0.
    pub(super) fn value(&self, energy: f64) -> f64 {
        let position = (energy.ln() - self.ln_start) / self.ln_step;
        let cell = (position.max(0.0) as usize).min(self.ln_values.len() - 2);
        let fraction = position - cell as f64;
        let (low, high) = (self.ln_values[cell], self.ln_values[cell + 1]);
        (low + fraction * (high - low)).exp()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_power_law_is_exact_inside_and_outside() {
        let table = LogTable::new(1.0, 1e4, 9, |x| 3.0 * x.powf(1.5));
        for x in [0.5, 1.0, 17.0, 1e4, 3e5] {
            assert!((table.value(x) / (3.0 * x.powf(1.5)) - 1.0).abs() < 1e-12, "{x}");
        }
    }
}
