//! The frame of a plot: two axes with ticks, grid and labels, and the pixels of values inside it.

use plotters::prelude::*;
use plotters::style::text_anchor::{HPos, Pos, VPos};

use super::axes::Axis;
use super::canvas::{Canvas, Drawn, FONT};
use super::colour::{GRID, INK};

/// Where a plot lies on the canvas, in pixels from the top left.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Area {
    /// Left edge of the frame.
    pub(crate) left: i32,
    /// Top edge.
    pub(crate) top: i32,
    /// Right edge.
    pub(crate) right: i32,
    /// Bottom edge.
    pub(crate) bottom: i32,
}

/// Sizes of a plot's text and the number of its labels.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Lettering {
    /// Size of labels, pixels.
    pub(crate) size: i32,
    /// Pixels from the frame's left edge to the middle of the y label.
    pub(crate) y_label_offset: i32,
    /// About how many labels along x and along y.
    pub(crate) labels: (usize, usize),
}

/// A plot area with its axes.
#[derive(Debug)]
pub(crate) struct Frame {
    /// Horizontal axis.
    pub(crate) x: Axis,
    /// Vertical axis.
    pub(crate) y: Axis,
    /// Place on the canvas.
    pub(crate) area: Area,
}

/// Text style of `size` pixels, anchored at `pos`.
pub(crate) fn text(size: i32, horizontal: HPos, vertical: VPos) -> TextStyle<'static> {
    TextStyle::from((FONT, size)).color(&INK).pos(Pos::new(horizontal, vertical))
}

/// Writes `words` at the pixel `at`.
pub(crate) fn write(canvas: &Canvas, words: &str, at: (i32, i32), style: &TextStyle) -> Drawn {
    Ok(canvas.draw_text(words, style, at)?)
}

/// A straight line of `width` pixels.
pub(crate) fn line(canvas: &Canvas, from: (i32, i32), to: (i32, i32), colour: RGBColor, width: u32) -> Drawn {
    Ok(canvas.draw(&PathElement::new([from, to], colour.stroke_width(width)))?)
}

impl Frame {
    /// The pixel column of `x`, kept inside the frame.
    pub(crate) fn column(&self, x: f64) -> i32 {
        let width = f64::from(self.area.right - self.area.left);
        self.area.left + (self.x.fraction(x).clamp(0.0, 1.0) * width).round() as i32
    }

    /// The pixel row of `y`, kept inside the frame.
    pub(crate) fn row(&self, y: f64) -> i32 {
        let height = f64::from(self.area.bottom - self.area.top);
        self.area.bottom - (self.y.fraction(y).clamp(0.0, 1.0) * height).round() as i32
    }

    /// The grid lines: to be drawn before the data.
    pub(crate) fn draw_grid(&self, canvas: &Canvas, lettering: Lettering) -> Drawn {
        let Area { left, top, right, bottom } = self.area;
        for tick in self.x.ticks(lettering.labels.0).iter().filter(|t| !t.label.is_empty()) {
            let column = self.at_column(tick.fraction);
            line(canvas, (column, top), (column, bottom), GRID, 1)?;
        }
        for tick in self.y.ticks(lettering.labels.1).iter().filter(|t| !t.label.is_empty()) {
            let row = self.at_row(tick.fraction);
            line(canvas, (left, row), (right, row), GRID, 1)?;
        }
        Ok(())
    }

    /// Box, ticks and labels: to be drawn after the data.
    pub(crate) fn draw_axes(&self, canvas: &Canvas, lettering: Lettering) -> Drawn {
        let Area { left, top, right, bottom } = self.area;
        canvas.draw(&Rectangle::new([(left, top), (right, bottom)], INK.stroke_width(1)))?;
        self.draw_x_ticks(canvas, lettering)?;
        self.draw_y_ticks(canvas, lettering)?;
        let size = lettering.size;
        let middle = ((left + right) / 2, (top + bottom) / 2);
        let below = text(size, HPos::Center, VPos::Top);
        write(canvas, self.x.label(), (middle.0, bottom + 12 + size), &below)?;
        let turned = text(size, HPos::Center, VPos::Center).transform(FontTransform::Rotate270);
        write(canvas, self.y.label(), (left - lettering.y_label_offset, middle.1), &turned)
    }

    fn draw_x_ticks(&self, canvas: &Canvas, lettering: Lettering) -> Drawn {
        let bottom = self.area.bottom;
        let style = text(lettering.size, HPos::Center, VPos::Top);
        for tick in self.x.ticks(lettering.labels.0) {
            let column = self.at_column(tick.fraction);
            let length = if tick.label.is_empty() { 3 } else { 6 };
            line(canvas, (column, bottom), (column, bottom + length), INK, 1)?;
            write(canvas, &tick.label, (column, bottom + 9), &style)?;
        }
        Ok(())
    }

    fn draw_y_ticks(&self, canvas: &Canvas, lettering: Lettering) -> Drawn {
        let left = self.area.left;
        let style = text(lettering.size, HPos::Right, VPos::Center);
        for tick in self.y.ticks(lettering.labels.1) {
            let row = self.at_row(tick.fraction);
            let length = if tick.label.is_empty() { 3 } else { 6 };
            line(canvas, (left - length, row), (left, row), INK, 1)?;
            write(canvas, &tick.label, (left - 9, row), &style)?;
        }
        Ok(())
    }

    fn at_column(&self, fraction: f64) -> i32 {
        self.area.left + (fraction * f64::from(self.area.right - self.area.left)).round() as i32
    }

    fn at_row(&self, fraction: f64) -> i32 {
        self.area.bottom - (fraction * f64::from(self.area.bottom - self.area.top)).round() as i32
    }
}
