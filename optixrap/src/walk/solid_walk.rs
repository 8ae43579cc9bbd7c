//! A ray in and out of one solid.

use super::local::{narrow, unit, wide};
use super::ray::StraightRay;
use super::{MOST_STANDING_STEPS, SHORTEST_STEP_MM};
use crate::scene::bounding_box::BoundingBox;
use crate::trace::solid::{self, Solids};

/// A place where a ray crosses a solid's surface.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct SolidCrossing {
    /// Distance from the ray's start, mm.
    pub distance_mm: f64,
    /// Whether the ray enters the solid here; else it leaves.
    pub enters: bool,
    /// Unit normal, out of the solid, in its frame.
    pub normal: [f64; 3],
    /// The ray was not inside, though it was thought to be: rounding at an edge.
    pub lost: bool,
}

/// A straight ray in the frame of a solid, an iterator over its crossings with the solid's surface.
#[derive(Debug, Clone)]
pub struct SolidWalk<'a> {
    solids: Solids<'a>,
    solid: u32,
    ray: StraightRay,
    tolerance_mm: f32,
    distance_mm: f64,
    starts_inside: bool,
    inside: bool,
    standing: u32,
    stuck: bool,
}

impl<'a> SolidWalk<'a> {
    /// A walk through the solid number `solid`, which lies in `bounds`.
    pub fn new(solids: Solids<'a>, solid: u32, bounds: &BoundingBox, ray: StraightRay) -> Self {
        let inside = solid::contains(&solids, solid, narrow(ray.origin_mm));
        let tolerance_mm = (bounds.reach() * crate::scene::RELATIVE_TOLERANCE) as f32;
        // A start far away would round the solid away: the walk begins a little before its box.
        let margin = 0.01 * bounds.radius_mm();
        let near = ray.through_box(bounds.low, bounds.high).0 - margin;
        let distance_mm = if !inside && near.is_finite() { near.max(0.0) } else { 0.0 };
        Self {
            solids,
            solid,
            ray,
            tolerance_mm,
            distance_mm,
            starts_inside: inside,
            inside,
            standing: 0,
            stuck: false,
        }
    }

    /// Whether the ray starts inside; a start on the surface counts as outside.
    pub fn starts_inside(&self) -> bool {
        self.starts_inside
    }

    /// Whether the walk ended because it did not get ahead.
    pub fn is_stuck(&self) -> bool {
        self.stuck
    }
}

impl Iterator for SolidWalk<'_> {
    type Item = SolidCrossing;

    fn next(&mut self) -> Option<SolidCrossing> {
        if self.stuck {
            return None;
        }
        let ray = self.ray.narrowed(self.distance_mm);
        let (solids, tolerance) = (&self.solids, self.tolerance_mm);
        let crossing = if self.inside {
            solid::distance_to_out(solids, self.solid, &ray, tolerance)
        } else {
            solid::distance_to_in(solids, self.solid, &ray, tolerance, f32::INFINITY)?
        };
        let ahead = f64::from(crossing.distance) >= SHORTEST_STEP_MM;
        self.standing = if ahead { 0 } else { self.standing + 1 };
        if !crossing.distance.is_finite() || self.standing > MOST_STANDING_STEPS {
            self.stuck = true;
            return None;
        }
        self.distance_mm += f64::from(crossing.distance);
        self.inside = !self.inside;
        let point = narrow(self.ray.at(self.distance_mm));
        let normal = wide(solid::outward_normal(solids, self.solid, crossing.face, point));
        Some(SolidCrossing {
            distance_mm: self.distance_mm,
            enters: self.inside,
            normal: unit(normal),
            lost: crossing.is_lost(),
        })
    }
}
