//! The Rayleigh scattering length of a material without RAYLEIGH, by Geant4's recipe (`G4OpRayleigh`).
//!
//! Einstein and Smoluchowski: 1/l = (S b T k / 6 pi) (2 pi / lambda)^4 ((n^2 - 1)(n^2 + 2) / 3)^2, with the isothermal
//! compressibility b (ISOTHERMAL_COMPRESSIBILITY), the temperature T, Boltzmann's k and an optional factor S
//! (RS_SCALE_FACTOR, 1), at the points of RINDEX and linear between them. A material named `Water` has its own
//! compressibility, 7.658e-23 m3/MeV, and 283.15 K, whatever it says itself, as in Geant4.

use std::f64::consts::PI;

use cfg4::detector::{Material, without_pointer};

use super::materials::LONGEST_MM;
use super::property_tables::Curve;
use crate::physics::photon::HC_EV_NM;

/// Boltzmann's constant, MeV/K (CODATA 2018, exact since 2019).
const BOLTZMANN_MEV_PER_K: f64 = 8.617_333_262e-11;

/// The isothermal compressibility of water, mm3/MeV.
const WATER_MM3_PER_MEV: f64 = 7.658e-23 * 1e9;
/// The temperature that goes with it, K.
const WATER_K: f64 = 283.15;

/// The scattering length in mm over photon energy in eV; `None` for a material of unknown compressibility.
pub fn rayleigh_length(material: &Material, rindex: &Curve) -> Option<Curve> {
    let constant = |name| material.properties.constant(name);
    let is_water = without_pointer(&material.name) == "Water";
    let (compressibility, temperature_k) = if is_water {
        (WATER_MM3_PER_MEV, WATER_K)
    } else {
        (constant("ISOTHERMAL_COMPRESSIBILITY")?, material.temperature_k)
    };
    let scale = constant("RS_SCALE_FACTOR").unwrap_or(1.0);
    let fluctuation = scale * compressibility * temperature_k * BOLTZMANN_MEV_PER_K / (6.0 * PI);
    let length = |(&energy_ev, &n): (&f64, &f64)| {
        let per_mm = 2.0 * PI * energy_ev / (f64::from(HC_EV_NM) * 1e-6);
        let n2 = n * n;
        let contrast = (n2 - 1.0) * (n2 + 2.0) / 3.0;
        (1.0 / (fluctuation * per_mm.powi(4) * contrast * contrast)).min(LONGEST_MM)
    };
    let lengths = rindex.x().iter().zip(rindex.y()).map(length).collect();
    Some(Curve::new(rindex.x().to_vec(), lengths))
}

#[cfg(test)]
mod tests {
    use super::*;
    use cfg4::detector::{Property, PropertyMap};

    fn material(name: &str, temperature_k: f64, constants: &[(&str, f64)]) -> Material {
        let constants = constants.iter().map(|(n, x)| ((*n).to_owned(), Property::Constant(*x)));
        Material {
            name: name.into(),
            density_g_cm3: 1.0,
            temperature_k,
            is_gas: false,
            components: vec![],
            mean_excitation_ev: None,
            properties: PropertyMap(constants.collect()),
        }
    }

    /// Tables of Geant4 11.2.2 (mm): given compressibility, given temperature and factor, and the default of water.
    #[test]
    fn lengths_are_those_of_geant4() {
        let rindex = Curve::new(vec![1.5, 2.5, 3.5, 5.0, 7.0], vec![1.33, 1.34, 1.36, 1.4, 1.48]);
        let given = material("Medium", 293.15, &[("ISOTHERMAL_COMPRESSIBILITY", 7.658e-14)]);
        let scaled = [("ISOTHERMAL_COMPRESSIBILITY", 5e-14), ("RS_SCALE_FACTOR", 2.0)];
        let scaled = material("Medium", 300.0, &scaled);
        let water = material("Water0x1234567", 400.0, &[("ISOTHERMAL_COMPRESSIBILITY", 1.0)]);
        for (material, want) in [
            (given, [3127356.495, 373250.9466, 82828.3445, 14719.6852, 2225.473456]),
            (scaled, [2340245.378, 279308.9959, 61981.62911, 11014.94994, 1665.353463]),
            (water, [3237805.25, 386433.039, 85753.59064, 15239.53987, 2304.070435]),
        ] {
            let got = rayleigh_length(&material, &rindex).unwrap();
            for (got, want) in got.y().iter().zip(want) {
                assert!((got / want - 1.0).abs() < 1e-6, "{}: {got} {want}", material.name);
            }
        }
        assert_eq!(rayleigh_length(&material("Medium", 293.15, &[]), &rindex), None);
    }

    #[test]
    fn what_has_the_index_of_vacuum_does_not_scatter() {
        let length = rayleigh_length(&material("Water", 1.0, &[]), &Curve::constant(1.0)).unwrap();
        assert_eq!(length.y(), [LONGEST_MM]);
    }
}
