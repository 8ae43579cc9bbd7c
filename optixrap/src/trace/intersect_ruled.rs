//! Solids between two planes of z whose sides are made of horizontal lines between straight edges (`arb8` whose sides
//! wind): each side is a quadric.
//!
//! At every height the cross-section is a convex polygon, so a point is inside where it is left of all edges. Along a line
//! that is a quadratic function per side, positive inside. In f64, from the point of the line nearest to the solid's
//! middle: a distance is good to a rounding of f32 (6e-8 of it), also from 100 m for a solid of 1 um.

use crate::intrinsics::sqrt_f64;
use crate::physics::vec3::{Vec3, vec3};
use crate::trace::face::MINUS_Z;
use crate::trace::intersect_tube_section::between_planes;
use crate::trace::ray::{Ray, abs};
use crate::trace::record::{RuledSide, SolidRecord};
use crate::trace::solid::Solids;
use crate::trace::span::{Pieces, Span};

/// A value at the start of the line and its growth per mm.
type Linear = [f64; 2];

#[inline(always)]
fn sides<'a>(solids: &Solids<'a>, record: &SolidRecord) -> &'a [RuledSide] {
    &solids.sides[record.first as usize..(record.first + record.count) as usize]
}

impl RuledSide {
    /// Edge and the point's place relative to its start, as x and y: `[edge, place]`.
    #[inline(always)]
    fn at(&self, p: [f64; 3]) -> [[f64; 2]; 2] {
        let [x, y, z] = p;
        [
            [self.edge[0] + self.edge_slope[0] * z, self.edge[1] + self.edge_slope[1] * z],
            [x - self.start[0] - self.start_slope[0] * z, y - self.start[1] - self.start_slope[1] * z],
        ]
    }

    /// How far left of the edge a point is, times the edge's length.
    #[inline(always)]
    fn left(&self, p: [f64; 3]) -> f64 {
        let [edge, place] = self.at(p);
        edge[0] * place[1] - edge[1] * place[0]
    }

    /// The coefficients of that along a line, of the powers 0, 1, 2.
    #[inline(always)]
    fn along(&self, o: [f64; 3], d: [f64; 3]) -> [f64; 3] {
        let [[ex, ey], [px, py]] = self.at(o);
        let edge: [Linear; 2] = [[ex, self.edge_slope[0] * d[2]], [ey, self.edge_slope[1] * d[2]]];
        let place: [Linear; 2] =
            [[px, d[0] - self.start_slope[0] * d[2]], [py, d[1] - self.start_slope[1] * d[2]]];
        [
            edge[0][0] * place[1][0] - edge[1][0] * place[0][0],
            edge[0][0] * place[1][1] + edge[0][1] * place[1][0]
                - edge[1][0] * place[0][1]
                - edge[1][1] * place[0][0],
            edge[0][1] * place[1][1] - edge[1][1] * place[0][1],
        ]
    }
}

/// Keeps the part of the line where `c[0] + c[1] t + c[2] t^2` is positive, `t` counted from `shift`.
#[inline]
fn restrict(pieces: &mut Pieces, [c, b, a]: [f64; 3], shift: f64, face: u32) {
    let at = |t: f64| (t + shift) as f32;
    if a == 0.0 {
        return match (b > 0.0, b < 0.0) {
            (true, _) => pieces.clip(Span::new(at(-c / b), f32::INFINITY, face)),
            (_, true) => pieces.clip(Span::new(f32::NEG_INFINITY, at(-c / b), face)),
            _ if c <= 0.0 => pieces.clip(Span::miss(0.0, face)),
            _ => {}
        };
    }
    let discriminant = b * b - 4.0 * a * c;
    if discriminant <= 0.0 {
        if a < 0.0 {
            pieces.clip(Span::miss(0.0, face));
        }
        return;
    }
    let root = sqrt_f64(discriminant);
    let q = if b > 0.0 { -0.5 * (b + root) } else { -0.5 * (b - root) };
    let (one, other) = (q / a, c / q);
    let (low, high) = if one < other { (one, other) } else { (other, one) };
    let span = Span::new(at(low), at(high), face);
    if a < 0.0 { pieces.clip(span) } else { pieces.cut(span) }
}

/// What a line meets.
#[inline]
pub(crate) fn pieces(solids: &Solids, record: &SolidRecord, ray: &Ray) -> Pieces {
    let mut pieces = Pieces::new(between_planes(record.params[0], ray));
    if pieces.is_empty() {
        return pieces;
    }
    let d = [ray.direction.x as f64, ray.direction.y as f64, ray.direction.z as f64];
    let o = [ray.origin.x as f64, ray.origin.y as f64, ray.origin.z as f64];
    let shift = -(o[0] * d[0] + o[1] * d[1] + o[2] * d[2]);
    let near = [o[0] + d[0] * shift, o[1] + d[1] * shift, o[2] + d[2] * shift];
    for (face, side) in sides(solids, record).iter().enumerate() {
        restrict(&mut pieces, side.along(near, d), shift, face as u32);
    }
    pieces
}

/// Whether a point is strictly inside.
#[inline]
pub(crate) fn contains(solids: &Solids, record: &SolidRecord, p: Vec3) -> bool {
    let point = [p.x as f64, p.y as f64, p.z as f64];
    abs(p.z) < record.params[0] && sides(solids, record).iter().all(|side| side.left(point) > 0.0)
}

/// The unit normal of a face at a point of it.
#[inline]
pub(crate) fn normal(solids: &Solids, record: &SolidRecord, face: u32, p: Vec3) -> Vec3 {
    let Some(side) = sides(solids, record).get(face as usize) else {
        return vec3(0.0, 0.0, if face == MINUS_Z { -1.0 } else { 1.0 });
    };
    let [edge, place] = side.at([p.x as f64, p.y as f64, p.z as f64]);
    // Against the gradient of what `left` gives.
    let n = [
        edge[1],
        -edge[0],
        edge[0] * side.start_slope[1] - edge[1] * side.start_slope[0] - side.edge_slope[0] * place[1]
            + side.edge_slope[1] * place[0],
    ];
    let length = sqrt_f64(n[0] * n[0] + n[1] * n[1] + n[2] * n[2]);
    if length > 0.0 {
        vec3((n[0] / length) as f32, (n[1] / length) as f32, (n[2] / length) as f32)
    } else {
        vec3(0.0, 0.0, if p.z < 0.0 { -1.0 } else { 1.0 })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::trace::face::PLUS_Z;

    #[test]
    fn the_planes_come_after_the_four_sides() {
        assert_eq!((MINUS_Z, PLUS_Z), (4, 5));
    }
}
