//! Reflection and refraction at a smooth boundary between two dielectrics, with polarization.
//!
//! With c1, c2 the cosines of incidence and refraction and s = k x N the normal of the plane of incidence,
//! Fresnel's amplitudes (Hecht, Optics, 4.6; Jackson, Classical Electrodynamics, 7.3) are
//!
//! | | perpendicular (along s) | parallel (along k x s) |
//! |---|---|---|
//! | reflected | (n1 c1 - n2 c2) / (n1 c1 + n2 c2) | (n2 c1 - n1 c2) / (n2 c1 + n1 c2) |
//! | transmitted | 2 n1 c1 / (n1 c1 + n2 c2) | 2 n1 c1 / (n2 c1 + n1 c2) |
//!
//! and the reflected share of the power is the sum of the squared reflected amplitudes, each weighted by the
//! polarization's share. The photon leaves along one of the two rays, with the polarization of that wave.
//! Both components keep their sign: Geant4 takes the parallel one as positive, which leaves every probability
//! here as it is but mirrors some outgoing polarizations in the plane of incidence.
//! Beyond the critical angle the polarization is reflected like a vector (Geant4's choice; the elliptic part of
//! a totally reflected wave is not carried).
//!
//! Draws: one, or none at total reflection.

use super::photon::Photon;
use super::random::Uniform;
use super::vec3::Vec3;
use crate::intrinsics::sqrt;

/// Where the photon went.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fresnel {
    /// Back into the medium that it came from.
    Reflected,
    /// Into the other medium.
    Transmitted,
}

/// sin^2 of the angle of incidence below which the two polarizations are not told apart (their reflectances
/// differ by less than 1e-5 of themselves there).
const NORMAL_INCIDENCE_SIN2: f32 = 1e-5;

/// Sends the photon on from a boundary between media of refractive indices `n1`, where it is, and `n2`.
///
/// `normal` is the boundary's unit normal that points against the photon.
#[inline(always)]
pub fn fresnel<R: Uniform>(n1: f32, n2: f32, normal: Vec3, photon: &mut Photon, rng: &mut R) -> Fresnel {
    let k = photon.direction;
    let e = photon.polarization;
    let s = k.cross(normal);
    let c1 = -k.dot(normal);
    let sin2 = s.dot(s);
    let eta = n1 / n2;
    // 1 - eta^2 sin^2, written so that c2 is c1 where the indices are equal, also at grazing incidence.
    let cos2_t = (1.0 - eta) * (1.0 + eta) + eta * eta * c1 * c1;
    if cos2_t <= 0.0 {
        reflect_like_vector(normal, photon);
        return Fresnel::Reflected;
    }
    let c2 = sqrt(cos2_t);
    let (n1c1, n2c2, n2c1, n1c2) = (n1 * c1, n2 * c2, n2 * c1, n1 * c2);
    let (sum_s, sum_p) = (n1c1 + n2c2, n2c1 + n1c2);
    let (diff_s, diff_p) = (n1c1 - n2c2, n2c1 - n1c2);
    let u = rng.uniform();
    if sin2 < NORMAL_INCIDENCE_SIN2 {
        let reflected = u * sum_s * sum_s < diff_s * diff_s;
        return near_normal(normal, photon, reflected, [eta, c1, c2]);
    }
    // Components of the polarization, both times |s|: along s, and along k x s = -c1 k - N.
    let (es, ep) = (e.dot(s), -e.dot(normal));
    let (es_p, ep_s) = (es * sum_p, ep * sum_s);
    let (rs, rp) = (es_p * diff_s, ep_s * diff_p);
    let whole = sum_s * sum_p;
    let reflected_power = rs * rs + rp * rp;
    // k' x s = k (k'.N) - N (k'.k) is as long as s, so the new polarization's length is known beforehand.
    if u * (whole * whole) * (es * es + ep * ep) < reflected_power {
        let inverse = 1.0 / sqrt(reflected_power * sin2);
        let (a, b) = (rs * inverse, rp * inverse);
        photon.direction = unit(k + normal * (2.0 * c1));
        photon.polarization = s * a + k * (b * c1) + normal * (b * (2.0 * c1 * c1 - 1.0));
        Fresnel::Reflected
    } else {
        let inverse = 1.0 / sqrt((es_p * es_p + ep_s * ep_s) * sin2);
        let (a, b) = (es_p * inverse, ep_s * inverse);
        let g = eta * c1 - c2;
        photon.direction = unit(k * eta + normal * g);
        photon.polarization = s * a + k * (-b * c2) + normal * (b * (g * c1 - eta));
        Fresnel::Transmitted
    }
}

/// The reflection that turns direction and polarization like vectors: k + 2 c N, -e + 2 (e.N) N.
#[inline(always)]
pub fn reflect_like_vector(normal: Vec3, photon: &mut Photon) {
    let k = photon.direction;
    let e = photon.polarization;
    // Lengths stay: those before the reflection, known earlier, correct those after it.
    let (k_scale, e_scale) = (1.5 - 0.5 * k.dot(k), 1.5 - 0.5 * e.dot(e));
    photon.direction = (k + normal * (-2.0 * k.dot(normal))) * k_scale;
    photon.polarization = (normal * (2.0 * e.dot(normal)) + -e) * e_scale;
}

/// Close to the normal both polarizations behave alike: the polarization only follows the direction.
#[inline(always)]
fn near_normal(normal: Vec3, photon: &mut Photon, reflected: bool, [eta, c1, c2]: [f32; 3]) -> Fresnel {
    let k = photon.direction;
    let out = if reflected { k + normal * (2.0 * c1) } else { k * eta + normal * (eta * c1 - c2) };
    let out = unit(out);
    let e = photon.polarization;
    photon.direction = out;
    photon.polarization = unit(e + out * -e.dot(out));
    if reflected { Fresnel::Reflected } else { Fresnel::Transmitted }
}

/// A vector of nearly unit length brought closer to it, by one Newton step of the inverse square root.
#[inline(always)]
pub fn unit(v: Vec3) -> Vec3 {
    v * (1.5 - 0.5 * v.dot(v))
}
