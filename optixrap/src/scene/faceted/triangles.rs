//! Faces cut into triangles.

use super::Faceted;
use super::polygon::cut;

impl Faceted {
    /// The triangles of all faces; `None` where a face crosses itself.
    pub(crate) fn triangles(&self) -> Option<Vec<[u32; 3]>> {
        let mut triangles = Vec::with_capacity(2 * self.faces.len());
        for face in &self.faces {
            if let [a, b, c] = face[..] {
                triangles.push([a, b, c]);
                continue;
            }
            let normal = self.area_vector(face);
            let steepest =
                (0..3).fold(0, |best, i| if normal[i].abs() > normal[best].abs() { i } else { best });
            let (x, y) = ((steepest + 1) % 3, (steepest + 2) % 3);
            let flat: Vec<[f64; 2]> = face
                .iter()
                .map(|&at| {
                    let p = self.corner(at);
                    if normal[steepest] < 0.0 { [p[y], p[x]] } else { [p[x], p[y]] }
                })
                .collect();
            triangles.extend(cut(&flat)?.iter().map(|triangle| triangle.map(|at| face[at])));
        }
        Some(triangles)
    }
}
