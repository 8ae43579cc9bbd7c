//! A picture in memory.

use std::io::Write;
use std::path::Path;

use npy::{AtomicFile, NpyError};
use plotters::style::text_anchor::{HPos, VPos};

use super::RenderError;
use crate::plot::canvas::{Canvas, Drawn, draw_on};
use crate::plot::frame::{text, write};

/// Pixels of red, green and blue, row by row from the top left.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Image {
    width: u32,
    height: u32,
    rgb: Vec<u8>,
}

impl Image {
    /// A white image.
    ///
    /// # Errors
    /// [`RenderError::Size`] unless each side has 200 to 4096 pixels.
    pub fn new(width: u32, height: u32) -> Result<Self, RenderError> {
        if !(200..=4096).contains(&width) || !(200..=4096).contains(&height) {
            return Err(RenderError::Size { width, height });
        }
        Ok(Self { width, height, rgb: vec![255; 3 * width as usize * height as usize] })
    }

    /// Pixels across.
    pub fn width(&self) -> u32 {
        self.width
    }

    /// Pixels down.
    pub fn height(&self) -> u32 {
        self.height
    }

    /// The colour of a pixel; `None` outside.
    pub fn pixel(&self, column: u32, row: u32) -> Option<[u8; 3]> {
        let at = self.at(column, row)?;
        Some([self.rgb[at], self.rgb[at + 1], self.rgb[at + 2]])
    }

    /// Colours a pixel; nothing happens outside.
    pub(super) fn set(&mut self, column: u32, row: u32, colour: [u8; 3]) {
        if let Some(at) = self.at(column, row) {
            self.rgb[at..at + 3].copy_from_slice(&colour);
        }
    }

    fn at(&self, column: u32, row: u32) -> Option<usize> {
        let inside = column < self.width && row < self.height;
        inside.then_some(3 * (row as usize * self.width as usize + column as usize))
    }

    /// Draws lines and text over the pixels.
    pub(crate) fn draw(&mut self, draw: impl FnOnce(&Canvas) -> Drawn) -> Result<(), RenderError> {
        draw_on(&mut self.rgb, (self.width, self.height), draw).map_err(RenderError::draw)
    }

    /// Writes a caption, as the name of the drawn file, at the top right.
    ///
    /// # Errors
    /// [`RenderError::Draw`] where drawing fails.
    pub fn caption(&mut self, words: &str) -> Result<(), RenderError> {
        let at = (self.width as i32 - 14, 8);
        self.draw(|canvas| write(canvas, words, at, &text(18, HPos::Right, VPos::Top)))
    }

    /// The bytes of the PNG file.
    ///
    /// # Errors
    /// [`RenderError::Draw`] where encoding fails.
    pub fn to_png(&self) -> Result<Vec<u8>, RenderError> {
        let mut bytes = Vec::new();
        let mut encoder = png::Encoder::new(&mut bytes, self.width, self.height);
        encoder.set_color(png::ColorType::Rgb);
        encoder.set_depth(png::BitDepth::Eight);
        encoder.set_compression(png::Compression::Best);
        encoder.set_adaptive_filter(png::AdaptiveFilterType::Adaptive);
        let mut writer = encoder.write_header().map_err(RenderError::draw)?;
        writer.write_image_data(&self.rgb).map_err(RenderError::draw)?;
        writer.finish().map_err(RenderError::draw)?;
        Ok(bytes)
    }

    /// Saves the image as a PNG file, which is complete or absent; a missing folder is made.
    ///
    /// # Errors
    /// [`RenderError::Write`] where the file cannot be written.
    pub fn save(&self, path: &Path) -> Result<(), RenderError> {
        let bytes = self.to_png()?;
        let mut file = AtomicFile::create(path)?;
        file.write_all(&bytes).map_err(|source| NpyError::Io {
            action: "write",
            path: path.to_owned(),
            source,
        })?;
        Ok(file.finish()?)
    }
}
