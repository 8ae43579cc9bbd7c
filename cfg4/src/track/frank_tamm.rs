//! Cerenkov light: how many photons a path makes.
//!
//! Frank and Tamm: `dN/dx = (alpha z^2/(hbar c)) int (1 - 1/(beta n(E))^2) dE` over the photon energies of the RINDEX table
//! where `beta n > 1`. The integral is that of Geant4, so that yields agree with it: `1/n^2` by the trapezoid rule between
//! the points of the table, and linear along the cell that the threshold cuts, which begins where `n`, itself linear, equals
//! `1/beta`. That is a table's other reading, not an error: with `n` linear everywhere the yield is larger by a fraction of
//! a percent, by 6 % close to threshold in a coarse table of water. In a table that rises and falls each cell counts for
//! itself; Geant4 cuts such a table at one crossing only, and sees no light at all where its last index is below threshold.
//!
//! The bound for sampling angles takes the **largest** RINDEX. Geant4 takes the last one, which in a table that falls
//! at its end lets photons be refused too seldom: its spectrum there is slightly too soft.

use super::constants::FRANK_TAMM_PER_MEV_MM;
use crate::detector::{PropertyMap, PropertyVector};

/// A medium that makes Cerenkov light.
#[derive(Debug, Clone, PartialEq)]
pub struct CerenkovMedium {
    rindex: PropertyVector,
    max_rindex: f64,
}

impl CerenkovMedium {
    /// The medium of a material's RINDEX; `None` without a table that exceeds 1 over a range of energies.
    pub fn from_properties(properties: &PropertyMap) -> Option<Self> {
        let rindex = properties.vector("RINDEX")?.clone();
        let (_, max_rindex) = rindex.range();
        let energies = rindex.energies_mev();
        let range = energies[energies.len() - 1] - energies[0];
        (max_rindex > 1.0 && range > 0.0).then_some(Self { rindex, max_rindex })
    }

    /// The largest refractive index.
    pub fn max_rindex(&self) -> f64 {
        self.max_rindex
    }

    /// The first and last photon energy of the table, MeV.
    pub fn energy_range_mev(&self) -> (f64, f64) {
        let energies = self.rindex.energies_mev();
        (energies[0], energies[energies.len() - 1])
    }

    /// Mean number of photons per mm of a particle of `charge` at velocity `beta` (in units of c).
    pub fn photons_per_mm(&self, charge: f64, beta: f64) -> f64 {
        self.formula_per_mm(charge, beta).max(0.0)
    }

    /// What the formula gives, below 0 close to threshold. Along a step that slows down photons follow the line between the
    /// formula's values at its two ends as far as that is above 0, in Geant4 and here.
    pub fn formula_per_mm(&self, charge: f64, beta: f64) -> f64 {
        let threshold = 1.0 / beta;
        if threshold.is_nan() || threshold >= self.max_rindex {
            return 0.0;
        }
        let (energies, values) = (self.rindex.energies_mev(), self.rindex.values());
        let cells = energies.windows(2).zip(values.windows(2));
        let integral: f64 = cells.map(|(e, n)| emitting_part(e[1] - e[0], n[0], n[1], threshold)).sum();
        FRANK_TAMM_PER_MEV_MM * charge * charge * integral
    }
}

/// The integral of `1 - (threshold/n)^2` where `n`, linear from `n1` to `n2` over `width`, exceeds the threshold. Close to
/// it the mean of `1/n^2` over the whole cell makes this negative.
fn emitting_part(width: f64, n1: f64, n2: f64, threshold: f64) -> f64 {
    let (low, high) = (n1.min(n2), n1.max(n2));
    if high <= threshold {
        return 0.0;
    }
    let start = low.max(threshold);
    let part = if high > low { width * (high - start) / (high - low) } else { width };
    part * (1.0 - threshold * threshold * 0.5 * (1.0 / (n1 * n1) + 1.0 / (n2 * n2)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::detector::Property;

    fn medium(energies_ev: &[f64], rindex: &[f64]) -> CerenkovMedium {
        let vector =
            PropertyVector::new(energies_ev.iter().map(|e| e * 1e-6).collect(), rindex.to_vec()).unwrap();
        let mut map = PropertyMap::default();
        map.0.insert("RINDEX".into(), Property::Vector(vector));
        CerenkovMedium::from_properties(&map).unwrap()
    }

    #[test]
    fn constant_index_is_the_closed_form() {
        let flat = medium(&[1.0, 2.0, 8.0], &[1.5; 3]);
        for beta in [0.7, 0.9, 0.999] {
            // 370 photons per eV and cm (Particle Data Group eq. 34.45), to all known digits.
            let closed = 36.981_02 * 7.0 * (1.0 - 1.0 / (beta * beta * 2.25));
            assert!((flat.photons_per_mm(1.0, beta) / closed - 1.0).abs() < 1e-6, "{beta}");
            assert!((flat.photons_per_mm(2.0, beta) / (4.0 * closed) - 1.0).abs() < 1e-6);
        }
        assert_eq!(flat.photons_per_mm(1.0, 0.66), 0.0, "below threshold");
        assert_eq!(flat.photons_per_mm(1.0, 0.0), 0.0, "at rest");
    }

    #[test]
    fn tables_as_in_geant4() {
        // Geant4 11.2.2: photons per mm of its formula at the mean beta.
        let water = medium(&[1.8, 2.5, 3.5, 5.0], &[1.33, 1.335, 1.35, 1.38]);
        let bump = medium(&[1.6, 3.0, 6.0, 7.0, 12.0], &[1.48, 1.5, 1.62, 1.5, 1.45]);
        for (medium, beta, expected) in [
            (&water, 0.999, 53.326411956),
            (&water, 0.9, 38.236943851),
            (&water, 0.76, 6.00743497115),
            (&water, 0.74, 1.03524191153),
            (&bump, 0.999, 214.822464228),
            (&bump, 0.74, 75.1784670559),
        ] {
            let ratio = medium.photons_per_mm(1.0, beta) / expected;
            assert!((ratio - 1.0).abs() < 1e-6, "beta {beta}: ratio {ratio}");
        }
    }

    #[test]
    fn only_the_part_above_threshold_emits() {
        // n = 1 + E/10 eV from 1 to 5 eV at threshold 1.2: emits from 2 to 5 eV, with the mean of 1/n^2 over the cell.
        let ramp = medium(&[1.0, 5.0], &[1.1, 1.5]);
        let closed = 36.981_02 * 3.0 * (1.0 - 1.44 * 0.5 * (1.0 / 1.21 + 1.0 / 2.25));
        assert!((ramp.photons_per_mm(1.0, 1.0 / 1.2) / closed - 1.0).abs() < 1e-6);
    }

    /// A slow muon in a table of two points, Geant4 11.3.0: 66255 photons of 2000 steps over which it passes from 0.788 to 0.761,
    /// none of them behind 0.65 of the step, where the line between the ends is below 0.
    #[test]
    fn the_formula_falls_below_zero_where_geant4_makes_no_light() {
        let coarse = medium(&[1.55, 6.2], &[1.092, 1.687]);
        let [start, end] = [0.7881248569808802, 0.7605085998197053];
        let per_step = 38.086614111229785 * coarse.photons_per_mm(1.0, 0.5 * (start + end));
        assert!((per_step - 66255.0 / 2000.0).abs() < 3.0 * (per_step / 2000.0).sqrt(), "{per_step}");
        let [first, last] = [start, end].map(|beta| coarse.formula_per_mm(1.0, beta));
        let dark_from = first / (first - last);
        assert!(last < 0.0 && (0.6..0.65).contains(&dark_from), "{first} {last}");
        assert_eq!(coarse.photons_per_mm(1.0, end), 0.0);
    }

    #[test]
    fn a_medium_without_index_makes_no_light() {
        assert_eq!(CerenkovMedium::from_properties(&PropertyMap::default()), None);
        let mut map = PropertyMap::default();
        map.0.insert(
            "RINDEX".into(),
            Property::Vector(PropertyVector::new(vec![1e-6, 2e-6], vec![1.0; 2]).unwrap()),
        );
        assert_eq!(CerenkovMedium::from_properties(&map), None, "vacuum");
    }
}
