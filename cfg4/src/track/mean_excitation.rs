//! Mean excitation energies: of elements, and of compounds by Bragg's rule.

use crate::nist;

/// The mean excitation energy of an element in eV, as [`nist::element`] has it; beyond its table `10 Z eV` (Bloch's rule).
pub fn of_element_ev(z: f64) -> f64 {
    nist::element(z.round() as u8).map_or(10.0 * z.max(1.0), |element| element.mean_excitation_ev)
}

/// The value of an element bound in a liquid or solid compound, eV (ICRU report 37, table 5.1).
fn in_condensed_compound_ev(z: f64) -> f64 {
    match z.round() as u32 {
        1 => 19.2,
        6 => 81.0,
        7 => 82.0,
        8 => 106.0,
        9 => 112.0,
        17 => 180.0,
        _ => 1.13 * of_element_ev(z),
    }
}

/// The mean excitation energy in eV of a mixture of `(z, a_g_per_mol, mass_fraction)` by Bragg's rule:
/// `ln I = sum(w Z/A ln I) / sum(w Z/A)`. Elements bound in a condensed compound count with their own values.
pub fn of_mixture_ev(elements: &[(f64, f64, f64)], is_gas: bool) -> f64 {
    let compound = elements.len() > 1 && !is_gas;
    let (mut sum, mut weights) = (0.0, 0.0);
    for &(z, a, fraction) in elements {
        let value = if compound { in_condensed_compound_ev(z) } else { of_element_ev(z) };
        sum += fraction * z / a * value.ln();
        weights += fraction * z / a;
    }
    (sum / weights).exp()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn compounds_of_icru_37() {
        let water = [(1.0, 1.008, 0.111898), (8.0, 15.999, 0.888102)];
        assert!((of_mixture_ev(&water, false) - 75.0).abs() < 1.0, "ICRU: 75.0 eV");
        let polyethylene = [(1.0, 1.008, 0.143711), (6.0, 12.011, 0.856289)];
        assert!((of_mixture_ev(&polyethylene, false) - 57.4).abs() < 1.5, "ICRU: 57.4 eV");
        let air = [
            (7.0, 14.007, 0.755268),
            (8.0, 15.999, 0.231781),
            (18.0, 39.948, 0.012827),
            (6.0, 12.011, 0.000124),
        ];
        assert!((of_mixture_ev(&air, true) - 85.7).abs() < 0.7, "ICRU: 85.7 eV");
    }

    #[test]
    fn elements() {
        // ICRU report 37; carbon is Geant4's 81 eV, the graphite of ICRU report 90.
        assert_eq!(
            [1.0, 6.0, 18.0, 29.0, 82.0, 92.0].map(of_element_ev),
            [19.2, 81.0, 188.0, 322.0, 823.0, 890.0]
        );
        assert_eq!([94.0, 98.0].map(of_element_ev), [921.0, 966.0], "transuranium elements are in the table");
        assert_eq!([99.0, 120.0, 300.0].map(of_element_ev), [990.0, 1200.0, 3000.0]);
    }
}
