//! Division of a polyhedra: into its sides, into rings, or between its planes.

use super::Axis;
use super::slices::{self, Cut, Slices, turned};
use crate::detector::{Shape, Step, ZPlane};

/// Cuts `mother`, whose planes (with the radii of its edges) are `planes`. The error says what is wrong.
pub(super) fn divided(mother: &Shape, planes: Option<&Vec<ZPlane>>, cut: &Cut) -> Result<Slices, String> {
    let Some(planes) = planes else {
        return Err("a genericPolyhedra cannot be divided, in Geant4 neither".to_owned());
    };
    let with_planes = |planes: Vec<ZPlane>| with_corners(mother, &planes);
    match cut.axis {
        Axis::Rho => Ok(slices::rings(planes, cut, with_planes)),
        Axis::Phi => Ok(sides(mother)),
        _ => slices::along_planes(planes, cut, with_planes),
    }
}

/// One slice for each side; neither width nor offset counts.
fn sides(mother: &Shape) -> Slices {
    let mut shape = mother.clone();
    let (mut number, mut width) = (1, 0.0);
    if let Shape::Polyhedra { n_sides, delta_phi_rad, .. } = &mut shape {
        (number, width) = (*n_sides, *delta_phi_rad / f64::from(*n_sides));
        (*n_sides, *delta_phi_rad) = (1, width);
    }
    Slices::Alike { shape: Box::new(shape), first: turned(0.0), number, step: Step::Turn(width) }
}

fn with_corners(mother: &Shape, planes: &[ZPlane]) -> Shape {
    let mut shape = mother.clone();
    if let Shape::Polyhedra { corners_mm, .. } = &mut shape {
        let outer = planes.iter().map(|plane| [plane.rmax_mm, plane.z_mm]);
        let inner = planes.iter().rev().map(|plane| [plane.rmin_mm, plane.z_mm]);
        *corners_mm = outer.chain(inner).collect();
        corners_mm.dedup();
        if corners_mm.first() == corners_mm.last() {
            corners_mm.pop();
        }
        let n = corners_mm.len();
        let area: f64 = (0..n)
            .map(|i| {
                let (a, b) = (corners_mm[i], corners_mm[(i + 1) % n]);
                a[0] * b[1] - b[0] * a[1]
            })
            .sum();
        if area < 0.0 {
            corners_mm.reverse();
        }
    }
    shape
}
