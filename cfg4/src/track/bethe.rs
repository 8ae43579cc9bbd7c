//! Mean collision loss of muons, pions, kaons, protons and alphas.
//!
//! Bethe's formula with Sternheimer's density effect (Particle Data Group, eq. 34.5):
//! `S = K z^2 (Z/A) / beta^2 [ ln(2 m b^2 g^2/I)/2 + ln(Tmax/I)/2 - b^2 - delta/2 + Tmax^2/(8 E^2) ]`,
//! the last term for spin 1/2 only. Two measures extend it to the end of the range, in the form of Andersen and Ziegler
//! (Hydrogen Stopping Powers and Ranges in All Elements, 1977): each logarithm `ln x` is `ln(1 + x + 10/x0)`, `x0` the first
//! one's `x`, and the result is joined by `1/S = 1/S_Bethe + 1/S_slow` to the loss of slow ions, proportional to velocity, of
//! Lindhard and Scharff (Phys. Rev. 124 (1961) 128). That also stands for the shell corrections. Alphas lose as
//! protons of their velocity times the square of an effective charge.
//!
//! Protons in water, air and aluminium then follow NIST PSTAR within 1.5 % above 1 MeV, 5 % at 0.5 MeV and 15 % down to
//! 0.1 MeV; below, only the order is right. Left out: the terms of higher order in the charge (Barkas, Bloch: 1 % at 1 MeV per
//! nucleon) and the nuclear stopping power.

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
    let fast = bethe_loss(absorber, spin_half, state);
    let slow = slow_loss(absorber, state.beta());
    effective_charge2(charge, state) / (1.0 / fast + 1.0 / slow)
}

/// The square of the charge; for helium reduced by the electrons that it carries when slow (Ziegler, Biersack and
/// Littmark, The Stopping and Range of Ions in Solids, 1985): `z^2 (1 - exp(-P(ln E)))`, `E` in keV per nucleon.
fn effective_charge2(charge: f64, state: &Kinematics) -> f64 {
    if charge.abs() < 1.5 {
        return charge * charge;
    }
    let nucleon_mass_mev = 931.494;
    let l = (1e3 * state.kinetic_mev * nucleon_mass_mev / state.mass_mev).max(1.0).ln();
    let p = 0.2865 + l * (0.1266 + l * (-0.001429 + l * (0.02402 + l * (-0.01135 + l * 0.001475))));
    charge * charge * (1.0 - (-p).exp())
}

/// For unit charge.
fn bethe_loss(absorber: &Absorber, spin_half: bool, state: &Kinematics) -> f64 {
    let beta_gamma2 = state.beta_gamma2();
    let t_max = state.max_transfer_mev();
    let argument = bethe_argument(beta_gamma2, absorber.mean_excitation_ev);
    let slow = 10.0 / argument;
    let ionization = (slow + argument).ln_1p();
    let hardest = (slow + 1e6 * t_max / absorber.mean_excitation_ev).ln_1p();
    let spin = if spin_half { 0.125 * (t_max / state.total_mev()).powi(2) } else { 0.0 };
    let delta = absorber.density_effect.delta(beta_gamma2);
    let bracket = 0.5 * (ionization + hardest - delta) - state.beta2 + spin;
    BETHE_K * absorber.z_over_a / state.beta2 * bracket
}

/// For unit charge: `8 pi e^2 a0 N_A sum(w/A Z/(1+Z^(2/3))^(3/2)) v/v0`.
fn slow_loss(absorber: &Absorber, beta: f64) -> f64 {
    let of = |z: f64| z / (1.0 + z.powf(2.0 / 3.0)).powf(1.5);
    let sum: f64 = absorber.elements.iter().map(|e| e.mass_fraction / e.a_g_per_mol * of(e.z)).sum();
    LINDHARD_SCHARFF * sum * beta / ALPHA
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::detector::Material;
    use crate::particle::Particle;
    use crate::track::testing::{air, copper, water};

    fn loss(absorber: &Absorber, particle: Particle, kinetic_mev: f64) -> f64 {
        let spin_half = !matches!(particle, Particle::Alpha | Particle::PionPlus);
        let state = Kinematics::new(particle.mass_mev(), kinetic_mev);
        collision_loss_mev_cm2_g(absorber, particle.charge(), spin_half, &state)
    }

    #[test]
    fn protons_as_in_pstar() {
        // NIST PSTAR, MeV cm2/g: energy MeV, water, dry air, tolerance.
        let table = [
            (0.05, 776.8, 689.7, 0.25),
            (0.1, 816.1, 730.1, 0.15),
            (0.25, 600.6, 528.4, 0.15),
            (0.5, 413.2, 350.1, 0.05),
            (1.0, 260.8, 222.9, 0.015),
            (2.0, 158.6, 137.1, 0.015),
            (5.0, 79.11, 69.09, 0.01),
            (10.0, 45.67, 40.06, 0.01),
            (100.0, 7.289, 6.443, 0.01),
            (1000.0, 2.211, 1.963, 0.01),
            (10_000.0, 2.126, 2.052, 0.015),
        ];
        let [water, air] = [water(), air()].map(|m| Absorber::new(&m).unwrap());
        for (kinetic, in_water, in_air, tolerance) in table {
            for (absorber, expected) in [(&water, in_water), (&air, in_air)] {
                let ratio = loss(absorber, Particle::Proton, kinetic) / expected;
                assert!((ratio - 1.0).abs() < tolerance, "{kinetic} MeV: ratio {ratio}");
            }
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
    fn alpha_ranges_in_air_as_measured() {
        // Holloway and Livingston, Phys. Rev. 54 (1938) 18: mean ranges of Po-210 and Po-214 alphas at 15 C, 760 mmHg.
        let air = Absorber::new(&Material { density_g_cm3: 1.2255e-3, ..air() }).unwrap();
        for (kinetic, range_mm) in [(5.304, 38.42), (7.687, 69.07)] {
            let cells = 2000;
            let step = (kinetic / 0.01_f64).ln() / f64::from(cells);
            let cell = |i: i32| {
                let t = 0.01 * (step * (f64::from(i) + 0.5)).exp();
                t * step / loss(&air, Particle::Alpha, t)
            };
            let sum = (0..cells).map(cell).sum::<f64>() * 10.0 / air.density_g_cm3;
            assert!((sum / range_mm - 1.0).abs() < 0.05, "{kinetic} MeV: {sum} mm");
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
