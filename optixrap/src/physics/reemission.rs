//! Emission again of an absorbed photon.
//!
//! The new wavelength is drawn from the material's emission spectrum, whatever the absorbed one was; direction and
//! polarization are isotropic; it happens at once. Whether it happens is the caller's draw against
//! [`Medium::reemission_probability`](super::tables::Medium::reemission_probability).
//!
//! Draws: four.

use super::direction::isotropic_unpolarized;
use super::photon::Photon;
use super::random::Uniform;
use super::tables::Tables;

/// Gives the photon a new wavelength, direction and polarization.
#[inline]
pub fn reemit<R: Uniform>(tables: &Tables, material: u32, photon: &mut Photon, rng: &mut R) {
    let spectrum = tables.materials[material as usize].reemission_spectrum;
    photon.wavelength_nm = tables.spectrum_wavelength_nm(spectrum, rng.uniform());
    (photon.direction, photon.polarization) = isotropic_unpolarized(rng);
}
