//! Twisted segments of tubes (`twistedtubs`): between two hyperboloids `rho^2 = r^2 (1 + (rate z)^2)` and two sides, each a
//! straight line across the axis that is raised along z and turned by `atan(rate z)`; `|z| < half z`.
//!
//! All of them are quadrics, solved in f64, see [`super::line`]: distances have the error of an f32's rounding.

use crate::intrinsics::sqrt_f64;
use crate::physics::vec3::{Vec3, vec3};
use crate::trace::face::{END_PHI, INNER, MINUS_Z, OUTER, PLUS_Z, START_PHI};
use crate::trace::intersect_ellipsoid::between;
use crate::trace::intersect_hyperboloid::Hyperboloid;
use crate::trace::line::{Line, Quadratic};
use crate::trace::ray::{Ray, abs};
use crate::trace::record::{PHI, SolidRecord, WIDE_PHI};
use crate::trace::span::{Pieces, Span};

/// The inner and the outer surface.
#[inline(always)]
fn hyperboloids(record: &SolidRecord) -> [Hyperboloid; 2] {
    let [rmin, rmax, rate] = [record.params[0] as f64, record.params[1] as f64, record.params[3] as f64];
    [rmin, rmax].map(|r| Hyperboloid { r2: r * r, tan2: r * r * rate * rate })
}

/// One of the two sides: negative inside, `normal * p` where the tube is not turned.
#[derive(Debug, Clone, Copy)]
struct Side {
    normal: [f64; 2],
    rate: f64,
}

impl Side {
    #[inline(always)]
    fn new(record: &SolidRecord, face: u32) -> Side {
        let p = &record.params;
        let normal = if face == START_PHI { [p[8], -p[9]] } else { [-p[10], p[11]] };
        Side { normal: normal.map(f64::from), rate: p[3] as f64 }
    }

    #[inline(always)]
    fn reversed(self) -> Side {
        Side { normal: [-self.normal[0], -self.normal[1]], ..self }
    }

    /// `normal * (x + rate z y, y - rate z x)` along a line.
    #[inline(always)]
    fn along(&self, line: &Line) -> Quadratic {
        let ([x, y, z], [u, v, w]) = (line.origin, line.direction);
        let [p, q] = self.normal;
        let (turned, growth) = (p * y - q * x, p * v - q * u);
        Quadratic {
            a: self.rate * w * growth,
            b: 0.5 * (p * u + q * v + self.rate * (z * growth + w * turned)),
            c: p * x + q * y + self.rate * z * turned,
        }
    }

    /// Its value at a point, and its gradient.
    #[inline(always)]
    fn at(&self, point: Vec3) -> (f64, [f64; 3]) {
        let [x, y, z] = [point.x as f64, point.y as f64, point.z as f64];
        let ([p, q], turn) = (self.normal, self.rate * z);
        let turned = p * y - q * x;
        (p * x + q * y + turn * turned, [p - turn * q, q + turn * p, self.rate * turned])
    }

    #[inline]
    fn outside_by(&self, p: Vec3) -> f32 {
        let (value, [x, y, z]) = self.at(p);
        (value / sqrt_f64(x * x + y * y + z * z)) as f32
    }
}

/// What a line meets of the solid.
#[inline]
pub(crate) fn pieces(record: &SolidRecord, ray: &Ray) -> Pieces {
    let (line, half_z) = (Line::new(ray), record.params[2]);
    let mut pieces = Pieces::new(between(-half_z, half_z, ray));
    if pieces.is_empty() {
        return pieces;
    }
    let [inner, outer] = hyperboloids(record);
    outer.along(&line).keep_negative(&mut pieces, &line, OUTER, || outer.outside_by(ray.origin));
    inner.along(&line).keep_positive(&mut pieces, &line, INNER);
    let (start, end) = (Side::new(record, START_PHI), Side::new(record, END_PHI));
    if record.parts & PHI == 0 {
        return pieces;
    }
    if record.parts & WIDE_PHI == 0 {
        for (side, face) in [(start, START_PHI), (end, END_PHI)] {
            side.along(&line).keep_negative(&mut pieces, &line, face, || side.outside_by(ray.origin));
        }
        return pieces;
    }
    let mut wedge = Pieces::new(Span::all(START_PHI));
    for (side, face) in [(start.reversed(), START_PHI), (end.reversed(), END_PHI)] {
        side.along(&line).keep_negative(&mut wedge, &line, face, || 0.0);
    }
    let mut reached = f32::NEG_INFINITY;
    while let Some(span) = wedge.interval_after(reached) {
        pieces.cut(span);
        reached = span.b;
        if reached == f32::INFINITY {
            break;
        }
    }
    pieces
}

/// Whether a point is strictly inside.
#[inline]
pub(crate) fn contains(record: &SolidRecord, p: Vec3) -> bool {
    let [inner, outer] = hyperboloids(record);
    let [start, end] = [START_PHI, END_PHI].map(|face| Side::new(record, face).at(p).0 < 0.0);
    let between_sides =
        record.parts & PHI == 0 || if record.parts & WIDE_PHI == 0 { start && end } else { start || end };
    abs(p.z) < record.params[2] && outer.outside_by(p) < 0.0 && inner.outside_by(p) > 0.0 && between_sides
}

/// The unit normal of a face at a point of it.
#[inline]
pub(crate) fn normal(record: &SolidRecord, face: u32, p: Vec3) -> Vec3 {
    let [inner, outer] = hyperboloids(record);
    match face {
        PLUS_Z => vec3(0.0, 0.0, 1.0),
        MINUS_Z => vec3(0.0, 0.0, -1.0),
        INNER => -inner.normal(p),
        OUTER => outer.normal(p),
        _ => {
            let [x, y, z] = Side::new(record, face).at(p).1;
            vec3(x as f32, y as f32, z as f32).normalized()
        }
    }
}
