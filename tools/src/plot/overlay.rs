//! Two histograms over each other, with their ratio below.

use std::path::Path;

use plotters::prelude::*;
use plotters::style::text_anchor::{HPos, VPos};

use super::axes::Axis;
use super::canvas::{Canvas, Drawn, draw_png};
use super::colour::{BLUE, GREY, ORANGE};
use super::frame::{Area, Frame, Lettering, line, text, write};
use super::{Histogram, PlotError};

const SIZE: (u32, u32) = (1000, 820);
const UPPER: Area = Area { left: 110, top: 96, right: 970, bottom: 520 };
const LOWER: Area = Area { left: 110, top: 560, right: 970, bottom: 740 };
const LETTERING: Lettering = Lettering { size: 22, y_label_offset: 84, labels: (8, 6) };
const RATIO_LETTERING: Lettering = Lettering { labels: (8, 4), ..LETTERING };
/// The ratio panel never shows more than this around 1.
const MOST_RATIO: f64 = 1.0;

/// Two distributions in common bins, each with its own total.
#[derive(Debug, Clone, PartialEq)]
pub struct Overlay {
    /// Above the plot.
    pub title: String,
    /// Quantity and unit.
    pub x_label: String,
    /// What the two are.
    pub names: [String; 2],
    /// Edges of the bins, one more than bins.
    pub edges: Vec<f64>,
    /// Entries of each bin of the two.
    pub counts: [Vec<f64>; 2],
}

impl Overlay {
    /// From values, in bins that suit both together; `None` without any.
    pub fn of_values(title: &str, x_label: &str, names: [&str; 2], values: [Vec<f64>; 2]) -> Option<Self> {
        let both = Histogram::of(values.iter().flatten().copied());
        let bins = both.counts().len();
        if both.entries() == 0 {
            return None;
        }
        let edges: Vec<f64> = (0..=bins).map(|i| both.edge(i)).collect();
        let count = |values: &Vec<f64>| {
            let mut counts = vec![0.0; bins];
            for x in values {
                let bin = edges.partition_point(|edge| edge <= x);
                if (1..=bins).contains(&bin) {
                    counts[bin - 1] += 1.0;
                }
            }
            counts
        };
        let counts = values.each_ref().map(count);
        let (title, x_label) = (title.to_owned(), x_label.to_owned());
        Some(Self { title, x_label, names: names.map(str::to_owned), edges, counts })
    }

    /// The factor that scales the second to the total of the first; 1 where either is empty.
    fn scale(&self) -> f64 {
        let [a, b] = self.counts.each_ref().map(|counts| counts.iter().sum::<f64>());
        if a > 0.0 && b > 0.0 { a / b } else { 1.0 }
    }

    /// The ratio of the second, scaled, to the first, and its standard deviation; `None` in a bin without entries in
    /// both.
    fn ratio(&self, bin: usize) -> Option<(f64, f64)> {
        let (a, b) = (self.counts[0][bin], self.counts[1][bin]);
        let ratio = self.scale() * b / a;
        (a > 0.0 && b > 0.0).then(|| (ratio, ratio * (1.0 / a + 1.0 / b).sqrt()))
    }
}

/// Saves the two distributions, the second scaled to the total of the first, and their ratio with its statistical errors,
/// as a picture of 1000 x 820 pixels at `path`.
///
/// # Errors
/// [`PlotError::Empty`] without entries; [`PlotError::Write`] and [`PlotError::Draw`] otherwise.
pub fn overlay_png(overlay: &Overlay, path: &Path) -> Result<(), PlotError> {
    let scale = overlay.scale();
    let highest = overlay.counts[0].iter().copied().chain(overlay.counts[1].iter().map(|n| n * scale));
    let highest = highest.fold(0.0, f64::max);
    let (Some(low), Some(high), true) = (overlay.edges.first(), overlay.edges.last(), highest > 0.0) else {
        return Err(PlotError::Empty { path: path.to_path_buf(), reason: "there is nothing to count" });
    };
    let upper = Frame {
        x: Axis::linear(*low, *high, ""),
        y: if is_steep(overlay, highest) {
            Axis::log(0.5, 3.0 * highest, "entries")
        } else {
            Axis::linear(0.0, 1.12 * highest, "entries")
        },
        area: UPPER,
    };
    let reach = ratio_reach(overlay);
    let lower = Frame {
        x: Axis::linear(*low, *high, overlay.x_label.as_str()),
        y: Axis::linear(1.0 - reach, 1.0 + reach, "ratio"),
        area: LOWER,
    };
    draw_png(path, SIZE, |canvas| {
        write(canvas, &overlay.title, (UPPER.left, 18), &text(28, HPos::Left, VPos::Top))?;
        draw_key(canvas, overlay)?;
        upper.draw_grid(canvas, LETTERING)?;
        lower.draw_grid(canvas, RATIO_LETTERING)?;
        draw_steps(canvas, &upper, overlay, 0, 1.0)?;
        draw_steps(canvas, &upper, overlay, 1, scale)?;
        draw_ratio(canvas, &lower, overlay)?;
        upper.draw_axes(canvas, LETTERING)?;
        lower.draw_axes(canvas, RATIO_LETTERING)
    })
}

/// Whether half of the filled bins would be too low to be seen on a linear axis.
fn is_steep(overlay: &Overlay, highest: f64) -> bool {
    let mut filled: Vec<f64> = overlay.counts[0].iter().copied().filter(|n| *n > 0.0).collect();
    filled.sort_by(f64::total_cmp);
    filled.get(filled.len() / 2).is_some_and(|middle| 30.0 * middle < highest)
}

/// How far the ratio panel reaches around 1: most of the bins with their errors.
fn ratio_reach(overlay: &Overlay) -> f64 {
    let bins = 0..overlay.counts[0].len();
    let mut distances: Vec<f64> =
        bins.filter_map(|i| overlay.ratio(i)).map(|(ratio, error)| (ratio - 1.0).abs() + error).collect();
    distances.sort_by(f64::total_cmp);
    let most = distances.get(distances.len() * 9 / 10).copied().unwrap_or(MOST_RATIO);
    (1.2 * most).clamp(0.02, MOST_RATIO)
}

fn colour(which: usize) -> RGBColor {
    [BLUE, ORANGE][which]
}

fn draw_key(canvas: &Canvas, overlay: &Overlay) -> Drawn {
    let mut column = UPPER.left;
    for (which, name) in overlay.names.iter().enumerate() {
        let entries: f64 = overlay.counts[which].iter().sum();
        let words = format!("{}: {}", short_name(name), crate::number::grouped(entries as u64));
        line(canvas, (column, 72), (column + 34, 72), colour(which), 3)?;
        write(canvas, &words, (column + 44, 72), &text(20, HPos::Left, VPos::Center))?;
        column += 430;
    }
    Ok(())
}

/// A name that fits into half of the picture: its end tells most.
fn short_name(name: &str) -> String {
    const LONGEST: usize = 26;
    let length = name.chars().count();
    if length <= LONGEST {
        return name.to_owned();
    }
    "…".chars().chain(name.chars().skip(length - LONGEST)).collect()
}

fn draw_steps(canvas: &Canvas, frame: &Frame, overlay: &Overlay, which: usize, scale: f64) -> Drawn {
    let mut before = frame.area.bottom;
    for (i, count) in overlay.counts[which].iter().enumerate() {
        let (left, right) = (frame.column(overlay.edges[i]), frame.column(overlay.edges[i + 1]));
        let top = frame.row(count * scale);
        line(canvas, (left, before), (left, top), colour(which), 2)?;
        line(canvas, (left, top), (right, top), colour(which), 2)?;
        before = top;
    }
    line(canvas, (frame.area.right, before), (frame.area.right, frame.area.bottom), colour(which), 2)
}

fn draw_ratio(canvas: &Canvas, frame: &Frame, overlay: &Overlay) -> Drawn {
    let one = frame.row(1.0);
    line(canvas, (frame.area.left, one), (frame.area.right, one), GREY, 2)?;
    for i in 0..overlay.counts[0].len() {
        let Some((ratio, error)) = overlay.ratio(i) else { continue };
        let column = frame.column(0.5 * (overlay.edges[i] + overlay.edges[i + 1]));
        if ratio + error < frame.y.low() || ratio - error > frame.y.high() {
            continue;
        }
        line(canvas, (column, frame.row(ratio - error)), (column, frame.row(ratio + error)), ORANGE, 1)?;
        if ratio >= frame.y.low() && ratio <= frame.y.high() {
            canvas.draw(&Circle::new((column, frame.row(ratio)), 3, ORANGE.filled()))?;
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_are_counted_in_the_same_bins() {
        let values = [vec![0.5, 1.5, 1.6], vec![0.4, 1.5, 1.55, 1.6, 0.6, 0.7]];
        let overlay = Overlay::of_values("t", "x", ["a", "b"], values).unwrap();
        assert_eq!(overlay.edges.len(), overlay.counts[0].len() + 1);
        assert_eq!(overlay.counts[0].iter().sum::<f64>(), 3.0);
        assert_eq!(overlay.counts[1].iter().sum::<f64>(), 6.0);
        assert_eq!(overlay.scale(), 0.5);
        assert_eq!(Overlay::of_values("t", "x", ["a", "b"], [vec![], vec![f64::NAN]]), None);
    }

    #[test]
    fn the_ratio_has_the_errors_of_both() {
        let counts = [vec![100.0, 0.0], vec![50.0, 50.0]];
        let (title, x_label) = (String::new(), String::new());
        let names = ["a".to_owned(), "b".to_owned()];
        let overlay = Overlay { title, x_label, names, edges: vec![0.0, 1.0, 2.0], counts };
        let (ratio, error) = overlay.ratio(0).unwrap();
        assert!((ratio - 0.5).abs() < 1e-12);
        assert!((error - 0.5 * 0.03_f64.sqrt()).abs() < 1e-12);
        assert_eq!(overlay.ratio(1), None);
    }
}
