//! The density effect: how the medium's polarization cuts off the relativistic rise.
//!
//! Sternheimer's form, with `x = log10(beta gamma)`: `delta = 2 ln(10) x - C + a (x1 - x)^k` between `x0` and `x1`,
//! without the last term above, and `delta0 10^(2 (x - x0))` (conductors) or 0 below. The constants are those of
//! Sternheimer, Berger and Seltzer (At. Data Nucl. Data Tables 30 (1984) 261) where the medium is in the table here, else
//! the general ones of Sternheimer and Peierls (Phys. Rev. B 3 (1971) 3681) from the plasma energy and `I`.

use super::constants::ELECTRON_MASS_MEV;

/// Sternheimer's constants of one medium.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct DensityEffect {
    c: f64,
    x0: f64,
    x1: f64,
    a: f64,
    k: f64,
    delta0: f64,
}

struct Known {
    /// Element, or 0 for a compound.
    z: u32,
    name: &'static str,
    density_g_cm3: f64,
    effect: DensityEffect,
}

const fn known(z: u32, name: &'static str, density_g_cm3: f64, constants: [f64; 6]) -> Known {
    let [c, x0, x1, a, k, delta0] = constants;
    Known { z, name, density_g_cm3, effect: DensityEffect { c, x0, x1, a, k, delta0 } }
}

/// Columns of the constants: C, x0, x1, a, k, delta0.
const TABLE: [Known; 13] = [
    known(0, "G4_WATER", 1.0, [3.5017, 0.2400, 2.8004, 0.09116, 3.4773, 0.0]),
    known(0, "G4_AIR", 1.20479e-3, [10.5961, 1.7418, 4.2759, 0.10914, 3.3994, 0.0]),
    known(0, "G4_POLYSTYRENE", 1.06, [3.2999, 0.1647, 2.5031, 0.16454, 3.2224, 0.0]),
    known(0, "G4_PLASTIC_SC_VINYLTOLUENE", 1.032, [3.1997, 0.1464, 2.4855, 0.16101, 3.2393, 0.0]),
    known(18, "G4_Ar", 1.662e-3, [11.9480, 1.7635, 4.4855, 0.19714, 2.9618, 0.0]),
    known(18, "G4_lAr", 1.396, [5.2146, 0.2000, 3.0000, 0.19559, 3.0000, 0.0]),
    known(13, "G4_Al", 2.699, [4.2395, 0.1708, 3.0127, 0.08024, 3.6345, 0.12]),
    known(14, "G4_Si", 2.33, [4.4355, 0.2015, 2.8716, 0.14921, 3.2546, 0.14]),
    known(26, "G4_Fe", 7.874, [4.2911, -0.0012, 3.1531, 0.14680, 2.9632, 0.12]),
    known(29, "G4_Cu", 8.96, [4.4190, -0.0254, 3.2792, 0.14339, 2.9044, 0.08]),
    known(50, "G4_Sn", 7.31, [5.0117, 0.2880, 3.2960, 0.18689, 2.8576, 0.14]),
    known(74, "G4_W", 19.3, [5.4059, 0.2167, 3.4960, 0.15509, 2.8447, 0.14]),
    known(82, "G4_Pb", 11.35, [6.2018, 0.3776, 3.8073, 0.09359, 3.1608, 0.14]),
];

impl DensityEffect {
    /// The tabulated constants of `name`, or of the pure element `z`, if the density is within 3 % of the table's.
    pub fn tabulated(name: &str, z: Option<f64>, density_g_cm3: f64) -> Option<Self> {
        let same = |k: &Known| k.name == name || (k.z > 0 && z.is_some_and(|z| z.round() as u32 == k.z));
        let near = |k: &Known| (density_g_cm3 / k.density_g_cm3 - 1.0).abs() < 0.03;
        TABLE.iter().find(|k| same(k) && near(k)).map(|k| k.effect)
    }

    /// The general constants of a medium with plasma energy and mean excitation energy in eV.
    pub fn general(plasma_ev: f64, mean_excitation_ev: f64, is_gas: bool) -> Self {
        let c = 1.0 + 2.0 * (mean_excitation_ev / plasma_ev).ln();
        let (x0, x1) = if is_gas { gas_limits(c) } else { condensed_limits(c, mean_excitation_ev) };
        let k = 3.0;
        let a = ((c - 2.0 * std::f64::consts::LN_10 * x0) / (x1 - x0).powf(k)).max(0.0);
        Self { c, x0, x1, a, k, delta0: 0.0 }
    }

    /// `delta` at `(beta gamma)^2`.
    pub fn delta(&self, beta_gamma2: f64) -> f64 {
        let x = 0.5 * beta_gamma2.log10();
        let asymptotic = 2.0 * std::f64::consts::LN_10 * x - self.c;
        let delta = if x >= self.x1 {
            asymptotic
        } else if x >= self.x0 {
            asymptotic + self.a * (self.x1 - x).powf(self.k)
        } else {
            self.delta0 * 10f64.powf(2.0 * (x - self.x0))
        };
        delta.max(0.0)
    }
}

/// The plasma energy in eV: `28.816 sqrt(rho Z/A)` with rho in g/cm3.
pub fn plasma_energy_ev(electrons_mol_per_cm3: f64) -> f64 {
    28.816 * electrons_mol_per_cm3.sqrt()
}

fn condensed_limits(c: f64, mean_excitation_ev: f64) -> (f64, f64) {
    let (x1, edge, offset) = if mean_excitation_ev < 100.0 { (2.0, 3.681, 1.0) } else { (3.0, 5.215, 1.5) };
    (if c < edge { 0.2 } else { 0.326 * c - offset }, x1)
}

fn gas_limits(c: f64) -> (f64, f64) {
    match c {
        c if c < 10.0 => (1.6, 4.0),
        c if c < 10.5 => (1.7, 4.0),
        c if c < 11.0 => (1.8, 4.0),
        c if c < 11.5 => (1.9, 4.0),
        c if c < 12.25 => (2.0, 4.0),
        c if c < 13.804 => (2.0, 5.0),
        c => (0.326 * c - 2.5, 5.0),
    }
}

/// `2 m_e (beta gamma)^2 / I` with `I` in eV: the argument of Bethe's logarithm.
pub(super) fn bethe_argument(beta_gamma2: f64, mean_excitation_ev: f64) -> f64 {
    2.0e6 * ELECTRON_MASS_MEV * beta_gamma2 / mean_excitation_ev
}

#[cfg(test)]
mod tests {
    use super::*;

    /// NIST ESTAR, liquid water: (electron kinetic energy MeV, delta).
    const ESTAR_WATER: [(f64, f64); 5] =
        [(0.4, 0.0), (1.0, 0.2428), (5.0, 1.967), (20.0, 4.107), (100.0, 7.077)];

    fn beta_gamma2(kinetic_mev: f64) -> f64 {
        let tau = kinetic_mev / ELECTRON_MASS_MEV;
        tau * (tau + 2.0)
    }

    #[test]
    fn water_as_in_estar() {
        let table = DensityEffect::tabulated("G4_WATER", None, 1.0).unwrap();
        let general = DensityEffect::general(plasma_energy_ev(0.55508), 75.0, false);
        for (kinetic_mev, expected) in ESTAR_WATER {
            let x = beta_gamma2(kinetic_mev);
            assert!(
                (table.delta(x) - expected).abs() < 0.15,
                "table at {kinetic_mev} MeV: {}",
                table.delta(x)
            );
            assert!(
                (general.delta(x) - expected).abs() < 0.35,
                "general at {kinetic_mev} MeV: {}",
                general.delta(x)
            );
        }
    }

    #[test]
    fn another_density_is_not_the_tabulated_medium() {
        assert!(DensityEffect::tabulated("G4_Ar", Some(18.0), 1.40).is_some(), "liquid argon");
        assert_ne!(
            DensityEffect::tabulated("Ar", Some(18.0), 1.40),
            DensityEffect::tabulated("Ar", Some(18.0), 1.66e-3)
        );
        assert_eq!(DensityEffect::tabulated("G4_WATER", None, 0.9), None);
    }

    #[test]
    fn reaches_its_asymptote_continuously() {
        for effect in [
            DensityEffect::general(20.0, 60.0, false),
            DensityEffect::general(20.0, 300.0, false),
            DensityEffect::general(0.7, 86.0, true),
        ] {
            let at = |x: f64| effect.delta(10f64.powf(2.0 * x));
            assert!((at(effect.x1 - 1e-9) - at(effect.x1 + 1e-9)).abs() < 1e-6);
            assert!((at(effect.x0 - 1e-9) - at(effect.x0 + 1e-9)).abs() < 1e-6);
        }
    }
}
