//! A cross-section: the material at every point of a plane.

use std::collections::BTreeMap;

use g4ok::DetectorGeometry;
use optixrap::trace::geometry::NONE;
use plotters::style::text_anchor::{HPos, VPos};

use super::fit::{bounds, fitted, world_range};
use super::labels::{LETTERS, labels};
use super::legend::{Entry, draw_legend};
use super::node_map::{Grid, NodeMap};
use super::painter::{FINE, Painter};
use super::palette::DISPUTED;
use super::section_names::{disputed_names, entries, surface_name, volume_name, volumes};
use super::slab::{Projected, marker_entries};
use super::visibility::Visibility;
use super::{Cut, Image, Markers, RenderError};
use crate::number::short;
use crate::plot::colour::INK;
use crate::plot::frame::{Area, Frame, Lettering, line, text, write};

const LETTERING: Lettering = Lettering { size: 18, y_label_offset: 78, labels: (8, 8) };
const LEGEND: i32 = 260;

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
    let mut image = Image::new(section.size.0, section.size.1)?;
    let visibility = Visibility::new(geometry, &section.hide, false)?;
    let (area, legend) = layout(section.size);
    let (frame, extent_mm) = frame(geometry, section, area)?;
    let scene = geometry.scene().view();
    let (mut map, disputed) = NodeMap::new(&scene.geometry, &grid(geometry, section.cut, &frame));
    let disputed = blocks(&map, disputed);
    show_around_hidden(geometry, &visibility, &mut map);
    let mut painter = Painter::new(geometry, &map, area);
    painter.fill(&mut image, &disputed);
    painter.boundaries(&mut image);
    let surfaces = painter.surfaces();
    let mut found = CrossSection {
        image,
        area: [area.left, area.top, area.right, area.bottom],
        shown_mm: [frame.x.low(), frame.x.high(), frame.y.low(), frame.y.high()],
        volumes: volumes(geometry, &map),
        surfaces: surfaces.iter().map(|&s| surface_name(geometry, s)).collect(),
        disputed: disputed_names(geometry, &disputed),
    };
    let slab_mm = section.slab_mm.unwrap_or(extent_mm / 40.0);
    let mut entries = entries(geometry, &map, &surfaces, &found.volumes);
    let projected = Projected::new(&frame, section.cut, slab_mm, markers);
    marker_entries(&mut entries, &projected, slab_mm);
    if !disputed.is_empty() {
        entries.insert(0, Entry::Fill(DISPUTED, "OVERLAP: claimed twice".into()));
    }
    let names = labels(&coarse(&map), |node| (node != 0).then(|| volume_name(geometry, node)));
    found.image.draw(|canvas| {
        let title = format!("{} = {} mm", section.cut.axis.name(), short(section.cut.at_mm, 9));
        write(canvas, &title, (28, 14), &text(24, HPos::Left, VPos::Top))?;
        for label in &names {
            let at = (area.left + label.column as i32, area.bottom - label.row as i32);
            if let Some(ends) = label.leader() {
                let [from, to] =
                    ends.map(|(column, row)| (area.left + column as i32, area.bottom - row as i32));
                line(canvas, from, to, INK, 1)?;
            }
            write(canvas, &label.words, at, &text(LETTERS, HPos::Center, VPos::Center))?;
        }
        projected.draw(canvas)?;
        frame.draw_axes(canvas, LETTERING)?;
        let bottom = section.size.1 as i32 - 10;
        if legend {
            draw_legend(canvas, &entries, (area.right + 20, area.top), (LEGEND - 10, bottom))
        } else {
            Ok(())
        }
    })?;
    Ok(found)
}

/// Where the plane is drawn, and whether there is room for a legend.
fn layout(size: (u32, u32)) -> (Area, bool) {
    let (width, height) = (size.0 as i32, size.1 as i32);
    let legend = width >= 700;
    let right = width - 24 - if legend { LEGEND } else { 10 };
    (Area { left: 96, top: 56, right, bottom: height - 74 }, legend)
}

/// The cells of the plane, which is moved a little so that faces in it are on one side.
fn grid(geometry: &DetectorGeometry, cut: Cut, frame: &Frame) -> Grid {
    let tolerance_mm = f64::from(geometry.scene().geometry().volume_of(0).tolerance_mm);
    let Area { left, top, right, bottom } = frame.area;
    let pixels = ((right - left) as usize, (bottom - top) as usize);
    Grid {
        cut: Cut { at_mm: cut.at_mm + 8.0 * tolerance_mm, ..cut },
        low: [frame.x.low(), frame.y.low()],
        cell_mm: (frame.x.high() - frame.x.low()) / (FINE * pixels.0) as f64,
        size: (FINE * pixels.0, FINE * pixels.1),
    }
}

/// The frame of the picture, and the extent of the geometry across the plane, mm.
fn frame(geometry: &DetectorGeometry, section: &Section, area: Area) -> Result<(Frame, f64), RenderError> {
    let cut = section.cut;
    let (low, high) = bounds(&geometry.scene().geometry());
    let (from, to) = (low[cut.axis.index()], high[cut.axis.index()]);
    if cut.at_mm < from || cut.at_mm > to {
        // Without the last digits, which hold the rounding that the boxes are widened by.
        let range = |ends: [f64; 2]| ends.map(|x| short(x, 5)).join(" to ");
        return Err(RenderError::Misses {
            cut: cut.to_string(),
            axis: cut.axis.name(),
            held: range([from, to]),
            world: range(world_range(&geometry.scene().geometry(), cut.axis)),
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
            *node = geometry.scene().geometry().parent(*node);
        }
    }
}

/// A cell per pixel.
fn coarse(map: &NodeMap) -> NodeMap {
    let (width, height) = (map.width / FINE, map.height / FINE);
    let nodes = (0..width * height).map(|i| map.at(FINE * (i % width), FINE * (i / width))).collect();
    NodeMap { width, height, nodes }
}
