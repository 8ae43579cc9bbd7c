//! What is seen along one line of sight.

use optixrap::trace::geometry::Geometry;
use optixrap::walk::{RayWalk, StraightRay, VolumeCrossing};
use plotters::style::RGBColor;

use super::Cut;
use super::palette::shade;
use super::visibility::Visibility;

/// Faces of which a line of sight remembers which they were.
const REMEMBERED: usize = 4;
/// Faces that a line of sight passes at most.
const MOST_FACES: u32 = 400;

/// A face that is seen: whose, how it is turned (by 127), and how much of the light it takes (by 255).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
struct Face {
    node: u32,
    normal: [i8; 3],
    weight: u8,
}

/// The colour at the end of a line of sight, and the first faces on it.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Seen {
    colour: [f32; 3],
    faces: [Face; REMEMBERED],
    n_faces: u8,
    /// Whether the line was not where it was thought to be, or did not get ahead: volumes that overlap.
    pub(super) lost: bool,
}

impl Seen {
    /// Red, green and blue from 0 to 255.
    pub(super) fn colour(&self) -> [f32; 3] {
        self.colour
    }

    /// How much an edge between this and a neighbour stands out, 0 where they see the same faces, at most 1.
    pub(super) fn edge(&self, other: &Seen) -> f32 {
        for (a, b) in self.faces.iter().zip(&other.faces) {
            let turned: i32 = (0..3).map(|i| i32::from(a.normal[i]) * i32::from(b.normal[i])).sum();
            if a.node != b.node || a.weight != 0 && turned < 14_000 {
                return f32::from(a.weight.max(b.weight)) / 255.0;
            }
        }
        0.0
    }
}

/// What lines of sight go through.
pub(super) struct Scenery<'a> {
    pub(super) geometry: Geometry<'a>,
    pub(super) visibility: &'a Visibility<'a>,
    /// The planes of a cutaway.
    pub(super) cuts: &'a [Cut],
    /// Towards the viewer, about: the side of the planes that is taken away.
    pub(super) towards_viewer: [f64; 3],
}

/// The light along a line that is followed.
struct Light {
    seen: Seen,
    left: f64,
    passed: u32,
}

impl Scenery<'_> {
    /// Follows a line of sight.
    pub(super) fn look(&self, ray: &StraightRay) -> Seen {
        let seen = Seen { colour: [0.0; 3], faces: [Face::default(); REMEMBERED], n_faces: 0, lost: false };
        let mut light = Light { seen, left: 1.0, passed: 0 };
        match self.removed(ray) {
            Some((from, to)) => {
                self.follow(ray, (0.0, from.max(0.0)), &mut light);
                if to > 0.0 && to.is_finite() {
                    self.cut_face(ray, to, &mut light);
                }
            }
            None => self.follow(ray, (0.0, f64::INFINITY), &mut light),
        }
        light.seen.colour = light.seen.colour.map(|c| c + 255.0 * light.left as f32);
        light.seen
    }

    /// The part of a ray that lies where everything is taken away: on the viewer's side of every plane.
    fn removed(&self, ray: &StraightRay) -> Option<(f64, f64)> {
        if self.cuts.is_empty() {
            return None;
        }
        let mut span = (f64::NEG_INFINITY, f64::INFINITY);
        for cut in self.cuts {
            let i = cut.axis.index();
            let side = if self.towards_viewer[i] < 0.0 { -1.0 } else { 1.0 };
            let (height, climb) = (side * (ray.origin_mm[i] - cut.at_mm), side * ray.direction[i]);
            let crossing = -height / climb;
            if climb > 0.0 {
                span.0 = span.0.max(crossing);
            } else if climb < 0.0 {
                span.1 = span.1.min(crossing);
            } else if height <= 0.0 {
                return None;
            }
        }
        (span.0 < span.1).then_some(span)
    }

    /// Shows the volume that is cut at `distance`, and follows the ray behind.
    fn cut_face(&self, ray: &StraightRay, distance: f64, light: &mut Light) {
        let Ok(behind) = StraightRay::new(ray.at(distance), ray.direction) else { return };
        let start = RayWalk::new(self.geometry, behind).start();
        if let Some(node) = start {
            let look = self.visibility.look(node);
            if look.opacity > 0.0 {
                let normal = self.plane_at(behind.origin_mm);
                paint(light, node, normal, look.colour, look.cut_opacity, 1.0);
            }
        }
        self.follow(&behind, (0.0, f64::INFINITY), light);
    }

    /// The direction across the plane that a point lies on.
    fn plane_at(&self, point: [f64; 3]) -> [f64; 3] {
        let off = |cut: &Cut| (point[cut.axis.index()] - cut.at_mm).abs();
        let nearest = self.cuts.iter().min_by(|a, b| off(a).total_cmp(&off(b)));
        let axis = nearest.map_or(0, |cut| cut.axis.index());
        [0, 1, 2].map(|i| f64::from(u8::from(i == axis)))
    }

    /// Adds what is seen between two distances.
    fn follow(&self, ray: &StraightRay, (from, to): (f64, f64), light: &mut Light) {
        if to <= from {
            return;
        }
        let mut walk = RayWalk::new(self.geometry, *ray);
        for crossing in walk.by_ref() {
            light.passed += 1;
            if crossing.distance_mm >= to || light.left < 0.02 || light.passed > MOST_FACES {
                return;
            }
            light.seen.lost |= crossing.lost;
            self.cross(ray, &crossing, light);
        }
        light.seen.lost |= walk.is_stuck();
    }

    /// The faces that meet at a boundary: that of what ends, unless the other lies inside it, and that of what begins.
    fn cross(&self, ray: &StraightRay, crossing: &VolumeCrossing, light: &mut Light) {
        let left = crossing.from.filter(|&a| crossing.to.is_none_or(|b| !self.visibility.is_in(b, a)));
        let entered = crossing.to.filter(|&b| crossing.from.is_none_or(|a| !self.visibility.is_in(a, b)));
        for node in [left, entered].into_iter().flatten() {
            let look = self.visibility.look(node);
            if look.opacity > 0.0 {
                let facing = (0..3).map(|i| ray.direction[i] * crossing.normal[i]).sum::<f64>().abs();
                // A light over the viewer's shoulder: faces turned up are a little brighter.
                let from_above = -crossing.normal[2] * 0.12;
                let brightness = (0.56 + 0.4 * facing + from_above).clamp(0.3, 1.08);
                paint(light, node, crossing.normal, look.colour, look.opacity, brightness);
            }
        }
    }
}

/// Adds a face.
fn paint(light: &mut Light, node: u32, normal: [f64; 3], colour: RGBColor, opacity: f64, brightness: f64) {
    let share = light.left * opacity;
    let RGBColor(r, g, b) = shade(colour, brightness);
    for (sum, c) in light.seen.colour.iter_mut().zip([r, g, b]) {
        *sum += (share * f64::from(c)) as f32;
    }
    light.left -= share;
    let at = usize::from(light.seen.n_faces);
    if at < REMEMBERED {
        let normal = normal.map(|x| (127.0 * x).round() as i8);
        // The weight of an edge: a translucent face's is drawn stronger than its area.
        let weight = (255.0 * share.max(0.35 * light.left)) as u8;
        light.seen.faces[at] = Face { node, normal, weight };
        light.seen.n_faces += 1;
    }
}
