//! Tubes around z cut by two planes that may be inclined (`cutTube`), with a hole and a segment in phi. The planes are
//! `z = -half z + slope * (x, y)` below and `z = half z + slope * (x, y)` above.
//!
//! Solved in f64, see [`super::line`]: distances have the error of an f32's rounding.

use crate::physics::vec3::{Vec3, vec3};
use crate::trace::face::{END_PHI, INNER, MINUS_Z, OUTER, PLUS_Z, START_PHI};
use crate::trace::intersect_tube::outside_by;
use crate::trace::line::{Line, Quadratic};
use crate::trace::ray::Ray;
use crate::trace::record::{HOLE, SolidRecord};
use crate::trace::segment;
use crate::trace::span::Pieces;

/// Normals, outwards and of any length, of the lower and the upper plane.
#[inline(always)]
fn planes(record: &SolidRecord) -> [Vec3; 2] {
    let p = &record.params;
    [vec3(p[3], p[4], -1.0), vec3(-p[5], -p[6], 1.0)]
}

#[inline(always)]
fn double(v: Vec3) -> [f64; 3] {
    [v.x as f64, v.y as f64, v.z as f64]
}

/// What a line meets of the tube.
#[inline]
pub(crate) fn pieces(record: &SolidRecord, ray: &Ray) -> Pieces {
    let (line, [low, high]) = (Line::new(ray), planes(record));
    let [rmax, half_z, rmin] = [record.params[0] as f64, record.params[1] as f64, record.params[2] as f64];
    let mut pieces = Pieces::new(line.below(double(low), half_z, MINUS_Z));
    pieces.clip(line.below(double(high), half_z, PLUS_Z));
    if !pieces.is_empty() {
        let surface = |r: f64| Quadratic::centred(&line, [1.0, 1.0, 0.0], r * r);
        surface(rmax).keep_negative(&mut pieces, &line, OUTER, || outside_by(record.params[0], ray.origin));
        if record.parts & HOLE != 0 {
            surface(rmin).keep_positive(&mut pieces, &line, INNER);
        }
        segment::restrict(&mut pieces, record, ray);
    }
    pieces
}

/// Whether a point is strictly inside.
#[inline]
pub(crate) fn contains(record: &SolidRecord, p: Vec3) -> bool {
    let [rmax, half_z, rmin] = [record.params[0], record.params[1], record.params[2]];
    let ([low, high], r2) = (planes(record), p.x * p.x + p.y * p.y);
    low.dot(p) < half_z
        && high.dot(p) < half_z
        && r2 < rmax * rmax
        && (record.parts & HOLE == 0 || r2 > rmin * rmin)
        && segment::contains(record, p)
}

/// The unit normal of a face at a point of it.
#[inline]
pub(crate) fn normal(record: &SolidRecord, face: u32, p: Vec3) -> Vec3 {
    let [low, high] = planes(record);
    match face {
        MINUS_Z => low.normalized(),
        PLUS_Z => high.normalized(),
        START_PHI | END_PHI => segment::normal(record, face),
        INNER => vec3(-p.x, -p.y, 0.0).normalized(),
        _ => vec3(p.x, p.y, 0.0).normalized(),
    }
}
