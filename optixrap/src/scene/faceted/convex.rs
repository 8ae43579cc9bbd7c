//! Convex solids as the planes of their faces.

use super::Faceted;
use super::vector::{Vector, dot, minus};
use crate::trace::record::PlaneRecord;

/// How far a corner may be above a face's plane, as a part of the solid's size.
const FLAT: f64 = 1e-9;
/// Solids with more faces are faster as triangles with a hierarchy.
const MOST_PLANES: usize = 32;

impl Faceted {
    /// The planes of the faces, where the solid is all that is behind them.
    pub(crate) fn convex_planes(&self) -> Option<Vec<PlaneRecord>> {
        let bounds = self.bounds();
        let slack = FLAT * bounds.radius_mm();
        let mut planes: Vec<PlaneRecord> = Vec::new();
        for face in &self.faces {
            let Some(plane) = self.plane(face) else { continue };
            let height = |p: &Vector| dot(plane.normal, *p) - plane.offset;
            if self.corners.iter().any(|corner| height(corner) > slack) {
                return None;
            }
            let same = |other: &PlaneRecord| {
                dot(other.normal, plane.normal) > 1.0 - 1e-12 && (other.offset - plane.offset).abs() <= slack
            };
            if !planes.iter().any(same) {
                planes.push(plane);
            }
            if planes.len() > MOST_PLANES {
                return None;
            }
        }
        (planes.len() > 3).then_some(planes)
    }

    /// The plane of a face through the middle of its corners; `None` for a face without area.
    fn plane(&self, face: &[u32]) -> Option<PlaneRecord> {
        let area = self.area_vector(face);
        let length = dot(area, area).sqrt();
        let longest = face.iter().map(|&at| minus(self.corner(at), self.corner(face[0])));
        let longest2 = longest.map(|edge| dot(edge, edge)).fold(0.0, f64::max);
        if length <= 1e-12 * longest2 {
            return None;
        }
        let normal = area.map(|x| x / length);
        let sum: f64 = face.iter().map(|&at| dot(normal, self.corner(at))).sum();
        Some(PlaneRecord { normal, offset: sum / face.len() as f64 })
    }
}
