//! Predefined elements and materials: `G4_Ar`, `G4_AIR`, `G4_WATER`, ...
//!
//! Names, densities and mean excitation energies are those of the NIST tables that Geant4 also uses: ICRU Report 37
//! (1984) and 49 (1993) as tabulated by the NIST ESTAR, PSTAR and ASTAR databases
//! (<https://physics.nist.gov/PhysRefData/Star/Text/>), with Geant4's own additions (liquid gases, alloys). Molar masses
//! are the IUPAC standard atomic weights. Compounds are given by formula or by mass fractions.

mod compounds;
mod elements;

pub use compounds::names;
pub use elements::{NistElement, element, element_by_symbol};

use crate::detector::{Element, Material, PropertyMap};

/// Room temperature, kelvin (Geant4's `NTP_Temperature`).
const ROOM_TEMPERATURE_K: f64 = 293.15;

/// The predefined material of that name, without optical properties; `None` if there is none.
///
/// ```
/// let water = cfg4::nist::material("G4_WATER").unwrap();
/// assert_eq!(water.density_g_cm3, 1.0);
/// assert_eq!(water.mean_excitation_ev, Some(78.0));
/// ```
pub fn material(name: &str) -> Option<Material> {
    let symbol = name.strip_prefix("G4_")?;
    if let Some(element) = element_by_symbol(symbol) {
        return Some(Material {
            name: name.to_owned(),
            density_g_cm3: element.density_g_cm3,
            temperature_k: ROOM_TEMPERATURE_K,
            is_gas: element.is_gas,
            components: vec![(element.to_element(), 1.0)],
            mean_excitation_ev: Some(element.mean_excitation_ev),
            properties: PropertyMap::default(),
        });
    }
    compounds::find(name)
}

/// Turns amounts of elements into mass fractions that sum to 1.
fn normalised(parts: Vec<(Element, f64)>) -> Vec<(Element, f64)> {
    let total: f64 = parts.iter().map(|(_, mass)| mass).sum();
    parts.into_iter().map(|(element, mass)| (element, mass / total)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_material_is_complete() {
        let mut count = 0;
        for name in names() {
            let material = material(name).unwrap_or_else(|| panic!("{name}"));
            let sum: f64 = material.components.iter().map(|(_, fraction)| fraction).sum();
            assert!((sum - 1.0).abs() < 1e-12, "{name}: {sum}");
            assert!(material.density_g_cm3 > 0.0, "{name}");
            assert!(material.components.iter().all(|(_, fraction)| *fraction > 0.0), "{name}");
            count += 1;
        }
        assert!(count > 150, "{count}");
    }

    #[test]
    fn water_is_one_ninth_hydrogen() {
        let water = material("G4_WATER").unwrap();
        let hydrogen = water.components.iter().find(|(element, _)| element.z == 1.0).unwrap().1;
        // Standard atomic weights (IUPAC 2007): H 1.00794, O 15.9994.
        let expected = 2.0 * 1.00794 / (2.0 * 1.00794 + 15.9994);
        assert!((hydrogen - expected).abs() < 1e-6, "{hydrogen}");
    }

    #[test]
    fn elements_have_no_gaps() {
        for z in 1..=98 {
            let element = element(z).unwrap();
            assert_eq!(element.z, z);
            assert!(element.a_g_per_mol >= f64::from(z), "{}", element.symbol);
            assert_eq!(element_by_symbol(element.symbol).map(|e| e.z), Some(z));
        }
        assert!(element(0).is_none() && element(99).is_none());
    }

    #[test]
    fn names_without_meaning_are_refused() {
        assert!(material("G4_UNOBTAINIUM").is_none());
        assert!(material("Ar").is_none());
        assert!(material("G4_").is_none());
    }
}
