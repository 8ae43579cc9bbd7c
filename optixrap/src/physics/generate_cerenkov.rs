//! Cerenkov light.
//!
//! The photon energy is uniform between the genstep's Pmin and Pmax and kept with the probability
//! sin^2(theta) / maxSin2, theta the Cerenkov angle there: cos(theta) = 1 / (n beta) (Frank and Tamm; PDG, Review of
//! Particle Physics, 34.7). Direction on the cone around the step, polarization in the plane of step and direction.
//! The place along the step follows the mean numbers of photons at its two ends, linear between them, and none starts
//! where that is below 0, as it is close to threshold at an end that Geant4's formula makes negative; the velocity
//! on the way to it is v0 + f (v1 - v0) / 2, f the fraction of the step.
//!
//! maxSin2 is taken as the genstep has it. Geant4 makes it from the last value of RINDEX, so it can be too small;
//! then the energies above it all count the same, there and here.
//!
//! Draws: two per trial of an energy, one for the azimuth, two per trial of a place.

use super::fmath::{max, sin_cos_turns};
use super::generate_scintillation::travel_time_ns;
use super::genstep::GenstepRecord;
use super::photon::{HC_EV_NM, Photon};
use super::random::Uniform;
use super::tables::Tables;
use super::vec3::vec3;
use crate::intrinsics::sqrt;

/// Energies tried before the one with the widest cone among them is taken. Reached only where RINDEX is below
/// 1/beta nearly everywhere or maxSin2 is far too large.
pub const MAX_ENERGY_TRIALS: u32 = 1000;

/// Places tried before the last is taken; half of them are accepted, or a quarter where one end is below 0.
pub const MAX_PLACE_TRIALS: u32 = 64;

/// One photon of a genstep of code 1 or 3. If no energy tried gives light, it flies along the step.
#[inline(always)]
pub fn generate<R: Uniform>(tables: &Tables, genstep: &GenstepRecord, rng: &mut R) -> Photon {
    let (energy_ev, cos_theta) = sample_energy(tables, genstep, rng);
    let sin_theta = sqrt(max(0.0, 1.0 - cos_theta * cos_theta));
    let (sin_phi, cos_phi) = sin_cos_turns(rng.uniform());
    let axis = genstep.displacement().normalized();
    let direction = vec3(sin_theta * cos_phi, sin_theta * sin_phi, cos_theta).rotate_uz(axis);
    let polarization = vec3(cos_theta * cos_phi, cos_theta * sin_phi, -sin_theta).rotate_uz(axis);
    let fraction = sample_fraction(genstep, rng);
    let (velocity_0, velocity_1) = (genstep.float(15), genstep.float(23));
    let velocity = velocity_0 + fraction * (velocity_1 - velocity_0) * 0.5;
    Photon {
        position: genstep.position() + genstep.displacement() * fraction,
        time_ns: genstep.time_ns() + travel_time_ns(fraction * genstep.step_length_mm(), velocity),
        direction,
        weight: genstep.weight(),
        polarization,
        wavelength_nm: HC_EV_NM / energy_ev,
    }
}

/// Photon energy in eV and cosine of the Cerenkov angle.
#[inline(always)]
fn sample_energy<R: Uniform>(tables: &Tables, genstep: &GenstepRecord, rng: &mut R) -> (f32, f32) {
    const EV_PER_MEV: f32 = 1e6;
    let beta_inverse = genstep.float(16);
    let lowest_ev = genstep.float(17) * EV_PER_MEV;
    let width_ev = (genstep.float(18) - genstep.float(17)) * EV_PER_MEV;
    let max_sin2 = genstep.float(20);
    let mut widest = (lowest_ev, 2.0);
    for _ in 0..MAX_ENERGY_TRIALS {
        let energy_ev = lowest_ev + rng.uniform() * width_ev;
        let cos_theta = beta_inverse / tables.rindex(genstep.material, energy_ev);
        if cos_theta < widest.1 {
            widest = (energy_ev, cos_theta);
        }
        if rng.uniform() * max_sin2 <= (1.0 - cos_theta) * (1.0 + cos_theta) {
            return (energy_ev, cos_theta);
        }
    }
    (widest.0, if widest.1 < 1.0 { widest.1 } else { 1.0 })
}

/// Fraction of the step where the photon starts.
#[inline(always)]
fn sample_fraction<R: Uniform>(genstep: &GenstepRecord, rng: &mut R) -> f32 {
    let (mean_0, mean_1) = (genstep.float(21), genstep.float(22));
    let largest = max(mean_0, mean_1);
    let mut fraction = 0.0;
    for _ in 0..MAX_PLACE_TRIALS {
        fraction = rng.uniform();
        let mean = mean_0 - fraction * (mean_0 - mean_1);
        if rng.uniform() * largest <= mean {
            break;
        }
    }
    fraction
}
