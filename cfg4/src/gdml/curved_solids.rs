//! Solids with surfaces of second and fourth order. The rules are those of Geant4's constructors.

use crate::detector::{RzCorner, Shape};

use super::error::GdmlError;
use super::solids::Dimensions;
use super::solids::outline::without_redundant;

/// Lengths below this are the same to Geant4, mm.
const LENGTH_TOLERANCE_MM: f64 = 1e-9;

/// The names of these solids.
pub(super) const NAMES: &[&str] =
    &["cutTube", "ellipsoid", "eltube", "elcone", "paraboloid", "hype", "torus", "genericPolycone"];

/// The shape that `dimensions` describe, one of [`NAMES`].
pub(super) fn read(kind: &str, dimensions: &Dimensions<'_>) -> Result<Shape, GdmlError> {
    match kind {
        "cutTube" => dimensions.cut_tube(),
        "ellipsoid" => dimensions.ellipsoid(),
        "eltube" => dimensions.elliptical_tube(),
        "elcone" => dimensions.elliptical_cone(),
        "paraboloid" => dimensions.paraboloid(),
        "hype" => dimensions.hyperboloid(),
        "torus" => dimensions.torus(),
        _ => dimensions.generic_polycone(),
    }
}

impl Dimensions<'_> {
    fn cut_tube(&self) -> Result<Shape, GdmlError> {
        let (rmin_mm, rmax_mm) = self.distinct_radii()?;
        let half_z_mm = self.extent("z")? / 2.0;
        let (start_phi_rad, delta_phi_rad) = self.phi()?;
        let low_normal = self.normal(["lowX", "lowY", "lowZ"], -1.0)?;
        let high_normal = self.normal(["highX", "highY", "highZ"], 1.0)?;
        // The height above the lower plane at 31 places of the rim, as Geant4 looks at it.
        let slope = [0, 1].map(|i| low_normal[i] / low_normal[2] - high_normal[i] / high_normal[2]);
        let cross = (0..=30).any(|i| {
            let (sin, cos) = (start_phi_rad + delta_phi_rad * f64::from(i) / 30.0).sin_cos();
            2.0 * half_z_mm + rmax_mm * (cos * slope[0] + sin * slope[1]) < 0.0
        });
        if cross {
            return self
                .fail("its two planes cross inside rmax; make z longer or them less inclined".to_owned());
        }
        Ok(Shape::CutTube {
            rmin_mm,
            rmax_mm,
            half_z_mm,
            start_phi_rad,
            delta_phi_rad,
            low_normal,
            high_normal,
        })
    }

    /// A unit normal from three attributes; along z if they are all 0 or absent.
    fn normal(&self, names: [&'static str; 3], towards: f64) -> Result<[f64; 3], GdmlError> {
        let [x, y, z] = names.map(|name| self.tag.number_or(self.evaluator, name, 0.0));
        let (x, y, z) = (x?, y?, z?);
        let length = x.hypot(y).hypot(z);
        if length == 0.0 {
            return Ok([0.0, 0.0, towards]);
        }
        let unit = [x / length, y / length, z / length];
        if unit.iter().all(|x| x.is_finite()) && unit[2] * towards > LENGTH_TOLERANCE_MM {
            return Ok(unit);
        }
        let sign = if towards < 0.0 { "below" } else { "above" };
        self.fail(format!("{} is {z}; the normal points outwards, so it should be {sign} 0", names[2]))
    }

    fn ellipsoid(&self) -> Result<Shape, GdmlError> {
        let half_axes_mm = [self.extent("ax")?, self.extent("by")?, self.extent("cz")?];
        let (low, high, top) = (self.length("zcut1")?, self.length("zcut2")?, half_axes_mm[2]);
        let (low, high) = if low == 0.0 && high == 0.0 { (-top, top) } else { (low, high) };
        if low >= top || high <= -top || low >= high {
            return self.fail(format!(
                "zcut1 ({low} mm) should be below zcut2 ({high} mm), and both cuts leave something of z from -{top} to {top} mm"
            ));
        }
        Ok(Shape::Ellipsoid { half_axes_mm, z_cuts_mm: [low.max(-top), high.min(top)] })
    }

    /// Unlike those of a `tube`, the lengths of the file are half lengths.
    fn elliptical_tube(&self) -> Result<Shape, GdmlError> {
        Ok(Shape::EllipticalTube { half_mm: [self.extent("dx")?, self.extent("dy")?, self.extent("dz")?] })
    }

    /// `dx` and `dy` are pure numbers.
    fn elliptical_cone(&self) -> Result<Shape, GdmlError> {
        let half_axes_per_length = [self.ratio("dx")?, self.ratio("dy")?];
        let (height_mm, half_z_mm) = (self.extent("zmax")?, self.extent("zcut")?);
        Ok(Shape::EllipticalCone { half_axes_per_length, height_mm, half_z_mm: half_z_mm.min(height_mm) })
    }

    fn ratio(&self, name: &'static str) -> Result<f64, GdmlError> {
        let value = self.tag.required_number(self.evaluator, name)?;
        if value > 0.0 { Ok(value) } else { self.fail(format!("{name} is {value}; it should be above 0")) }
    }

    /// `dz` is a half length.
    fn paraboloid(&self) -> Result<Shape, GdmlError> {
        let (r_low_mm, r_high_mm) = self.radii("rlo", "rhi")?;
        if r_low_mm == r_high_mm {
            return self.fail(format!("rhi ({r_high_mm} mm) should be larger than rlo"));
        }
        Ok(Shape::Paraboloid { r_low_mm, r_high_mm, half_z_mm: self.extent("dz")? })
    }

    fn hyperboloid(&self) -> Result<Shape, GdmlError> {
        let (rmin_mm, rmax_mm) = self.distinct_radii()?;
        let (inner_stereo_rad, outer_stereo_rad) = (self.stereo("inst")?, self.stereo("outst")?);
        let half_z_mm = self.extent("z")? / 2.0;
        Ok(Shape::Hyperboloid { rmin_mm, rmax_mm, inner_stereo_rad, outer_stereo_rad, half_z_mm })
    }

    /// The angle of a hyperboloid with z, rad.
    fn stereo(&self, name: &'static str) -> Result<f64, GdmlError> {
        self.angle_below(name, std::f64::consts::FRAC_PI_2)
    }

    fn torus(&self) -> Result<Shape, GdmlError> {
        let (rmin_mm, rmax_mm) = self.radii("rmin", "rmax")?;
        let swept_mm = self.extent("rtor")?;
        let (start_phi_rad, delta_phi_rad) = self.phi()?;
        if swept_mm < rmax_mm + 1e3 * LENGTH_TOLERANCE_MM {
            return self.fail(format!("rtor ({swept_mm} mm) should be larger than rmax ({rmax_mm} mm)"));
        }
        if rmin_mm >= rmax_mm - 1e2 * LENGTH_TOLERANCE_MM {
            return self.fail(format!("rmax ({rmax_mm} mm) should be larger than rmin ({rmin_mm} mm)"));
        }
        let rmin_mm = if rmin_mm < 1e2 * LENGTH_TOLERANCE_MM { 0.0 } else { rmin_mm };
        Ok(Shape::Torus { rmin_mm, rmax_mm, swept_mm, start_phi_rad, delta_phi_rad })
    }

    fn generic_polycone(&self) -> Result<Shape, GdmlError> {
        let phi = self.opening()?;
        let mut corners = Vec::new();
        for tag in self.tag.children() {
            if tag.name() != "rzpoint" {
                return Err(tag.unknown());
            }
            let point = Dimensions { tag, ..*self };
            corners.push(RzCorner { r_mm: point.radius("r")?, z_mm: point.length("z")? });
        }
        self.revolved(phi, corners)
    }

    /// A contour revolved around z.
    pub(super) fn revolved(
        &self,
        (start_phi_rad, delta_phi_rad): (f64, f64),
        corners: Vec<RzCorner>,
    ) -> Result<Shape, GdmlError> {
        let corners = corners.iter().map(|corner| [corner.r_mm, corner.z_mm]).collect();
        let corners: Vec<RzCorner> =
            without_redundant(corners).into_iter().map(|[r_mm, z_mm]| RzCorner { r_mm, z_mm }).collect();
        self.check_contour(&corners)?;
        Ok(Shape::GenericPolycone { start_phi_rad, delta_phi_rad, corners })
    }

    fn check_contour(&self, corners: &[RzCorner]) -> Result<(), GdmlError> {
        let n = corners.len();
        if n < 3 {
            return self.fail(format!("its contour has no area, with {n} corner(s) in r and z that are not in a line; it needs at least three"));
        }
        let edges: Vec<[RzCorner; 2]> = (0..n).map(|i| [corners[i], corners[(i + 1) % n]]).collect();
        let area: f64 = edges.iter().map(|[p, q]| 0.5 * (p.r_mm * q.z_mm - q.r_mm * p.z_mm)).sum();
        if area.abs() < LENGTH_TOLERANCE_MM {
            return self.fail("its contour in r and z encloses no area".to_owned());
        }
        for (i, one) in edges.iter().enumerate() {
            let others = edges.iter().enumerate().skip(i + 2).filter(|&(j, _)| (j + 1) % n != i);
            if let Some((j, _)) = others.into_iter().find(|(_, other)| cross(one, other)) {
                let (a, b) = (edges[i][0], edges[j][0]);
                return self.fail(format!(
                    "its contour in r and z crosses itself: the edge from ({}, {}) mm and that from ({}, {}) mm",
                    a.r_mm, a.z_mm, b.r_mm, b.z_mm
                ));
            }
        }
        Ok(())
    }
}

/// Whether the insides of two edges have a point in common, other than by lying in one line.
fn cross([a, b]: &[RzCorner; 2], [c, d]: &[RzCorner; 2]) -> bool {
    let side = |p: &RzCorner, q: &RzCorner, r: &RzCorner| {
        (q.r_mm - p.r_mm) * (r.z_mm - p.z_mm) - (q.z_mm - p.z_mm) * (r.r_mm - p.r_mm)
    };
    side(a, b, c) * side(a, b, d) < 0.0 && side(c, d, a) * side(c, d, b) < 0.0
}
