//! Contours of any shape in the plane of r and z, revolved around z (`genericPolycone`), with a segment in phi.
//!
//! Along a line the distance from the axis is a convex function of z. So a corner of the contour lies above or below
//! it, an edge between corners on both sides is crossed once and any other edge never or twice: a line crosses the closed
//! contour an even number of times, whatever the rounding. In f64, see [`super::line`].
//!
//! An edge is a [`ConeSection`] of which `(rmax1, z1)` is the start and `(rmax2, z2)` the end; the contour runs
//! counterclockwise.

use crate::intrinsics::sqrt_f64;
use crate::physics::vec3::{Vec3, vec3};
use crate::trace::face::{LEAF_MASK, OUTER, PART_MASK, SECTION_SHIFT};
use crate::trace::line::Line;
use crate::trace::ray::Ray;
use crate::trace::record::{ConeSection, SolidRecord};
use crate::trace::segment;
use crate::trace::solid::Solids;
use crate::trace::span::{Pieces, Span};

#[inline(always)]
fn edges<'a>(solids: &Solids<'a>, record: &SolidRecord) -> &'a [ConeSection] {
    &solids.sections[record.first as usize..(record.first + record.count) as usize]
}

/// A line in the plane of r and z: its squared distance from the axis is `a t^2 + 2 b t + c`.
struct Profile {
    line: Line,
    a: f64,
    b: f64,
    c: f64,
}

impl Profile {
    #[inline(always)]
    fn new(line: Line) -> Profile {
        let ([x, y, _], [u, v, _]) = (line.origin, line.direction);
        Profile { line, a: u * u + v * v, b: x * u + y * v, c: x * x + y * y }
    }

    /// Where the line is at height `z`.
    #[inline(always)]
    fn at(&self, z: f64) -> f64 {
        (z - self.line.origin[2]) / self.line.direction[2]
    }

    /// Whether the line passes farther from the axis than `r` at the parameter `t`.
    #[inline(always)]
    fn outside(&self, t: f64, r: f64) -> bool {
        (self.a * t + 2.0 * self.b) * t + self.c > r * r
    }

    /// The parameters at which an edge is crossed.
    #[inline]
    fn crossings(&self, edge: &ConeSection) -> [Option<f64>; 2] {
        let [r1, z1, r2, z2] = [edge.rmax1, edge.z1, edge.rmax2, edge.z2].map(f64::from);
        let (z, w) = (self.line.origin[2], self.line.direction[2]);
        if w == 0.0 {
            return if (z1 > z) == (z2 > z) {
                [None; 2]
            } else {
                self.crossings_of_circle(r1 + (r2 - r1) * ((z - z1) / (z2 - z1)))
            };
        }
        let (t1, t2) = (self.at(z1), self.at(z2));
        let (outside1, outside2) = (self.outside(t1, r1), self.outside(t2, r2));
        if z1 == z2 {
            return [if outside1 == outside2 { None } else { Some(t1) }, None];
        }
        if (outside1 == outside2 && !outside1) || (r1 == 0.0 && r2 == 0.0) {
            return [None; 2];
        }
        let (first, last, falls) = if t1 < t2 { (t1, t2, outside1) } else { (t2, t1, outside2) };
        self.crossings_of_cone((r1, t1), (r2, t2), (first, last), (outside1 == outside2, falls))
    }

    /// At the height of a line across the axis: those of the circle of radius `r`.
    #[inline]
    fn crossings_of_circle(&self, r: f64) -> [Option<f64>; 2] {
        let discriminant = self.b * self.b - self.a * (self.c - r * r);
        if discriminant.is_nan() || discriminant <= 0.0 {
            return [None; 2];
        }
        let root = sqrt_f64(discriminant);
        [Some((-self.b - root) / self.a), Some((-self.b + root) / self.a)]
    }

    /// Between the parameters `first` and `last` of the two corners: both zeros, or the one where the line comes inside
    /// (`falls`) or gets outside.
    #[inline]
    fn crossings_of_cone(
        &self,
        (r1, t1): (f64, f64),
        (r2, t2): (f64, f64),
        (first, last): (f64, f64),
        (both, falls): (bool, bool),
    ) -> [Option<f64>; 2] {
        let growth = (r2 - r1) / (t2 - t1);
        let radius = r1 - growth * t1;
        let (a, b) = (self.a - growth * growth, self.b - growth * radius);
        let c = self.c - radius * radius;
        let discriminant = b * b - a * c;
        let root = if discriminant > 0.0 { sqrt_f64(discriminant) } else { 0.0 };
        let zero = |falls: bool| {
            let signed = if falls { -root } else { root };
            // The same number twice; the one without a difference of like numbers.
            let t = if (b > 0.0) == falls && b != 0.0 { (-b + signed) / a } else { c / (-b - signed) };
            if t > first { if t < last { t } else { last } } else { first }
        };
        if !both {
            return [Some(zero(falls)), None];
        }
        let middle = -b / a;
        if a > 0.0 && root > 0.0 && middle > first && middle < last {
            [Some(zero(true)), Some(zero(false))]
        } else {
            [None; 2]
        }
    }
}

/// The first interval inside the whole revolution that ends after `from`.
#[inline]
fn revolved_after(edges: &[ConeSection], profile: &Profile, from: f32) -> Option<Span> {
    let mut from = from;
    for _ in 0..2 * edges.len() {
        let mut odd = false;
        let (mut before, mut after) = ((f32::NEG_INFINITY, OUTER), (f32::INFINITY, OUTER));
        for (index, edge) in edges.iter().enumerate() {
            for t in profile.crossings(edge).into_iter().flatten() {
                let (t, face) = (profile.line.parameter(t), OUTER | (index as u32) << SECTION_SHIFT);
                if t > from {
                    odd = !odd;
                    after = if t < after.0 { (t, face) } else { after };
                } else if t > before.0 {
                    before = (t, face);
                }
            }
        }
        if odd {
            return Some(Span { a: before.0, b: after.0, face_a: before.1, face_b: after.1 });
        }
        if after.0 == f32::INFINITY {
            return None;
        }
        from = after.0;
    }
    None
}

/// The first interval inside that ends after `from`.
#[inline(never)]
pub(crate) fn interval_after(solids: &Solids, record: &SolidRecord, ray: &Ray, from: f32) -> Option<Span> {
    let (edges, profile) = (edges(solids, record), Profile::new(Line::new(ray)));
    let mut reached = from;
    for _ in 0..2 * edges.len() {
        let whole = revolved_after(edges, &profile, reached)?;
        let mut pieces = Pieces::new(whole);
        segment::restrict(&mut pieces, record, ray);
        if let Some(span) = pieces.interval_after(from) {
            return Some(span);
        }
        reached = whole.b;
    }
    None
}

/// Whether a point is strictly inside.
#[inline(never)]
pub(crate) fn contains(solids: &Solids, record: &SolidRecord, p: Vec3) -> bool {
    let [x, y, z] = [p.x as f64, p.y as f64, p.z as f64];
    let rho = sqrt_f64(x * x + y * y);
    let mut inside = false;
    for edge in edges(solids, record) {
        let [r1, z1, r2, z2] = [edge.rmax1, edge.z1, edge.rmax2, edge.z2].map(f64::from);
        if (z1 > z) != (z2 > z) && r1 + (r2 - r1) * ((z - z1) / (z2 - z1)) > rho {
            inside = !inside;
        }
    }
    inside && segment::contains(record, p)
}

/// The unit normal of a face at a point of it.
#[inline(never)]
pub(crate) fn normal(solids: &Solids, record: &SolidRecord, face: u32, p: Vec3) -> Vec3 {
    if face & PART_MASK != OUTER {
        return segment::normal(record, face & PART_MASK);
    }
    let edges = edges(solids, record);
    let Some(edge) = edges.get(((face & LEAF_MASK) >> SECTION_SHIFT) as usize) else {
        return vec3(0.0, 0.0, 1.0);
    };
    let (radial, axial) = (edge.z2 - edge.z1, edge.rmax1 - edge.rmax2);
    let rho = crate::intrinsics::sqrt(p.x * p.x + p.y * p.y);
    let radial = if rho > 0.0 { radial / rho } else { 0.0 };
    vec3(p.x * radial, p.y * radial, axial).normalized()
}
