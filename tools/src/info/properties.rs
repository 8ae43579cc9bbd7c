//! Properties of materials and surfaces, with their ranges.

use serde::Serialize;

use cfg4::detector::{Detector, Property, PropertyMap};

/// Planck's constant times the speed of light, eV nm.
const HC_EV_NM: f64 = 1_239.841_984;

/// One property.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct PropertySummary {
    /// Name as in the file.
    pub name: String,
    /// Number of points of a table; 0 for a constant.
    pub points: usize,
    /// Lowest and highest photon energy of a table, eV.
    pub energy_ev: Option<[f64; 2]>,
    /// Shortest and longest wavelength of a table, nm.
    pub wavelength_nm: Option<[f64; 2]>,
    /// Smallest and largest value, in Geant4's internal units (mm, ns, 1/MeV).
    pub values: [f64; 2],
    /// Unit of the values; empty for pure numbers and unknown properties.
    pub unit: &'static str,
    /// What the simulation does with it.
    pub usage: Usage,
}

/// What the simulation does with a property.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Usage {
    /// It decides about photons.
    Used,
    /// Geant4 would use it; this simulation does not.
    UsedByGeant4Only,
    /// Nobody uses it.
    Unused,
    /// Unused, and its name is close to that of a property that is used.
    Misspelt {
        /// The name it is close to.
        looks_like: &'static str,
    },
}

/// The properties of the material or surface `owner`, in alphabetical order: those used, then the others.
pub(super) fn summaries(
    detector: &Detector,
    owner: &str,
    on_surface: bool,
    map: &PropertyMap,
) -> Vec<PropertySummary> {
    let properties = map.0.iter();
    let mut summaries: Vec<_> =
        properties.map(|(name, p)| summary(name, p, usage(detector, owner, on_surface, name))).collect();
    summaries.sort_by_key(|summary| summary.usage != Usage::Used);
    summaries
}

fn usage(detector: &Detector, owner: &str, on_surface: bool, name: &str) -> Usage {
    let unused = &detector.unused_properties;
    match unused.iter().find(|u| u.name == name && u.owner == owner && u.on_surface == on_surface) {
        None => Usage::Used,
        Some(unused) => match unused.looks_like {
            Some(looks_like) => Usage::Misspelt { looks_like },
            None if unused.known_to_geant4 => Usage::UsedByGeant4Only,
            None => Usage::Unused,
        },
    }
}

fn summary(name: &str, property: &Property, usage: Usage) -> PropertySummary {
    let (points, energy_ev, values) = match property {
        Property::Constant(x) => (0, None, (*x, *x)),
        Property::Vector(v) => {
            let energies = v.energies_mev();
            let ends = [energies.first(), energies.last()].map(|e| e.map_or(0.0, |mev| mev * 1e6));
            (energies.len(), Some(ends), v.range())
        }
        Property::Grid(grid) => {
            let energies = grid.energies_mev();
            let ends = [energies.first(), energies.last()].map(|e| e.map_or(0.0, |mev| mev * 1e6));
            (energies.len() * grid.angles_rad().len(), Some(ends), grid.range())
        }
    };
    // Yields by particle are tables over its kinetic energy.
    let of_photons = !name.ends_with("SCINTILLATIONYIELD");
    let wavelength_nm = energy_ev
        .filter(|ends| of_photons && ends[0] > 0.0)
        .map(|[low, high]| [HC_EV_NM / high, HC_EV_NM / low]);
    let unit = unit_of(name);
    PropertySummary {
        name: name.to_string(),
        points,
        energy_ev,
        wavelength_nm,
        values: [values.0, values.1],
        unit,
        usage,
    }
}

/// Geant4's internal unit of a property that it knows.
fn unit_of(name: &str) -> &'static str {
    match name {
        _ if name.contains("RATIO") => "",
        _ if name.ends_with("THICKNESS") => "mm",
        "SURFACEROUGHNESS" => "mm",
        "ABSLENGTH" | "RAYLEIGH" | "MIEHG" | "WLSABSLENGTH" | "WLSABSLENGTH2" => "mm",
        "ISOTHERMAL_COMPRESSIBILITY" => "mm3/MeV",
        "GROUPVEL" => "mm/ns",
        _ if name.contains("TIMECONSTANT") || name.contains("RISETIME") => "ns",
        "SCINTILLATIONYIELD" => "/MeV",
        "BIRKSCONSTANT" => "mm/MeV",
        _ => "",
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use cfg4::detector::PropertyVector;

    #[test]
    fn tables_have_their_ranges_in_energy_and_wavelength() {
        let vector = PropertyVector::new(vec![1.55e-6, 3.1e-6], vec![1.4, 1.3]).unwrap();
        let table = summary("RINDEX", &Property::Vector(vector), Usage::Used);
        assert_eq!((table.points, table.values), (2, [1.3, 1.4]));
        let [short, long] = table.wavelength_nm.unwrap();
        assert!((short - 399.949).abs() < 1e-3 && (long - 799.898).abs() < 1e-3, "{short} {long}");
    }

    #[test]
    fn an_energy_of_zero_has_no_wavelength() {
        let vector = PropertyVector::new(vec![0.0, 3.1e-6], vec![1.0, 1.0]).unwrap();
        assert_eq!(summary("RINDEX", &Property::Vector(vector), Usage::Used).wavelength_nm, None);
    }

    #[test]
    fn energies_of_particles_are_no_wavelengths() {
        let vector = PropertyVector::new(vec![1.0, 10.0], vec![0.0, 1e4]).unwrap();
        let table = summary("ALPHASCINTILLATIONYIELD", &Property::Vector(vector), Usage::Used);
        assert_eq!((table.energy_ev, table.wavelength_nm), (Some([1e6, 1e7]), None));
    }

    #[test]
    fn units_of_known_names() {
        let names = ["ABSLENGTH", "FASTTIMECONSTANT", "SCINTILLATIONYIELD", "YIELDRATIO", "RINDEX"];
        assert_eq!(names.map(unit_of), ["mm", "ns", "/MeV", "", ""]);
    }
}
