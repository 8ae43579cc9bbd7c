//! Axes: ranges, positions of values, ticks and their labels.

use crate::number::short;

/// How values are spread along an axis.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Scale {
    Linear,
    Log,
}

/// A labelled axis from `low` to `high`, both finite, `low < high`.
#[derive(Debug, Clone)]
pub(crate) struct Axis {
    low: f64,
    high: f64,
    scale: Scale,
    /// Whether only whole numbers are marked.
    whole: bool,
    label: String,
}

/// A marked value of an axis.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Tick {
    /// Where, 0 at the low end and 1 at the high end.
    pub(crate) fraction: f64,
    /// What stands beside it; empty for a minor tick.
    pub(crate) label: String,
}

impl Axis {
    /// A linear axis. A range that is empty or too narrow for f64 is widened, one that is not finite becomes 0..1.
    pub(crate) fn linear(low: f64, high: f64, label: impl Into<String>) -> Self {
        let (low, high) = if low <= high { (low, high) } else { (high, low) };
        let least = 1e-9 * low.abs().max(high.abs()).max(1e-30);
        let (low, high) = match high - low {
            width if !width.is_finite() => (0.0, 1.0),
            width if width < least => (low - 0.5 * least.max(0.1), high + 0.5 * least.max(0.1)),
            _ => (low, high),
        };
        Self { low, high, scale: Scale::Linear, whole: false, label: label.into() }
    }

    /// A linear axis of something that is numbered, with ticks at whole numbers only.
    pub(crate) fn numbered(low: f64, high: f64, label: impl Into<String>) -> Self {
        Self { whole: true, ..Self::linear(low, high, label) }
    }

    /// A logarithmic axis of positive numbers, from `low` to at least one decade above.
    pub(crate) fn log(low: f64, high: f64, label: impl Into<String>) -> Self {
        let low = if low.is_finite() && low > 0.0 { low } else { 1.0 };
        let high = if high.is_finite() { high.max(10.0 * low) } else { 10.0 * low };
        Self { low, high, scale: Scale::Log, whole: false, label: label.into() }
    }

    /// The name of the quantity and its unit.
    pub(crate) fn label(&self) -> &str {
        &self.label
    }

    /// Low end.
    pub(crate) fn low(&self) -> f64 {
        self.low
    }

    /// High end.
    pub(crate) fn high(&self) -> f64 {
        self.high
    }

    /// Where `x` lies, 0 at the low end and 1 at the high end, kept within -1..2.
    pub(crate) fn fraction(&self, x: f64) -> f64 {
        let fraction = match self.scale {
            Scale::Linear => (x - self.low) / (self.high - self.low),
            Scale::Log => (x.max(1e-300) / self.low).ln() / (self.high / self.low).ln(),
        };
        fraction.clamp(-1.0, 2.0)
    }

    /// About `count` labelled ticks (and the minor ones of a logarithmic axis).
    pub(crate) fn ticks(&self, count: usize) -> Vec<Tick> {
        match self.scale {
            Scale::Linear => self.linear_ticks(count),
            Scale::Log => self.log_ticks(count),
        }
    }

    fn linear_ticks(&self, count: usize) -> Vec<Tick> {
        let step = self.linear_step(count);
        let decimals = (-step.log10().floor()).clamp(0.0, 15.0) as usize;
        let large = self.low.abs().max(self.high.abs()) >= 1e7 || step < 1e-6;
        let label = |x: f64| if large { short(x, 6) } else { format!("{x:.decimals$}") };
        let first = (self.low / step - 1e-6).ceil();
        (0..=2 * count.max(3))
            .map(|i| (first + i as f64) * step)
            .take_while(|&x| x <= self.high + 1e-6 * step)
            .map(|x| if x.abs() < 1e-9 * step { 0.0 } else { x })
            .map(|x| Tick { fraction: self.fraction(x), label: label(x) })
            .collect()
    }

    /// The step of about `count` ticks, or a smaller one where fewer than three of its multiples lie in the range.
    fn linear_step(&self, count: usize) -> f64 {
        let width = self.high - self.low;
        let step = nice_at_least(width / count.max(1) as f64);
        let ticks = |step: f64| (self.high / step + 1e-6).floor() - (self.low / step - 1e-6).ceil() + 1.0;
        if self.whole {
            return step.max(1.0);
        }
        if ticks(step) >= 3.0 { step } else { nice_at_least(width / 5.0) }
    }

    fn log_ticks(&self, count: usize) -> Vec<Tick> {
        let (first, last) = (self.low.log10().floor() as i32, self.high.log10().floor() as i32);
        // Where the range holds one or two powers of ten, 2 and 5 times them are labelled too.
        let powers = (first..=last).filter(|&e| (self.low..=self.high).contains(&10f64.powi(e))).count();
        let between: &[i32] = if powers < 3 { &[1, 2, 5] } else { &[1] };
        let every = (last - first + 1).div_euclid(count.max(1) as i32).max(1);
        let mut ticks = Vec::new();
        for exponent in first..=last {
            for mantissa in 1..10 {
                let x = f64::from(mantissa) * 10f64.powi(exponent);
                if x < self.low * 0.999_999 || x > self.high * 1.000_001 {
                    continue;
                }
                let labelled = between.contains(&mantissa) && (exponent - first).rem_euclid(every) == 0;
                let label = if labelled { short(x, 3) } else { String::new() };
                ticks.push(Tick { fraction: self.fraction(x), label });
            }
        }
        ticks
    }
}

/// The smallest of 1, 2, 5 times a power of ten that is at least `x` (`x` positive).
pub(crate) fn nice_at_least(x: f64) -> f64 {
    if !(x.is_finite() && x > 0.0) {
        return 1.0;
    }
    let power = 10f64.powf(x.log10().floor());
    let slack = 1.0 - 1e-9;
    [1.0, 2.0, 5.0].into_iter().map(|m| m * power).find(|&nice| nice >= x * slack).unwrap_or(10.0 * power)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn labels(ticks: &[Tick]) -> Vec<&str> {
        ticks.iter().map(|t| t.label.as_str()).filter(|l| !l.is_empty()).collect()
    }

    #[test]
    fn linear_ticks_are_round_numbers_inside_the_range() {
        let axis = Axis::linear(-0.3, 1.02, "x");
        assert_eq!(labels(&axis.ticks(7)), ["-0.2", "0.0", "0.2", "0.4", "0.6", "0.8", "1.0"]);
        assert!((axis.fraction(0.36) - 0.5).abs() < 1e-12);
    }

    #[test]
    fn memory_that_does_not_change_has_an_axis() {
        let axis = Axis::linear(21316.362, 21316.362, "VM");
        assert!(axis.low() < 21316.362 && axis.high() > 21316.362);
        assert!(!axis.ticks(6).is_empty());
    }

    #[test]
    fn any_range_gives_few_ticks() {
        let ends = [f64::NEG_INFINITY, -1e300, -1.0, 0.0, 1e-300, 1.0, 1.0 + 1e-15, 1e300, f64::NAN];
        for low in ends {
            for high in ends {
                assert!(Axis::linear(low, high, "x").ticks(8).len() <= 17, "{low} {high}");
                assert!(Axis::log(low, high, "x").ticks(8).len() < 6000, "{low} {high}");
            }
        }
    }

    #[test]
    fn log_ticks_label_decades() {
        let axis = Axis::log(0.5, 2000.0, "n");
        assert_eq!(labels(&axis.ticks(8)), ["1", "10", "100", "1000"]);
        assert!((axis.fraction(0.5)).abs() < 1e-12 && (axis.fraction(2000.0) - 1.0).abs() < 1e-12);
    }

    #[test]
    fn an_axis_has_three_ticks_at_least() {
        for (low, high) in [(-0.9, 0.9), (-1.3, 1.3), (0.0, 1.12), (4.2, 6.1), (-3.0, 18.9), (95.0, 105.0)] {
            for count in 2..9 {
                let n = labels(&Axis::linear(low, high, "x").ticks(count)).len();
                assert!((3..=2 * count.max(3) + 1).contains(&n), "{low} {high} {count}: {n}");
            }
        }
        assert_eq!(labels(&Axis::log(0.5, 3.0, "n").ticks(6)), ["0.5", "1", "2", "5"]);
        assert_eq!(labels(&Axis::log(0.5, 90.0, "n").ticks(6)), ["0.5", "1", "2", "5", "10", "20", "50"]);
    }

    #[test]
    fn events_are_whole_numbers() {
        assert_eq!(labels(&Axis::numbered(0.0, 3.0, "event").ticks(8)), ["0", "1", "2", "3"]);
        assert_eq!(labels(&Axis::numbered(0.0, 1.0, "event").ticks(8)), ["0", "1"]);
    }

    #[test]
    fn nice_numbers() {
        assert_eq!([0.3, 1.0, 1.1, 6.0, 20.0].map(nice_at_least), [0.5, 1.0, 2.0, 10.0, 20.0]);
    }
}
