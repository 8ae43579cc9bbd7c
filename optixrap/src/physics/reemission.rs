//! Emission again of an absorbed photon.
//!
//! The new wavelength is drawn from the material's emission spectrum, whatever the absorbed one was; direction and
//! polarization are isotropic. Whether it happens is the caller's draw against
//! [`Medium::reemission_probability`](super::tables::Medium::reemission_probability).
//!
//! It happens at once, unless the material has time constants of its own: then a share of the photons is delayed
//! exponentially with the fast one, the rest with the slow one (as in the Daya Bay and JUNO scintillation process).
//!
//! Draws: four; with time constants one more for the part, where there are two, and one for the delay, where it is
//! not 0.

use super::direction::isotropic_unpolarized;
use super::fmath::ln;
use super::photon::Photon;
use super::random::Uniform;
use super::tables::{ReemissionTimes, Tables};

/// Gives the photon a new wavelength, direction and polarization.
#[inline(always)]
pub fn reemit<R: Uniform>(tables: &Tables, material: u32, photon: &mut Photon, rng: &mut R) {
    let spectrum = tables.materials[material as usize].reemission_spectrum;
    photon.wavelength_nm = tables.spectrum_wavelength_nm(spectrum, rng.uniform());
    (photon.direction, photon.polarization) = isotropic_unpolarized(rng);
}

/// How long a reemission takes, ns.
#[inline]
pub fn sample_delay_ns<R: Uniform>(times: &ReemissionTimes, rng: &mut R) -> f32 {
    let ratio = times.fast_ratio;
    let fast = ratio >= 1.0 || (ratio > 0.0 && rng.uniform() < ratio);
    let mean_ns = if fast { times.fast_ns } else { times.slow_ns };
    if mean_ns > 0.0 { -mean_ns * ln(rng.uniform()) } else { 0.0 }
}
