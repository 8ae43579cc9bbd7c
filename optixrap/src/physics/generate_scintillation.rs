//! Scintillation light.
//!
//! Wavelength from the spectrum of the step's component, direction and polarization isotropic, start uniform along
//! the step of a charged particle and at its end otherwise. A neutral step has no track that could glow.
//!
//! * Code 2 (G4Scintillation): the emission is delayed with the density exp(-t/tau) (1 - exp(-t/rise)). That is the
//!   sum of two exponential delays, of mean tau and of mean tau rise / (tau + rise), so nothing is rejected.
//!   The velocity on the way to the point is v0 + f (v1 - v0) / 2, f the fraction of the step.
//! * Code 4 (DsG4Scintillation): one exponential delay; of the slow component (2), the share `slowerRatio` has
//!   the slower time constant. The velocity is the step's mean.
//!
//! Draws, code 2: wavelength 1, direction and polarization 3, fraction 1 if charged, delay 1, rise 1 if given.
//! Draws, code 4: component 1 if slow, then as code 2 without the rise.

use super::direction::isotropic_unpolarized;
use super::fmath::ln;
use super::genstep::{GenstepRecord, code};
use super::photon::Photon;
use super::random::Uniform;
use super::tables::{NONE, Tables};

/// One photon of a genstep of code 2 or 4. Its wavelength is not a number if the material has no spectrum.
#[inline(always)]
pub fn generate<R: Uniform>(tables: &Tables, genstep: &GenstepRecord, rng: &mut R) -> Photon {
    if genstep.code() == code::DS_SCINTILLATION {
        ds_scintillation(tables, genstep, rng)
    } else {
        scintillation(tables, genstep, rng)
    }
}

/// A delay after the exponential decay `tau_ns` and the rise `rise_ns`. Draws: one, and one more with a rise.
#[inline(always)]
pub fn sample_delay_ns<R: Uniform>(tau_ns: f32, rise_ns: f32, rng: &mut R) -> f32 {
    let decay = -tau_ns * ln(rng.uniform());
    if rise_ns > 0.0 { decay - tau_ns * rise_ns / (tau_ns + rise_ns) * ln(rng.uniform()) } else { decay }
}

/// The spectrum of component 1, 2, 3; another one where the material does not have it.
#[inline(always)]
pub fn spectrum(tables: &Tables, material: u32, component: u32) -> u32 {
    let Some(record) = tables.materials.get(material as usize) else { return NONE };
    let wanted = record.spectra[if component == 2 || component == 3 { component as usize - 1 } else { 0 }];
    let [first, second, third] = record.spectra;
    if wanted != NONE {
        wanted
    } else if first != NONE {
        first
    } else if second != NONE {
        second
    } else {
        third
    }
}

/// Time to travel `distance_mm`; 0 where the velocity is not positive.
#[inline(always)]
pub(super) fn travel_time_ns(distance_mm: f32, velocity_mm_per_ns: f32) -> f32 {
    if velocity_mm_per_ns > 0.0 { distance_mm / velocity_mm_per_ns } else { 0.0 }
}

#[inline(always)]
fn scintillation<R: Uniform>(tables: &Tables, genstep: &GenstepRecord, rng: &mut R) -> Photon {
    let component = genstep.words[16];
    let (tau_ns, rise_ns) = (genstep.float(20), genstep.float(21));
    let (velocity_0, velocity_1) = (genstep.float(15), genstep.float(22));
    let (mut photon, fraction) = emit(tables, genstep, component, rng);
    let velocity = velocity_0 + fraction * (velocity_1 - velocity_0) * 0.5;
    photon.time_ns = genstep.time_ns()
        + travel_time_ns(fraction * genstep.step_length_mm(), velocity)
        + sample_delay_ns(tau_ns, rise_ns, rng);
    photon
}

#[inline(always)]
fn ds_scintillation<R: Uniform>(tables: &Tables, genstep: &GenstepRecord, rng: &mut R) -> Photon {
    let component = genstep.words[16];
    let (slower_ratio, slow_ns, slower_ns) = (genstep.float(17), genstep.float(18), genstep.float(19));
    let tau_ns = if component != 2 {
        genstep.float(20)
    } else if rng.uniform() < slower_ratio {
        slower_ns
    } else {
        slow_ns
    };
    let (mut photon, fraction) = emit(tables, genstep, component, rng);
    photon.time_ns = genstep.time_ns()
        + travel_time_ns(fraction * genstep.step_length_mm(), genstep.float(15))
        + sample_delay_ns(tau_ns, 0.0, rng);
    photon
}

/// Everything but the time, and the fraction of the step where it happens.
#[inline(always)]
fn emit<R: Uniform>(tables: &Tables, genstep: &GenstepRecord, component: u32, rng: &mut R) -> (Photon, f32) {
    let spectrum = spectrum(tables, genstep.material, component);
    let wavelength_nm = tables.spectrum_wavelength_nm(spectrum, rng.uniform());
    let (direction, polarization) = isotropic_unpolarized(rng);
    let fraction = if genstep.charge() != 0.0 { rng.uniform() } else { 1.0 };
    let position = genstep.position() + genstep.displacement() * fraction;
    let photon =
        Photon { position, time_ns: 0.0, direction, weight: genstep.weight(), polarization, wavelength_nm };
    (photon, fraction)
}
