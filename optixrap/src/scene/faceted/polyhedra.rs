//! `polyhedra` and `genericPolyhedra`: an outline of radius and height, swept around z in straight steps.

use super::Faceted;
use std::f64::consts::TAU;

/// The faces of an outline (radius of the edges, z) swept through start and extent `phi` in `n_sides` steps.
pub(super) fn faces([start, delta]: [f64; 2], n_sides: u32, outline: &[[f64; 2]]) -> Faceted {
    let whole = delta >= TAU * (1.0 - 1e-12);
    let n_planes = if whole { n_sides } else { n_sides + 1 };
    let n = outline.len() as u32;
    let mut corners = Vec::with_capacity((n * n_planes) as usize);
    for plane in 0..n_planes {
        let (sin, cos) = (start + delta * f64::from(plane) / f64::from(n_sides)).sin_cos();
        corners.extend(outline.iter().map(|&[r, z]| [r * cos, r * sin, z]));
    }
    let at = |plane: u32, corner: u32| (plane % n_planes) * n + corner % n;
    let mut faces = Vec::with_capacity((n * n_sides + 2) as usize);
    for side in 0..n_sides {
        for corner in 0..n {
            faces.push(vec![
                at(side, corner),
                at(side + 1, corner),
                at(side + 1, corner + 1),
                at(side, corner + 1),
            ]);
        }
    }
    if !whole {
        faces.push((0..n).map(|corner| at(0, corner)).collect());
        faces.push((0..n).rev().map(|corner| at(n_sides, corner)).collect());
    }
    Faceted::new(corners, faces)
}
