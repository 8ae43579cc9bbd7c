//! Where a job's events come from.

use std::ops::ControlFlow;
use std::path::PathBuf;

use cfg4::detector::Detector;
use cfg4::genstep::{MaterialLookup, TorchSpec, read_genstep_file};
use cfg4::macros::{BeamOn, RunPlan, Settings};
use cfg4::track::{LightProcesses, TrackError, TrackSettings, TrackStepper};
use npy::NPY;
use optixrap::engine::EngineError;

use super::primary::primary;
use super::scintillation;
use crate::{DetectorGeometry, G4Opticks, G4OpticksError, SceneTrackGeometry};

/// The most gensteps that an event of a gun may have: 1 GB.
const MAX_GENSTEPS: u64 = 10_000_000;

/// The source of a job's events.
#[derive(Debug)]
pub enum EventSource {
    /// Particle guns, as a macro set them up.
    Gun(RunPlan),
    /// Genstep files, one event each, with what their material indices mean if that is known.
    Gensteps(Vec<PathBuf>, Option<MaterialLookup>),
    /// A torch, the same in every event.
    Torch(TorchSpec),
    /// Photons, the same in every event.
    InputPhotons(NPY<f32>),
}

/// Why an event could not be made.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum SourceError {
    /// The track stepper.
    #[error(transparent)]
    Track(#[from] cfg4::track::TrackError),
    /// More gensteps than an event may have.
    #[error(
        "event {event_id} has more than {limit} gensteps; shoot fewer particles per event with /gun/number, \
         and more events with /run/beamOn"
    )]
    TooManyGensteps {
        /// The event.
        event_id: u32,
        /// The limit.
        limit: u64,
    },
    /// A genstep file.
    #[error(transparent)]
    Gensteps(#[from] cfg4::genstep::GenstepFileError),
    /// The facade.
    #[error(transparent)]
    Opticks(#[from] G4OpticksError),
}

impl EventSource {
    /// The built-in job: 10 events of one 1 GeV mu+ from the origin along +z.
    pub fn default_gun() -> Self {
        let settings = Settings::default();
        let runs = vec![BeamOn { events: 10, settings: settings.clone() }];
        EventSource::Gun(RunPlan { runs, settings, notes: Vec::new() })
    }

    /// How many events there are before they repeat.
    pub fn num_events(&self) -> u64 {
        match self {
            EventSource::Gun(plan) => plan.num_events(),
            EventSource::Gensteps(files, _) => files.len() as u64,
            EventSource::Torch(_) | EventSource::InputPhotons(_) => 1,
        }
    }

    /// Makes every run of a macro use this seed, in place of its own.
    pub fn override_seed(&mut self, seed: u64) {
        if let EventSource::Gun(plan) = self {
            let settings = plan.runs.iter_mut().map(|run| &mut run.settings).chain([&mut plan.settings]);
            settings.for_each(|settings| settings.seeds = vec![seed.cast_signed()]);
        }
    }

    /// The seed that a macro's first run asks for.
    pub fn seed(&self) -> Option<u64> {
        match self {
            EventSource::Gun(plan) => plan.runs.first().map_or(&plan.settings, |r| &r.settings).seed(),
            _ => None,
        }
    }

    /// The threads that a macro asks for.
    pub fn threads(&self) -> Option<usize> {
        match self {
            EventSource::Gun(plan) => {
                let settings = plan.runs.first().map_or(&plan.settings, |run| &run.settings);
                settings.threads.and_then(|n| usize::try_from(n).ok())
            }
            _ => None,
        }
    }

    /// What a macro's commands mean here, where that is not what they say.
    pub fn notes(&self) -> Vec<String> {
        match self {
            EventSource::Gun(plan) => plan.notes.clone(),
            _ => Vec::new(),
        }
    }

    /// What the detector's scintillators have that the gun leaves aside.
    pub(super) fn notes_of_light(&self, detector: &Detector) -> Vec<String> {
        match self {
            EventSource::Gun(plan) => scintillation::notes(detector, plan),
            _ => Vec::new(),
        }
    }

    /// One line about it.
    pub fn describe(&self) -> String {
        match self {
            EventSource::Gun(plan) => {
                let g = &plan.runs.first().map_or(&plan.settings, |r| &r.settings).gun;
                let [x, y, z] = g.position_mm;
                let [u, v, w] = g.direction;
                format!(
                    "gun: {} {} of {} MeV from ({x},{y},{z}) mm along ({u},{v},{w})",
                    g.number,
                    g.particle.name(),
                    g.kinetic_energy_mev
                )
            }
            EventSource::Gensteps(files, _) => format!("gensteps: {} files", files.len()),
            EventSource::Torch(spec) => format!("torch: {} photons", spec.num_photons),
            EventSource::InputPhotons(photons) => format!("input photons: {}", photons.num_items()),
        }
    }

    /// Makes ready for events in a geometry; `seed` is that of runs that set none.
    ///
    /// # Errors
    /// A gun whose light cannot be computed in the geometry's materials.
    pub(super) fn open<'a>(
        &'a self,
        geometry: &'a GunGeometry<'a>,
        seed: u64,
    ) -> Result<OpenSource<'a>, SourceError> {
        let mut guns = Vec::new();
        if let EventSource::Gun(plan) = self {
            for (run, detector) in plan.runs.iter().zip(&geometry.detectors) {
                let physics = run.settings.photon_physics();
                let light = LightProcesses {
                    cerenkov: physics.make_cerenkov && physics.propagate_cerenkov,
                    scintillation: physics.make_scintillation && physics.propagate_scintillation,
                    by_particle_type: run.settings.by_particle_type,
                    ..LightProcesses::default()
                };
                let tracks = &geometry.tracks;
                guns.push(TrackStepper::new(detector, tracks, TrackSettings::default(), light)?);
            }
        }
        Ok(OpenSource { source: self, guns, seed })
    }
}

/// The detectors that a plan's guns shoot into (yields scaled as its runs ask for), and their geometry.
pub(super) struct GunGeometry<'a> {
    detectors: Vec<Detector>,
    tracks: SceneTrackGeometry<'a>,
}

impl<'a> GunGeometry<'a> {
    pub(super) fn new(source: &EventSource, geometry: &'a DetectorGeometry) -> Self {
        let runs = match source {
            EventSource::Gun(plan) => plan.runs.as_slice(),
            _ => &[],
        };
        let detectors =
            runs.iter().map(|run| scintillation::for_run(geometry.detector(), &run.settings)).collect();
        Self { detectors, tracks: SceneTrackGeometry::new(geometry.scene(), geometry.detector()) }
    }
}

/// A source made ready.
pub(super) struct OpenSource<'a> {
    source: &'a EventSource,
    guns: Vec<TrackStepper<'a>>,
    seed: u64,
}

impl OpenSource<'_> {
    /// Collects the gensteps of an event.
    pub(super) fn fill(&self, opticks: &mut G4Opticks, event_id: u32) -> Result<(), SourceError> {
        match self.source {
            EventSource::Gun(plan) => self.shoot(plan, opticks, event_id),
            EventSource::Gensteps(files, materials) => {
                let Some(file) = files.get(event_id as usize % files.len().max(1)) else { return Ok(()) };
                let event = read_genstep_file(file, materials.as_ref())?;
                Ok(opticks.import_gensteps(event.into_array())?)
            }
            EventSource::Torch(spec) => Ok(opticks.collect_torch(spec, 0)?),
            EventSource::InputPhotons(photons) => Ok(opticks.collect_input_photons(photons)?),
        }
    }

    fn shoot(&self, plan: &RunPlan, opticks: &mut G4Opticks, event_id: u32) -> Result<(), SourceError> {
        let Some((run, gun)) = self.run_of(plan, event_id.into()) else { return Ok(()) };
        opticks.set_photon_physics(&run.settings.photon_physics());
        let seed = run.settings.seed().unwrap_or(self.seed);
        opticks.set_seed(seed);
        let primary = primary(&run.settings.gun);
        let mut rows = Vec::new();
        let number = u64::from(run.settings.gun.number);
        // An exact reservation needs all of the event's gensteps before the first of them is collected.
        let all_at_once = opticks.genstep_reservation() < 0;
        for index in 0..number {
            // Each primary has random numbers of its own.
            let address = u64::from(event_id) | index << 32;
            let result = gun.run_while(&[primary], seed, address, |step| {
                step.append_gensteps(&mut rows);
                let fits = opticks.num_gensteps() + rows.len() as u64 <= MAX_GENSTEPS;
                if fits && !opticks.engine().is_interrupted() {
                    ControlFlow::Continue(())
                } else {
                    ControlFlow::Break(())
                }
            });
            match result {
                Err(TrackError::Ended) if opticks.engine().is_interrupted() => {
                    return Err(G4OpticksError::from(EngineError::Interrupted).into());
                }
                Err(TrackError::Ended) => {
                    return Err(SourceError::TooManyGensteps { event_id, limit: MAX_GENSTEPS });
                }
                other => other?,
            };
            if all_at_once && index + 1 < number {
                continue;
            }
            if index == 0 || all_at_once {
                opticks.reserve_gensteps_for_event(rows.len() as u64)?;
            }
            rows.drain(..).try_for_each(|row| opticks.collect_genstep(&row))?;
        }
        Ok(())
    }

    /// The run that an event belongs to; after the last one the plan begins again.
    fn run_of<'b>(&'b self, plan: &'b RunPlan, event: u64) -> Option<(&'b BeamOn, &'b TrackStepper<'b>)> {
        let mut left = event.checked_rem(plan.num_events())?;
        for (run, gun) in plan.runs.iter().zip(&self.guns) {
            if left < run.events {
                return Some((run, gun));
            }
            left -= run.events;
        }
        None
    }
}
