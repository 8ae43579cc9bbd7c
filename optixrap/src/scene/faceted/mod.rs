//! Solids with planar faces, as corners and faces, before they become planes (convex) or triangles.

mod arb8;
mod convex;
mod extrusion;
mod polygon;
mod polyhedra;
mod triangles;
mod vector;

use cfg4::detector::Shape;

use crate::scene::bounding_box::BoundingBox;
pub(crate) use arb8::ruled_sides;
use vector::{Vector, cross, dot, minus};

/// Corners, and the faces between them.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Faceted {
    /// All corners, mm.
    corners: Vec<Vector>,
    /// The corners of each face, counterclockwise as seen from outside.
    faces: Vec<Vec<u32>>,
}

impl Faceted {
    /// The faces of a shape that has only planar ones.
    pub(crate) fn of(shape: &Shape) -> Option<Faceted> {
        if let Some(corners) = shape.corners_mm() {
            return Some(Self::hexahedron(corners));
        }
        match shape {
            Shape::Polyhedra { start_phi_rad, delta_phi_rad, n_sides, corners_mm } => {
                Some(polyhedra::faces([*start_phi_rad, *delta_phi_rad], *n_sides, corners_mm))
            }
            Shape::Extruded { outline_mm, sections } => Some(extrusion::faces(outline_mm, sections)),
            Shape::Tessellated { vertices_mm, facets } => {
                Some(Self::new(vertices_mm.clone(), facets.iter().map(|facet| facet.to_vec()).collect()))
            }
            Shape::Tet { corners_mm } => {
                let faces = [[0, 2, 1], [0, 1, 3], [1, 2, 3], [2, 0, 3]];
                Some(Self::new(corners_mm.to_vec(), faces.map(|face| face.to_vec()).to_vec()))
            }
            _ => None,
        }
    }

    /// Six sides between corners in the order of [`Shape::corners_mm`].
    fn hexahedron(corners: [Vector; 8]) -> Faceted {
        let faces = [[0, 3, 2, 1], [4, 5, 6, 7], [0, 1, 5, 4], [1, 2, 6, 5], [2, 3, 7, 6], [3, 0, 4, 7]];
        Self::new(corners.to_vec(), faces.map(|face| face.to_vec()).to_vec())
    }

    /// Merges equal corners, drops what is left of faces without area, and turns all faces outwards. The faces must
    /// agree with their neighbours.
    fn new(corners: Vec<Vector>, faces: Vec<Vec<u32>>) -> Faceted {
        let mut unique: Vec<Vector> = Vec::with_capacity(corners.len());
        let mut known = std::collections::HashMap::new();
        let merged: Vec<u32> = corners
            .iter()
            .map(|corner| {
                // Adding 0 makes one number of both zeros.
                *known.entry(corner.map(|x| (x + 0.0).to_bits())).or_insert_with(|| {
                    unique.push(*corner);
                    unique.len() as u32 - 1
                })
            })
            .collect();
        let faces = faces.into_iter().map(|face| {
            let mut face: Vec<u32> = face.into_iter().map(|at| merged[at as usize]).collect();
            face.dedup();
            if face.len() > 1 && face.first() == face.last() {
                face.pop();
            }
            face
        });
        let faces = faces.filter(|face| face.len() > 2).collect();
        let mut faceted = Faceted { corners: unique, faces };
        if faceted.volume_mm3() < 0.0 {
            faceted.faces.iter_mut().for_each(|face| face.reverse());
        }
        faceted
    }

    /// The smallest box around it.
    pub(crate) fn bounds(&self) -> BoundingBox {
        BoundingBox::around(&self.corners)
    }

    /// All corners, mm.
    pub(crate) fn corners(&self) -> &[Vector] {
        &self.corners
    }

    /// One corner, mm.
    pub(crate) fn corner(&self, at: u32) -> Vector {
        self.corners[at as usize]
    }

    /// Volume, negative where the faces are turned inwards.
    fn volume_mm3(&self) -> f64 {
        let Some(&centre) = self.corners.first() else { return 0.0 };
        let sum: f64 = self
            .faces
            .iter()
            .map(|face| dot(self.area_vector(face), minus(self.corner(face[0]), centre)))
            .sum();
        sum / 3.0
    }

    /// The normal of a face, as long as its area.
    fn area_vector(&self, face: &[u32]) -> Vector {
        let start = self.corner(face[0]);
        face[1..].windows(2).fold([0.0; 3], |sum, pair| {
            let n = cross(minus(self.corner(pair[0]), start), minus(self.corner(pair[1]), start));
            [0, 1, 2].map(|i| sum[i] + n[i] / 2.0)
        })
    }
}
