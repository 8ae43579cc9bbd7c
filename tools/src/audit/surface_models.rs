//! How the two surface models differ for a surface: what each does with a photon, energy by energy.
//!
//! The original's model has four probabilities: detected, absorbed, reflected like a mirror, reflected diffusely. Geant4
//! absorbs 1 - REFLECTIVITY - TRANSMITTANCE, detects EFFICIENCY of what is absorbed, and leaves REFLECTIVITY to the kind
//! of surface: a metal or paint reflects it, between two dielectrics Fresnel's law decides.

use cfg4::detector::{OpticalSurface, Property, SurfaceFinish, SurfaceType};

use crate::number::short;

/// Energy at which constants are compared, eV: 430 nm.
const MIDDLE_EV: f64 = 2.883;

/// What becomes of a photon at a surface: probabilities that sum to 1.
#[derive(Debug, Clone, Copy, PartialEq, Default, serde::Serialize)]
pub struct Fates {
    /// Detected.
    pub detected: f64,
    /// Absorbed.
    pub absorbed: f64,
    /// Reflected like from a mirror, smooth or rough.
    pub mirrored: f64,
    /// Reflected by Lambert's law.
    pub scattered: f64,
    /// Passed on straight.
    pub passed: f64,
    /// Refracted or reflected by Fresnel's law.
    pub fresnel: f64,
}

impl Fates {
    const NAMES: [&str; 6] =
        ["detected", "absorbed", "mirrored", "scattered", "passed on", "left to Fresnel's law"];

    fn values(&self) -> [f64; 6] {
        [self.detected, self.absorbed, self.mirrored, self.scattered, self.passed, self.fresnel]
    }

    /// `detected 0.3, absorbed 0.7`.
    pub fn words(&self) -> String {
        let parts = Self::NAMES.iter().zip(self.values()).filter(|(_, p)| *p > 0.0);
        parts.map(|(name, p)| format!("{name} {}", short(p, 3))).collect::<Vec<_>>().join(", ")
    }

    /// The largest difference of one probability.
    fn distance(&self, other: &Fates) -> f64 {
        let pairs = self.values().into_iter().zip(other.values());
        pairs.map(|(a, b)| (a - b).abs()).fold(0.0, f64::max)
    }
}

/// Where the models differ most.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Difference {
    /// Photon energy, eV.
    pub energy_ev: f64,
    /// The largest difference of one probability.
    pub largest: f64,
    /// What the model of 2021 does.
    pub opticks: Fates,
    /// What Geant4 does.
    pub geant4: Fates,
}

/// How much the models differ for `surface`, at the worst of the energies of its tables. `None` where one of them has no
/// answer: then that model refuses the surface.
pub fn difference(surface: &OpticalSurface) -> Option<Difference> {
    let at = |energy_ev: f64| {
        let (opticks, geant4) = (opticks(surface, energy_ev)?, geant4(surface, energy_ev)?);
        Some(Difference { energy_ev, largest: opticks.distance(&geant4), opticks, geant4 })
    };
    let all: Option<Vec<Difference>> = energies(surface).into_iter().map(at).collect();
    all?.into_iter().max_by(|a, b| a.largest.total_cmp(&b.largest))
}

/// The energies of all tables of the three properties, eV.
fn energies(surface: &OpticalSurface) -> Vec<f64> {
    let tables = ["REFLECTIVITY", "TRANSMITTANCE", "EFFICIENCY"];
    let tables = tables.into_iter().filter_map(|name| surface.properties.vector(name));
    let mut energies: Vec<f64> = tables.flat_map(|t| t.energies_mev().iter().map(|e| e * 1e6)).collect();
    energies.push(MIDDLE_EV);
    energies
}

fn value(surface: &OpticalSurface, name: &str, energy_ev: f64) -> Option<f64> {
    match surface.properties.0.get(name)? {
        Property::Constant(value) => Some(*value),
        Property::Vector(table) => Some(table.value(energy_ev * 1e-6)),
        Property::Grid(_) => None,
    }
}

fn opticks(surface: &OpticalSurface, energy_ev: f64) -> Option<Fates> {
    let is_sensor = match surface.properties.0.get("EFFICIENCY") {
        Some(Property::Constant(value)) => *value > 0.0,
        Some(Property::Vector(table)) => table.range().1 > 0.0,
        Some(Property::Grid(_)) | None => false,
    };
    if is_sensor {
        let detected = value(surface, "EFFICIENCY", energy_ev)?;
        return Some(Fates { detected, absorbed: 1.0 - detected, ..Fates::default() });
    }
    let reflected = value(surface, "REFLECTIVITY", energy_ev)?;
    let absorbed = 1.0 - reflected;
    match surface.finish {
        SurfaceFinish::Polished | SurfaceFinish::PolishedFrontPainted => {
            Some(Fates { absorbed, mirrored: reflected, ..Fates::default() })
        }
        SurfaceFinish::Ground | SurfaceFinish::GroundFrontPainted => {
            Some(Fates { absorbed, scattered: reflected, ..Fates::default() })
        }
        _ => None,
    }
}

fn geant4(surface: &OpticalSurface, energy_ev: f64) -> Option<Fates> {
    let of = |name, default| value(surface, name, energy_ev).unwrap_or(default);
    let (reflectivity, passed) = (of("REFLECTIVITY", 1.0), of("TRANSMITTANCE", 0.0));
    let taken = (1.0 - reflectivity - passed).max(0.0);
    let detected = taken * of("EFFICIENCY", 0.0);
    let kept = 1.0 - taken - passed;
    let rest = Fates { detected, absorbed: taken - detected, passed, ..Fates::default() };
    match (surface.kind, surface.finish) {
        (SurfaceType::DielectricMetal, SurfaceFinish::Polished | SurfaceFinish::Ground)
        | (SurfaceType::DielectricDielectric, SurfaceFinish::PolishedFrontPainted) => {
            Some(Fates { mirrored: kept, ..rest })
        }
        (SurfaceType::DielectricDielectric, SurfaceFinish::GroundFrontPainted) => {
            Some(Fates { scattered: kept, ..rest })
        }
        (SurfaceType::DielectricDielectric, SurfaceFinish::Polished | SurfaceFinish::Ground) => {
            Some(Fates { fresnel: kept, ..rest })
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use cfg4::detector::{PropertyMap, PropertyVector, SurfaceModel};

    use super::*;

    fn surface(kind: SurfaceType, finish: SurfaceFinish, properties: &[(&str, f64)]) -> OpticalSurface {
        let table = |v: f64| Property::Vector(PropertyVector::new(vec![1e-6, 8e-6], vec![v, v]).unwrap());
        let properties = properties.iter().map(|(name, v)| ((*name).to_owned(), table(*v))).collect();
        OpticalSurface {
            name: "s".to_owned(),
            model: SurfaceModel::Glisur,
            kind,
            finish,
            value: 1.0,
            measured: None,
            properties: PropertyMap(properties),
        }
    }

    #[test]
    fn a_black_cathode_is_the_same_in_both_models() {
        let of = |r| {
            let p = [("REFLECTIVITY", r), ("EFFICIENCY", 0.25)];
            difference(&surface(SurfaceType::DielectricMetal, SurfaceFinish::Polished, &p)).unwrap()
        };
        assert!(of(0.0).largest == 0.0);
        let bright = of(1.0);
        assert!((bright.largest - 1.0).abs() < 1e-12, "{bright:?}");
        assert_eq!(bright.opticks.detected, 0.25);
        assert_eq!(bright.geant4.mirrored, 1.0);
    }

    #[test]
    fn a_metal_mirror_is_the_same_and_a_dielectric_one_is_not() {
        let p = [("REFLECTIVITY", 0.9)];
        let of = |kind| difference(&surface(kind, SurfaceFinish::Polished, &p)).unwrap();
        assert!(of(SurfaceType::DielectricMetal).largest < 1e-12);
        assert!((of(SurfaceType::DielectricDielectric).largest - 0.9).abs() < 1e-12);
    }

    #[test]
    fn what_one_model_refuses_has_no_difference() {
        let ground = surface(SurfaceType::DielectricLut, SurfaceFinish::Ground, &[("REFLECTIVITY", 1.0)]);
        assert_eq!(difference(&ground), None);
        let silent = surface(SurfaceType::DielectricMetal, SurfaceFinish::Polished, &[]);
        assert_eq!(difference(&silent), None, "the model of 2021 wants a REFLECTIVITY");
    }
}
