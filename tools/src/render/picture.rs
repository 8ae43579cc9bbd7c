//! A picture in three dimensions.

use std::collections::BTreeSet;

use cfg4::detector::without_pointer;
use g4ok::DetectorGeometry;
use plotters::prelude::*;
use plotters::style::text_anchor::{HPos, VPos};
use rayon::prelude::*;

use super::camera::Camera;
use super::cutaway::Cutaway;
use super::legend::{Entry, draw_legend};
use super::palette::{HIT, PATH, SENSOR};
use super::sight::{Scenery, Seen};
use super::slab::{Shown, of_all};
use super::visibility::Visibility;
use super::{Image, Markers, MaterialColours, RenderError, View};
use crate::number::{grouped, short};
use crate::plot::canvas::{Canvas, Drawn};
use crate::plot::colour::INK;
use crate::plot::frame::{line, text, write};

/// Pixels of the legend at the right.
const LEGEND: u32 = 240;
/// How dark an edge is.
const EDGE: f32 = 0.55;

/// An image, and what it does not show.
#[derive(Debug, Clone, PartialEq)]
pub struct Picture {
    /// The image.
    pub image: Image,
    /// Lines of sight that were not in the volume that they were thought to be in: volumes overlap there, or it is
    /// rounding at an edge.
    pub lost: u64,
}

/// Looks at a geometry from outside: volumes without daughters opaque, those around them translucent, the world
/// invisible, sensors orange. Hits and paths are drawn over it, also those behind a volume.
///
/// The picture does not depend on the number of threads (those of the current pool). `progress` is told of finished rows,
/// of which there are [`View::size`]'s height.
///
/// # Errors
/// [`RenderError`] for a view that makes no picture, or names that do not exist.
pub fn picture(
    geometry: &DetectorGeometry,
    view: &View,
    markers: &Markers,
    progress: &(dyn Fn(u64) + Sync),
) -> Result<Picture, RenderError> {
    let (width, height) = view.size;
    let mut image = Image::new(width, height)?;
    let scene_width = if width > 2 * LEGEND { width - LEGEND } else { width };
    let visibility = Visibility::new(geometry, &view.hide, !markers.paths_mm.is_empty())?;
    let everything = super::fit::bounds(&geometry.scene().geometry());
    let bounds = if view.hide.is_empty() {
        everything
    } else {
        super::fit::drawn_bounds(geometry, &visibility, everything)
    };
    let camera = Camera::new(view, bounds, (scene_width, height))?;
    let scenery = Scenery {
        geometry: geometry.scene().geometry(),
        visibility: &visibility,
        cuts: &view.cuts,
        towards_viewer: camera.towards_viewer(),
    };
    // Parallel lines start before everything that the world holds.
    let back_mm = everything.0.iter().chain(&everything.1).fold(0.0f64, |m, x| m.max(x.abs())) * 4.0;
    let look = |x: f64, y: f64| camera.sight(x, y, back_mm).map(|ray| scenery.look(&ray));
    let lost = fill(&mut image, (scene_width, height), &look, progress);
    let cutaway = Cutaway { cuts: &view.cuts, towards_viewer: camera.towards_viewer() };
    let (left, paths) = left_by(cutaway, markers);
    let shown =
        Shown { hits: (left.hits_mm.len(), markers.hits_mm.len()), paths: (paths, markers.paths_mm.len()) };
    let entries = entries(geometry, (view, bounds), &visibility, &shown);
    image.draw(|canvas| {
        draw_markers(canvas, &camera, &left, markers.strength())?;
        draw_axes(canvas, &camera, height as i32)?;
        if scene_width == width {
            return Ok(());
        }
        let beside = [(scene_width as i32, 0), (width as i32, height as i32)];
        canvas.draw(&Rectangle::new(beside, WHITE.filled()))?;
        let (corner, end) = ((scene_width as i32 + 6, 30), (LEGEND as i32 - 14, height as i32 - 20));
        draw_legend(canvas, &entries, corner, end)
    })?;
    Ok(Picture { image, lost })
}

/// Rows that are worked on at a time, with one more above and below.
const BAND: u32 = 32;

/// Follows the lines of sight and colours the pixels; returns how many of them were lost.
fn fill(
    image: &mut Image,
    (width, height): (u32, u32),
    look: &(impl Fn(f64, f64) -> Option<Seen> + Sync),
    progress: &(dyn Fn(u64) + Sync),
) -> u64 {
    let bands: Vec<u32> = (0..height).step_by(BAND as usize).collect();
    let draw = |&first: &u32| {
        let end = (first + BAND).min(height);
        let band = Band::new(first.saturating_sub(1)..(end + 1).min(height), width, look);
        let pixels = (first..end).flat_map(|row| (0..width).map(move |column| (column, row)));
        let colours: Vec<[u8; 3]> = pixels.clone().map(|at| band.smooth(at, look)).collect();
        progress(u64::from(end - first));
        (colours, pixels.filter(|&(column, row)| band.at(column, row).is_some_and(|seen| seen.lost)).count())
    };
    let drawn: Vec<(Vec<[u8; 3]>, usize)> = bands.par_iter().map(draw).collect();
    let mut lost = 0;
    for (first, (colours, n)) in bands.iter().zip(&drawn) {
        lost += *n as u64;
        for (at, colour) in (0..).zip(colours) {
            image.set(at % width, first + at / width, *colour);
        }
    }
    lost
}

/// What is seen through the middles of the pixels of some rows.
struct Band {
    first: u32,
    width: u32,
    seen: Vec<Option<Seen>>,
}

impl Band {
    fn new(rows: std::ops::Range<u32>, width: u32, look: &impl Fn(f64, f64) -> Option<Seen>) -> Self {
        let middle = |pixel: u32| f64::from(pixel) + 0.5;
        let first = rows.start;
        let pixels = rows.flat_map(|row| (0..width).map(move |column| (column, row)));
        Self { first, width, seen: pixels.map(|(column, row)| look(middle(column), middle(row))).collect() }
    }

    /// What is seen through a pixel; `None` outside these rows too.
    fn at(&self, column: u32, row: u32) -> Option<Seen> {
        if column >= self.width {
            return None;
        }
        let row = row.checked_sub(self.first)? as usize;
        self.seen.get(row * self.width as usize + column as usize).copied().flatten()
    }

    /// The colour of a pixel: where its neighbours see other faces, the mean of 2 x 2 lines of sight, darkened as an edge.
    fn smooth(&self, (column, row): (u32, u32), look: &impl Fn(f64, f64) -> Option<Seen>) -> [u8; 3] {
        let Some(here) = self.at(column, row) else { return [255; 3] };
        let before = [(column.wrapping_sub(1), row), (column, row.wrapping_sub(1))];
        let after = [(column + 1, row), (column, row + 1)];
        let edge = |places: [(u32, u32); 2]| {
            let neighbours = places.into_iter().filter_map(|(c, r)| self.at(c, r));
            neighbours.map(|other| here.edge(&other)).fold(0.0, f32::max)
        };
        let drawn = edge(after);
        if drawn.max(edge(before)) == 0.0 {
            return here.colour().map(|c| c.round().clamp(0.0, 255.0) as u8);
        }
        let mut sum = [0.0f32; 3];
        for (dx, dy) in [(0.25, 0.25), (0.75, 0.25), (0.25, 0.75), (0.75, 0.75)] {
            let seen = look(f64::from(column) + dx, f64::from(row) + dy).unwrap_or(here);
            sum.iter_mut().zip(seen.colour()).for_each(|(s, c)| *s += 0.25 * c);
        }
        sum.map(|c| (c * (1.0 - EDGE * drawn)).round().clamp(0.0, 255.0) as u8)
    }
}

/// Hits and paths without what a cutaway takes away, a path of which two ends are left being two; and of how many paths
/// something is left.
fn left_by(cutaway: Cutaway, markers: &Markers) -> (Markers, usize) {
    let (mut left, mut paths) = (Markers::default(), 0);
    left.hits_mm.extend(markers.hits_mm.iter().filter(|p| cutaway.keeps(p)));
    for path in &markers.paths_mm {
        let first = left.paths_mm.len();
        for [from, to] in path.windows(2).flat_map(|pair| cutaway.kept(pair[0], pair[1])) {
            match left.paths_mm[first..].last_mut().filter(|part| part.last() == Some(&from)) {
                Some(part) => part.push(to),
                None => left.paths_mm.push(vec![from, to]),
            }
        }
        paths += usize::from(left.paths_mm.len() > first);
    }
    (left, paths)
}

/// Paths as lines, hits as dots.
fn draw_markers(canvas: &Canvas, camera: &Camera, markers: &Markers, strength: f64) -> Drawn {
    let pixel = |p: &[f64; 3]| camera.pixel(*p).map(|[x, y]| (near(x), near(y)));
    for path in &markers.paths_mm {
        for pair in path.windows(2) {
            if let (Some(a), Some(b)) = (pixel(&pair[0]), pixel(&pair[1])) {
                canvas.draw(&PathElement::new([a, b], PATH.mix(strength).stroke_width(1)))?;
            }
        }
    }
    for at in markers.hits_mm.iter().filter_map(pixel) {
        canvas.draw(&Circle::new(at, 3, HIT.filled()))?;
    }
    Ok(())
}

/// A pixel number that drawing copes with.
fn near(x: f64) -> i32 {
    x.clamp(-20_000.0, 20_000.0).round() as i32
}

/// The directions of x, y and z at the bottom left.
fn draw_axes(canvas: &Canvas, camera: &Camera, height: i32) -> Drawn {
    let origin = (62, height - 62);
    for (i, name) in ["x", "y", "z"].into_iter().enumerate() {
        let unit = [0, 1, 2].map(|j| f64::from(u8::from(i == j)));
        let [right, up] = camera.in_picture(unit);
        let end = |length: f64| (origin.0 + near(length * right), origin.1 - near(length * up));
        line(canvas, origin, end(38.0), INK, 2)?;
        if right.hypot(up) > 0.15 {
            write(canvas, name, end(50.0), &text(18, HPos::Center, VPos::Center))?;
        }
    }
    Ok(())
}

type Bounds = ([f64; 3], [f64; 3]);

fn entries(
    geometry: &DetectorGeometry,
    (view, (low, high)): (&View, Bounds),
    visibility: &Visibility,
    markers: &Shown,
) -> Vec<Entry> {
    let detector = geometry.detector();
    let scene = geometry.scene().geometry();
    let colours = MaterialColours::of(detector);
    let material_name = |material: u32| {
        detector.materials.get(material as usize).map(|m| without_pointer(&m.name)).unwrap_or_default()
    };
    let drawn = geometry.scene().all_nodes().skip(1).filter(|&node| visibility.look(node).opacity > 0.0);
    let (sensors, others): (Vec<u32>, Vec<u32>) = drawn.partition(|&node| scene.record(node).is_sensor());
    let used: BTreeSet<u32> = others.iter().map(|&node| scene.record(node).material).collect();
    let mut entries = vec![Entry::Heading("materials".into())];
    entries.extend(used.into_iter().map(|m| Entry::Fill(colours.colour(m), material_name(m).to_owned())));
    if !sensors.is_empty() {
        entries.push(Entry::Fill(SENSOR, format!("sensors ({})", grouped(sensors.len() as u64))));
    }
    entries
        .push(Entry::Words(format!("the world ({}) is not drawn", material_name(scene.record(0).material))));
    entries.push(Entry::Heading("size along x, y, z (mm)".into()));
    entries.push(Entry::Words([0, 1, 2].map(|i| short(high[i] - low[i], 4)).join(" x ")));
    entries.extend(view.cuts.iter().map(|cut| Entry::Words(format!("cut open at {cut} mm"))));
    entries.extend(view.hide.iter().map(|name| Entry::Words(format!("hidden: {name}"))));
    if markers.paths.1 > 0 {
        entries.push(Entry::Line(PATH, of_all(markers.paths, "photon path", "photon paths")));
    }
    if markers.hits.1 > 0 {
        entries.push(Entry::Dot(HIT, of_all(markers.hits, "hit", "hits")));
    }
    entries
}
