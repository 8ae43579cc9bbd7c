//! A material as a charged track sees it.

use super::TrackError;
use super::bremsstrahlung::{electron_loss_table, muon_loss_table};
use super::density_effect::{DensityEffect, plasma_energy_ev};
use super::log_table::LogTable;
use super::mean_excitation;
use crate::detector::{Material, without_pointer};

/// One element of an absorber.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct AbsorberElement {
    /// Atomic number.
    pub z: f64,
    /// Molar mass, g/mol.
    pub a_g_per_mol: f64,
    /// Mass fraction; all sum to 1.
    pub mass_fraction: f64,
}

/// What of a material decides energy loss and scattering.
#[derive(Debug, Clone, PartialEq)]
pub struct Absorber {
    /// Density, g/cm3.
    pub density_g_cm3: f64,
    /// `sum(w Z/A)`, mol of electrons per gram.
    pub z_over_a: f64,
    /// Mean excitation energy, eV.
    pub mean_excitation_ev: f64,
    /// Density effect.
    pub density_effect: DensityEffect,
    /// Radiation length, mm.
    pub radiation_length_mm: f64,
    /// The elements.
    pub elements: Vec<AbsorberElement>,
    /// Mean radiative loss of electrons, MeV cm2/g over MeV.
    pub(super) electron_radiation: LogTable,
    /// Mean radiative loss of muons, MeV cm2/g over MeV.
    pub(super) muon_radiation: LogTable,
}

impl Absorber {
    /// The absorber of `material`. Fails without usable elements, density or mean excitation energy.
    pub fn new(material: &Material) -> Result<Self, TrackError> {
        let elements = checked_elements(material)?;
        let density = positive(material, "density in g/cm3", material.density_g_cm3)?;
        let z_over_a: f64 = elements.iter().map(|e| e.mass_fraction * e.z / e.a_g_per_mol).sum();
        let mean_excitation_ev = match material.mean_excitation_ev {
            Some(value) => positive(material, "mean excitation energy in eV", value)?,
            None => bragg_ev(&elements, material.is_gas),
        };
        let pure = (elements.len() == 1).then(|| elements[0].z);
        let name = without_pointer(&material.name);
        let density_effect = DensityEffect::tabulated(name, pure, density).unwrap_or_else(|| {
            DensityEffect::general(plasma_energy_ev(density * z_over_a), mean_excitation_ev, material.is_gas)
        });
        Ok(Self {
            density_g_cm3: density,
            z_over_a,
            mean_excitation_ev,
            density_effect,
            radiation_length_mm: 10.0 * radiation_length_g_cm2(&elements) / density,
            electron_radiation: electron_loss_table(&elements),
            muon_radiation: muon_loss_table(&elements),
            elements,
        })
    }

    /// `xi = (K/2) (Z/A) rho x z^2 / beta^2` in MeV: the scale of the energy lost in a path of `length_mm`.
    pub fn xi_mev(&self, charge: f64, beta2: f64, length_mm: f64) -> f64 {
        let areal_g_cm2 = self.density_g_cm3 * length_mm * 0.1;
        0.5 * super::constants::BETHE_K * self.z_over_a * areal_g_cm2 * charge * charge / beta2
    }
}

fn positive(material: &Material, quantity: &'static str, value: f64) -> Result<f64, TrackError> {
    if value.is_finite() && value > 0.0 {
        return Ok(value);
    }
    Err(TrackError::BadMaterial { material: material.name.clone(), quantity, value })
}

fn checked_elements(material: &Material) -> Result<Vec<AbsorberElement>, TrackError> {
    let total: f64 = material.components.iter().map(|(_, fraction)| fraction).sum();
    if material.components.is_empty() || !total.is_finite() || total <= 0.0 {
        return Err(TrackError::NoComposition { material: material.name.clone() });
    }
    let mut elements = Vec::with_capacity(material.components.len());
    for (element, fraction) in &material.components {
        if *fraction == 0.0 {
            continue;
        }
        let mass_fraction = positive(material, "mass fraction of an element", *fraction)? / total;
        let z = positive(material, "atomic number of an element", element.z)?;
        let a_g_per_mol = positive(material, "molar mass of an element in g/mol", element.a_g_per_mol)?;
        elements.push(AbsorberElement { z, a_g_per_mol, mass_fraction });
    }
    Ok(elements)
}

fn bragg_ev(elements: &[AbsorberElement], is_gas: bool) -> f64 {
    let rows: Vec<_> = elements.iter().map(|e| (e.z, e.a_g_per_mol, e.mass_fraction)).collect();
    mean_excitation::of_mixture_ev(&rows, is_gas)
}

/// `1/X0 = sum(w/X_i)`, `X_i = 716.4 A / (Z (Z+1) ln(287/sqrt(Z)))` g/cm2 (Dahl; Particle Data Group): good to 2.5 %,
/// helium (5 %) apart.
fn radiation_length_g_cm2(elements: &[AbsorberElement]) -> f64 {
    let of = |e: &AbsorberElement| {
        716.4 * e.a_g_per_mol / (e.z * (e.z + 1.0) * (287.0 / e.z.sqrt()).ln().max(0.1))
    };
    1.0 / elements.iter().map(|e| e.mass_fraction / of(e)).sum::<f64>()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::track::testing::{lead, material, water};

    #[test]
    fn water_as_in_the_particle_data_group_tables() {
        let water = Absorber::new(&water()).unwrap();
        assert!((water.z_over_a - 0.55508).abs() < 2e-4, "{}", water.z_over_a);
        assert!((water.radiation_length_mm / 360.8 - 1.0).abs() < 0.02, "{}", water.radiation_length_mm);
        let lead = Absorber::new(&lead()).unwrap();
        assert!((lead.radiation_length_mm / 5.612 - 1.0).abs() < 0.02, "{}", lead.radiation_length_mm);
    }

    #[test]
    fn bad_materials_are_errors_that_name_them() {
        let none = material("Odd", 1.0, &[]);
        assert!(Absorber::new(&none).unwrap_err().to_string().contains("Odd"));
        for (density, element) in [
            (0.0, (6.0, 12.0, 1.0)),
            (f64::NAN, (6.0, 12.0, 1.0)),
            (1.0, (6.0, 0.0, 1.0)),
            (1.0, (-1.0, 2.0, 1.0)),
        ] {
            let odd = material("Odd", density, &[element]);
            assert!(matches!(Absorber::new(&odd), Err(TrackError::BadMaterial { .. })), "{odd:?}");
        }
    }
}
