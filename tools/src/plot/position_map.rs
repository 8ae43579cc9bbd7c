//! Maps of hit positions, one panel per sensor.

use std::path::Path;

use plotters::prelude::*;
use plotters::style::text_anchor::{HPos, VPos};

use super::PlotError;
use super::axes::Axis;
use super::canvas::{Canvas, Drawn, draw_png};
use super::colour::heat;
use super::frame::{Area, Frame, Lettering, text, write};
use crate::number::{counted, grouped};

/// Most panels in one picture.
pub const MOST_PANELS: usize = 12;

const PANEL: (i32, i32) = (400, 400);
const SIDE: i32 = 280;
const HEADER: i32 = 64;
const KEY_WIDTH: i32 = 130;
const LEAST_WIDTH: i32 = 700;
/// Cells along a side of a panel; all divide [`SIDE`].
const CELLS: [usize; 5] = [56, 40, 28, 20, 14];
const LETTERING: Lettering = Lettering { size: 18, y_label_offset: 66, labels: (4, 4) };

/// The hits of one sensor.
#[derive(Debug, Clone, PartialEq)]
pub struct SensorPositions {
    /// What the panel is called, `sensor 3`.
    pub name: String,
    /// Positions in the global frame, mm, all finite.
    pub positions_mm: Vec<[f32; 3]>,
}

/// The hits of a sensor, projected and counted in square cells.
struct Panel {
    title: String,
    frame: Frame,
    /// Cells along a side.
    side: usize,
    /// Counts of cells, rows from the bottom.
    cells: Vec<u64>,
}

/// Saves a picture of the positions of each sensor's hits, projected on the two axes along which they spread most, at
/// `path`. Sensors are shown in the given order, at most [`MOST_PANELS`] of them.
///
/// # Errors
/// [`PlotError::Empty`] where no sensor has a hit; [`PlotError::Write`] and [`PlotError::Draw`] otherwise.
pub fn position_map_png(title: &str, sensors: &[SensorPositions], path: &Path) -> Result<(), PlotError> {
    let shown: Vec<_> = sensors.iter().filter(|s| !s.positions_mm.is_empty()).take(MOST_PANELS).collect();
    if shown.is_empty() {
        return Err(PlotError::Empty {
            path: path.to_path_buf(),
            reason: "there is no hit with a finite position",
        });
    }
    let columns = (shown.len() as f64).sqrt().ceil() as i32;
    let rows = (shown.len() as i32 + columns - 1) / columns;
    let width = columns * PANEL.0 + KEY_WIDTH;
    let size = (width.max(LEAST_WIDTH) as u32, (HEADER + rows * PANEL.1) as u32);
    draw_png(path, size, |canvas| {
        write(canvas, title, (28, 18), &text(26, HPos::Left, VPos::Top))?;
        for (i, sensor) in shown.iter().enumerate() {
            let (column, row) = (i as i32 % columns, i as i32 / columns);
            let corner = (column * PANEL.0 + 96, HEADER + row * PANEL.1 + 36);
            draw_panel(canvas, &panel(sensor, corner))?;
        }
        draw_key(canvas, (width - KEY_WIDTH + 20, HEADER + 36))
    })
}

fn panel(sensor: &SensorPositions, corner: (i32, i32)) -> Panel {
    let spread = [0, 1, 2].map(|axis| extent(&sensor.positions_mm, axis));
    let (horizontal, vertical) = two_widest(spread.map(|(low, high)| high - low));
    let widest = [horizontal, vertical].map(|i| spread[i].1 - spread[i].0).into_iter().fold(1e-3, f64::max);
    let span = round_span(1.04 * widest);
    let axis = |i: usize| {
        let middle = 0.5 * (spread[i].0 + spread[i].1);
        Axis::linear(middle - 0.5 * span, middle + 0.5 * span, format!("{} (mm)", ["x", "y", "z"][i]))
    };
    let area = Area { left: corner.0, top: corner.1, right: corner.0 + SIDE, bottom: corner.1 + SIDE };
    let frame = Frame { x: axis(horizontal), y: axis(vertical), area };
    let side = cells_along(sensor.positions_mm.len());
    let mut cells = vec![0; side * side];
    for position in &sensor.positions_mm {
        let cell =
            |axis: &Axis, x: f32| (axis.fraction(f64::from(x)).clamp(0.0, 0.999_999) * side as f64) as usize;
        cells[cell(&frame.y, position[vertical]) * side + cell(&frame.x, position[horizontal])] += 1;
    }
    let most = cells.iter().max().copied().unwrap_or(0);
    let hits = counted(sensor.positions_mm.len() as u64, "hit", "hits");
    Panel { title: format!("{}: {hits}, at most {} a cell", sensor.name, grouped(most)), frame, side, cells }
}

/// As many cells as still hold two hits on average.
fn cells_along(hits: usize) -> usize {
    CELLS.into_iter().find(|side| 2 * side * side <= hits).unwrap_or(14)
}

/// The next of 50 steps a decade: sensors of one kind get panels of one scale.
fn round_span(least: f64) -> f64 {
    10f64.powf((least.log10() * 50.0).ceil() / 50.0)
}

/// Smallest and largest coordinate along an axis.
fn extent(positions_mm: &[[f32; 3]], axis: usize) -> (f64, f64) {
    positions_mm
        .iter()
        .map(|p| f64::from(p[axis]))
        .fold((f64::INFINITY, f64::NEG_INFINITY), |(low, high), x| (low.min(x), high.max(x)))
}

/// The axes of the two largest widths, in alphabetical order; of equal ones the first.
fn two_widest(widths: [f64; 3]) -> (usize, usize) {
    let narrowest = (0..3).rev().min_by(|&a, &b| widths[a].total_cmp(&widths[b])).unwrap_or(2);
    match narrowest {
        0 => (1, 2),
        1 => (0, 2),
        _ => (0, 1),
    }
}

fn draw_panel(canvas: &Canvas, panel: &Panel) -> Drawn {
    let Area { left, top, right, bottom } = panel.frame.area;
    let most = panel.cells.iter().max().copied().unwrap_or(0).max(1) as f64;
    panel.frame.draw_grid(canvas, LETTERING)?;
    let edge_x = |i: usize| left + ((right - left) * i as i32) / panel.side as i32;
    let edge_y = |i: usize| bottom - ((bottom - top) * i as i32) / panel.side as i32;
    for (i, &count) in panel.cells.iter().enumerate().filter(|(_, n)| **n > 0) {
        let (column, row) = (i % panel.side, i / panel.side);
        let corners = [(edge_x(column), edge_y(row + 1)), (edge_x(column + 1), edge_y(row))];
        canvas.draw(&Rectangle::new(corners, heat(count as f64 / most).filled()))?;
    }
    panel.frame.draw_axes(canvas, LETTERING)?;
    write(canvas, &panel.title, (left, top - 26), &text(18, HPos::Left, VPos::Top))
}

/// The colour scale: each panel's own, from an empty cell to its fullest.
fn draw_key(canvas: &Canvas, corner: (i32, i32)) -> Drawn {
    let (left, top) = corner;
    for row in 0..SIDE {
        let colour = heat(1.0 - f64::from(row) / f64::from(SIDE - 1));
        canvas.draw(&Rectangle::new([(left, top + row), (left + 22, top + row + 1)], colour.filled()))?;
    }
    let style = |vertical| text(18, HPos::Left, vertical);
    write(canvas, "most", (left + 30, top), &style(VPos::Top))?;
    write(canvas, "hits", (left + 30, top + SIDE / 2 - 11), &style(VPos::Center))?;
    write(canvas, "a cell", (left + 30, top + SIDE / 2 + 11), &style(VPos::Center))?;
    write(canvas, "few", (left + 30, top + SIDE), &style(VPos::Bottom))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_disc_is_seen_along_its_axis() {
        assert_eq!(two_widest([200.0, 200.0, 0.0]), (0, 1));
        assert_eq!(two_widest([0.0, 200.0, 200.0]), (1, 2));
        assert_eq!(two_widest([200.0, 0.0, 200.0]), (0, 2));
        assert_eq!(two_widest([0.0; 3]), (0, 1));
    }

    #[test]
    fn few_hits_get_large_cells() {
        assert_eq!([0, 100, 1000, 5000, 1_000_000].map(cells_along), [14, 14, 20, 40, 56]);
        assert!(CELLS.iter().all(|side| (SIDE as usize).is_multiple_of(*side)));
    }

    #[test]
    fn cells_hold_every_hit() {
        let positions_mm = (0..500).map(|i| [i as f32, (i * 7 % 100) as f32, 5.0]).collect();
        let panel = panel(&SensorPositions { name: "sensor 1".into(), positions_mm }, (0, 0));
        assert_eq!(panel.cells.iter().sum::<u64>(), 500);
        assert!(panel.title.starts_with("sensor 1: 500 hits"));
    }
}
