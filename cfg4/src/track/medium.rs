//! A material with everything that the stepper asks of it.

use super::absorber::Absorber;
use super::frank_tamm::CerenkovMedium;
use super::scintillator::{Deposit, ScintillationComponent, Scintillator};
use super::settings::LightProcesses;
use super::step::{CerenkovLight, ScintillationLight};
use super::{TrackError, constants::SPEED_OF_LIGHT};
use crate::detector::Material;
use crate::track::random::TrackRng;
use crate::track::sampling::poisson;

/// Energy loss, Cerenkov light and scintillation of one material.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Medium {
    name: String,
    pub(super) absorber: Absorber,
    cerenkov: Option<CerenkovMedium>,
    scintillator: Option<Scintillator>,
}

impl Medium {
    pub(super) fn new(material: &Material, light: LightProcesses) -> Result<Self, TrackError> {
        Ok(Self {
            name: material.name.clone(),
            absorber: Absorber::new(material)?,
            cerenkov: light.cerenkov.then(|| CerenkovMedium::from_properties(&material.properties)).flatten(),
            scintillator: light
                .scintillation
                .then(|| Scintillator::from_properties(&material.properties, light))
                .flatten(),
        })
    }

    /// Whether charged tracks can make photons here.
    pub(super) fn makes_light(&self) -> bool {
        self.cerenkov.is_some() || self.scintillator.is_some()
    }

    /// Cerenkov photons of a path of `length_mm`: a Poisson number with the mean at the mean velocity.
    pub(super) fn cerenkov_light(
        &self,
        charge: f64,
        velocity_mm_per_ns: [f64; 2],
        length_mm: f64,
        rng: &mut TrackRng,
    ) -> Option<CerenkovLight> {
        let medium = self.cerenkov.as_ref()?;
        let [start, end] = velocity_mm_per_ns.map(|v| v / SPEED_OF_LIGHT);
        let mean_beta = 0.5 * (start + end);
        let photons = poisson(medium.photons_per_mm(charge, mean_beta) * length_mm, rng);
        (photons > 0).then(|| CerenkovLight {
            photons,
            beta_inverse: 1.0 / mean_beta,
            energy_range_mev: medium.energy_range_mev(),
            max_rindex: medium.max_rindex(),
            mean_photons_per_mm: [start, end].map(|beta| medium.formula_per_mm(charge, beta)),
        })
    }

    /// Scintillation photons of a deposit, by component.
    pub(super) fn scintillation_light(
        &self,
        deposit: &Deposit,
        rng: &mut TrackRng,
    ) -> Result<Vec<ScintillationLight>, TrackError> {
        let Some(scintillator) = &self.scintillator else {
            return Ok(Vec::new());
        };
        let parts = scintillator.light(deposit, rng).map_err(|property| {
            let material = self.name.clone();
            TrackError::NoYield { material, property }
        })?;
        let light = |(component, photons): (ScintillationComponent, u64)| ScintillationLight {
            photons,
            component: component.number,
            decay_time_ns: component.decay_time_ns,
            rise_time_ns: component.rise_time_ns,
        };
        Ok(parts.into_iter().filter(|(_, photons)| *photons > 0).map(light).collect())
    }
}
