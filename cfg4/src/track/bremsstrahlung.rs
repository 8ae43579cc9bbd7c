//! Mean radiative energy loss of electrons and muons.
//!
//! Electrons: `S = (N_A/A) alpha r_e^2 Z (Z + eta) E phi`, `E` the total energy and `phi` the scaled energy-loss integral.
//! Up to 2 MeV `phi` is Bethe and Heitler's unscreened one in closed form (Heitler, The Quantum Theory of Radiation, par. 25),
//! above it the integral of Schiff's screened spectrum (Koch and Motz, Rev. Mod. Phys. 31 (1959) 920, 3BS(e)) with the
//! Coulomb correction of Davies, Bethe and Maximon fading in above 50 MeV. `eta = T^2/(T^2 + 9 MeV^2)` turns on the
//! radiation from atomic electrons. Against NIST ESTAR this is good to 5 %, or better where radiation matters.
//!
//! Muons: bremsstrahlung after Petrukhin and Shestakov (Can. J. Phys. 46 (1968) S377); pair production counts as 1.4 times
//! that and photonuclear interactions as `0.4e-6 cm2/g E`, their ratios above 10 GeV (Groom, Mokhov and Striganov, At. Data
//! Nucl. Data Tables 78 (2001) 183): good to some 20 % of a loss that is 0.1 % of the total at 1 GeV.

use super::MAX_KINETIC_MEV;
use super::absorber::AbsorberElement;
use super::constants::{ALPHA, AVOGADRO, ELECTRON_MASS_MEV, ELECTRON_RADIUS_CM, MUON_MASS_MEV};
use super::log_table::LogTable;

/// Cells of the integrals over the photon energy.
const CELLS: usize = 200;

/// Electrons' mean radiative loss in MeV cm2/g, over kinetic energy in MeV.
pub(super) fn electron_loss_table(elements: &[AbsorberElement]) -> LogTable {
    LogTable::new(1e-3, MAX_KINETIC_MEV, 89, |kinetic| {
        elements.iter().map(|e| electron_loss(e, kinetic)).sum()
    })
}

/// Muons' mean radiative loss in MeV cm2/g, over kinetic energy in MeV.
pub(super) fn muon_loss_table(elements: &[AbsorberElement]) -> LogTable {
    LogTable::new(1.0, MAX_KINETIC_MEV, 65, |kinetic| elements.iter().map(|e| muon_loss(e, kinetic)).sum())
}

fn electron_loss(element: &AbsorberElement, kinetic_mev: f64) -> f64 {
    let z = element.z;
    let eta = kinetic_mev * kinetic_mev / (kinetic_mev * kinetic_mev + 9.0);
    let per_gram = AVOGADRO * element.mass_fraction / element.a_g_per_mol;
    let unit = per_gram * ALPHA * ELECTRON_RADIUS_CM * ELECTRON_RADIUS_CM * z * (z + eta);
    let phi = if kinetic_mev < 2.0 { unscreened_phi(kinetic_mev) } else { screened_phi(kinetic_mev, z) };
    unit * (kinetic_mev + ELECTRON_MASS_MEV) * phi
}

/// Heitler's integral of the unscreened spectrum; 16/3 at rest, `4 (ln(2 E/m) - 1/3)` at high energy.
fn unscreened_phi(kinetic_mev: f64) -> f64 {
    let e = 1.0 + kinetic_mev / ELECTRON_MASS_MEV;
    let p = (e * e - 1.0).sqrt();
    let l = (e + p).ln();
    let spence = minus_dilogarithm(2.0 * p * (e + p));
    (12.0 * e * e + 4.0) / (3.0 * e * p) * l - (8.0 * e + 6.0 * p) / (3.0 * e * p * p) * l * l - 4.0 / 3.0
        + 2.0 / (e * p) * spence
}

/// `F(x)`, the integral of `ln(1+y)/y` from 0 to `x` >= 0, by the midpoint rule in `ln y`.
fn minus_dilogarithm(x: f64) -> f64 {
    let start = (1e-3 * x.min(1.0)).ln();
    let step = (x.ln() - start) / CELLS as f64;
    let below = start.exp();
    let cells = (0..CELLS).map(|i| (start + (i as f64 + 0.5) * step).exp().ln_1p() * step);
    below * (1.0 - 0.25 * below) + cells.sum::<f64>()
}

/// The integral of Schiff's spectrum, `(1/E) int_0^T k dsigma/dk dk` in units of `alpha r_e^2 Z^2`.
fn screened_phi(kinetic_mev: f64, z: f64) -> f64 {
    let total = kinetic_mev + ELECTRON_MASS_MEV;
    let coulomb = 2.0 * coulomb_correction(z) * kinetic_mev / (kinetic_mev + 50.0);
    let step = kinetic_mev / CELLS as f64;
    let cell = |i: usize| schiff_intensity(total, (i as f64 + 0.5) * step, z, coulomb);
    (0..CELLS).map(cell).sum::<f64>() * step / total
}

fn schiff_intensity(total_mev: f64, photon_mev: f64, z: f64, coulomb: f64) -> f64 {
    let rest = total_mev - photon_mev;
    let r = rest / total_mev;
    let screening = z.cbrt() / 111.0;
    let momentum = ELECTRON_MASS_MEV * photon_mev / (2.0 * total_mev * rest);
    let b = screening / momentum;
    let ln_m = -(momentum * momentum + screening * screening).ln();
    let b2 = b * b;
    let first = (1.0 + r * r - 2.0 / 3.0 * r) * (ln_m + 1.0 - coulomb - 2.0 / b * b.atan());
    let second = r
        * (2.0 / b2 * b2.ln_1p() + 4.0 * (2.0 - b2) / (3.0 * b2 * b) * b.atan() - 8.0 / (3.0 * b2)
            + 2.0 / 9.0);
    (2.0 * (first + second)).max(0.0)
}

/// Davies, Bethe and Maximon's `f(Z)`, as the Particle Data Group gives it (eq. 34.28).
fn coulomb_correction(z: f64) -> f64 {
    let a2 = (ALPHA * z).powi(2);
    a2 * (1.0 / (1.0 + a2) + 0.20206 - 0.0369 * a2 + 0.0083 * a2 * a2 - 0.002 * a2 * a2 * a2)
}

fn muon_loss(element: &AbsorberElement, kinetic_mev: f64) -> f64 {
    let z = element.z;
    let total = kinetic_mev + MUON_MASS_MEV;
    let radius = 2.0 * z * ELECTRON_RADIUS_CM * ELECTRON_MASS_MEV / MUON_MASS_MEV;
    let per_gram = AVOGADRO * element.mass_fraction / element.a_g_per_mol;
    let unit = per_gram * ALPHA * radius * radius * (z + 1.0) / z;
    let cell = |i: usize| muon_intensity((i as f64 + 0.5) / CELLS as f64, total, z);
    let bremsstrahlung = unit * (0..CELLS).map(cell).sum::<f64>() / CELLS as f64;
    let photonuclear = 0.4e-6 * element.mass_fraction;
    total * (2.4 * bremsstrahlung + photonuclear)
}

/// `(4/3 - 4 v/3 + v^2) Phi(delta)`, `v` the photon's share of the muon's energy.
fn muon_intensity(v: f64, total_mev: f64, z: f64) -> f64 {
    let largest = 1.0 - 0.75 * 1.648_721_3 * MUON_MASS_MEV / total_mev * z.cbrt();
    if v >= largest {
        return 0.0;
    }
    let delta = MUON_MASS_MEV * MUON_MASS_MEV * v / (2.0 * total_mev * (1.0 - v));
    let screening = 189.0 / z.cbrt();
    let nucleus = if z > 10.0 { 2.0 / 3.0 / z.cbrt() } else { 1.0 };
    let numerator = nucleus * MUON_MASS_MEV / ELECTRON_MASS_MEV * screening;
    let phi = (numerator / (1.0 + screening * 1.648_721_3 * delta / ELECTRON_MASS_MEV)).ln();
    (4.0 / 3.0 * (1.0 - v) + v * v) * phi.max(0.0)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::track::absorber::Absorber;
    use crate::track::bethe::collision_loss_mev_cm2_g;
    use crate::track::kinematics::Kinematics;
    use crate::track::testing::{iron, lead, water};

    fn element(z: f64, a_g_per_mol: f64, mass_fraction: f64) -> AbsorberElement {
        AbsorberElement { z, a_g_per_mol, mass_fraction }
    }

    /// NIST ESTAR, liquid water: (kinetic energy MeV, radiative stopping power MeV cm2/g).
    const ESTAR_WATER: [(f64, f64); 9] = [
        (0.1, 4.228e-3),
        (0.5, 7.257e-3),
        (1.0, 1.280e-2),
        (2.0, 2.678e-2),
        (5.0, 7.917e-2),
        (10.0, 0.1814),
        (50.0, 1.146),
        (100.0, 2.434),
        (1000.0, 26.79),
    ];

    #[test]
    fn electrons_in_water_as_in_estar() {
        let table = electron_loss_table(&[element(1.0, 1.008, 0.111898), element(8.0, 15.999, 0.888102)]);
        for (kinetic, expected) in ESTAR_WATER {
            let ratio = table.value(kinetic) / expected;
            assert!(
                (ratio - 1.0).abs() < if kinetic < 0.3 { 0.08 } else { 0.05 },
                "{kinetic} MeV: ratio {ratio}"
            );
        }
    }

    #[test]
    fn high_energy_loss_is_one_over_the_radiation_length() {
        // Radiation lengths of the Particle Data Group's tables in g/cm2; E/X0 holds up to the small term b < 1.5 %.
        for (z, a, x0) in [(6.0, 12.011, 42.70), (26.0, 55.845, 13.84), (82.0, 207.2, 6.37)] {
            let ratio = electron_loss_table(&[element(z, a, 1.0)]).value(1e5) * x0 / 1e5;
            assert!((ratio - 1.0).abs() < 0.04, "Z {z}: ratio {ratio}");
        }
    }

    #[test]
    fn slow_electrons_reach_the_non_relativistic_limit() {
        assert!((unscreened_phi(1e-4) / (16.0 / 3.0) - 1.0).abs() < 0.01, "{}", unscreened_phi(1e-4));
        assert!((minus_dilogarithm(1.0) - std::f64::consts::PI.powi(2) / 12.0).abs() < 1e-4);
    }

    #[test]
    fn muons_reach_the_published_critical_energy() {
        // Particle Data Group: radiative and collision loss of muons are equal at 347, 141 and 1032 GeV.
        for (material, critical_mev) in [(iron(), 3.47e5), (lead(), 1.41e5), (water(), 1.032e6)] {
            let absorber = Absorber::new(&material).unwrap();
            let state = Kinematics::new(MUON_MASS_MEV, critical_mev);
            let collision = collision_loss_mev_cm2_g(&absorber, 1.0, true, &state);
            let ratio = absorber.muon_radiation.value(critical_mev) / collision;
            assert!((ratio - 1.0).abs() < 0.2, "{}: {ratio}", material.name);
            assert!(absorber.muon_radiation.value(1e3) < 0.01 * collision, "little at 1 GeV");
        }
    }
}
