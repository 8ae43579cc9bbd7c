//! A cross-section: the material at every point of a plane.

use std::collections::{BTreeMap, BTreeSet};

use cfg4::detector::without_pointer;
use g4ok::DetectorGeometry;
use optixrap::trace::geometry::NONE;
use plotters::prelude::*;
use plotters::style::text_anchor::{HPos, VPos};

use super::fit::{bounds, fitted};
use super::labels::{LETTERS, labels};
use super::legend::{Entry, draw_legend};
use super::node_map::{Grid, NodeMap};
use super::palette::{DISPUTED, HIT, PATH, SENSOR, line_colour};
use super::visibility::Visibility;
use super::{Cut, Image, Markers, MaterialColours, RenderError};
use crate::number::{grouped, short};
use crate::plot::canvas::{Canvas, Drawn};
use crate::plot::frame::{Area, Frame, Lettering, text, write};

const LETTERING: Lettering = Lettering { size: 18, y_label_offset: 78, labels: (8, 8) };
const LEGEND: i32 = 260;
/// Grid cells along the side of a pixel.
const FINE: usize = 2;

/// What a cross-section shows.
#[derive(Debug, Clone, PartialEq)]
pub struct Section {
    /// The plane.
    pub cut: Cut,
    /// Pixels across and down.
    pub size: (u32, u32),
    /// Volumes or placements that are not drawn: what is around them is.
    pub hide: Vec<String>,
    /// Low and high end, mm, along the axis to the right and the one up; everything where `None`.
    pub window_mm: Option<[f64; 4]>,
    /// Hits and paths up to this far from the plane are drawn; a fortieth of the geometry's extent where `None`.
    pub slab_mm: Option<f64>,
}

/// A picture of a plane and what is in it.
#[derive(Debug, Clone, PartialEq)]
pub struct CrossSection {
    /// The image.
    pub image: Image,
    /// Where the picture lies in the image: left, top, right, bottom, pixels.
    pub area: [i32; 4],
    /// What the area shows: low and high end along the axis to the right, and along the one up, mm.
    pub shown_mm: [f64; 4],
    /// The volumes met: name, material, and how many touchables of it.
    pub volumes: Vec<(String, String, usize)>,
    /// The optical surfaces met.
    pub surfaces: Vec<String>,
    /// Pairs of touchables that claim the same points, by their paths: volumes that overlap or stick out of their mother.
    pub disputed: Vec<[String; 2]>,
}

/// Draws the materials in a plane, boundaries, surfaces, sensors, and names where they fit.
///
/// The plane is moved by 4e-6 of the world's size, so that faces which lie in it are on one side of it. Layers thinner
/// than a pixel are shown half a pixel thick. The image does not depend on the number of threads (those of the current pool).
///
/// # Errors
/// [`RenderError`] for a plane or a window that shows nothing, or names that do not exist.
pub fn cross_section(
    geometry: &DetectorGeometry,
    section: &Section,
    markers: &Markers,
) -> Result<CrossSection, RenderError> {
    let (width, height) = (section.size.0 as i32, section.size.1 as i32);
    let mut image = Image::new(section.size.0, section.size.1)?;
    let visibility = Visibility::new(geometry, &section.hide, false)?;
    let legend = if width > 3 * LEGEND { LEGEND } else { 10 };
    let area = Area { left: 96, top: 56, right: width - legend - 24, bottom: height - 74 };
    let (frame, extent_mm) = frame(geometry, section, area)?;
    let view = geometry.scene().view();
    let pixels = ((area.right - area.left) as usize, (area.bottom - area.top) as usize);
    let cell_mm = (frame.x.high() - frame.x.low()) / (FINE * pixels.0) as f64;
    let moved = section.cut.at_mm + 8.0 * f64::from(view.geometry.volume_of(0).tolerance_mm);
    let grid = Grid {
        cut: Cut { at_mm: moved, ..section.cut },
        low: [frame.x.low(), frame.y.low()],
        cell_mm,
        size: (FINE * pixels.0, FINE * pixels.1),
    };
    let (mut map, disputed) = NodeMap::new(&view.geometry, &grid);
    let disputed = blocks(&map, disputed);
    show_around_hidden(geometry, &visibility, &mut map);
    let mut painter = Painter {
        geometry,
        colours: MaterialColours::of(geometry.detector()),
        map: &map,
        area,
        surfaces: BTreeSet::new(),
    };
    painter.fill(&mut image, &disputed);
    painter.boundaries(&mut image);
    let surfaces: Vec<u32> = painter.surfaces.iter().copied().collect();
    let volumes = volumes(geometry, &map);
    let slab_mm = section.slab_mm.unwrap_or(extent_mm / 40.0);
    let mut entries = entries(geometry, &map, &surfaces, &volumes);
    marker_entries(&mut entries, markers, slab_mm);
    if !disputed.is_empty() {
        entries.insert(0, Entry::Fill(DISPUTED, "OVERLAP: volumes dispute".into()));
    }
    let coarse = coarse(&map);
    let placed = labels(&coarse, |node| (node != 0).then(|| volume_name(geometry, node)));
    image.draw(|canvas| {
        let title = format!("{} = {} mm", section.cut.axis.name(), short(section.cut.at_mm, 9));
        write(canvas, &title, (28, 14), &text(24, HPos::Left, VPos::Top))?;
        for label in &placed {
            let at = (area.left + label.column as i32, area.bottom - label.row as i32);
            write(canvas, &label.words, at, &text(LETTERS, HPos::Center, VPos::Center))?;
        }
        draw_markers(canvas, &frame, section.cut, slab_mm, markers)?;
        frame.draw_axes(canvas, LETTERING)?;
        let corner = (area.right + 20, area.top);
        if legend == LEGEND {
            draw_legend(canvas, &entries, corner, (LEGEND - 10, height - 10))
        } else {
            Ok(())
        }
    })?;
    let shown_mm = [frame.x.low(), frame.x.high(), frame.y.low(), frame.y.high()];
    Ok(CrossSection {
        image,
        area: [area.left, area.top, area.right, area.bottom],
        shown_mm,
        volumes,
        surfaces: surfaces.iter().map(|&s| surface_name(geometry, s)).collect(),
        disputed: disputed_names(geometry, &disputed),
    })
}

/// The frame of the picture, and the extent of the geometry across the plane, mm.
fn frame(geometry: &DetectorGeometry, section: &Section, area: Area) -> Result<(Frame, f64), RenderError> {
    let cut = section.cut;
    let (low, high) = bounds(&geometry.scene().view().geometry);
    let (from, to) = (low[cut.axis.index()], high[cut.axis.index()]);
    if cut.at_mm < from || cut.at_mm > to {
        return Err(RenderError::Misses {
            cut: cut.to_string(),
            axis: cut.axis.name(),
            low: short(from, 6),
            high: short(to, 6),
        });
    }
    let axes = cut.axis.others();
    let ranges = match section.window_mm {
        Some([a, b, c, d]) => [(a, b), (c, d)],
        None => axes.map(|axis| {
            let (low, high) = (low[axis.index()], high[axis.index()]);
            let margin = 0.03 * (high - low);
            (low - margin, high + margin)
        }),
    };
    let labels = axes.map(|axis| format!("{} (mm)", axis.name()));
    Ok((fitted(area, ranges, &labels), to - from))
}

/// Of the cells that are disputed, those in a block of 4 x 4: what is thinner is rounding at a boundary.
fn blocks(map: &NodeMap, disputed: Vec<(usize, [u32; 2])>) -> BTreeMap<usize, [u32; 2]> {
    let all: BTreeMap<usize, [u32; 2]> = disputed.into_iter().collect();
    let mut kept = BTreeMap::new();
    for &at in all.keys() {
        let block = (0..4).flat_map(|up| (0..4).map(move |right| at + up * map.width + right));
        if block.clone().all(|cell| all.contains_key(&cell)) {
            kept.extend(block.filter_map(|cell| all.get(&cell).map(|pair| (cell, *pair))));
        }
    }
    kept
}

/// Gives the cells of hidden volumes to what is around them.
fn show_around_hidden(geometry: &DetectorGeometry, visibility: &Visibility, map: &mut NodeMap) {
    for node in &mut map.nodes {
        while *node != NONE && *node != 0 && visibility.look(*node).opacity == 0.0 {
            *node = geometry.scene().nodes()[*node as usize].parent;
        }
    }
}

/// A cell per pixel.
fn coarse(map: &NodeMap) -> NodeMap {
    let (width, height) = (map.width / FINE, map.height / FINE);
    let nodes = (0..width * height).map(|i| map.at(FINE * (i % width), FINE * (i / width))).collect();
    NodeMap { width, height, nodes }
}

/// Colours the pixels of the area.
struct Painter<'a> {
    geometry: &'a DetectorGeometry,
    colours: MaterialColours,
    map: &'a NodeMap,
    area: Area,
    /// The surfaces met.
    surfaces: BTreeSet<u32>,
}

impl Painter<'_> {
    /// The pixel of a cell.
    fn pixel(&self, column: usize, row: usize) -> (u32, u32) {
        let x = self.area.left + (column / FINE) as i32;
        let y = self.area.bottom - 1 - (row / FINE) as i32;
        (x as u32, y as u32)
    }

    /// The colour of each pixel is the mean of its cells'.
    fn fill(&self, image: &mut Image, disputed: &BTreeMap<usize, [u32; 2]>) {
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
        if disputed.contains_key(&(row * self.map.width + column)) && (column + row) / 6 % 2 == 0 {
            return rgb(DISPUTED);
        }
        match self.geometry.scene().nodes().get(node as usize) {
            Some(record) => self.colours.rgb(record.material),
            None => [255; 3],
        }
    }

    /// A line wherever two touchables meet; two pixels wide in the surface's colour where there is an optical surface.
    fn boundaries(&mut self, image: &mut Image) {
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
                            let colour = rgb(self.surface_colour(surface));
                            let sensor = self.is_sensor(surface);
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

    /// The optical surface between two nodes, in either direction.
    fn surface(&self, (a, b): (u32, u32)) -> Option<u32> {
        if a == NONE || b == NONE {
            return None;
        }
        let g = self.geometry.scene().view().geometry;
        [g.surface_between(a, b), g.surface_between(b, a)].into_iter().find(|&s| s != NONE)
    }

    fn is_sensor(&self, surface: u32) -> bool {
        is_sensor(self.geometry, surface)
    }

    fn surface_colour(&self, surface: u32) -> RGBColor {
        surface_colour(self.geometry, surface)
    }
}

fn rgb(RGBColor(r, g, b): RGBColor) -> [u8; 3] {
    [r, g, b]
}

fn is_sensor(geometry: &DetectorGeometry, surface: u32) -> bool {
    geometry.scene().view().tables.surfaces.get(surface as usize).is_some_and(|s| s.is_sensor != 0)
}

fn surface_colour(geometry: &DetectorGeometry, surface: u32) -> RGBColor {
    if is_sensor(geometry, surface) { SENSOR } else { line_colour(surface) }
}

fn surface_name(geometry: &DetectorGeometry, surface: u32) -> String {
    let surfaces = &geometry.detector().surfaces;
    surfaces.get(surface as usize).map(|s| without_pointer(&s.name).to_owned()).unwrap_or_default()
}

fn volume_name(geometry: &DetectorGeometry, node: u32) -> String {
    let detector = geometry.detector();
    let volume = geometry.scene().nodes()[node as usize].volume;
    detector.volumes.get(volume as usize).map(|v| without_pointer(&v.name).to_owned()).unwrap_or_default()
}

/// Name, material and number of touchables of every volume in the picture, the largest area first.
fn volumes(geometry: &DetectorGeometry, map: &NodeMap) -> Vec<(String, String, usize)> {
    let mut cells: BTreeMap<u32, usize> = BTreeMap::new();
    map.nodes.iter().filter(|&&node| node != NONE).for_each(|&node| *cells.entry(node).or_default() += 1);
    let mut volumes: BTreeMap<u32, (usize, usize)> = BTreeMap::new();
    for (&node, &n) in &cells {
        let volume = volumes.entry(geometry.scene().nodes()[node as usize].volume).or_default();
        *volume = (volume.0 + n, volume.1 + 1);
    }
    let mut list: Vec<_> = volumes.into_iter().collect();
    list.sort_by_key(|&(volume, (area, _))| (std::cmp::Reverse(area), volume));
    let detector = geometry.detector();
    let words = |(volume, (_, copies)): (u32, (usize, usize))| {
        let volume = &detector.volumes[volume as usize];
        let material = without_pointer(&detector.material(volume.material).name).to_owned();
        (without_pointer(&volume.name).to_owned(), material, copies)
    };
    list.into_iter().map(words).collect()
}

fn entries(
    geometry: &DetectorGeometry,
    map: &NodeMap,
    surfaces: &[u32],
    volumes: &[(String, String, usize)],
) -> Vec<Entry> {
    let nodes = geometry.scene().nodes();
    let colours = MaterialColours::of(geometry.detector());
    let material = |node: &u32| nodes.get(*node as usize).map(|n| n.material);
    let materials: BTreeSet<u32> = map.nodes.iter().filter_map(material).collect();
    let mut entries = vec![Entry::Heading("materials".into())];
    for material in materials {
        let name = &geometry.detector().materials[material as usize].name;
        entries.push(Entry::Fill(colours.colour(material), without_pointer(name).to_owned()));
    }
    if !surfaces.is_empty() {
        entries.push(Entry::Heading("surfaces".into()));
    }
    for &surface in surfaces {
        let kind = if is_sensor(geometry, surface) { " (sensor)" } else { "" };
        let words = surface_name(geometry, surface) + kind;
        entries.push(Entry::Line(surface_colour(geometry, surface), words));
    }
    entries.push(Entry::Heading("volumes".into()));
    for (name, material, copies) in volumes {
        let times = if *copies > 1 { format!(" x {}", grouped(*copies as u64)) } else { String::new() };
        entries.push(Entry::Words(format!("{name}{times}: {material}")));
    }
    entries
}

fn marker_entries(entries: &mut Vec<Entry>, markers: &Markers, slab_mm: f64) {
    if markers.is_empty() {
        return;
    }
    entries.push(Entry::Heading(format!("up to {} mm from the plane", short(slab_mm, 3))));
    if !markers.hits_mm.is_empty() {
        entries.push(Entry::Dot(HIT, "hits".into()));
    }
    if !markers.paths_mm.is_empty() {
        entries.push(Entry::Line(PATH, "photon paths".into()));
    }
}

/// Projects hits and stretches of paths that lie within the slab.
fn draw_markers(canvas: &Canvas, frame: &Frame, cut: Cut, slab_mm: f64, markers: &Markers) -> Drawn {
    let [first, second] = cut.axis.others();
    let off = |p: &[f64; 3]| p[cut.axis.index()] - cut.at_mm;
    let shown = |p: &[f64; 3]| {
        let (x, y) = (p[first.index()], p[second.index()]);
        (x >= frame.x.low() && x <= frame.x.high() && y >= frame.y.low() && y <= frame.y.high())
            .then(|| (frame.column(x), frame.row(y)))
    };
    for pair in markers.paths_mm.iter().flat_map(|path| path.windows(2)) {
        let Some([a, b]) = within(pair[0], pair[1], (off(&pair[0]), off(&pair[1])), slab_mm) else {
            continue;
        };
        if let (Some(a), Some(b)) = (shown(&a), shown(&b)) {
            canvas.draw(&PathElement::new([a, b], PATH.mix(0.7).stroke_width(1)))?;
        }
    }
    for at in markers.hits_mm.iter().filter(|p| off(p).abs() <= slab_mm).filter_map(shown) {
        canvas.draw(&Circle::new(at, 2, HIT.filled()))?;
    }
    Ok(())
}

/// The part of a stretch between -slab and slab, given how far its ends are off the plane.
fn within(a: [f64; 3], b: [f64; 3], (from, to): (f64, f64), slab_mm: f64) -> Option<[[f64; 3]; 2]> {
    let at = |t: f64| [0, 1, 2].map(|i| a[i] + t * (b[i] - a[i]));
    if from == to {
        return (from.abs() <= slab_mm).then_some([a, b]);
    }
    let (s, t) = ((-slab_mm - from) / (to - from), (slab_mm - from) / (to - from));
    let (first, last) = (s.min(t).max(0.0), s.max(t).min(1.0));
    (first <= last).then(|| [at(first), at(last)])
}

fn disputed_names(geometry: &DetectorGeometry, disputed: &BTreeMap<usize, [u32; 2]>) -> Vec<[String; 2]> {
    let name = |node: u32| if node == NONE { "outside the world".to_owned() } else { geometry.path(node) };
    let pairs: BTreeSet<[u32; 2]> = disputed.values().map(|&[a, b]| [a.min(b), a.max(b)]).collect();
    pairs.into_iter().map(|pair| pair.map(name)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_are_cut_at_the_slab() {
        let (a, b) = ([0.0, 0.0, -10.0], [0.0, 20.0, 10.0]);
        assert_eq!(within(a, b, (-10.0, 10.0), 5.0), Some([[0.0, 5.0, -5.0], [0.0, 15.0, 5.0]]));
        assert_eq!(within(a, b, (7.0, 9.0), 5.0), None);
        assert_eq!(within(a, b, (1.0, 1.0), 5.0), Some([a, b]));
    }
}
