//! Elliptical cones around z, cut by two planes (`elcone`): `(x/a)^2 + (y/b)^2 < (h - z)^2`, `|z| < half z <= h`, with the
//! numbers `a` and `b` the half axes that the ellipse gains per length towards -z.
//!
//! Solved in f64, see [`super::line`]: distances have the error of an f32's rounding.

use crate::intrinsics::sqrt_f64;
use crate::physics::vec3::{Vec3, vec3};
use crate::trace::face::{MINUS_Z, OUTER, PLUS_Z};
use crate::trace::intersect_ellipsoid::between;
use crate::trace::line::{Line, Quadratic};
use crate::trace::ray::{Ray, abs};
use crate::trace::record::SolidRecord;
use crate::trace::span::{Pieces, Span};

#[inline(always)]
fn weights(record: &SolidRecord) -> [f64; 3] {
    let [a, b] = [record.params[0] as f64, record.params[1] as f64];
    [1.0 / (a * a), 1.0 / (b * b), 0.0]
}

/// What a line meets of the cone.
#[inline]
pub(crate) fn pieces(record: &SolidRecord, ray: &Ray) -> Pieces {
    let (line, half_z) = (Line::new(ray), record.params[3]);
    let mut pieces = Pieces::new(between(-half_z, half_z, ray));
    if pieces.is_empty() {
        return pieces;
    }
    let (left, w) = (record.params[2] as f64 - line.origin[2], line.direction[2]);
    let mut surface = Quadratic::centred(&line, weights(record), left * left);
    surface.a -= w * w;
    surface.b += left * w;
    if surface.a >= 0.0 {
        surface.keep_negative(&mut pieces, &line, OUTER, || outside_by(record, ray.origin));
    } else if let Some((low, high)) = surface.zeros() {
        // Steeper than the sides: inside both halves of the double cone, of which the lower one counts.
        pieces.clip(if w > 0.0 {
            Span::new(f32::NEG_INFINITY, line.parameter(low), OUTER)
        } else {
            Span::new(line.parameter(high), f32::INFINITY, OUTER)
        });
    } else {
        // Through the apex itself.
        let apex = line.parameter(left / w);
        pieces.clip(if w > 0.0 {
            Span::new(f32::NEG_INFINITY, apex, OUTER)
        } else {
            Span::new(apex, f32::INFINITY, OUTER)
        });
    }
    pieces
}

/// How far a point is outside the curved surface, to first order; negative inside.
#[inline]
fn outside_by(record: &SolidRecord, p: Vec3) -> f32 {
    let ([p2, q2, _], left) = (weights(record), record.params[2] as f64 - p.z as f64);
    let [x, y] = [p.x as f64, p.y as f64];
    let ellipse = p2 * x * x + q2 * y * y;
    let slope = 2.0 * sqrt_f64(p2 * p2 * x * x + q2 * q2 * y * y + left * left);
    if slope > 0.0 { ((ellipse - left * left) / slope) as f32 } else { 0.0 }
}

/// Whether a point is strictly inside.
#[inline]
pub(crate) fn contains(record: &SolidRecord, p: Vec3) -> bool {
    abs(p.z) < record.params[3] && outside_by(record, p) < 0.0
}

/// The unit normal of a face at a point of it.
#[inline]
pub(crate) fn normal(record: &SolidRecord, face: u32, p: Vec3) -> Vec3 {
    match face {
        PLUS_Z => vec3(0.0, 0.0, 1.0),
        MINUS_Z => vec3(0.0, 0.0, -1.0),
        _ => {
            let [p2, q2, _] = weights(record);
            vec3(p.x * p2 as f32, p.y * q2 as f32, record.params[2] - p.z).normalized()
        }
    }
}
