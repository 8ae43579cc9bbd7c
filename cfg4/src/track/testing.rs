//! Materials and a geometry for the tests of this module.

use super::geometry::{Located, TrackGeometry};
use super::vector::{Vector, add_scaled};
use crate::detector::{
    Detector, Element, Material, MaterialId, Property, PropertyMap, PropertyVector, SolidId, Volume, VolumeId,
};

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

/// Iron.
pub(super) fn iron() -> Material {
    material("G4_Fe", 7.874, &[(26.0, 55.845, 1.0)])
}

/// Lead.
pub(super) fn lead() -> Material {
    material("G4_Pb", 11.35, &[(82.0, 207.2, 1.0)])
}

/// The liquid scintillator of `G4Opticks_50000.feb2021.gdml`: composition, RINDEX, 50000 photons/MeV.
pub(super) fn scintillator() -> Material {
    const RINDEX: [(f64, f64); 18] = [
        (1.55, 1.4781),
        (1.79505, 1.48),
        (2.10499, 1.4842),
        (2.27077, 1.4861),
        (2.55111, 1.4915),
        (2.84498, 1.4955),
        (3.06361, 1.4988),
        (4.13281, 1.5264),
        (6.2, 1.6185),
        (6.526, 1.6176),
        (6.889, 1.527),
        (7.294, 1.5545),
        (7.75, 1.793),
        (8.267, 1.7826),
        (8.857, 1.6642),
        (9.538, 1.5545),
        (10.33, 1.4536),
        (15.5, 1.4536),
    ];
    let elements = [
        (6.0, 12.011, 0.87924),
        (1.0, 1.008, 0.1201),
        (8.0, 15.999, 0.00034),
        (7.0, 14.007, 0.00027),
        (16.0, 32.06, 5e-5),
    ];
    let mut properties = PropertyMap::default();
    let constants = [
        ("SCINTILLATIONYIELD", 50_000.0),
        ("RESOLUTIONSCALE", 1.0),
        ("FASTTIMECONSTANT", 7.0),
        ("SLOWTIMECONSTANT", 1400.0),
        ("YIELDRATIO", 0.75),
    ];
    for (name, value) in constants {
        properties.0.insert(name.into(), Property::Constant(value));
    }
    let flat = PropertyVector::new(vec![2.0e-6, 3.0e-6], vec![1.0, 1.0]).unwrap();
    for name in ["FASTCOMPONENT", "SLOWCOMPONENT"] {
        properties.0.insert(name.into(), Property::Vector(flat.clone()));
    }
    let (energies, values) = RINDEX.iter().map(|(e, n)| (e * 1e-6, *n)).unzip();
    properties.0.insert("RINDEX".into(), Property::Vector(PropertyVector::new(energies, values).unwrap()));
    Material { mean_excitation_ev: Some(59.622_886), properties, ..material("LS", 0.859, &elements) }
}

/// Air.
pub(super) fn air() -> Material {
    let elements = [
        (7.0, 14.007, 0.755_268),
        (8.0, 15.999, 0.231_781),
        (18.0, 39.948, 0.012_827),
        (6.0, 12.011, 1.24e-4),
    ];
    Material { is_gas: true, mean_excitation_ev: Some(85.7), ..material("Air", 1.29e-3, &elements) }
}

/// A box of `inner` (volume 1, node 1) centred in a box of air (volume 0, node 0, the world).
pub(super) struct BoxInBox {
    inner_half_mm: Vector,
    world_half_mm: Vector,
}

impl BoxInBox {
    pub(super) const WORLD: Located = Located { volume: VolumeId(0), node: 0 };
    pub(super) const INNER: Located = Located { volume: VolumeId(1), node: 1 };

    pub(super) fn new(inner_half_mm: Vector, world_half_mm: Vector) -> Self {
        Self { inner_half_mm, world_half_mm }
    }

    /// The detector that goes with it.
    pub(super) fn detector(inner: Material, step_limit_mm: Option<f64>) -> Detector {
        let volume = |name: &str, material: u32, step_limit_mm| Volume {
            name: name.to_owned(),
            material: MaterialId(material),
            solid: SolidId(material),
            daughters: Vec::new(),
            auxiliaries: Vec::new(),
            step_limit_mm,
            sensitive_detector: None,
        };
        Detector {
            materials: vec![air(), inner],
            volumes: vec![volume("World", 0, None), volume("Obj", 1, step_limit_mm)],
            ..Detector::default()
        }
    }
}

/// Entry and exit distances of a line through a box.
fn slab_distances(half_mm: Vector, position: Vector, direction: Vector) -> (f64, f64) {
    let (mut enter, mut exit) = (f64::NEG_INFINITY, f64::INFINITY);
    for i in 0..3 {
        if direction[i] == 0.0 {
            if position[i].abs() > half_mm[i] {
                return (f64::INFINITY, f64::NEG_INFINITY);
            }
            continue;
        }
        let (a, b) = ((-half_mm[i] - position[i]) / direction[i], (half_mm[i] - position[i]) / direction[i]);
        enter = enter.max(a.min(b));
        exit = exit.min(a.max(b));
    }
    (enter, exit)
}

fn contains(half_mm: Vector, position: Vector) -> bool {
    (0..3).all(|i| position[i].abs() <= half_mm[i])
}

impl TrackGeometry for BoxInBox {
    fn locate(&self, position_mm: Vector) -> Option<Located> {
        let inside = |half| contains(half, position_mm);
        (inside(self.world_half_mm) || inside(self.inner_half_mm))
            .then(|| if inside(self.inner_half_mm) { Self::INNER } else { Self::WORLD })
    }

    fn distance_to_boundary(&self, at: Located, position_mm: Vector, direction: Vector, max_mm: f64) -> f64 {
        let (enter, exit) = slab_distances(self.inner_half_mm, position_mm, direction);
        if at == Self::INNER {
            return exit.clamp(0.0, max_mm);
        }
        let (_, world_exit) = slab_distances(self.world_half_mm, position_mm, direction);
        let to_inner = if enter < exit && enter > 1e-9 { enter } else { f64::INFINITY };
        to_inner.min(world_exit).clamp(0.0, max_mm)
    }

    fn cross(&self, at: Located, position_mm: Vector, direction: Vector) -> Option<Located> {
        let ahead = add_scaled(position_mm, 1e-6, direction);
        let next = self.locate(ahead)?;
        (next != at).then_some(next).or(Some(at))
    }
}
