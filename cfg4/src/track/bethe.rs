//! Mean collision loss of muons, pions, kaons, protons and alphas.
//!
//! Bethe's formula with Sternheimer's density effect (Particle Data Group, eq. 34.5):
//! `S = K z^2 (Z/A) / beta^2 [ ln(2 m b^2 g^2/I)/2 + ln(Tmax/I)/2 - b^2 - delta/2 + Tmax^2/(8 E^2) ]`,
//! the last term for spin 1/2 only. Two measures extend it to the end of the range: each logarithm is `ln(1 + x)`, and the
//! result is joined to Lindhard and Scharff's loss of slow ions (Phys. Rev. 124 (1961) 128), proportional to velocity,
//! by `1/S = 1/S_Bethe + 1/S_slow`, the form of Varelas and Biersack. That also stands for the shell corrections.
//! Protons in water then follow NIST PSTAR within 2 % above 1 MeV and 8 % down to 10 keV. Left out: the
//! terms of higher order in the charge (Barkas, Bloch: 1 % at 1 MeV per nucleon) and the nuclear stopping power.

use super::absorber::Absorber;
use super::constants::{ALPHA, BETHE_K};
use super::density_effect::bethe_argument;
use super::kinematics::Kinematics;

/// `8 pi e^2 a_0 N_A` in MeV cm2/mol.
const LINDHARD_SCHARFF: f64 = 11_533.0;

/// Mean collision loss, all transfers up to the largest included, MeV cm2/g; `state` moving.
///
/// `spin_half`: whether the particle has spin 1/2 (muons, protons) rather than 0.
pub fn collision_loss_mev_cm2_g(
    absorber: &Absorber,
    charge: f64,
    spin_half: bool,
    state: &Kinematics,
) -> f64 {
    let fast = bethe_loss(absorber, charge, spin_half, state);
    let slow = slow_loss(absorber, charge.abs(), state.beta());
    1.0 / (1.0 / fast + 1.0 / slow)
}

fn bethe_loss(absorber: &Absorber, charge: f64, spin_half: bool, state: &Kinematics) -> f64 {
    let beta_gamma2 = state.beta_gamma2();
    let t_max = state.max_transfer_mev();
    let ionization = bethe_argument(beta_gamma2, absorber.mean_excitation_ev).ln_1p();
    let hardest = (1e6 * t_max / absorber.mean_excitation_ev).ln_1p();
    let spin = if spin_half { 0.125 * (t_max / state.total_mev()).powi(2) } else { 0.0 };
    let delta = absorber.density_effect.delta(beta_gamma2);
    let bracket = 0.5 * (ionization + hardest - delta) - state.beta2 + spin;
    BETHE_K * charge * charge * absorber.z_over_a / state.beta2 * bracket
}

/// `8 pi e^2 a0 N_A sum(w/A z^(7/6) Z/(z^(2/3)+Z^(2/3))^(3/2)) v/v0`.
fn slow_loss(absorber: &Absorber, charge: f64, beta: f64) -> f64 {
    let of = |z: f64| z / (charge.powf(2.0 / 3.0) + z.powf(2.0 / 3.0)).powf(1.5);
    let sum: f64 = absorber.elements.iter().map(|e| e.mass_fraction / e.a_g_per_mol * of(e.z)).sum();
    LINDHARD_SCHARFF * charge.powf(7.0 / 6.0) * sum * beta / ALPHA
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::particle::Particle;
    use crate::track::testing::{copper, water};

    fn loss(absorber: &Absorber, particle: Particle, kinetic_mev: f64) -> f64 {
        let spin_half = !matches!(particle, Particle::Alpha | Particle::PionPlus);
        let state = Kinematics::new(particle.mass_mev(), kinetic_mev);
        collision_loss_mev_cm2_g(absorber, particle.charge(), spin_half, &state)
    }

    #[test]
    fn protons_in_water_as_in_pstar() {
        let water = Absorber::new(&water()).unwrap();
        // NIST PSTAR, electronic stopping power of liquid water.
        let table = [
            (0.01, 431.2, 0.08),
            (0.1, 730.1, 0.08),
            (1.0, 260.8, 0.02),
            (2.0, 158.6, 0.02),
            (3.0, 117.2, 0.02),
            (5.0, 79.11, 0.01),
            (10.0, 45.67, 0.01),
            (100.0, 7.289, 0.01),
            (1000.0, 2.211, 0.01),
        ];
        for (kinetic, expected, tolerance) in table {
            let ratio = loss(&water, Particle::Proton, kinetic) / expected;
            assert!((ratio - 1.0).abs() < tolerance, "{kinetic} MeV: ratio {ratio}");
        }
    }

    #[test]
    fn minimum_ionization_as_in_the_particle_data_group_tables() {
        for (material, minimum) in [(water(), 1.992), (copper(), 1.403)] {
            let absorber = Absorber::new(&material).unwrap();
            let energies = (0..200).map(|i| 50.0 * 1.02_f64.powi(i));
            let least =
                energies.map(|t| loss(&absorber, Particle::MuonPlus, t)).fold(f64::INFINITY, f64::min);
            assert!((least / minimum - 1.0).abs() < 0.015, "{}: {least}", material.name);
        }
    }

    #[test]
    fn muon_range_in_water_as_in_groom_mokhov_striganov() {
        // CSDA ranges in g/cm2 (Particle Data Group, muE_water_liquid): 200, 400, 1000, 2000 MeV.
        let water = Absorber::new(&water()).unwrap();
        for (kinetic, range) in [(200.0, 78.94), (400.0, 179.6), (1000.0, 473.2), (2000.0, 935.3)] {
            let cells = 4000;
            let step = (kinetic / 0.01_f64).ln() / f64::from(cells);
            let cell = |i: i32| {
                let t = 0.01 * (step * (f64::from(i) + 0.5)).exp();
                t * step / (loss(&water, Particle::MuonPlus, t) + water.muon_radiation.value(t))
            };
            let sum: f64 = (0..cells).map(cell).sum();
            assert!((sum / range - 1.0).abs() < 0.015, "{kinetic} MeV: {sum}");
        }
    }

    #[test]
    fn particles_of_one_velocity_lose_as_charge_squared() {
        let water = Absorber::new(&water()).unwrap();
        let per_mass = 100.0 / Particle::Proton.mass_mev();
        let alpha = loss(&water, Particle::Alpha, per_mass * Particle::Alpha.mass_mev());
        assert!((alpha / loss(&water, Particle::Proton, 100.0) - 4.0).abs() < 0.01, "{alpha}");
    }
}
