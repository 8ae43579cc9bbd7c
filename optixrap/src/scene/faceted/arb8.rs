//! `arb8` whose sides wind.

use cfg4::detector::Shape;

use crate::trace::record::RuledSide;

/// A side whose edges differ in direction by less than this is planar, as a part of their lengths' product.
const PARALLEL: f64 = 1e-9;

/// Half the height and the sides of an `arb8`; `None` for other shapes and where all sides are planar.
pub(crate) fn ruled_sides(shape: &Shape) -> Option<(f64, Vec<RuledSide>)> {
    let Shape::Arb8 { half_z_mm, .. } = *shape else { return None };
    let corners = shape.corners_mm()?;
    let edge = |at: usize, next: usize| [0, 1].map(|i| corners[next][i] - corners[at][i]);
    let mut winds = false;
    let mut sides = Vec::new();
    for at in 0..4 {
        let next = (at + 1) % 4;
        let (low, high) = (edge(at, next), edge(at + 4, next + 4));
        let length2 = |e: [f64; 2]| e[0] * e[0] + e[1] * e[1];
        if length2(low) == 0.0 && length2(high) == 0.0 {
            continue;
        }
        let cross = low[0] * high[1] - low[1] * high[0];
        let parallel = cross * cross <= PARALLEL * PARALLEL * length2(low) * length2(high);
        winds |= !parallel;
        let (from, to) = match (parallel, length2(low) > length2(high)) {
            (false, _) => (low, high),
            (_, true) => (low, low),
            (_, false) => (high, high),
        };
        let middle = |a: f64, b: f64| (a + b) / 2.0;
        let slope = |a: f64, b: f64| (b - a) / (2.0 * half_z_mm);
        let (start, end) = (corners[at], corners[at + 4]);
        sides.push(RuledSide {
            start: [0, 1].map(|i| middle(start[i], end[i])),
            start_slope: [0, 1].map(|i| slope(start[i], end[i])),
            edge: [0, 1].map(|i| middle(from[i], to[i])),
            edge_slope: [0, 1].map(|i| slope(from[i], to[i])),
        });
    }
    winds.then_some((half_z_mm, sides))
}
