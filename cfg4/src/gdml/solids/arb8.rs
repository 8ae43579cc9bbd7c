//! `arb8`, Geant4's generic trap.

use super::Dimensions;
use crate::detector::Shape;
use crate::gdml::error::GdmlError;

type Point = [f64; 2];

const X: [&str; 8] = ["v1x", "v2x", "v3x", "v4x", "v5x", "v6x", "v7x", "v8x"];
const Y: [&str; 8] = ["v1y", "v2y", "v3y", "v4y", "v5y", "v6y", "v7y", "v8y"];

pub(super) fn arb8(dimensions: &Dimensions<'_>) -> Result<Shape, GdmlError> {
    let mut corners_mm = [[0.0; 2]; 8];
    for (corner, (x, y)) in corners_mm.iter_mut().zip(X.into_iter().zip(Y)) {
        *corner = [dimensions.place(x)?, dimensions.place(y)?];
    }
    let half_z_mm = dimensions.extent("dz")?;
    let [low, high] = [area2(&corners_mm[..4]), area2(&corners_mm[4..])];
    if low * high < 0.0 {
        return dimensions
            .fail("its corners v1 to v4 and v5 to v8 go round in opposite directions".to_owned());
    }
    let middle = [0, 1, 2, 3].map(|i| [0, 1].map(|k| (corners_mm[i][k] + corners_mm[i + 4][k]) / 2.0));
    let middle = area2(&middle);
    if low == 0.0 && high == 0.0 && middle == 0.0 {
        return dimensions
            .fail("it has no volume: both its ends have no area, nor has its middle".to_owned());
    }
    if low + high + middle < 0.0 {
        corners_mm.swap(1, 3);
        corners_mm.swap(5, 7);
    }
    for end in [&corners_mm[..4], &corners_mm[4..]] {
        let crosses = |a: usize, b: usize, c: usize, d: usize| {
            let [a, b, c, d] = [end[a], end[b], end[c], end[d]];
            turn(a, b, c) * turn(a, b, d) < 0.0 && turn(c, d, a) * turn(c, d, b) < 0.0
        };
        if crosses(0, 1, 2, 3) || crosses(1, 2, 3, 0) {
            return dimensions.fail("opposite sides of one of its ends cross".to_owned());
        }
    }
    if winds(&corners_mm) && !(0..4).all(|at| stays_convex(&corners_mm, at)) {
        return dimensions.fail(
            "its sides wind, and its cross-section is not convex at every height; \
             only convex ones are traced, so split it"
                .to_owned(),
        );
    }
    Ok(Shape::Arb8 { half_z_mm, corners_mm })
}

fn turn(a: Point, b: Point, c: Point) -> f64 {
    (b[0] - a[0]) * (c[1] - a[1]) - (b[1] - a[1]) * (c[0] - a[0])
}

fn area2(corners: &[Point]) -> f64 {
    turn(corners[0], corners[1], corners[2]) + turn(corners[0], corners[2], corners[3])
}

fn cross(e: Point, f: Point) -> f64 {
    e[0] * f[1] - e[1] * f[0]
}

/// The edge that starts at corner `at` of the low end, and the one above it.
fn edges(corners: &[Point; 8], at: usize) -> [Point; 2] {
    let next = (at + 1) % 4;
    [(at, next), (at + 4, next + 4)]
        .map(|(from, to)| [corners[to][0] - corners[from][0], corners[to][1] - corners[from][1]])
}

fn length2(e: Point) -> f64 {
    e[0] * e[0] + e[1] * e[1]
}

fn winds(corners: &[Point; 8]) -> bool {
    (0..4).any(|at| {
        let [low, high] = edges(corners, at);
        cross(low, high).powi(2) > 1e-18 * length2(low) * length2(high)
    })
}

/// Whether the cross-section turns left at corner `at` at every height: the turn is a quadratic function of the height.
fn stays_convex(corners: &[Point; 8], at: usize) -> bool {
    let [e0, e1] = edges(corners, at);
    let [f0, f1] = edges(corners, (at + 1) % 4);
    let slack = -1e-9 * (length2(e0) + length2(e1) + length2(f0) + length2(f1));
    let (low, high, mixed) = (cross(e0, f0), cross(e1, f1), (cross(e0, f1) + cross(e1, f0)) / 2.0);
    let value = |u: f64| low * (1.0 - u) * (1.0 - u) + 2.0 * mixed * u * (1.0 - u) + high * u * u;
    let curvature = low - 2.0 * mixed + high;
    let lowest = if curvature > 0.0 { ((low - mixed) / curvature).clamp(0.0, 1.0) } else { 0.0 };
    value(0.0) >= slack && value(1.0) >= slack && value(lowest) >= slack
}
