//! The pixels of a cross-section.

use std::collections::{BTreeMap, BTreeSet};

use g4ok::DetectorGeometry;
use optixrap::trace::geometry::NONE;
use plotters::style::RGBColor;

use super::node_map::NodeMap;
use super::palette::{DISPUTED, SENSOR, line_colour};
use super::{Image, MaterialColours};
use crate::plot::frame::Area;

/// Grid cells along the side of a pixel.
pub(super) const FINE: usize = 2;

/// Colours the pixels of the area.
pub(super) struct Painter<'a> {
    geometry: &'a DetectorGeometry,
    colours: MaterialColours,
    map: &'a NodeMap,
    area: Area,
    surfaces: BTreeSet<u32>,
}

impl<'a> Painter<'a> {
    pub(super) fn new(geometry: &'a DetectorGeometry, map: &'a NodeMap, area: Area) -> Self {
        let colours = MaterialColours::of(geometry.detector());
        Self { geometry, colours, map, area, surfaces: BTreeSet::new() }
    }

    /// The surfaces that lines were drawn for.
    pub(super) fn surfaces(&self) -> Vec<u32> {
        self.surfaces.iter().copied().collect()
    }

    /// The pixel of a cell.
    fn pixel(&self, column: usize, row: usize) -> (u32, u32) {
        let x = self.area.left + (column / FINE) as i32;
        let y = self.area.bottom - 1 - (row / FINE) as i32;
        (x as u32, y as u32)
    }

    /// The colour of each pixel is the mean of its cells'.
    pub(super) fn fill(&self, image: &mut Image, disputed: &BTreeMap<usize, [u32; 2]>) {
        for row in (0..self.map.height).step_by(FINE) {
            for column in (0..self.map.width).step_by(FINE) {
                let mut sum = [0u32; 3];
                for cell in 0..FINE * FINE {
                    let colour = self.cell(column + cell % FINE, row + cell / FINE, disputed);
                    sum.iter_mut().zip(colour).for_each(|(s, c)| *s += u32::from(c));
                }
                let (x, y) = self.pixel(column, row);
                image.set(x, y, sum.map(|s| (s / (FINE * FINE) as u32) as u8));
            }
        }
    }

    fn cell(&self, column: usize, row: usize, disputed: &BTreeMap<usize, [u32; 2]>) -> [u8; 3] {
        let node = self.map.at(column, row);
        // Stripes, so that what claims the place is still seen.
        if disputed.contains_key(&(row * self.map.width + column)) && ((column + row) / 6).is_multiple_of(2) {
            return rgb(DISPUTED);
        }
        if node == NONE {
            return [255; 3];
        }
        self.colours.rgb(self.geometry.scene().geometry().record(node).material)
    }

    /// A line wherever two touchables meet; two pixels wide in the surface's colour where there is an optical surface.
    pub(super) fn boundaries(&mut self, image: &mut Image) {
        let mut known: BTreeMap<(u32, u32), Option<u32>> = BTreeMap::new();
        let mut over = Vec::new();
        for row in 0..self.map.height {
            for column in 0..self.map.width {
                let here = self.map.at(column, row);
                for (c, r) in [(column + 1, row), (column, row + 1)] {
                    if c >= self.map.width || r >= self.map.height || self.map.at(c, r) == here {
                        continue;
                    }
                    let pair = (here, self.map.at(c, r));
                    let surface = *known.entry(pair).or_insert_with(|| self.surface(pair));
                    match surface {
                        Some(surface) => {
                            self.surfaces.insert(surface);
                            let colour = rgb(surface_colour(self.geometry, surface));
                            let sensor = is_sensor(self.geometry, surface);
                            over.extend([
                                (sensor, self.pixel(column, row), colour),
                                (sensor, self.pixel(c, r), colour),
                            ]);
                        }
                        None => {
                            let (x, y) = self.pixel(column, row);
                            image.set(x, y, [70; 3]);
                        }
                    }
                }
            }
        }
        over.sort_by_key(|(sensor, _, _)| *sensor);
        over.into_iter().for_each(|(_, (x, y), colour)| image.set(x, y, colour));
    }

    /// The optical surface between two nodes. Where photons of the two directions meet different ones, a sensor is drawn
    /// before a border, and a border before the skin of a volume.
    fn surface(&self, (a, b): (u32, u32)) -> Option<u32> {
        if a == NONE || b == NONE {
            return None;
        }
        let g = self.geometry.scene().geometry();
        let skins = [a, b].map(|node| g.volume_of(node).skin_surface);
        let rank = |&s: &u32| (!is_sensor(self.geometry, s), skins.contains(&s), s);
        let met = [g.surface_between(a, b), g.surface_between(b, a)];
        met.into_iter().filter(|&s| s != NONE).min_by_key(rank)
    }
}

fn rgb(RGBColor(r, g, b): RGBColor) -> [u8; 3] {
    [r, g, b]
}

/// Whether an optical surface detects.
pub(super) fn is_sensor(geometry: &DetectorGeometry, surface: u32) -> bool {
    geometry.scene().view().tables.surfaces.get(surface as usize).is_some_and(|s| s.is_sensor != 0)
}

/// The colour of an optical surface's line.
pub(super) fn surface_colour(geometry: &DetectorGeometry, surface: u32) -> RGBColor {
    if is_sensor(geometry, surface) { SENSOR } else { line_colour(surface) }
}
