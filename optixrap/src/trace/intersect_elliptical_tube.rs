//! Tubes of elliptical cross-section around z (`eltube`): `(x/a)^2 + (y/b)^2 < 1`, `|z| < half z`.
//!
//! Solved in f64, see [`super::line`]: distances have the error of an f32's rounding.

use crate::physics::vec3::{Vec3, vec3};
use crate::trace::face::{MINUS_Z, OUTER, PLUS_Z};
use crate::trace::intersect_ellipsoid::{across, between};
use crate::trace::line::{Line, Quadratic};
use crate::trace::ray::{Ray, abs};
use crate::trace::record::SolidRecord;
use crate::trace::span::Pieces;

#[inline(always)]
fn weights(record: &SolidRecord) -> [f64; 3] {
    let [a, b] = [record.params[0] as f64, record.params[1] as f64];
    [1.0 / (a * a), 1.0 / (b * b), 0.0]
}

/// What a line meets of the tube.
#[inline]
pub(crate) fn pieces(record: &SolidRecord, ray: &Ray) -> Pieces {
    let (line, weights, half_z) = (Line::new(ray), weights(record), record.params[2]);
    let mut pieces = Pieces::new(between(-half_z, half_z, ray));
    if !pieces.is_empty() {
        let surface = Quadratic::centred(&line, weights, 1.0);
        surface.keep_negative(&mut pieces, &line, OUTER, || across(weights, ray.origin));
    }
    pieces
}

/// Whether a point is strictly inside.
#[inline]
pub(crate) fn contains(record: &SolidRecord, p: Vec3) -> bool {
    abs(p.z) < record.params[2] && across(weights(record), p) < 0.0
}

/// The unit normal of a face at a point of it.
#[inline]
pub(crate) fn normal(record: &SolidRecord, face: u32, p: Vec3) -> Vec3 {
    match face {
        PLUS_Z => vec3(0.0, 0.0, 1.0),
        MINUS_Z => vec3(0.0, 0.0, -1.0),
        _ => {
            let [a, b] = [record.params[0], record.params[1]];
            // Times a b: in f32, the squares of the smallest and largest axes would lie far apart.
            vec3(p.x * (b / a), p.y * (a / b), 0.0).normalized()
        }
    }
}
