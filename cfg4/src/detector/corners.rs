//! The eight corners of solids with six sides.

use super::{Shape, TrapFace};

impl Shape {
    /// The corners of a `trd`, `trap`, `para` or `arb8`, mm: four at low z, counterclockwise as seen from high z, then the
    /// same at high z; those but of `arb8` start at (low x, low y), (high x, low y). `None` for other shapes.
    pub fn corners_mm(&self) -> Option<[[f64; 3]; 8]> {
        let straight = |half_x_mm: f64, half_y_mm: f64| TrapFace {
            half_y_mm,
            half_x_low_mm: half_x_mm,
            half_x_high_mm: half_x_mm,
            alpha_rad: 0.0,
        };
        match *self {
            Shape::Trd { half_x_mm: x, half_y_mm: y, half_z_mm } => {
                Some(corners(half_z_mm, [0.0; 2], [straight(x[0], y[0]), straight(x[1], y[1])]))
            }
            Shape::Trap { half_z_mm, theta_rad, phi_rad, faces } => {
                Some(corners(half_z_mm, [theta_rad, phi_rad], faces))
            }
            Shape::Para { half_mm: [x, y, z], alpha_rad, theta_rad, phi_rad } => {
                let face = TrapFace { alpha_rad, ..straight(x, y) };
                Some(corners(z, [theta_rad, phi_rad], [face; 2]))
            }
            Shape::Arb8 { half_z_mm: z, corners_mm } => {
                let corner = |i: usize| [corners_mm[i][0], corners_mm[i][1], if i < 4 { -z } else { z }];
                Some([0, 1, 2, 3, 4, 5, 6, 7].map(corner))
            }
            _ => None,
        }
    }
}

fn corners(z: f64, [theta, phi]: [f64; 2], [low, high]: [TrapFace; 2]) -> [[f64; 3]; 8] {
    let (along_x, along_y) = (z * theta.tan() * phi.cos(), z * theta.tan() * phi.sin());
    let corner = |i: usize| {
        let (face, side) = if i < 4 { (low, -1.0) } else { (high, 1.0) };
        let (half_x, along) = if i % 4 < 2 { (face.half_x_low_mm, -1.0) } else { (face.half_x_high_mm, 1.0) };
        let out = if matches!(i % 4, 1 | 2) { half_x } else { -half_x };
        let lean = along * face.half_y_mm * face.alpha_rad.tan();
        [side * along_x + lean + out, side * along_y + along * face.half_y_mm, side * z]
    };
    [0, 1, 2, 3, 4, 5, 6, 7].map(corner)
}
