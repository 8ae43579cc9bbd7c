//! Mie scattering with the phase function of Henyey and Greenstein.
//!
//! The density of the cosine c of the scattering angle is (1 - g^2) / 2 (1 + g^2 - 2 g c)^(3/2) (Astrophysical Journal
//! 93, 70, 1941), of mean g, drawn by inverting its integral at a number r. With d = 1 - g + 2 g r,
//!
//! * 1 + c = 2 r (1 + g)^2 (1 - g + g r) / d^2,
//! * 1 - c = 2 (1 - r) (1 - g)^2 (1 + g r) / d^2,
//!
//! so that neither small angle loses digits. A share of the photons scatters forward with one g, the rest backward,
//! about the opposite direction, with another. The azimuth is uniform whatever the polarization. The new polarization
//! is the old one made transverse to the new direction, with a random sign: all as in Geant4's `G4OpMieHG`.
//!
//! Draws: three.

use super::direction::transverse;
use super::fmath::sin_cos_turns;
use super::photon::Photon;
use super::random::Uniform;
use super::tables::MieRecord;
use super::vec3::vec3;
use crate::intrinsics::sqrt;

/// Gives the photon a new direction and polarization.
#[inline]
pub fn scatter<R: Uniform>(record: &MieRecord, photon: &mut Photon, rng: &mut R) {
    let forward = rng.uniform() <= record.forward_ratio;
    let g = if forward { record.forward } else { record.backward };
    let (cos, sin) = henyey_greenstein(g, rng.uniform());
    // One number serves for the azimuth and for the sign.
    let twice = 2.0 * rng.uniform();
    let (turns, sign) = if twice < 1.0 { (twice, 1.0) } else { (twice - 1.0, -1.0) };
    let (sin_phi, cos_phi) = sin_cos_turns(turns);
    let about_z = vec3(sin * cos_phi, sin * sin_phi, if forward { cos } else { -cos });
    photon.direction = about_z.rotate_uz(photon.direction).normalized();
    // The second time makes good what is lost where the two are nearly parallel.
    let once = transverse(photon.polarization, photon.direction);
    photon.polarization = transverse(once, photon.direction) * sign;
}

/// Cosine and sine of the scattering angle at the quantile `r`.
#[inline]
pub fn henyey_greenstein(g: f32, r: f32) -> (f32, f32) {
    let d = 1.0 - g + 2.0 * g * r;
    let over_d2 = 2.0 / (d * d);
    let from_back = r * (1.0 + g) * (1.0 + g) * (1.0 - g + g * r) * over_d2;
    let from_front = (1.0 - r) * (1.0 - g) * (1.0 - g) * (1.0 + g * r) * over_d2;
    let cos = if from_front < 1.0 { 1.0 - from_front } else { from_back - 1.0 };
    (cos, sqrt(from_back * from_front))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The closed form in f64.
    fn cosine(g: f64, r: f64) -> f64 {
        if g == 0.0 {
            return 2.0 * r - 1.0;
        }
        let s = (1.0 - g * g) / (1.0 - g + 2.0 * g * r);
        (1.0 + g * g - s * s) / (2.0 * g)
    }

    #[test]
    fn angles_are_the_quantiles_of_the_phase_function() {
        for g in [-1.0, -0.9, -0.3, 0.0, 0.3, 0.9, 0.99, 0.999, 1.0] {
            for i in 1..1000 {
                let r = i as f32 / 1000.0;
                let (cos, sin) = henyey_greenstein(g, r);
                let want = cosine(f64::from(g), f64::from(r));
                assert!((f64::from(cos) - want).abs() < 1e-5, "g {g} r {r}: {cos} {want}");
                assert!((cos * cos + sin * sin - 1.0).abs() < 1e-5, "g {g} r {r}: {cos} {sin}");
            }
        }
    }
}
