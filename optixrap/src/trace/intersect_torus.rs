//! Tori around z: a disc with an optional hole, swept around the axis, with a segment in phi.
//!
//! A line meets a torus' surface up to four times, at the zeros of a quartic. Counted from the line's point nearest to
//! the centre the quartic has no cubic term; it is solved in f64 ([`super::quartic`]), in units of the swept radius. The
//! error of a distance is 1e-16 (swept radius)^2 / (tube's radius) at a clean crossing, besides an f32's rounding.

use crate::intrinsics::sqrt_f64;
use crate::physics::vec3::{Vec3, vec3};
use crate::trace::face::{END_PHI, INNER, OUTER, START_PHI};
use crate::trace::line::Line;
use crate::trace::quartic::Quartic;
use crate::trace::ray::Ray;
use crate::trace::record::{HOLE, SolidRecord};
use crate::trace::segment;
use crate::trace::span::{Pieces, Span};

/// The parameters at which a line crosses the torus of a tube of radius `r`.
#[inline]
fn crossings(line: &Line, r: f64, swept: f64) -> ([f32; 4], usize) {
    let ([x, y, z], [u, v, w]) = (line.origin, line.direction);
    let length = sqrt_f64(u * u + v * v + w * w);
    let (unit, small) = (1.0 / swept, r / swept);
    let [x, y, z] = [x * unit, y * unit, z * unit];
    let [u, v] = [u / length, v / length];
    let (near2, reach2) = (x * x + y * y + z * z, (1.0 + small) * (1.0 + small));
    if near2.is_nan() || near2 >= reach2 || length == 0.0 {
        return ([0.0; 4], 0);
    }
    // (|p|^2 + 1 - r^2)^2 = 4 (x^2 + y^2), with |p|^2 = near^2 + t^2.
    let k = near2 + 1.0 - small * small;
    let quartic = Quartic {
        p: 2.0 * k - 4.0 * (u * u + v * v),
        q: -8.0 * (x * u + y * v),
        r: k * k - 4.0 * (x * x + y * y),
    };
    let (zeros, n) = quartic.sign_changes(1.000_001 * sqrt_f64(reach2 - near2) + 1e-9 * small);
    (zeros.map(|t| line.parameter(t * swept / length)), n)
}

#[inline(always)]
fn dimensions(record: &SolidRecord) -> [f64; 3] {
    [record.params[0] as f64, record.params[1] as f64, record.params[2] as f64]
}

/// What a line meets of the torus.
#[inline]
pub(crate) fn pieces(record: &SolidRecord, ray: &Ray) -> Pieces {
    let ([rmin, rmax, swept], line) = (dimensions(record), Line::new(ray));
    let (t, n) = crossings(&line, rmax, swept);
    if n < 2 {
        return Pieces::new(Span::miss(outside_by(rmax, swept, ray.origin) as f32, OUTER));
    }
    let mut pieces = Pieces::new(Span::new(t[0], t[n - 1], OUTER));
    if n == 4 {
        pieces.cut(Span::new(t[1], t[2], OUTER));
    }
    if record.parts & HOLE != 0 {
        let (t, n) = crossings(&line, rmin, swept);
        if n >= 2 {
            pieces.cut(Span::new(t[0], t[1], INNER));
        }
        if n == 4 {
            pieces.cut(Span::new(t[2], t[3], INNER));
        }
    }
    segment::restrict(&mut pieces, record, ray);
    pieces
}

/// How far a point is outside the tube of radius `r`; negative inside.
#[inline]
fn outside_by(r: f64, swept: f64, p: Vec3) -> f64 {
    let [x, y, z] = [p.x as f64, p.y as f64, p.z as f64];
    let from_circle = sqrt_f64(x * x + y * y) - swept;
    sqrt_f64(from_circle * from_circle + z * z) - r
}

/// Whether a point is strictly inside.
#[inline]
pub(crate) fn contains(record: &SolidRecord, p: Vec3) -> bool {
    let [rmin, rmax, swept] = dimensions(record);
    outside_by(rmax, swept, p) < 0.0
        && (record.parts & HOLE == 0 || outside_by(rmin, swept, p) > 0.0)
        && segment::contains(record, p)
}

/// The unit normal of a face at a point of it.
#[inline]
pub(crate) fn normal(record: &SolidRecord, face: u32, p: Vec3) -> Vec3 {
    if face == START_PHI || face == END_PHI {
        return segment::normal(record, face);
    }
    let [x, y, z] = [p.x as f64, p.y as f64, p.z as f64];
    let rho = sqrt_f64(x * x + y * y);
    let radial = if rho > 0.0 { 1.0 - dimensions(record)[2] / rho } else { 0.0 };
    let out = vec3((x * radial) as f32, (y * radial) as f32, z as f32).normalized();
    if face == INNER { -out } else { out }
}
