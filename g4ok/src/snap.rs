//! A picture of the geometry, traced with the same navigation as the photons.

use std::io::Write;
use std::path::Path;

use npy::AtomicFile;
use optixrap::physics::vec3::{Vec3, vec3};
use optixrap::trace::frame::Frame;
use optixrap::trace::geometry::{Geometry, NONE};
use optixrap::trace::navigate;
use optixrap::trace::ray::Ray;
use optixrap::trace::solid;

use crate::{G4Opticks, G4OpticksError};

/// How the geometry is looked at: along parallel lines, z up, all that stands in the world in the picture.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct SnapView {
    /// Pixels across, 1 to 16384.
    pub width: u32,
    /// Pixels down, 1 to 16384.
    pub height: u32,
    /// From the middle of the geometry towards the viewer; of any length.
    pub towards_viewer: [f64; 3],
}

impl Default for SnapView {
    fn default() -> Self {
        Self { width: 800, height: 600, towards_viewer: [1.0, -1.6, 0.9] }
    }
}

impl SnapView {
    const MAX_PIXELS: u32 = 16_384;

    fn checked(self) -> Result<Self, G4OpticksError> {
        let size = |pixels: u32| (1..=Self::MAX_PIXELS).contains(&pixels);
        let length = self.towards_viewer.iter().map(|x| x * x).sum::<f64>();
        if size(self.width) && size(self.height) && length.is_normal() {
            return Ok(self);
        }
        Err(G4OpticksError::Snap(format!(
            "{} x {} pixels from the direction {:?}: give 1 to {} pixels and a direction that does not vanish",
            self.width,
            self.height,
            self.towards_viewer,
            Self::MAX_PIXELS
        )))
    }
}

/// Colours of volumes, by turns: red, green, blue from 0 to 1.
const PALETTE: [[f32; 3]; 6] = [
    [0.30, 0.55, 0.80],
    [0.45, 0.70, 0.45],
    [0.65, 0.50, 0.75],
    [0.50, 0.70, 0.75],
    [0.75, 0.70, 0.40],
    [0.60, 0.60, 0.60],
];
/// The colour of sensors.
const SENSOR: [f32; 3] = [0.90, 0.35, 0.10];
/// How much of the light behind it a face of a volume lets through.
const THROUGH_VOLUME: f32 = 0.7;
/// The same of a sensor's face.
const THROUGH_SENSOR: f32 = 0.15;
/// Faces that a line of sight passes at most.
const MAX_FACES: u32 = 256;

impl G4Opticks {
    /// Draws the geometry into an image file (PPM, which image viewers and converters read): volumes translucent,
    /// sensors orange. It shows at a glance what was understood of a GDML file.
    ///
    /// # Errors
    /// Without a geometry; for a view without pixels or direction; if the file cannot be written.
    pub fn snap(&self, path: &Path, view: &SnapView) -> Result<(), G4OpticksError> {
        let view = view.checked()?;
        let geometry = self.geometry.as_ref().ok_or(G4OpticksError::NoGeometry { call: "snap" })?;
        let camera = Camera::new(geometry.scene().geometry(), &view);
        let mut file = AtomicFile::create(path)?;
        let failed = |source| G4OpticksError::Write { path: path.to_owned(), source };
        write!(file, "P6\n{} {}\n255\n", view.width, view.height).map_err(failed)?;
        for row in 0..view.height {
            let pixels: Vec<u8> = (0..view.width).flat_map(|column| camera.pixel(column, row)).collect();
            file.write_all(&pixels).map_err(failed)?;
        }
        Ok(file.finish()?)
    }
}

/// Where lines of sight start, and what they meet.
struct Camera<'a> {
    geometry: Geometry<'a>,
    /// The pixel at the top left, outside of everything, mm.
    corner: Vec3,
    /// From one pixel to the next to the right, and to the next below.
    right: Vec3,
    down: Vec3,
    forward: Vec3,
}

impl<'a> Camera<'a> {
    fn new(geometry: Geometry<'a>, view: &SnapView) -> Self {
        let world = geometry.volume_of(0);
        let (low, high) = if world.n_daughters > 0 {
            (world.daughters_low, world.daughters_high)
        } else {
            (vec3(-1.0, -1.0, -1.0), vec3(1.0, 1.0, 1.0))
        };
        let (middle, radius) = ((low + high) * 0.5, 0.5 * (high - low).length());
        let [x, y, z] = view.towards_viewer;
        let scale = x.abs().max(y.abs()).max(z.abs());
        let back = vec3((x / scale) as f32, (y / scale) as f32, (z / scale) as f32).normalized();
        let up = if back.z.abs() < 0.999 { vec3(0.0, 0.0, 1.0) } else { vec3(0.0, 1.0, 0.0) };
        let right = up.cross(back).normalized();
        let (width, height) = (view.width as f32, view.height as f32);
        let pixel_mm = 2.05 * radius / if width < height { width } else { height };
        let (right, down) = (right * pixel_mm, right.cross(back) * pixel_mm);
        let centre = middle + back * (4.0 * radius + middle.length());
        let corner = centre - right * (0.5 * (width - 1.0)) - down * (0.5 * (height - 1.0));
        Self { geometry, corner, right, down, forward: -back }
    }

    fn pixel(&self, column: u32, row: u32) -> [u8; 3] {
        let start = self.corner + self.right * column as f32 + self.down * row as f32;
        let colour = self.enter_world(start).map_or([1.0; 3], |place| self.look(place));
        colour.map(|c| (255.0 * c.clamp(0.0, 1.0)).round() as u8)
    }

    /// The touchable that a line of sight is in at first, and the point there; `None` past the world.
    fn enter_world(&self, start: Vec3) -> Option<(navigate::Place, Vec3)> {
        let g = &self.geometry;
        let world = g.volume_of(0);
        let ray = Ray::new(start, self.forward);
        let inside = if solid::contains(&g.solids, world.solid, start) {
            start
        } else {
            let entry = solid::distance_to_in(&g.solids, world.solid, &ray, world.tolerance_mm, f32::MAX)?;
            ray.at(entry.distance + 2.0 * world.tolerance_mm)
        };
        Some((navigate::locate_along(g, inside, self.forward)?, inside))
    }

    /// The colour seen from a place in the world.
    fn look(&self, (place, point): (navigate::Place, Vec3)) -> [f32; 3] {
        let g = &self.geometry;
        let (mut node, mut colour, mut light) = (place.node, [0.0; 3], 1.0);
        let mut p = place.frame.point(point);
        let mut d = place.frame.direction(self.forward);
        for _ in 0..MAX_FACES {
            let boundary = navigate::next_boundary(g, node, p, d, NONE);
            p += d * boundary.distance;
            let far = navigate::beyond(g, node, &boundary, p, d);
            if far == NONE || light < 0.02 {
                break;
            }
            let facing = -navigate::normal(g, node, &boundary, p, d).dot(d);
            let drawn = if boundary.daughter == NONE { node } else { far };
            let (paint, through) = self.paint(drawn);
            let shade = (1.0 - through) * light * (0.45 + 0.55 * facing);
            for (sum, c) in colour.iter_mut().zip(paint) {
                *sum += shade * c;
            }
            light *= through;
            let change: Frame = navigate::frame_between(g, node, far);
            (p, d) = (change.point(p), change.direction(d));
            node = far;
        }
        colour.map(|c| c + light)
    }

    fn paint(&self, node: u32) -> ([f32; 3], f32) {
        let record = self.geometry.record(node);
        if record.is_sensor() {
            (SENSOR, THROUGH_SENSOR)
        } else {
            (PALETTE[record.volume as usize % PALETTE.len()], THROUGH_VOLUME)
        }
    }
}
