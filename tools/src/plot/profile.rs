//! Memory against event number, with fitted lines.

use std::path::Path;

use plotters::prelude::*;
use plotters::style::text_anchor::{HPos, VPos};
use sysrap::{Growth, LineFit, Report};

use super::PlotError;
use super::axes::Axis;
use super::canvas::{Canvas, Drawn, draw_png};
use super::colour::{BLUE, GREY, ORANGE};
use super::frame::{Area, Frame, Lettering, line, text, write};
use crate::number::{grouped, short};

const SIZE: (u32, u32) = (1000, 860);
const LETTERING: Lettering = Lettering { size: 22, y_label_offset: 110, labels: (8, 5) };
const AREAS: [Area; 2] = [
    Area { left: 135, top: 100, right: 970, bottom: 390 },
    Area { left: 135, top: 500, right: 970, bottom: 790 },
];
const MOST_POINTS: usize = 20_000;

/// Saves a picture of 1000 x 860 pixels at `path`: virtual and resident memory against the stamp's number, with the
/// least-squares lines of all stamps and of those after the first tenth.
///
/// `rows` are stamps: time in s, VM in MB, RSS in MB, unused. A MB is 1000 KiB here, as in the profiles' files.
///
/// # Errors
/// [`PlotError::Empty`] without rows or with a value that is not finite; [`PlotError::Write`] and [`PlotError::Draw`]
/// otherwise.
pub fn profile_png(rows: &[[f64; 4]], path: &Path) -> Result<(), PlotError> {
    let empty = |reason| Err(PlotError::Empty { path: path.to_path_buf(), reason });
    if rows.is_empty() {
        return empty("there is no stamp");
    }
    if !rows.iter().flatten().all(|x| x.is_finite()) {
        return empty("a stamp holds a value that is not finite");
    }
    draw_png(path, SIZE, |canvas| {
        let title = format!("memory at {} stamps (1 MB = 1000 KiB)", grouped(rows.len() as u64));
        write(canvas, &title, (AREAS[0].left, 18), &text(28, HPos::Left, VPos::Top))?;
        let report = Report::of(rows, 0.0);
        draw_series(canvas, rows, &report.vm, frame(rows, &report.vm, "VM (MB)", AREAS[0]))?;
        draw_series(canvas, rows, &report.rss, frame(rows, &report.rss, "RSS (MB)", AREAS[1]))
    })
}

/// The values of the column whose growth it is: stamps may be many, and are not copied.
fn series<'a>(rows: &'a [[f64; 4]], growth: &Growth) -> impl Iterator<Item = f64> + use<'a> {
    let column = growth.column as usize;
    rows.iter().map(move |row| row[column])
}

/// The frame of a series and of its fitted lines, as far as they do not reach further beyond it than it is high.
fn frame(rows: &[[f64; 4]], growth: &Growth, label: &str, area: Area) -> Frame {
    let least = series(rows, growth).fold(f64::INFINITY, f64::min);
    let most = series(rows, growth).fold(f64::NEG_INFINITY, f64::max);
    let (last, reach) = (rows.len().saturating_sub(1) as f64, most - least);
    let fits = [(growth.whole, 0.0), (growth.warm, rows.len().div_ceil(10) as f64)];
    let ends =
        fits.into_iter().filter_map(|(fit, first)| fit.map(|fit| (fit, first))).flat_map(|(fit, first)| {
            [fit.intercept, fit.intercept + fit.slope * (last - first)]
                .map(|y| y.clamp(least - reach, most + reach))
        });
    let (low, high) = ends.fold((least, most), |(low, high), y| (low.min(y), high.max(y)));
    let margin = (0.08 * (high - low)).max(0.05);
    let x = Axis::numbered(0.0, rows.len().max(2) as f64 - 1.0, "event");
    Frame { x, y: Axis::linear(low - margin, high + margin, label), area }
}

fn draw_series(canvas: &Canvas, rows: &[[f64; 4]], growth: &Growth, frame: Frame) -> Drawn {
    frame.draw_grid(canvas, LETTERING)?;
    for (i, value) in series(rows, growth).enumerate().step_by(rows.len().div_ceil(MOST_POINTS)) {
        let at = (frame.column(i as f64), frame.row(value));
        canvas.draw(&Circle::new(at, 3, BLUE.mix(0.55).filled()))?;
    }
    let warm = rows.len().div_ceil(10);
    let fits = [(growth.whole, 0, GREY, "all events"), (growth.warm, warm, ORANGE, "after the first tenth")];
    let mut column = frame.area.left;
    for (fit, first, colour, which) in fits {
        let words = match fit {
            Some(fit) => {
                draw_fit(canvas, &frame, &fit, first, colour)?;
                let error = fit.slope_error.map(|error| format!(" ± {}", short(error, 1)));
                format!("{which}: {}{} MB/event", short(fit.slope, 3), error.unwrap_or_default())
            }
            None => format!("{which}: too few to fit"),
        };
        let row = frame.area.top - 16;
        // No line stands for one that is not there.
        if fit.is_some() {
            line(canvas, (column, row), (column + 34, row), colour, 3)?;
        }
        write(canvas, &words, (column + 44, row), &text(22, HPos::Left, VPos::Center))?;
        column += 400;
    }
    frame.draw_axes(canvas, LETTERING)
}

/// The fitted line from stamp `first` to the last, cut at the frame.
fn draw_fit(canvas: &Canvas, frame: &Frame, fit: &LineFit, first: usize, colour: RGBColor) -> Drawn {
    const PARTS: usize = 200;
    let (start, end) = (first as f64, frame.x.high());
    let inside = |y: f64| y >= frame.y.low() && y <= frame.y.high();
    let at = |part: usize| {
        let x = start + (end - start) * part as f64 / PARTS as f64;
        (x, fit.intercept + fit.slope * (x - start))
    };
    for part in 0..PARTS {
        let (a, b) = (at(part), at(part + 1));
        if inside(a.1) && inside(b.1) {
            let pixel = |p: (f64, f64)| (frame.column(p.0), frame.row(p.1));
            line(canvas, pixel(a), pixel(b), colour, 2)?;
        }
    }
    Ok(())
}
