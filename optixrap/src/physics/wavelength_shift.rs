//! Wavelength shifting: a photon is absorbed, and photons of longer wavelengths come out in its place.
//!
//! Their number is one, or a Poisson number where the material gives a mean. The wavelength of each is drawn from the
//! emission spectrum until it is not shorter than that of the absorbed photon; after [`MAX_TRIALS`] trials none is
//! emitted. Direction and polarization are isotropic. Each comes after the shifter's time constant (delta) or after an
//! exponential delay with that mean. All as in Geant4's `G4OpWLS` and `G4OpWLS2`, but for means above 16: there its
//! Poisson numbers are rounded Gaussian ones, of the same mean and width but not skewed; here they stay what they are.
//!
//! Draws: with a mean number one more than the number of photons; for each photon one per trial, three for direction and
//! polarization, and one for an exponential delay.

use super::direction::isotropic_unpolarized;
use super::fmath::ln;
use super::photon::Photon;
use super::random::Uniform;
use super::tables::{NONE, ShifterRecord, Tables};

/// Wavelengths drawn before a photon is given up.
pub const MAX_TRIALS: u32 = 100;

/// What [`profile`] can be: how long a shifter takes.
pub mod profile {
    /// The shifter does not act.
    pub const OFF: u32 = 0;
    /// Each photon is emitted one time constant after the absorption.
    pub const DELTA: u32 = 1;
    /// The delays are exponential with the time constant as their mean.
    pub const EXPONENTIAL: u32 = 2;
}

/// The number of photons that an absorption leads to: steps of exponential length fit into the mean.
#[inline]
pub fn sample_number<R: Uniform>(shifter: &ShifterRecord, rng: &mut R) -> u32 {
    if shifter.spectrum == NONE {
        return 0;
    }
    if shifter.mean_photons < 0.0 {
        return 1;
    }
    let mut left = shifter.mean_photons + ln(rng.uniform());
    let mut number = 0;
    while left > 0.0 {
        number += 1;
        left += ln(rng.uniform());
    }
    number
}

/// Makes an absorbed photon one that is emitted; `None` if no wavelength could be found for it.
#[inline]
pub fn emit<R: Uniform>(
    tables: &Tables,
    shifter: &ShifterRecord,
    time_profile: u32,
    absorbed: &Photon,
    rng: &mut R,
) -> Option<Photon> {
    let mut trials = 0;
    let wavelength_nm = loop {
        if trials == MAX_TRIALS {
            return None;
        }
        trials += 1;
        let wavelength_nm = tables.spectrum_wavelength_nm(shifter.spectrum, rng.uniform());
        if wavelength_nm >= absorbed.wavelength_nm {
            break wavelength_nm;
        }
    };
    let (direction, polarization) = isotropic_unpolarized(rng);
    let delays = if time_profile == profile::EXPONENTIAL { -ln(rng.uniform()) } else { 1.0 };
    let time_ns = absorbed.time_ns + shifter.time_ns * delays;
    Some(Photon { wavelength_nm, direction, polarization, time_ns, ..*absorbed })
}
