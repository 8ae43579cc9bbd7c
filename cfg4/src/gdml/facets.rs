//! Solids whose corners are named positions: `tet`, `tessellated`.

use crate::detector::Shape;

use super::define::Definitions;
use super::error::{GdmlError, GdmlErrorKind};
use super::tag::Tag;
use super::tessellated;
use super::units;

/// The shape that `tag` describes, `None` if it is not one of these solids.
pub(super) fn read(tag: Tag<'_>, definitions: &Definitions) -> Result<Option<Shape>, GdmlError> {
    match tag.name() {
        "tet" => tet(tag, definitions).map(Some),
        "tessellated" => tessellated::read(tag, definitions).map(Some),
        _ => Ok(None),
    }
}

/// A corner. The positions have units of their own; a length unit here multiplies them once more, as in Geant4.
pub(super) fn corner(
    tag: Tag<'_>,
    attribute: &'static str,
    definitions: &Definitions,
    factor: f64,
) -> Result<[f64; 3], GdmlError> {
    let corner = definitions.position_named(tag, attribute)?.map(|x| x * factor);
    if corner.iter().all(|x| x.is_finite()) {
        Ok(corner)
    } else {
        Err(tag.fail(GdmlErrorKind::Dimension(format!("{attribute} is too far away"))))
    }
}

fn tet(tag: Tag<'_>, definitions: &Definitions) -> Result<Shape, GdmlError> {
    let factor = units::LENGTH.factor(tag, "lunit")?;
    let at = |attribute| corner(tag, attribute, definitions, factor);
    let corners_mm = [at("vertex1")?, at("vertex2")?, at("vertex3")?, at("vertex4")?];
    if is_flat(&corners_mm) {
        let message = "its four corners are in one plane, so it has no volume".to_owned();
        return Err(tag.fail(GdmlErrorKind::Dimension(message)));
    }
    Ok(Shape::Tet { corners_mm })
}

/// Whether the height above the largest side is nothing beside the longest edge.
fn is_flat(corners: &[[f64; 3]; 4]) -> bool {
    let minus = |i: usize, j: usize| [0, 1, 2].map(|k| corners[i][k] - corners[j][k]);
    let dot = |p: [f64; 3], q: [f64; 3]| (0..3).map(|i| p[i] * q[i]).sum::<f64>();
    let cross = |e: [f64; 3], f: [f64; 3]| {
        [e[1] * f[2] - e[2] * f[1], e[2] * f[0] - e[0] * f[2], e[0] * f[1] - e[1] * f[0]]
    };
    let volume6 = dot(cross(minus(1, 0), minus(2, 0)), minus(3, 0)).abs();
    let sides = [[0, 1, 2], [0, 1, 3], [0, 2, 3], [1, 2, 3]];
    let area2 = |[i, j, k]: [usize; 3]| {
        let normal = cross(minus(j, i), minus(k, i));
        dot(normal, normal).sqrt()
    };
    let largest = sides.map(area2).into_iter().fold(0.0, f64::max);
    let edges = [[0, 1], [0, 2], [0, 3], [1, 2], [1, 3], [2, 3]];
    let longest = edges.map(|[i, j]| dot(minus(i, j), minus(i, j)).sqrt()).into_iter().fold(0.0, f64::max);
    volume6.is_nan() || volume6 <= 1e-9 * largest * longest
}
