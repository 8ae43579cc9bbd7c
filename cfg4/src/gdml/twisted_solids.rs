//! Solids that are twisted around z. The rules are those of Geant4's constructors.

use std::f64::consts::{FRAC_PI_2, PI, TAU};

use crate::detector::Shape;

use super::error::GdmlError;
use super::solids::{ANGLE_TOLERANCE, Dimensions};

/// The names of these solids.
pub(super) const NAMES: &[&str] = &["twistedbox", "twistedtrd", "twistedtrap", "twistedtubs"];

/// The shape that `dimensions` describe, one of [`NAMES`].
pub(super) fn read(dimensions: &Dimensions<'_>) -> Result<Shape, GdmlError> {
    match dimensions.tag.name() {
        "twistedbox" => dimensions.twisted_box(),
        "twistedtrd" => dimensions.twisted_trd(),
        "twistedtrap" => dimensions.twisted_trap(),
        _ => dimensions.twisted_tube(),
    }
}

impl Dimensions<'_> {
    /// Half of a length above 0, mm.
    fn half(&self, name: &'static str) -> Result<f64, GdmlError> {
        Ok(self.extent(name)? / 2.0)
    }

    /// The twist of the solids with four sides, rad.
    fn twist(&self) -> Result<f64, GdmlError> {
        let twist = self.angle_below("PhiTwist", FRAC_PI_2)?;
        if twist.abs() > 2.0 * ANGLE_TOLERANCE {
            return Ok(twist);
        }
        self.fail("PhiTwist is 0; use a solid that is not twisted".to_owned())
    }

    fn twisted_box(&self) -> Result<Shape, GdmlError> {
        let (x, y) = (self.half("x")?, self.half("y")?);
        self.upright([y; 2], [x; 4])
    }

    fn twisted_trd(&self) -> Result<Shape, GdmlError> {
        let (x1, x2) = (self.half("x1")?, self.half("x2")?);
        self.upright([self.half("y1")?, self.half("y2")?], [x1, x1, x2, x2])
    }

    fn upright(&self, half_y_mm: [f64; 2], half_x_mm: [f64; 4]) -> Result<Shape, GdmlError> {
        Ok(Shape::TwistedTrap {
            twist_rad: self.twist()?,
            half_z_mm: self.half("z")?,
            theta_rad: 0.0,
            phi_rad: 0.0,
            half_y_mm,
            half_x_mm,
            alpha_rad: 0.0,
        })
    }

    fn twisted_trap(&self) -> Result<Shape, GdmlError> {
        let half_y_mm = [self.half("y1")?, self.half("y2")?];
        let half_x_mm = [self.half("x1")?, self.half("x2")?, self.half("x3")?, self.half("x4")?];
        self.check_slopes(half_y_mm, half_x_mm)?;
        let theta_rad = self.angle_below("Theta", FRAC_PI_2)?;
        if theta_rad < 0.0 {
            return self.fail(format!("Theta is {theta_rad} rad; it should not be negative"));
        }
        let phi = self.tag.number_or(self.evaluator, "Phi", 0.0)? * self.angle;
        Ok(Shape::TwistedTrap {
            twist_rad: self.twist()?,
            half_z_mm: self.half("z")?,
            theta_rad,
            phi_rad: self.finite(phi, "Phi")?,
            half_y_mm,
            half_x_mm,
            alpha_rad: self.angle_below("Alph", FRAC_PI_2)?,
        })
    }

    /// Before it is twisted, each side must be a plane: x narrows with y equally at both ends.
    fn check_slopes(&self, [y1, y2]: [f64; 2], [x1, x2, x3, x4]: [f64; 4]) -> Result<(), GdmlError> {
        const TOLERANCE_MM: f64 = 1e-9;
        let planar = if x1 == x2 || x3 == x4 {
            x1 == x2 && x3 == x4
        } else {
            (y1 * (x3 - x4) / (x1 - x2) - y2).abs() <= TOLERANCE_MM
        };
        if planar {
            return Ok(());
        }
        self.fail(format!(
            "its sides are not planar before the twist: (x2-x1)/y1 is {} and (x4-x3)/y2 is {}; they should be equal",
            (x2 - x1) / y1,
            (x4 - x3) / y2
        ))
    }

    fn twisted_tube(&self) -> Result<Shape, GdmlError> {
        let twist_rad = self.angle_below("twistedangle", PI)?;
        let (end_rmin_mm, end_rmax_mm) = (self.extent("endinnerrad")?, self.extent("endouterrad")?);
        if end_rmin_mm >= end_rmax_mm {
            return self.fail(format!(
                "endouterrad ({end_rmax_mm} mm) should be larger than endinnerrad ({end_rmin_mm} mm)"
            ));
        }
        let half_z_mm = self.half("zlen")?;
        let delta_phi_rad = self.tag.required_number(self.evaluator, "phi")? * self.angle;
        if !(delta_phi_rad > 0.0 && delta_phi_rad <= TAU + ANGLE_TOLERANCE) {
            return self
                .fail(format!("phi is {delta_phi_rad} rad; it should be above 0, and a turn at most"));
        }
        Ok(Shape::TwistedTube { twist_rad, end_rmin_mm, end_rmax_mm, half_z_mm, delta_phi_rad })
    }
}
