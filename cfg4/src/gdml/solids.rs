//! Solids with dimensions of their own. Lengths are full lengths in the file and half lengths in the detector.

mod arb8;
pub(super) mod outline;
pub(super) mod planar;
mod swept;

use std::f64::consts::{FRAC_PI_2, PI, TAU};

use crate::detector::{RzCorner, Shape, ZPlane};

use super::error::{GdmlError, GdmlErrorKind};
use super::expression::Evaluator;
use super::tag::Tag;
use super::{curved_solids, twisted_solids, units};

/// Angles closer than this are the same (Geant4's angular tolerance).
pub(super) const ANGLE_TOLERANCE: f64 = 1e-9;

/// The shape that `tag` describes, `None` if it is not one of these solids.
pub(super) fn read(tag: Tag<'_>, evaluator: &Evaluator) -> Result<Option<Shape>, GdmlError> {
    read_as(tag.name(), tag, evaluator)
}

/// The shape that `tag` would describe if it were an element `kind`.
pub(super) fn read_as(kind: &str, tag: Tag<'_>, evaluator: &Evaluator) -> Result<Option<Shape>, GdmlError> {
    let dimensions = Dimensions {
        tag,
        evaluator,
        length: units::LENGTH.factor(tag, "lunit")?,
        angle: units::ANGLE.factor(tag, "aunit")?,
    };
    let shape = match kind {
        "box" => dimensions.cuboid(),
        "tube" => dimensions.tube(),
        "orb" => dimensions.orb(),
        "sphere" => dimensions.sphere(),
        "cone" => dimensions.cone(),
        "trd" => planar::trd(&dimensions),
        "trap" => planar::trap(&dimensions),
        "para" => planar::para(&dimensions),
        "arb8" => arb8::arb8(&dimensions),
        "polyhedra" => swept::polyhedra(&dimensions),
        "genericPolyhedra" => swept::generic_polyhedra(&dimensions),
        "xtru" => swept::xtru(&dimensions),
        "polycone" => dimensions.polycone(),
        name if curved_solids::NAMES.contains(&name) => curved_solids::read(name, &dimensions),
        name if twisted_solids::NAMES.contains(&name) => twisted_solids::read(&dimensions),
        _ => return Ok(None),
    };
    shape.map(Some)
}

/// The planes of a `polyhedra`, with the radii of its edges; `None` for other solids.
pub(super) fn polyhedra_planes(
    tag: Tag<'_>,
    shape: &Shape,
    evaluator: &Evaluator,
) -> Result<Option<Vec<ZPlane>>, GdmlError> {
    match shape {
        Shape::Polyhedra { delta_phi_rad, n_sides, .. } if tag.name() == "polyhedra" => {
            let length = units::LENGTH.factor(tag, "lunit")?;
            let mut planes = Dimensions { tag, evaluator, length, angle: 1.0 }.zplanes()?;
            let to_edge = swept::flat_to_edge(*delta_phi_rad, *n_sides);
            for plane in &mut planes {
                (plane.rmin_mm, plane.rmax_mm) = (plane.rmin_mm * to_edge, plane.rmax_mm * to_edge);
            }
            Ok(Some(planes))
        }
        _ => Ok(None),
    }
}

/// A polyhedra whose radii in the file are those of its edges, as in parameterised volumes; other solids as they are.
pub(super) fn with_radii_of_edges(mut shape: Shape) -> Shape {
    if let Shape::Polyhedra { delta_phi_rad, n_sides, corners_mm, .. } = &mut shape {
        let to_edge = swept::flat_to_edge(*delta_phi_rad, *n_sides);
        corners_mm.iter_mut().for_each(|corner| corner[0] /= to_edge);
    }
    shape
}

/// The attributes of one solid with its units.
pub(super) struct Dimensions<'a> {
    pub(super) tag: Tag<'a>,
    pub(super) evaluator: &'a Evaluator,
    /// The length unit, mm.
    pub(super) length: f64,
    /// The angle unit, rad.
    pub(super) angle: f64,
}

impl Dimensions<'_> {
    pub(super) fn fail<T>(&self, message: String) -> Result<T, GdmlError> {
        Err(self.tag.fail(GdmlErrorKind::Dimension(message)))
    }

    pub(super) fn finite(&self, value: f64, name: &str) -> Result<f64, GdmlError> {
        if value.is_finite() { Ok(value) } else { self.fail(format!("{name} is too large")) }
    }

    /// A coordinate that may be absent, and then is 0, mm.
    fn place(&self, name: &'static str) -> Result<f64, GdmlError> {
        self.finite(self.tag.number_or(self.evaluator, name, 0.0)? * self.length, name)
    }

    /// A length above 0, mm.
    pub(super) fn extent(&self, name: &'static str) -> Result<f64, GdmlError> {
        let value = self.finite(self.tag.required_number(self.evaluator, name)? * self.length, name)?;
        if value > 0.0 { Ok(value) } else { self.fail(format!("{name} is {value} mm; it should be above 0")) }
    }

    /// A length that may be absent, and then is 0, mm.
    pub(super) fn radius(&self, name: &'static str) -> Result<f64, GdmlError> {
        let value = self.finite(self.tag.number_or(self.evaluator, name, 0.0)? * self.length, name)?;
        if value >= 0.0 {
            Ok(value)
        } else {
            self.fail(format!("{name} is {value} mm; it should not be negative"))
        }
    }

    /// An angle that may be absent, and then is 0, rad.
    fn rotation(&self, name: &'static str) -> Result<f64, GdmlError> {
        self.finite(self.tag.number_or(self.evaluator, name, 0.0)? * self.angle, name)
    }

    /// An angle less than a right one either way, rad; 0 where it is absent.
    fn lean(&self, name: &'static str) -> Result<f64, GdmlError> {
        let value = self.rotation(name)?;
        if value.abs() < FRAC_PI_2 - ANGLE_TOLERANCE {
            Ok(value)
        } else {
            self.fail(format!("{name} is {value} rad; it should be between -pi/2 and pi/2"))
        }
    }

    /// A position that may be absent, and then is 0, mm.
    pub(super) fn length(&self, name: &'static str) -> Result<f64, GdmlError> {
        self.finite(self.tag.number_or(self.evaluator, name, 0.0)? * self.length, name)
    }

    /// An angle that may be absent, and whose size must be below `limit_rad`, rad.
    pub(super) fn angle_below(&self, name: &'static str, limit_rad: f64) -> Result<f64, GdmlError> {
        let value = self.tag.number_or(self.evaluator, name, 0.0)? * self.angle;
        if value.abs() < limit_rad {
            return Ok(value);
        }
        let limit = limit_rad.to_degrees();
        self.fail(format!(
            "{name} is {} deg; it should be between -{limit} and {limit} deg",
            value.to_degrees()
        ))
    }

    /// Inner and outer radius, mm.
    pub(super) fn radii(&self, inner: &'static str, outer: &'static str) -> Result<(f64, f64), GdmlError> {
        let (rmin, rmax) = (self.radius(inner)?, self.radius(outer)?);
        if rmin <= rmax {
            return Ok((rmin, rmax));
        }
        self.fail(format!("{inner} ({rmin} mm) should not be larger than {outer} ({rmax} mm)"))
    }

    /// Radii of a solid that has them everywhere, so that they must differ, mm.
    pub(super) fn distinct_radii(&self) -> Result<(f64, f64), GdmlError> {
        let (rmin, rmax) = self.radii("rmin", "rmax")?;
        if rmin < rmax { Ok((rmin, rmax)) } else { self.fail("rmax should be larger than rmin".to_owned()) }
    }

    /// Start and extent in phi, rad; all around is exactly 2 pi from 0.
    pub(super) fn phi(&self) -> Result<(f64, f64), GdmlError> {
        let start = self.tag.number_or(self.evaluator, "startphi", 0.0)? * self.angle;
        let delta = self.tag.required_number(self.evaluator, "deltaphi")? * self.angle;
        let (start, delta) = (self.finite(start, "startphi")?, self.finite(delta, "deltaphi")?);
        if delta <= 0.0 {
            return self.fail(format!("deltaphi is {delta} rad; it should be above 0"));
        }
        Ok(if delta >= TAU - ANGLE_TOLERANCE { (0.0, TAU) } else { (start, delta) })
    }

    /// As [`Self::phi`] for solids of planes or contours, where no extent or a negative one is all around.
    pub(super) fn opening(&self) -> Result<(f64, f64), GdmlError> {
        let (start, delta) = (self.rotation("startphi")?, self.rotation("deltaphi")?);
        Ok(if delta <= 0.0 || delta >= TAU - ANGLE_TOLERANCE { (0.0, TAU) } else { (start, delta) })
    }

    fn theta(&self) -> Result<(f64, f64), GdmlError> {
        let start = self.tag.number_or(self.evaluator, "starttheta", 0.0)? * self.angle;
        let delta = self.tag.required_number(self.evaluator, "deltatheta")? * self.angle;
        if !(0.0..=PI).contains(&start) {
            return self.fail(format!("starttheta is {start} rad; it should be from 0 to pi"));
        }
        if delta.is_nan() || delta <= 0.0 {
            return self.fail(format!("deltatheta is {delta} rad; it should be above 0"));
        }
        let to_the_pole = PI - start;
        let delta = if delta >= to_the_pole - ANGLE_TOLERANCE { to_the_pole } else { delta };
        if delta > 0.0 {
            Ok((start, delta))
        } else {
            self.fail("starttheta is pi; nothing is left".to_owned())
        }
    }

    fn cuboid(&self) -> Result<Shape, GdmlError> {
        let half = |name| Ok(self.extent(name)? / 2.0);
        Ok(Shape::Box { half_mm: [half("x")?, half("y")?, half("z")?] })
    }

    fn tube(&self) -> Result<Shape, GdmlError> {
        let (rmin_mm, rmax_mm) = self.distinct_radii()?;
        let half_z_mm = self.extent("z")? / 2.0;
        let (start_phi_rad, delta_phi_rad) = self.phi()?;
        Ok(Shape::Tube { rmin_mm, rmax_mm, half_z_mm, start_phi_rad, delta_phi_rad })
    }

    fn orb(&self) -> Result<Shape, GdmlError> {
        Ok(Shape::Orb { r_mm: self.extent("r")? })
    }

    fn sphere(&self) -> Result<Shape, GdmlError> {
        let (rmin_mm, rmax_mm) = self.distinct_radii()?;
        let (start_phi_rad, delta_phi_rad) = self.phi()?;
        let (start_theta_rad, delta_theta_rad) = self.theta()?;
        Ok(Shape::Sphere { rmin_mm, rmax_mm, start_phi_rad, delta_phi_rad, start_theta_rad, delta_theta_rad })
    }

    fn cone(&self) -> Result<Shape, GdmlError> {
        let (rmin1_mm, rmax1_mm) = self.radii("rmin1", "rmax1")?;
        let (rmin2_mm, rmax2_mm) = self.radii("rmin2", "rmax2")?;
        if rmin1_mm == rmax1_mm && rmin2_mm == rmax2_mm {
            return self.fail("at one end at least, rmax should be larger than rmin".to_owned());
        }
        let half_z_mm = self.extent("z")? / 2.0;
        let (start_phi_rad, delta_phi_rad) = self.phi()?;
        Ok(Shape::Cone { rmin1_mm, rmax1_mm, rmin2_mm, rmax2_mm, half_z_mm, start_phi_rad, delta_phi_rad })
    }

    /// Planes whose z turns back make a contour, as in Geant4.
    fn polycone(&self) -> Result<Shape, GdmlError> {
        let phi = self.opening()?;
        let planes = self.zplanes()?;
        let turns = planes.windows(2).any(|pair| pair[0].z_mm < pair[1].z_mm)
            && planes.windows(2).any(|pair| pair[0].z_mm > pair[1].z_mm);
        if turns {
            let outer = planes.iter().map(|plane| RzCorner { r_mm: plane.rmax_mm, z_mm: plane.z_mm });
            let inner = planes.iter().rev().map(|plane| RzCorner { r_mm: plane.rmin_mm, z_mm: plane.z_mm });
            return self.revolved(phi, outer.chain(inner).collect());
        }
        Ok(Shape::Polycone { start_phi_rad: phi.0, delta_phi_rad: phi.1, planes })
    }

    /// The planes of a polycone or polyhedra.
    fn zplanes(&self) -> Result<Vec<ZPlane>, GdmlError> {
        let mut planes = Vec::new();
        for tag in self.tag.children() {
            if tag.name() != "zplane" {
                return Err(tag.unknown());
            }
            let plane = Dimensions { tag, ..*self };
            let (rmin_mm, rmax_mm) = plane.radii("rmin", "rmax")?;
            let z = tag.required_number(self.evaluator, "z")? * self.length;
            planes.push(ZPlane { z_mm: self.finite(z, "z")?, rmin_mm, rmax_mm });
        }
        self.check_planes(&planes)?;
        Ok(planes)
    }

    fn check_planes(&self, planes: &[ZPlane]) -> Result<(), GdmlError> {
        if planes.len() < 2 {
            return self.fail(format!("{} zplane(s); at least two are needed", planes.len()));
        }
        if planes.windows(2).all(|pair| pair[0].z_mm == pair[1].z_mm) {
            return self.fail("all zplanes have the same z".to_owned());
        }
        if planes.iter().all(|plane| plane.rmin_mm == plane.rmax_mm) {
            return self.fail("at one zplane at least, rmax should be larger than rmin".to_owned());
        }
        let apart = |pair: &[ZPlane]| {
            let (a, b) = (pair[0], pair[1]);
            a.z_mm == b.z_mm && (a.rmin_mm > b.rmax_mm || b.rmin_mm > a.rmax_mm)
        };
        if planes.windows(2).any(apart) {
            return self.fail("two zplanes at the same z do not touch".to_owned());
        }
        Ok(())
    }
}
