//! Materials.

use serde::Serialize;

use cfg4::detector::Detector;

use super::PropertySummary;
use super::properties;

/// An element of a material.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct ElementShare {
    /// Name of the element.
    pub element: String,
    /// Atomic number.
    pub z: f64,
    /// Fraction of the material's mass.
    pub mass_fraction: f64,
}

/// One material.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct MaterialSummary {
    /// Name as in the file.
    pub name: String,
    /// Density, g/cm3.
    pub density_g_cm3: f64,
    /// Number of volumes made of it.
    pub volumes: usize,
    /// What it is made of.
    pub elements: Vec<ElementShare>,
    /// Its optical properties.
    pub properties: Vec<PropertySummary>,
}

/// All materials, in file order.
pub(super) fn summaries(detector: &Detector) -> Vec<MaterialSummary> {
    let mut volumes = vec![0; detector.materials.len()];
    detector.volumes.iter().for_each(|v| volumes[v.material.index()] += 1);
    let materials = detector.materials.iter().zip(volumes);
    let share = |(element, mass_fraction): &(cfg4::detector::Element, f64)| ElementShare {
        element: element.name.clone(),
        z: element.z,
        mass_fraction: *mass_fraction,
    };
    materials
        .map(|(material, volumes)| MaterialSummary {
            name: material.name.clone(),
            density_g_cm3: material.density_g_cm3,
            volumes,
            elements: material.components.iter().map(share).collect(),
            properties: properties::summaries(detector, &material.name, false, &material.properties),
        })
        .collect()
}
