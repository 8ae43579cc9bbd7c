//! Rays in a plane: their stretches in the colours of the materials, and dots at the boundaries.

use cfg4::detector::Detector;
use plotters::prelude::*;
use plotters::style::text_anchor::{HPos, VPos};

use optixrap::walk::StraightRay;

use super::{COLUMNS, Place, RayPlane, Target, TracedRay};
use crate::number::grouped;
use crate::plot::canvas::{Canvas, Drawn};
use crate::plot::colour::INK;
use crate::plot::frame::{Area, Frame, Lettering, line, text, write};
use crate::render::{Entry, Image, MaterialColours, RenderError, draw_legend, fitted, shade};

/// Rays that are drawn at most, evenly chosen.
const MOST_RAYS: usize = 3000;
const SIZE: (u32, u32) = (1200, 900);
const AREA: Area = Area { left: 100, top: 60, right: 890, bottom: 820 };
const LETTERING: Lettering = Lettering { size: 18, y_label_offset: 78, labels: (8, 8) };
const OUTSIDE: RGBColor = RGBColor(200, 200, 200);

/// Draws rays that lie in `plane`, up to 3000 of them, each stretch in the colour of its material, with dots at the
/// boundaries that [`TracedRay`] holds. Stretches that do not end are not drawn.
///
/// # Errors
/// [`RenderError`] where drawing fails.
pub fn plane_picture(
    detector: &Detector,
    target: &Target,
    rays: &[StraightRay],
    plane: &RayPlane,
) -> Result<Image, RenderError> {
    let step = rays.len().div_ceil(MOST_RAYS).max(1);
    let shown: Vec<_> = rays.iter().step_by(step).map(|ray| (ray, target.trace(ray))).collect();
    let colours = Colours { target, materials: MaterialColours::of(detector) };
    let frame = fitted(AREA, ranges(&shown, plane), &plane.labels);
    let which = if step > 1 { format!(", every {step}th of them drawn") } else { String::new() };
    let title = format!("{} rays in the plane {}{which}", grouped(rays.len() as u64), plane.name);
    let mut image = Image::new(SIZE.0, SIZE.1)?;
    image.draw(|canvas| {
        write(canvas, &title, (28, 18), &text(24, HPos::Left, VPos::Top))?;
        frame.draw_grid(canvas, LETTERING)?;
        for (ray, traced) in &shown {
            draw_ray(canvas, &frame, plane, (ray, traced), &colours)?;
        }
        frame.draw_axes(canvas, LETTERING)?;
        let entries = colours.entries(detector, &shown);
        draw_legend(canvas, &entries, (AREA.right + 24, AREA.top), (270, AREA.bottom))
    })?;
    Ok(image)
}

/// The range of each coordinate over starts and boundaries.
fn ranges(shown: &[(&StraightRay, TracedRay)], plane: &RayPlane) -> [(f64, f64); 2] {
    let mut ranges = [(f64::INFINITY, f64::NEG_INFINITY); 2];
    for (ray, traced) in shown {
        for distance in std::iter::once(0.0).chain(boundaries(traced)) {
            let point = plane.coordinates(ray.at(distance));
            for (range, x) in ranges.iter_mut().zip(point) {
                *range = (range.0.min(x), range.1.max(x));
            }
        }
    }
    ranges.map(|(low, high)| {
        let margin = 0.03 * (high - low) + 1e-6;
        (low - margin, high + margin)
    })
}

fn boundaries(traced: &TracedRay) -> impl Iterator<Item = f64> {
    traced.distances_mm.iter().map(|&d| f64::from(d)).take_while(|d| !d.is_nan())
}

fn draw_ray(
    canvas: &Canvas,
    frame: &Frame,
    plane: &RayPlane,
    (ray, traced): (&StraightRay, &TracedRay),
    colours: &Colours,
) -> Drawn {
    let pixel = |distance: f64| {
        let [x, y] = plane.coordinates(ray.at(distance));
        (frame.column(x), frame.row(y))
    };
    let mut from = 0.0;
    for (to, place) in boundaries(traced).zip(&traced.places) {
        line(canvas, pixel(from), pixel(to), colours.of(*place), 2)?;
        from = to;
    }
    for distance in boundaries(traced) {
        canvas.draw(&Circle::new(pixel(distance), 1, INK.filled()))?;
    }
    Ok(())
}

/// The colours of places.
struct Colours<'a> {
    target: &'a Target,
    materials: MaterialColours,
}

impl Colours<'_> {
    fn of(&self, place: Place) -> RGBColor {
        match (place, self.target) {
            (Place::Node(0), Target::Solid { .. }) => OUTSIDE,
            (Place::Node(_), Target::Solid { .. }) => RGBColor(119, 170, 221),
            (Place::Node(_), Target::World(_)) => match self.material(place) {
                // A little darker than areas: lines are thin.
                Some(material) => shade(self.materials.colour(material), 0.85),
                None => OUTSIDE,
            },
            _ => OUTSIDE,
        }
    }

    fn material(&self, place: Place) -> Option<u32> {
        match (place, self.target) {
            (Place::Node(node), Target::World(geometry)) => {
                geometry.scene().nodes().get(node as usize).map(|n| n.material)
            }
            _ => None,
        }
    }

    /// What the colours mean, of those that occur.
    fn entries(&self, detector: &Detector, shown: &[(&StraightRay, TracedRay)]) -> Vec<Entry> {
        let mut entries = vec![Entry::Heading("a ray in".into())];
        let before = |traced: &TracedRay| traced.places[..COLUMNS].to_vec();
        let met: std::collections::BTreeSet<_> =
            shown.iter().flat_map(|(_, traced)| before(traced)).filter_map(|p| self.material(p)).collect();
        for material in met {
            let name = detector.materials.get(material as usize).map(|m| m.name.clone()).unwrap_or_default();
            entries.push(Entry::Line(shade(self.materials.colour(material), 0.85), name));
        }
        if matches!(self.target, Target::Solid { .. }) {
            for node in [0, 1] {
                entries.push(Entry::Line(self.of(Place::Node(node)), self.target.path(node)));
            }
        } else if shown.iter().any(|(_, traced)| traced.places[0] == Place::Outside) {
            entries.push(Entry::Line(OUTSIDE, "outside the world".into()));
        }
        entries.push(Entry::Dot(INK, "boundary".into()));
        entries
    }
}
