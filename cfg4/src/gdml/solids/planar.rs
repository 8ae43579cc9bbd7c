//! Solids with six planar sides: `trd`, `trap`, `para`.

use crate::detector::{Shape, TrapFace};

use super::super::error::GdmlError;
use super::Dimensions;

/// How far a corner of a trapezoid's side may be off the side's plane, mm (Geant4's limit).
const PLANAR_MM: f64 = 1e-6;

pub(super) fn trd(dimensions: &Dimensions<'_>) -> Result<Shape, GdmlError> {
    let half = |name| Ok(dimensions.radius(name)? / 2.0);
    let half_x_mm = [half("x1")?, half("x2")?];
    let half_y_mm = [half("y1")?, half("y2")?];
    if half_x_mm == [0.0; 2] || half_y_mm == [0.0; 2] {
        return dimensions
            .fail("x1 and x2, or y1 and y2, are both 0; one of them should be above".to_owned());
    }
    Ok(Shape::Trd { half_x_mm, half_y_mm, half_z_mm: dimensions.extent("z")? / 2.0 })
}

pub(super) fn para(dimensions: &Dimensions<'_>) -> Result<Shape, GdmlError> {
    let half = |name| Ok(dimensions.extent(name)? / 2.0);
    Ok(Shape::Para {
        half_mm: [half("x")?, half("y")?, half("z")?],
        alpha_rad: dimensions.lean("alpha")?,
        theta_rad: dimensions.lean("theta")?,
        phi_rad: dimensions.rotation("phi")?,
    })
}

/// Refuses sides that are not planar, as Geant4 does: `(x2 - x1) / y1` must equal `(x4 - x3) / y2`, and the alphas be
/// such that the sides do not wind.
pub(super) fn trap(dimensions: &Dimensions<'_>) -> Result<Shape, GdmlError> {
    let half = |name| Ok(dimensions.extent(name)? / 2.0);
    let face = |y, low, high, alpha| {
        Ok(TrapFace {
            half_y_mm: half(y)?,
            half_x_low_mm: half(low)?,
            half_x_high_mm: half(high)?,
            alpha_rad: dimensions.lean(alpha)?,
        })
    };
    let shape = Shape::Trap {
        half_z_mm: half("z")?,
        theta_rad: dimensions.lean("theta")?,
        phi_rad: dimensions.rotation("phi")?,
        faces: [face("y1", "x1", "x2", "alpha1")?, face("y2", "x3", "x4", "alpha2")?],
    };
    let corners = shape.corners_mm().unwrap_or_default();
    for (side, at) in [("-x", [0, 3, 7, 4]), ("+x", [1, 2, 6, 5])] {
        let off_mm = off_plane(at.map(|i| corners[i]));
        if off_mm > PLANAR_MM {
            return dimensions.fail(format!(
                "its side at {side} is not planar, a corner is {off_mm:.3} mm off; (x2 - x1) / y1 must equal (x4 - x3) / y2 \
                 and alpha1 alpha2"
            ));
        }
    }
    Ok(shape)
}

/// How far the corners of a quadrilateral are off the plane through its middle along both diagonals, mm.
pub(in crate::gdml) fn off_plane([a, b, c, d]: [[f64; 3]; 4]) -> f64 {
    let minus = |p: [f64; 3], q: [f64; 3]| [0, 1, 2].map(|i| p[i] - q[i]);
    let dot = |p: [f64; 3], q: [f64; 3]| (0..3).map(|i| p[i] * q[i]).sum::<f64>();
    let (e, f) = (minus(c, a), minus(d, b));
    let normal = [e[1] * f[2] - e[2] * f[1], e[2] * f[0] - e[0] * f[2], e[0] * f[1] - e[1] * f[0]];
    let length = dot(normal, normal).sqrt();
    // All corners are equally far off: by half the distance between the diagonals.
    if length > 0.0 { (dot(minus(b, a), normal) / length / 2.0).abs() } else { 0.0 }
}
