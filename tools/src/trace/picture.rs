//! Rays in a plane: their stretches in the colours of the materials, and dots at the boundaries.

use cfg4::detector::{Detector, without_pointer};
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
/// Darker than a gas, which is a light grey.
const OUTSIDE: RGBColor = RGBColor(105, 105, 105);
/// How much darker lines are than areas of a material: lines are thin.
const LINE_SHADE: f64 = 0.75;

/// Low and high end of each coordinate in the plane, mm.
type Ranges = [(f64, f64); 2];

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

/// The range of each coordinate over what rays cross other than the world, and over starts that are not far from it; over
/// all starts and boundaries where there is nothing else.
fn ranges(shown: &[(&StraightRay, TracedRay)], plane: &RayPlane) -> Ranges {
    let inside = |place: &Place| matches!(place, Place::Node(node) if *node != 0);
    let mut found = [(f64::INFINITY, f64::NEG_INFINITY); 2];
    for (ray, traced) in shown {
        for (distance, places) in boundaries(traced).zip(traced.places.windows(2)) {
            if places.iter().any(inside) {
                widen(&mut found, plane.coordinates(ray.at(distance)));
            }
        }
    }
    let nothing = found[0].0 > found[0].1;
    let near = found.map(|(low, high)| (2.0 * low - high, 2.0 * high - low));
    for (ray, traced) in shown {
        let start = plane.coordinates(ray.at(0.0));
        let close = start.iter().zip(near).all(|(x, (low, high))| *x >= low && *x <= high);
        if nothing || inside(&traced.places[0]) || close {
            widen(&mut found, start);
        }
        if nothing {
            boundaries(traced).for_each(|d| widen(&mut found, plane.coordinates(ray.at(d))));
        }
    }
    found.map(|(low, high)| {
        let margin = 0.03 * (high - low) + 1e-6;
        (low - margin, high + margin)
    })
}

fn widen(ranges: &mut Ranges, point: [f64; 2]) {
    for (range, x) in ranges.iter_mut().zip(point) {
        *range = (range.0.min(x), range.1.max(x));
    }
}

/// The part of the line from `a` to `b` that lies within the ranges.
fn clipped(a: [f64; 2], b: [f64; 2], ranges: Ranges) -> Option<[[f64; 2]; 2]> {
    let (mut first, mut last) = (0.0f64, 1.0f64);
    for i in 0..2 {
        let (low, high) = (ranges[i].0 - a[i], ranges[i].1 - a[i]);
        let along = b[i] - a[i];
        if along == 0.0 {
            if low > 0.0 || high < 0.0 {
                return None;
            }
            continue;
        }
        let (s, t) = (low / along, high / along);
        (first, last) = (first.max(s.min(t)), last.min(s.max(t)));
    }
    let at = |t: f64| [0, 1].map(|i| a[i] + t * (b[i] - a[i]));
    (first <= last).then(|| [at(first), at(last)])
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
    let within = [(frame.x.low(), frame.x.high()), (frame.y.low(), frame.y.high())];
    let point = |distance: f64| plane.coordinates(ray.at(distance));
    let pixel = |[x, y]: [f64; 2]| (frame.column(x), frame.row(y));
    let mut from = 0.0;
    for (to, place) in boundaries(traced).zip(&traced.places) {
        if let Some([a, b]) = clipped(point(from), point(to), within) {
            line(canvas, pixel(a), pixel(b), colours.of(*place), 1)?;
        }
        from = to;
    }
    for at in boundaries(traced).map(point).filter(|&p| clipped(p, p, within).is_some()) {
        canvas.draw(&Circle::new(pixel(at), 1, INK.filled()))?;
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
                Some(material) => shade(self.materials.colour(material), LINE_SHADE),
                None => OUTSIDE,
            },
            _ => OUTSIDE,
        }
    }

    fn material(&self, place: Place) -> Option<u32> {
        match (place, self.target) {
            (Place::Node(node), Target::World(geometry)) => {
                Some(geometry.scene().geometry().record(node).material)
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
            let name = detector
                .materials
                .get(material as usize)
                .map(|m| without_pointer(&m.name))
                .unwrap_or_default();
            entries.push(Entry::Line(shade(self.materials.colour(material), LINE_SHADE), name.to_owned()));
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

#[cfg(test)]
mod tests {
    use super::*;

    fn ray(x: f64) -> StraightRay {
        StraightRay::new([x, 0.0, 0.0], [1.0, 0.5, 0.0]).unwrap()
    }

    #[test]
    fn the_frame_holds_what_is_crossed_and_not_the_world() {
        let rays = [ray(-4.0), ray(-5.0), ray(-1e5)];
        let mut near = TracedRay::starting(Place::Node(0));
        near.add(2.0, Place::Node(3), [0.0; 3], false);
        near.add(6.0, Place::Node(0), [0.0; 3], false);
        near.add(5e5, Place::Outside, [0.0; 3], false);
        let mut empty = TracedRay::starting(Place::Node(0));
        empty.add(5e5, Place::Outside, [0.0; 3], false);
        let plane = RayPlane::of(&rays).unwrap();
        let [(low, high), _] = ranges(&[(&rays[0], near), (&rays[2], empty)], &plane);
        assert!((-4.5..=-4.0).contains(&low) && high < 3.0, "{low} {high}");
        let [(low, high), _] = ranges(&[(&rays[1], empty)], &plane);
        assert!(low < -5.0 && high > 4e5, "nothing but the world: {low} {high}");
    }

    #[test]
    fn lines_are_cut_at_the_frame() {
        let square = [(0.0, 10.0), (0.0, 10.0)];
        assert_eq!(clipped([-10.0, 5.0], [30.0, 5.0], square), Some([[0.0, 5.0], [10.0, 5.0]]));
        assert_eq!(clipped([5.0, 5.0], [5.0, 25.0], square), Some([[5.0, 5.0], [5.0, 10.0]]));
        assert_eq!(clipped([-10.0, 5.0], [-1.0, 5.0], square), None);
        assert_eq!(clipped([3.0, 3.0], [3.0, 3.0], square), Some([[3.0, 3.0]; 2]));
    }
}
