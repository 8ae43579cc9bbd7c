//! Photons born outside the world, and guns that stand there: hardly what was meant.

use optixrap::engine::{End, EventSummary};
use optixrap::physics::vec3::vec3;
use optixrap::trace::navigate;

use super::primary::primary;
use super::source::EventSource;
use crate::DetectorGeometry;

/// Counts them over the events of a job.
///
/// Of input photons each is looked up. Of other sources those events count whose photons all end without a single
/// point: a torch that stands outside.
pub(super) struct BornOutside {
    guns: Vec<[f64; 3]>,
    input_per_event: u64,
    photons: u64,
}

impl BornOutside {
    pub(super) fn new(source: &EventSource, geometry: &DetectorGeometry) -> Self {
        let scene = geometry.scene().geometry();
        let is_outside = |p: &&[f32]| navigate::locate(&scene, vec3(p[0], p[1], p[2])).is_none();
        let input_per_event = match source {
            EventSource::InputPhotons(photons) => {
                photons.values().chunks_exact(16).filter(is_outside).count() as u64
            }
            _ => 0,
        };
        let mut guns = Vec::new();
        if let EventSource::Gun(plan) = source {
            for gun in plan.runs.iter().map(|run| &run.settings.gun) {
                let start = primary(gun).position_mm.map(|x| x as f32);
                if geometry.material_at(start).is_none() && !guns.contains(&gun.position_mm) {
                    guns.push(gun.position_mm);
                }
            }
        }
        Self { guns, input_per_event, photons: 0 }
    }

    pub(super) fn count(&mut self, event: &EventSummary) {
        let all = event.points == 0 && event.ends.get(End::Miss) == event.photons;
        self.photons += if all { event.photons } else { self.input_per_event };
    }

    /// What the user should know of them.
    pub(super) fn notes(&self) -> Vec<String> {
        let gun = |[x, y, z]: &[f64; 3]| {
            format!("the gun at ({x},{y},{z}) mm stands outside the world: its particles make no light")
        };
        self.guns.iter().map(gun).chain(self.of_photons()).collect()
    }

    fn of_photons(&self) -> Option<String> {
        (self.photons > 0).then(|| {
            let n = self.photons;
            format!("{n} photons were born outside the world and count as MI; does their source belong to this geometry?")
        })
    }
}
