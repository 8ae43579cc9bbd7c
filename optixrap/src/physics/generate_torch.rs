//! Torches: light sources for tests and calibration.
//!
//! Two numbers u1 and u2, scaled into the genstep's zenith and azimuth ranges, place and aim the photon:
//!
//! | type | place | direction | polarization |
//! |---|---|---|---|
//! | sphere | source | around the axis, cos(theta) = 1 - 2 u1, phi = 2 pi u2 | growing theta |
//! | point | source | axis | around it, at phi - 90 degrees |
//! | disc, disclin | disc across the axis, r = R sqrt(u1) or R u1 | axis | as point |
//! | ring | ring across the axis | axis | as point |
//! | discIntersectSphere | disc in the xy plane | axis | S: across the plane of axis and offset; else P: in it |
//! | discIntersectSphereDumb | disc across the axis | axis | as discIntersectSphere |
//! | discaxial | discs at the distance in 26 directions by turns | to the source | z made transverse |
//! | invsphere | sphere of radius R | to the source | horizontal |
//! | refltest | as invsphere; flatTheta: theta = pi u1 | to the source | S: horizontal; else P: in the plane with z |
//! | invcylinder | cylinder along z, half length = distance | to its axis | S: across direction and given vector; else P: in their plane |
//!
//! Every polarization is perpendicular to the direction, also where the original's was not. The mode fixpol takes
//! the given polarization instead. Wavelength: fixed; comb: 400, 500, 600, 700 or 800 nm; source: black body of
//! 6500 K (also where the fixed one is not positive).
//!
//! Draws: one for a wavelength that is not fixed, then two.

use super::direction::{Frame, transverse};
use super::fmath::sin_cos;
use super::genstep::GenstepRecord;
use super::photon::Photon;
use super::random::Uniform;
use super::tables::Tables;
use super::vec3::{Vec3, vec3};
use crate::intrinsics::sqrt;

/// Torch types, word 23.
pub mod torch_type {
    /// `sphere`
    pub const SPHERE: u32 = 1;
    /// `point`
    pub const POINT: u32 = 2;
    /// `disc`
    pub const DISC: u32 = 3;
    /// `discIntersectSphere`
    pub const DISC_INTERSECT_SPHERE: u32 = 4;
    /// `discIntersectSphereDumb`
    pub const DISC_INTERSECT_SPHERE_DUMB: u32 = 5;
    /// `disclin`
    pub const DISC_LINEAR: u32 = 6;
    /// `discaxial`
    pub const DISC_AXIAL: u32 = 7;
    /// `invsphere`
    pub const INVERSE_SPHERE: u32 = 8;
    /// `refltest`
    pub const REFLECTION_TEST: u32 = 9;
    /// `invcylinder`
    pub const INVERSE_CYLINDER: u32 = 10;
    /// `ring`
    pub const RING: u32 = 11;
}

/// Torch mode bits, word 22.
pub mod torch_mode {
    /// `spol`
    pub const S_POLARIZED: u32 = 1;
    /// `ppol`
    pub const P_POLARIZED: u32 = 2;
    /// `flatTheta`
    pub const FLAT_THETA: u32 = 4;
    /// `flatCosTheta`
    pub const FLAT_COS_THETA: u32 = 8;
    /// `fixpol`
    pub const FIXED_POLARIZATION: u32 = 16;
    /// `wavelengthSource`
    pub const WAVELENGTH_SOURCE: u32 = 32;
    /// `wavelengthComb`
    pub const WAVELENGTH_COMB: u32 = 64;
}

/// A torch genstep with the photon's two numbers.
struct Torch {
    source: Vec3,
    axis: Vec3,
    given: Vec3,
    radius_mm: f32,
    distance_mm: f32,
    mode: u32,
    u1: f32,
    u2: f32,
}

/// Place, direction and polarization.
type Ray = (Vec3, Vec3, Vec3);

/// One photon of a torch genstep. One of an unknown type has a wavelength that is not a number.
#[inline]
pub fn generate<R: Uniform>(
    tables: &Tables,
    genstep: &GenstepRecord,
    photon_index_in_genstep: u32,
    rng: &mut R,
) -> Photon {
    let mode = genstep.words[22];
    let wavelength_nm = sample_wavelength_nm(tables, mode, genstep.float(15), rng);
    let axis = genstep.displacement().normalized();
    let torch = Torch {
        source: genstep.position(),
        axis: if axis.dot(axis) > 0.5 { axis } else { vec3(0.0, 0.0, 1.0) },
        given: genstep.vector(3),
        radius_mm: genstep.float(20),
        distance_mm: genstep.float(21),
        mode,
        u1: scaled(rng.uniform(), genstep.float(16), genstep.float(17)),
        u2: scaled(rng.uniform(), genstep.float(18), genstep.float(19)),
    };
    let ray = torch.ray(genstep.words[23], photon_index_in_genstep);
    let (position, direction, polarization) = ray.unwrap_or_default();
    let fixed = mode & torch_mode::FIXED_POLARIZATION != 0;
    let ripple_ns = if genstep.words[23] == torch_type::INVERSE_CYLINDER {
        (photon_index_in_genstep % 100) as f32 * 0.033_33
    } else {
        0.0
    };
    Photon {
        position,
        time_ns: genstep.time_ns() + ripple_ns,
        direction,
        weight: genstep.float(11),
        polarization: if fixed { transverse(torch.given, direction) } else { polarization },
        wavelength_nm: if ray.is_some() { wavelength_nm } else { f32::NAN },
    }
}

#[inline(always)]
fn scaled(u: f32, from: f32, to: f32) -> f32 {
    from + u * (to - from)
}

#[inline]
fn sample_wavelength_nm<R: Uniform>(tables: &Tables, mode: u32, fixed_nm: f32, rng: &mut R) -> f32 {
    if mode & torch_mode::WAVELENGTH_COMB != 0 {
        let tooth = (5.0 * rng.uniform()) as u32;
        400.0 + 100.0 * tooth as f32
    } else if mode & torch_mode::WAVELENGTH_SOURCE != 0 || fixed_nm <= 0.0 {
        tables.lookup(tables.source_spectrum, rng.uniform())
    } else {
        fixed_nm
    }
}

impl Torch {
    #[inline]
    fn ray(&self, kind: u32, photon_index: u32) -> Option<Ray> {
        let r_flat = self.radius_mm * sqrt(self.u1);
        Some(match kind {
            torch_type::SPHERE => self.sphere(),
            torch_type::POINT => self.disc(0.0),
            torch_type::DISC => self.disc(r_flat),
            torch_type::DISC_LINEAR => self.disc(self.radius_mm * self.u1),
            torch_type::RING => self.disc(self.radius_mm),
            torch_type::DISC_INTERSECT_SPHERE => self.disc_at_sphere(self.circle().direction),
            torch_type::DISC_INTERSECT_SPHERE_DUMB => {
                self.disc_at_sphere(self.circle().direction.rotate_uz(self.axis))
            }
            torch_type::DISC_AXIAL => self.disc_axial(photon_index, r_flat),
            torch_type::INVERSE_SPHERE => self.inward(Frame::new(1.0 - 2.0 * self.u1, self.u2), true),
            torch_type::REFLECTION_TEST => {
                let cos_theta = if self.mode & torch_mode::FLAT_THETA != 0 {
                    sin_cos(core::f32::consts::PI * self.u1).1
                } else {
                    1.0 - 2.0 * self.u1
                };
                self.inward(Frame::new(cos_theta, self.u2), self.s_polarized())
            }
            torch_type::INVERSE_CYLINDER => self.inverse_cylinder(),
            _ => return None,
        })
    }

    #[inline(always)]
    fn s_polarized(&self) -> bool {
        self.mode & torch_mode::S_POLARIZED != 0
    }

    /// The horizontal direction of azimuth u2 turns.
    #[inline(always)]
    fn circle(&self) -> Frame {
        Frame::new(0.0, self.u2)
    }

    fn sphere(&self) -> Ray {
        let frame = Frame::new(1.0 - 2.0 * self.u1, self.u2);
        (self.source, frame.direction.rotate_uz(self.axis), frame.theta_hat.rotate_uz(self.axis))
    }

    fn disc(&self, r_mm: f32) -> Ray {
        let circle = self.circle();
        let offset = circle.direction.rotate_uz(self.axis);
        (self.source + offset * r_mm, self.axis, -circle.phi_hat.rotate_uz(self.axis))
    }

    fn disc_at_sphere(&self, offset: Vec3) -> Ray {
        let place = self.source + offset * (self.radius_mm * sqrt(self.u1));
        let p_polarization = transverse(offset, self.axis);
        let polarization = if self.s_polarized() { self.axis.cross(p_polarization) } else { p_polarization };
        (place, self.axis, polarization)
    }

    fn disc_axial(&self, photon_index: u32, r_mm: f32) -> Ray {
        let [x, y, z] = DIRECTIONS[photon_index as usize % DIRECTIONS.len()];
        let out = vec3(f32::from(x), f32::from(y), f32::from(z)).normalized();
        let offset = self.circle().direction.rotate_uz(out) * r_mm;
        (self.source + out * self.distance_mm + offset, -out, transverse(vec3(0.0, 0.0, 1.0), -out))
    }

    /// From the sphere around the source to its centre.
    fn inward(&self, place: Frame, s_polarized: bool) -> Ray {
        let polarization = if s_polarized { place.phi_hat } else { place.theta_hat };
        (self.source + place.direction * self.radius_mm, -place.direction, polarization)
    }

    fn inverse_cylinder(&self) -> Ray {
        let out = self.circle().direction;
        let along_z = vec3(0.0, 0.0, self.distance_mm * (1.0 - 2.0 * self.u1));
        let in_plane = transverse(self.given, -out);
        let polarization = if self.s_polarized() { in_plane.cross(out) } else { in_plane };
        (self.source + out * self.radius_mm + along_z, -out, polarization)
    }
}

/// Towards the 6 faces, 12 edges and 8 corners of a cube.
const DIRECTIONS: [[i8; 3]; 26] = [
    [1, 0, 0],
    [-1, 0, 0],
    [0, 1, 0],
    [0, -1, 0],
    [0, 0, 1],
    [0, 0, -1],
    [1, 1, 0],
    [-1, 1, 0],
    [-1, -1, 0],
    [1, -1, 0],
    [1, 0, 1],
    [-1, 0, 1],
    [-1, 0, -1],
    [1, 0, -1],
    [0, 1, 1],
    [0, -1, 1],
    [0, -1, -1],
    [0, 1, -1],
    [1, 1, 1],
    [-1, 1, 1],
    [1, -1, 1],
    [1, 1, -1],
    [-1, -1, 1],
    [-1, 1, -1],
    [1, -1, -1],
    [-1, -1, -1],
];
