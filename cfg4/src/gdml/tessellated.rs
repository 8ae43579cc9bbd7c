//! `tessellated`: a closed surface of triangles and quadrangles.

use std::collections::HashMap;

use crate::detector::Shape;

use super::define::Definitions;
use super::error::{GdmlError, GdmlErrorKind};
use super::facets::corner;
use super::limits;
use super::solids::planar::off_plane;
use super::tag::Tag;
use super::units;

/// How far a corner of a quadrangle may be off its plane, as a part of its size.
const PLANAR: f64 = 1e-6;

/// A surface in the making.
#[derive(Default)]
struct Surface {
    vertices_mm: Vec<[f64; 3]>,
    places: HashMap<[u64; 3], u32>,
    facets: Vec<[u32; 3]>,
}

/// Reads the facets, which must close the surface and be counterclockwise as seen from outside.
pub(super) fn read(tag: Tag<'_>, definitions: &Definitions) -> Result<Shape, GdmlError> {
    let mut surface = Surface::default();
    for facet in tag.children() {
        let corners = match facet.name() {
            "triangular" => corners(facet, definitions, &["vertex1", "vertex2", "vertex3"])?,
            "quadrangular" => corners(facet, definitions, &["vertex1", "vertex2", "vertex3", "vertex4"])?,
            _ => return Err(facet.unknown()),
        };
        surface.add(facet, &corners)?;
    }
    surface.check(tag)?;
    Ok(Shape::Tessellated { vertices_mm: surface.vertices_mm, facets: surface.facets })
}

/// The corners of a facet; those after the first may be relative to it.
fn corners(
    tag: Tag<'_>,
    definitions: &Definitions,
    names: &[&'static str],
) -> Result<Vec<[f64; 3]>, GdmlError> {
    let factor = units::LENGTH.factor(tag, "lunit")?;
    let relative = match tag.attribute("type") {
        None | Some("ABSOLUTE") => false,
        Some("RELATIVE") => true,
        Some(other) => {
            let (attribute, allowed) = ("type", "ABSOLUTE, RELATIVE");
            return Err(tag.fail(GdmlErrorKind::UnknownWord { attribute, value: other.to_owned(), allowed }));
        }
    };
    let mut corners: Vec<[f64; 3]> = Vec::with_capacity(names.len());
    for &name in names {
        let at = corner(tag, name, definitions, factor)?;
        let from = if relative { corners.first().copied().unwrap_or_default() } else { [0.0; 3] };
        corners.push([0, 1, 2].map(|i| from[i] + at[i]));
    }
    Ok(corners)
}

impl Surface {
    fn add(&mut self, tag: Tag<'_>, corners: &[[f64; 3]]) -> Result<(), GdmlError> {
        if self.facets.len() >= limits::FACETS {
            let (what, limit) = ("faces of one solid", limits::FACETS);
            return Err(tag.fail(GdmlErrorKind::Limit { what, limit }));
        }
        if let [a, b, c, d] = *corners {
            let size = corners.iter().map(|p| (0..3).map(|i| (p[i] - a[i]).powi(2)).sum::<f64>());
            let size = size.fold(0.0, f64::max).sqrt();
            let off_mm = off_plane([a, b, c, d]);
            if off_mm > PLANAR * size {
                let message = format!("its corners are {off_mm} mm off a plane; use two triangles");
                return Err(tag.fail(GdmlErrorKind::Dimension(message)));
            }
        }
        let places: Vec<u32> = corners.iter().map(|&corner| self.place(corner)).collect();
        let first = places[0];
        for pair in places[1..].windows(2) {
            // What is left of a facet whose corners coincide has no area.
            if first != pair[0] && pair[0] != pair[1] && pair[1] != first {
                self.facets.push([first, pair[0], pair[1]]);
            }
        }
        Ok(())
    }

    fn place(&mut self, corner: [f64; 3]) -> u32 {
        // Adding 0 makes one number of both zeros.
        *self.places.entry(corner.map(|x| (x + 0.0).to_bits())).or_insert_with(|| {
            self.vertices_mm.push(corner);
            self.vertices_mm.len() as u32 - 1
        })
    }

    /// Refuses holes in the surface, and facets that are turned the wrong way.
    fn check(&self, tag: Tag<'_>) -> Result<(), GdmlError> {
        let fail = |message: String| Err(tag.fail(GdmlErrorKind::Dimension(message)));
        let mut balance: HashMap<[u32; 2], i32> = HashMap::new();
        for [a, b, c] in &self.facets {
            for [from, to] in [[*a, *b], [*b, *c], [*c, *a]] {
                *balance.entry([from.min(to), from.max(to)]).or_default() += if from < to { 1 } else { -1 };
            }
        }
        let mut open: Vec<[u32; 2]> =
            balance.iter().filter(|(_, balance)| **balance != 0).map(|(edge, _)| *edge).collect();
        open.sort_unstable();
        if let Some(edge) = open.first() {
            let [[x, y, z], [u, v, w]] = edge.map(|at| self.vertices_mm[at as usize]);
            return fail(format!(
                "its surface is not closed at {} edges, the first from ({x}, {y}, {z}) to ({u}, {v}, {w}) mm; \
                 add the missing facets, and turn all of them counterclockwise as seen from outside",
                open.len()
            ));
        }
        let volume6: f64 = self.facets.iter().map(|facet| self.determinant(facet)).sum();
        if volume6 <= 0.0 || volume6.is_nan() {
            return fail(
                "its facets are turned inwards or hold no volume; exchange two corners of each".to_owned(),
            );
        }
        Ok(())
    }

    /// Six times the volume of a facet's pyramid from the first corner.
    fn determinant(&self, facet: &[u32; 3]) -> f64 {
        let origin = self.vertices_mm[0];
        let [p, q, r] = facet.map(|at| [0, 1, 2].map(|i| self.vertices_mm[at as usize][i] - origin[i]));
        p[0] * (q[1] * r[2] - q[2] * r[1])
            + p[1] * (q[2] * r[0] - q[0] * r[2])
            + p[2] * (q[0] * r[1] - q[1] * r[0])
    }
}
