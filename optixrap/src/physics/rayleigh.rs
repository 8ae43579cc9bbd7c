//! Rayleigh scattering.
//!
//! An oscillator along the polarization e radiates into k' with the density (3/4)(1 - x^2), x = k'.e, uniformly
//! around e, polarized in the plane of k' and e (Jackson, Classical Electrodynamics, 10.1); the sign of the new
//! polarization is random. (1 + x)/2 then has the density 6 t (1 - t), that of the middle one of three uniform
//! numbers, so nothing is rejected.
//!
//! Draws: four.

use super::boundary_fresnel::unit;
use super::fmath::{max, min, sin_cos_turns};
use super::photon::Photon;
use super::random::Uniform;
use crate::intrinsics::sqrt;

/// Gives the photon a new direction and polarization.
#[inline(always)]
pub fn scatter<R: Uniform>(photon: &mut Photon, rng: &mut R) {
    let (u0, u1, u2) = (rng.uniform(), rng.uniform(), rng.uniform());
    let t = max(min(u0, u1), min(max(u0, u1), u2));
    let x = 2.0 * t - 1.0;
    let sin = 2.0 * sqrt(t * (1.0 - t));
    // One number serves for the azimuth around e and for the sign.
    let twice = 2.0 * rng.uniform();
    let (turns, sign) = if twice < 1.0 { (twice, 1.0) } else { (twice - 1.0, -1.0) };
    let (sin_phi, cos_phi) = sin_cos_turns(turns);
    let e = photon.polarization;
    let k = photon.direction;
    let around = k * cos_phi + e.cross(k) * sin_phi;
    photon.direction = unit(e * x + around * sin);
    photon.polarization = unit(e * sin + around * -x) * sign;
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::physics::random::PhotonRng;
    use crate::physics::vec3::vec3;

    #[test]
    fn scattered_photons_stay_transverse_and_draw_four_numbers() {
        let mut rng = PhotonRng::new(1, 0, 0);
        let mut photon =
            Photon { direction: vec3(0.0, 0.6, 0.8), polarization: vec3(1.0, 0.0, 0.0), ..Photon::default() };
        for i in 1..2000 {
            scatter(&mut photon, &mut rng);
            assert_eq!(rng.draws(), 4 * i);
            assert!((photon.direction.length() - 1.0).abs() < 1e-6);
            assert!((photon.polarization.length() - 1.0).abs() < 1e-6);
            assert!(photon.direction.dot(photon.polarization).abs() < 1e-4);
        }
    }
}
