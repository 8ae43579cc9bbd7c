//! Histograms of one quantity.

use std::path::Path;

use plotters::prelude::*;
use plotters::style::text_anchor::{HPos, VPos};

use super::PlotError;
use super::axes::{Axis, nice_at_least};
use super::canvas::{Canvas, Drawn, draw_png};
use super::colour::BLUE;
use super::frame::{Area, Frame, Lettering, line, text, write};
use crate::number::{grouped, short};

const SIZE: (u32, u32) = (1000, 700);
const AREA: Area = Area { left: 105, top: 92, right: 970, bottom: 620 };
const LETTERING: Lettering = Lettering { size: 22, y_label_offset: 80, labels: (8, 6) };

/// Counts of a quantity in bins of equal width, with what did not fit in.
///
/// ```
/// let histogram = tools::plot::Histogram::of([0.5, 0.7, 1.5, f64::NAN]);
/// assert_eq!(histogram.entries(), 3);
/// ```
#[derive(Debug, Clone, PartialEq)]
pub struct Histogram {
    low: f64,
    width: f64,
    counts: Vec<u64>,
    below: u64,
    above: u64,
    mean: f64,
    standard_deviation: f64,
}

impl Histogram {
    /// A histogram of the finite ones of `values`. The bin width is the Freedman-Diaconis rule's, 2 IQR / n^(1/3),
    /// rounded up to 1, 2 or 5 times a power of ten so that there are at most 200 bins. The range holds every value
    /// except a tail of at most 0.1 % beyond twice the range of the rest, which is counted as below or above.
    pub fn of(values: impl IntoIterator<Item = f64>) -> Self {
        let mut sorted: Vec<f64> = values.into_iter().filter(|x| x.is_finite()).collect();
        sorted.sort_by(f64::total_cmp);
        let (low, high) = range_without_far_tail(&sorted);
        let width = bin_width(&sorted, low, high);
        // What is all but one value stands in the middle of 21 bins, so that it is seen to be one.
        let (first, bins) = if is_one_value(low, high) {
            (low / width - 10.5, 21)
        } else {
            let first = (low / width).floor();
            (first, ((high / width - first).floor() as usize + 1).min(1000))
        };
        let mut histogram = Self {
            low: first * width,
            width,
            counts: vec![0; bins],
            below: 0,
            above: 0,
            mean: mean(&sorted),
            standard_deviation: standard_deviation(&sorted),
        };
        sorted.iter().for_each(|&x| histogram.count(x, low, high));
        histogram
    }

    /// Counts `x`, in a bin if it is within `low..=high`.
    fn count(&mut self, x: f64, low: f64, high: f64) {
        if x < low {
            self.below += 1;
        } else if x > high {
            self.above += 1;
        } else {
            let bin = ((x - self.low) / self.width).max(0.0) as usize;
            let last = self.counts.len() - 1;
            self.counts[bin.min(last)] += 1;
        }
    }

    /// Number of values, those below and above the range too.
    pub fn entries(&self) -> u64 {
        self.counts.iter().sum::<u64>() + self.below + self.above
    }

    /// The count of each bin, from low to high.
    pub fn counts(&self) -> &[u64] {
        &self.counts
    }

    /// The lower edge of bin `i`; of the bin after the last, the upper end of the range.
    pub fn edge(&self, i: usize) -> f64 {
        self.low + i as f64 * self.width
    }

    /// Number of values below and above the range.
    pub fn outside(&self) -> (u64, u64) {
        (self.below, self.above)
    }

    /// Mean of all values; NaN without any.
    pub fn mean(&self) -> f64 {
        self.mean
    }

    /// Standard deviation of all values (divisor n); NaN without any.
    pub fn standard_deviation(&self) -> f64 {
        self.standard_deviation
    }
}

fn mean(values: &[f64]) -> f64 {
    values.iter().sum::<f64>() / values.len() as f64
}

fn standard_deviation(values: &[f64]) -> f64 {
    let mean = mean(values);
    (values.iter().map(|x| (x - mean).powi(2)).sum::<f64>() / values.len() as f64).sqrt()
}

/// Value at `fraction` of the way through sorted values.
fn quantile(sorted: &[f64], fraction: f64) -> f64 {
    let at = (fraction * sorted.len().saturating_sub(1) as f64).round() as usize;
    sorted.get(at).copied().unwrap_or(0.0)
}

fn range_without_far_tail(sorted: &[f64]) -> (f64, f64) {
    let (core_low, core_high) = (quantile(sorted, 0.0005), quantile(sorted, 0.9995));
    let reach = core_high - core_low;
    let within = |x: &&f64| **x >= core_low - reach && **x <= core_high + reach;
    let low = sorted.iter().find(within).copied().unwrap_or(0.0);
    let high = sorted.iter().rfind(within).copied().unwrap_or(0.0);
    (low, high)
}

fn bin_width(sorted: &[f64], low: f64, high: f64) -> f64 {
    let range = high - low;
    if is_one_value(low, high) {
        return nice_at_least((low.abs().max(high.abs()) * 1e-3).max(1e-3));
    }
    let interquartile = quantile(sorted, 0.75) - quantile(sorted, 0.25);
    let rule = 2.0 * interquartile / (sorted.len() as f64).cbrt();
    nice_at_least(rule.clamp(range / 200.0, range / 20.0))
}

/// Whether values differ by less than f32 keeps of them after some arithmetic.
fn is_one_value(low: f64, high: f64) -> bool {
    high - low <= low.abs().max(high.abs()) * 1e-6
}

/// What stands around a histogram.
#[derive(Debug, Clone, Copy)]
pub struct HistogramPlot<'a> {
    /// Above the plot.
    pub title: &'a str,
    /// Quantity and unit, `time (ns)`.
    pub x_label: &'a str,
    /// Unit of the bin width in the y label, `ns`.
    pub unit: &'a str,
    /// What is counted, `hits`.
    pub counted: &'a str,
    /// A logarithmic y axis.
    pub log_y: bool,
}

/// Saves `histogram` as a picture of 1000 x 700 pixels at `path`.
///
/// # Errors
/// [`PlotError::Empty`] without entries; [`PlotError::Write`] and [`PlotError::Draw`] otherwise.
pub fn histogram_png(histogram: &Histogram, plot: &HistogramPlot, path: &Path) -> Result<(), PlotError> {
    let Some(&highest) = histogram.counts.iter().max().filter(|&&n| n > 0) else {
        return Err(PlotError::Empty {
            path: path.to_path_buf(),
            reason: "there is no finite value to count",
        });
    };
    let y_label = format!("{} per {} {}", plot.counted, short(histogram.width, 3), plot.unit);
    let y = if plot.log_y {
        Axis::log(0.5, 3.0 * highest as f64, y_label)
    } else {
        Axis::linear(0.0, 1.12 * highest as f64, y_label)
    };
    let x = Axis::linear(histogram.low, histogram.edge(histogram.counts.len()), plot.x_label);
    let frame = Frame { x, y, area: AREA };
    draw_png(path, SIZE, |canvas| {
        write(canvas, plot.title, (AREA.left, 22), &text(28, HPos::Left, VPos::Top))?;
        frame.draw_grid(canvas, LETTERING)?;
        draw_bins(canvas, &frame, histogram)?;
        frame.draw_axes(canvas, LETTERING)?;
        draw_statistics(canvas, histogram, plot.unit)
    })
}

fn draw_bins(canvas: &Canvas, frame: &Frame, histogram: &Histogram) -> Drawn {
    let floor = AREA.bottom;
    let mut before = floor;
    for (i, &count) in histogram.counts.iter().enumerate() {
        let (left, right) = (frame.column(histogram.edge(i)), frame.column(histogram.edge(i + 1)));
        let top = if count == 0 { floor } else { frame.row(count as f64) };
        canvas.draw(&Rectangle::new([(left, top), (right, floor)], BLUE.mix(0.22).filled()))?;
        line(canvas, (left, before), (left, top), BLUE, 2)?;
        line(canvas, (left, top), (right, top), BLUE, 2)?;
        before = top;
    }
    line(canvas, (AREA.right, before), (AREA.right, floor), BLUE, 2)
}

fn draw_statistics(canvas: &Canvas, histogram: &Histogram, unit: &str) -> Drawn {
    let mut words = format!(
        "entries {}    mean {} {unit}    std dev {} {unit}",
        grouped(histogram.entries()),
        short(histogram.mean, 5),
        short(histogram.standard_deviation, 4)
    );
    for (count, side) in [(histogram.below, "below"), (histogram.above, "above")] {
        if count > 0 {
            words += &format!("    {} {side} the range", grouped(count));
        }
    }
    write(canvas, &words, (AREA.left, 58), &text(22, HPos::Left, VPos::Top))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_finite_value_is_counted_once() {
        let values = (0..1000).map(|i| f64::from(i) * 0.01).chain([f64::NAN, f64::INFINITY]);
        let histogram = Histogram::of(values);
        assert_eq!(histogram.entries(), 1000);
        assert_eq!(histogram.outside(), (0, 0));
        assert!((histogram.mean() - 4.995).abs() < 1e-9);
        assert!((histogram.standard_deviation() - 2.886_750).abs() < 1e-5, "sqrt((1000^2 - 1) / 12) / 100");
        assert!((20..=200).contains(&histogram.counts().len()));
    }

    #[test]
    fn a_far_tail_does_not_squeeze_the_rest() {
        let histogram = Histogram::of((0..10_000).map(|i| f64::from(i % 100)).chain([1e9]));
        assert_eq!(histogram.outside(), (0, 1));
        assert!(histogram.edge(histogram.counts().len()) <= 200.0);
        assert_eq!(histogram.entries(), 10_001);
    }

    #[test]
    fn equal_values_fill_one_bin() {
        for x in [0.0, 430.0, -1e-12, 1e12] {
            let histogram = Histogram::of([x; 7]);
            assert_eq!(histogram.counts().iter().max(), Some(&7), "{x}");
            assert_eq!((histogram.counts()[10], histogram.counts().len()), (7, 21), "{x}");
        }
    }

    #[test]
    fn no_values_no_entries() {
        assert_eq!(Histogram::of([f64::NAN]).entries(), 0);
    }
}
