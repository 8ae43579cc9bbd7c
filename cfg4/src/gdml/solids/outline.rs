//! Polygons in a plane that bound a solid.

use super::Dimensions;
use crate::gdml::error::{GdmlError, GdmlErrorKind};
use crate::gdml::limits;

type Point = [f64; 2];

/// Twice the area of the triangle, positive where it runs counterclockwise.
fn turn(a: Point, b: Point, c: Point) -> f64 {
    (b[0] - a[0]) * (c[1] - a[1]) - (b[1] - a[1]) * (c[0] - a[0])
}

/// The polygon, counterclockwise, without points that repeat the one before or lie on the line to the next.
///
/// # Errors
/// Where fewer than three points are left, there is no area, or the outline crosses itself.
pub(super) fn simple(dimensions: &Dimensions<'_>, points: Vec<Point>) -> Result<Vec<Point>, GdmlError> {
    if points.len() > limits::OUTLINE {
        let (what, limit) = ("points of an outline", limits::OUTLINE);
        return Err(dimensions.tag.fail(GdmlErrorKind::Limit { what, limit }));
    }
    let mut outline = without_redundant(points);
    let n = outline.len();
    if n < 3 {
        return dimensions
            .fail("its outline has no area; give it three corners that are not in a line".to_owned());
    }
    let area2: f64 = (1..n - 1).map(|i| turn(outline[0], outline[i], outline[i + 1])).sum();
    if area2 == 0.0 {
        return dimensions.fail("its outline has no area".to_owned());
    }
    if let Some((i, j)) = crossing(&outline) {
        let [p, q] = [outline[i], outline[j]];
        return dimensions.fail(format!(
            "its outline crosses itself, between the edges from ({}, {}) and from ({}, {}) mm",
            p[0], p[1], q[0], q[1]
        ));
    }
    if area2 < 0.0 {
        outline.reverse();
    }
    Ok(outline)
}

/// The points without those that repeat the one before or lie on a line with their neighbours, be it between them or
/// beyond, as Geant4 leaves them out.
pub(in crate::gdml) fn without_redundant(mut points: Vec<Point>) -> Vec<Point> {
    let is_redundant = |a: Point, b: Point, c: Point| {
        let length2 = |p: Point, q: Point| (q[0] - p[0]).powi(2) + (q[1] - p[1]).powi(2);
        a == b || turn(a, b, c).powi(2) <= 1e-24 * length2(a, b) * length2(b, c)
    };
    let mut at = 0;
    while at < points.len() && points.len() > 2 {
        let n = points.len();
        if is_redundant(points[(at + n - 1) % n], points[at], points[(at + 1) % n]) {
            points.remove(at);
            at = at.saturating_sub(1);
        } else {
            at += 1;
        }
    }
    points
}

/// Two edges that cross, by the places of their starts.
fn crossing(outline: &[Point]) -> Option<(usize, usize)> {
    let n = outline.len();
    let edge = |i: usize| (outline[i], outline[(i + 1) % n]);
    for i in 0..n {
        let (a, b) = edge(i);
        for j in i + 2..n {
            let (c, d) = edge(j);
            let apart = turn(a, b, c) * turn(a, b, d) >= 0.0 || turn(c, d, a) * turn(c, d, b) >= 0.0;
            if !apart {
                return Some((i, j));
            }
        }
    }
    None
}
