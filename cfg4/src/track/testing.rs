//! Materials for the tests of this module.

use crate::detector::{Element, Material, PropertyMap};

/// A material of `(z, a_g_per_mol, mass_fraction)`.
pub(super) fn material(name: &str, density_g_cm3: f64, elements: &[(f64, f64, f64)]) -> Material {
    let element = |&(z, a_g_per_mol, fraction): &(f64, f64, f64)| {
        (Element { name: format!("Z{z}"), z, a_g_per_mol }, fraction)
    };
    Material {
        name: name.to_owned(),
        density_g_cm3,
        temperature_k: 293.15,
        is_gas: false,
        components: elements.iter().map(element).collect(),
        mean_excitation_ev: None,
        properties: PropertyMap::default(),
    }
}

/// Liquid water, I = 75 eV (ICRU report 37).
pub(super) fn water() -> Material {
    let elements = [(1.0, 1.008, 0.111_898), (8.0, 15.999, 0.888_102)];
    Material { mean_excitation_ev: Some(75.0), ..material("G4_WATER", 1.0, &elements) }
}

/// Copper.
pub(super) fn copper() -> Material {
    material("G4_Cu", 8.96, &[(29.0, 63.546, 1.0)])
}

/// Lead.
pub(super) fn lead() -> Material {
    material("G4_Pb", 11.35, &[(82.0, 207.2, 1.0)])
}
