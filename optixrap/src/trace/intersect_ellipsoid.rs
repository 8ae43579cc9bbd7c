//! Ellipsoids, whole or cut by two planes of z: `(x/a)^2 + (y/b)^2 + (z/c)^2 < 1`, `zcut1 < z < zcut2`.
//!
//! Solved in f64, see [`super::line`]: distances have the error of an f32's rounding.

use crate::intrinsics::sqrt_f64;
use crate::physics::vec3::{Vec3, vec3};
use crate::trace::face::{MINUS_Z, OUTER, PLUS_Z};
use crate::trace::line::{Line, Quadratic};
use crate::trace::ray::{Ray, max};
use crate::trace::record::SolidRecord;
use crate::trace::span::{Pieces, Span};

#[inline(always)]
fn weights(record: &SolidRecord) -> [f64; 3] {
    let [a, b, c] = [record.params[0] as f64, record.params[1] as f64, record.params[2] as f64];
    [1.0 / (a * a), 1.0 / (b * b), 1.0 / (c * c)]
}

/// The part of a line between two planes of z.
#[inline]
pub(crate) fn between(low: f32, high: f32, ray: &Ray) -> Span {
    let (z, w) = (ray.origin.z, ray.direction.z);
    if w > 0.0 {
        let inverse = 1.0 / w;
        Span { a: (low - z) * inverse, b: (high - z) * inverse, face_a: MINUS_Z, face_b: PLUS_Z }
    } else if w < 0.0 {
        let inverse = 1.0 / w;
        Span { a: (high - z) * inverse, b: (low - z) * inverse, face_a: PLUS_Z, face_b: MINUS_Z }
    } else if z > low && z < high {
        Span::all(MINUS_Z)
    } else {
        Span::miss(max(low - z, z - high), if z < high { MINUS_Z } else { PLUS_Z })
    }
}

/// How far a point is outside `weights * (x^2, y^2, z^2) = 1`, to first order; negative inside.
#[inline]
pub(crate) fn across(weights: [f64; 3], p: Vec3) -> f32 {
    let [x, y, z] = [p.x as f64, p.y as f64, p.z as f64];
    let [u, v, w] = [weights[0] * x, weights[1] * y, weights[2] * z];
    let slope = 2.0 * sqrt_f64(u * u + v * v + w * w);
    let value = u * x + v * y + w * z - 1.0;
    if slope > 0.0 { (value / slope) as f32 } else { value as f32 }
}

/// What a line meets of the ellipsoid.
#[inline]
pub(crate) fn pieces(record: &SolidRecord, ray: &Ray) -> Pieces {
    let (line, weights) = (Line::new(ray), weights(record));
    let mut pieces = Pieces::new(Span::all(OUTER));
    let surface = Quadratic::centred(&line, weights, 1.0);
    surface.keep_negative(&mut pieces, &line, OUTER, || across(weights, ray.origin));
    if !pieces.is_empty() {
        let ([low, high], half) = ([record.params[3], record.params[4]], record.params[2]);
        // An uncut pole must stay a tangent point of the surface, without a face of its own.
        let low = if low <= -half { f32::NEG_INFINITY } else { low };
        let high = if high >= half { f32::INFINITY } else { high };
        pieces.clip(between(low, high, ray));
    }
    pieces
}

/// Whether a point is strictly inside.
#[inline]
pub(crate) fn contains(record: &SolidRecord, p: Vec3) -> bool {
    p.z > record.params[3] && p.z < record.params[4] && across(weights(record), p) < 0.0
}

/// The unit normal of a face at a point of it.
#[inline]
pub(crate) fn normal(record: &SolidRecord, face: u32, p: Vec3) -> Vec3 {
    match face {
        PLUS_Z => vec3(0.0, 0.0, 1.0),
        MINUS_Z => vec3(0.0, 0.0, -1.0),
        _ => {
            let [a, b, c] = [record.params[0], record.params[1], record.params[2]];
            vec3(p.x * (c / a) * (c / a), p.y * (c / b) * (c / b), p.z).normalized()
        }
    }
}
