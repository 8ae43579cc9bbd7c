//! How many photons of a job meet a surface at which the two surface models differ: where none does, the two were not
//! compared at all.

use cfg4::detector::without_pointer;
use g4ok::OutputSink;
use g4ok::job::{EventReport, JobObserver, ObserverError};
use npy::NPY;
use optixrap::engine::{ChunkOutput, EventSummary, HitRecord};
use optixrap::physics::photon::flag;
use optixrap::scene::surface_models::compare_all_models;

use crate::ToolsError;
use crate::run::{RunArgs, SurfaceModelArg, plan_with};
use crate::stand_ins::black;

/// Names shown of many surfaces.
const SHOWN: usize = 4;

/// The surfaces at which the models differ, and the photons that met one.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct Met {
    /// The surfaces.
    pub(super) surfaces: Vec<String>,
    /// The photons.
    pub(super) photons: u64,
}

impl Met {
    /// Runs the job with black surfaces in place of those at which the models differ: until a photon meets one its path is
    /// that of both models, and it ends there.
    pub(super) fn of(args: &RunArgs) -> Result<Self, ToolsError> {
        let args = RunArgs { surface_model: SurfaceModelArg::Opticks, ..args.clone() };
        let mut differ = Vec::new();
        let mut met = Self::default();
        let mut plan = plan_with(&args, |config, detector| {
            config.propagate.photons = true;
            differ = compare_all_models(detector)
                .iter()
                .map(|both| both.as_ref().is_some_and(|both| both.worst().is_none_or(|w| w.1 > both.noise())))
                .collect();
            for (surface, _) in detector.surfaces.iter_mut().zip(&differ).filter(|(_, differs)| **differs) {
                met.surfaces.push(without_pointer(&surface.name).to_owned());
                *surface = black(surface);
            }
        })?;
        let boundaries = plan.job.opticks.geometry()?.scene().boundaries().to_vec();
        let mut counter = Counter { differ, boundaries, photons: 0 };
        plan.job.run(&mut counter)?;
        met.photons = counter.photons;
        Ok(met)
    }

    /// What there was to compare.
    pub(super) fn note(&self) -> String {
        let shown = self.surfaces[..self.surfaces.len().min(SHOWN)].join(", ");
        let more = if self.surfaces.len() > SHOWN { ", ..." } else { "" };
        match (self.surfaces.len(), self.photons) {
            (0, _) => "the two models do the same at every surface of this detector".to_owned(),
            (_, 0) => format!(
                "no photon met a surface at which the two models differ ({shown}{more}): take a source that lights one"
            ),
            (_, n) => format!(
                "{n} photons met a surface at which the two models differ ({shown}{more}), and did the same in both"
            ),
        }
    }
}

/// Counts the photons that end at one of the surfaces.
struct Counter {
    /// By surface.
    differ: Vec<bool>,
    boundaries: Vec<[u32; 4]>,
    photons: u64,
}

impl Counter {
    /// Whether a photon was absorbed or detected where the surface on its way is one of them.
    fn ended_there(&self, photon: &HitRecord) -> bool {
        let ended = flag::SURFACE_ABSORB | flag::SURFACE_DETECT;
        let boundary = photon.0[12].to_bits().cast_signed() >> 16;
        let number = boundary.unsigned_abs() as usize;
        let Some(&[_, from_outside, from_inside, _]) = self.boundaries.get(number.wrapping_sub(1)) else {
            return false;
        };
        let surface = if boundary < 0 { from_outside } else { from_inside };
        photon.flag_mask() & ended != 0 && self.differ.get(surface as usize).is_some_and(|differs| *differs)
    }
}

impl OutputSink for Counter {
    fn take(&mut self, part: &ChunkOutput) -> Result<(), ObserverError> {
        self.photons += part.photons.iter().filter(|photon| self.ended_there(photon)).count() as u64;
        Ok(())
    }
}

impl JobObserver for Counter {
    fn event_starts(&mut self, _: u32, _: u64, _: &NPY<f32>) -> Result<(), ObserverError> {
        Ok(())
    }

    fn event_ends(&mut self, _: &EventReport, _: &EventSummary) -> Result<(), ObserverError> {
        Ok(())
    }
}
