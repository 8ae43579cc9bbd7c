//! Materials and the elements that they are made of.

use super::PropertyMap;

/// A chemical element (natural isotopic composition unless the file says otherwise).
#[derive(Debug, Clone, PartialEq)]
pub struct Element {
    /// Name, `G4_C` or the file's own.
    pub name: String,
    /// Atomic number (effective, for odd files: not always whole).
    pub z: f64,
    /// Molar mass in g/mol.
    pub a_g_per_mol: f64,
}

/// A material: what charged tracks and photons need to know.
#[derive(Debug, Clone, PartialEq)]
pub struct Material {
    /// Name as in the file.
    pub name: String,
    /// Density in g/cm3.
    pub density_g_cm3: f64,
    /// Temperature in kelvin.
    pub temperature_k: f64,
    /// Whether it is a gas (decides the density effect's parametrisation).
    pub is_gas: bool,
    /// Elements with their mass fractions, which sum to 1.
    pub components: Vec<(Element, f64)>,
    /// Mean excitation energy in eV, where the file or the NIST table gives it.
    pub mean_excitation_ev: Option<f64>,
    /// Optical properties.
    pub properties: PropertyMap,
}
