//! The stepper: primaries in, steps with their light out.

use std::ops::ControlFlow;

use super::constants::SPEED_OF_LIGHT;
use super::follow::Walk;
use super::geometry::{Located, TrackGeometry};
use super::medium::Medium;
use super::random::TrackRng;
use super::settings::{LightProcesses, TrackSettings};
use super::step::TrackStep;
use super::vector::{Vector, norm, unit};
use super::{Kinematics, TrackError, check_kinetic_mev};
use crate::detector::{Detector, MaterialId};
use crate::particle::Particle;

/// A particle to start with.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Primary {
    /// What.
    pub particle: Particle,
    /// Kinetic energy, MeV; 0 to [`MAX_KINETIC_MEV`](super::MAX_KINETIC_MEV).
    pub kinetic_mev: f64,
    /// Where, mm.
    pub position_mm: Vector,
    /// Direction, of any length.
    pub direction: Vector,
    /// When, ns.
    pub time_ns: f64,
}

/// Where the energy of an event's tracks went, and how they ended.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct TrackSummary {
    /// Tracks, delta rays included.
    pub tracks: u64,
    /// Steps.
    pub steps: u64,
    /// Photons of all steps.
    pub photons: u64,
    /// Energy left in the media, MeV.
    pub deposit_mev: f64,
    /// Energy radiated, MeV: left out of the simulation.
    pub radiated_mev: f64,
    /// Kinetic energy carried out of the world, MeV.
    pub escaped_mev: f64,
    /// Kinetic energy of tracks given up at a limit of the settings or at a fault of the geometry, MeV.
    pub abandoned_mev: f64,
    /// Tracks that came to rest.
    pub stopped: u64,
    /// Tracks that left the world.
    pub left_world: u64,
    /// Tracks given up: more steps than allowed, or a geometry that never lets them go on.
    pub abandoned: u64,
}

/// Steps charged tracks through a detector.
///
/// ```no_run
/// use cfg4::detector::Detector;
/// use cfg4::genstep::Genstep;
/// use cfg4::particle::Particle;
/// use cfg4::track::{LightProcesses, Primary, TrackError, TrackGeometry, TrackSettings, TrackStepper};
///
/// fn muon(detector: &Detector, geometry: &dyn TrackGeometry) -> Result<Vec<Genstep>, TrackError> {
///     let stepper = TrackStepper::new(detector, geometry, TrackSettings::default(), LightProcesses::default())?;
///     let primary = Primary {
///         particle: Particle::MuonPlus,
///         kinetic_mev: 1000.0,
///         position_mm: [0.0; 3],
///         direction: [0.0, 0.0, 1.0],
///         time_ns: 0.0,
///     };
///     let (seed, event) = (1, 0);
///     let mut rows = Vec::new();
///     stepper.run(&[primary], seed, event, |step| step.append_gensteps(&mut rows))?;
///     Ok(rows)
/// }
/// ```
pub struct TrackStepper<'a> {
    pub(super) detector: &'a Detector,
    pub(super) geometry: &'a dyn TrackGeometry,
    pub(super) settings: TrackSettings,
    /// By material; `None` where no volume is made of it.
    media: Vec<Option<Medium>>,
}

/// A track about to be followed.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Track {
    pub(super) id: u32,
    pub(super) parent_id: u32,
    pub(super) particle: Particle,
    pub(super) kinetic_mev: f64,
    pub(super) position_mm: Vector,
    pub(super) direction: Vector,
    pub(super) time_ns: f64,
}

impl Track {
    pub(super) fn state(&self) -> Kinematics {
        Kinematics::new(self.particle.mass_mev(), self.kinetic_mev)
    }

    pub(super) fn velocity_mm_per_ns(&self) -> f64 {
        SPEED_OF_LIGHT * self.state().beta()
    }
}

impl<'a> TrackStepper<'a> {
    /// A stepper for `detector`, whose placements `geometry` knows.
    ///
    /// Fails for settings out of range and for a material of a volume without elements or density.
    pub fn new(
        detector: &'a Detector,
        geometry: &'a dyn TrackGeometry,
        settings: TrackSettings,
        light: LightProcesses,
    ) -> Result<Self, TrackError> {
        let used = |id: usize| detector.volumes.iter().any(|v| v.material.index() == id);
        let medium = |(id, material)| used(id).then(|| Medium::new(material, light)).transpose();
        let media = detector.materials.iter().enumerate().map(medium).collect::<Result<_, _>>()?;
        Ok(Self { detector, geometry, settings: settings.checked()?, media })
    }

    /// The material of a place and what it does; an error where the detector has none.
    pub(super) fn medium_at(&self, at: Located) -> Result<(MaterialId, &Medium), TrackError> {
        let volume = at.volume.index();
        let material = self.detector.volumes.get(volume).map(|v| v.material);
        let medium = material.and_then(|m| Some((m, self.media.get(m.index())?.as_ref()?)));
        medium.ok_or(TrackError::UnknownVolume { volume, volumes: self.detector.volumes.len() })
    }

    /// Follows `primaries` and all delta rays of one event to their ends, handing every step to `sink`.
    ///
    /// The steps are a function of detector, primaries, settings, `seed` and `event` alone. A primary that starts outside
    /// the world counts as having left it.
    pub fn run(
        &self,
        primaries: &[Primary],
        seed: u64,
        event: u64,
        mut sink: impl FnMut(&TrackStep),
    ) -> Result<TrackSummary, TrackError> {
        self.run_while(primaries, seed, event, |step| {
            sink(step);
            ControlFlow::Continue(())
        })
    }

    /// As [`run`](Self::run), until `sink` answers `Break`: the event is given up then with [`TrackError::Ended`].
    pub fn run_while(
        &self,
        primaries: &[Primary],
        seed: u64,
        event: u64,
        mut sink: impl FnMut(&TrackStep) -> ControlFlow<()>,
    ) -> Result<TrackSummary, TrackError> {
        let mut summary = TrackSummary::default();
        let mut waiting = Vec::with_capacity(primaries.len());
        for (index, primary) in primaries.iter().enumerate() {
            waiting.push(primary.to_track(index as u32 + 1)?);
        }
        waiting.reverse();
        let mut next_id = primaries.len() as u32 + 1;
        while let Some(track) = waiting.pop() {
            summary.tracks += 1;
            let rng = TrackRng::new(seed, event, u64::from(track.id));
            let secondaries = Walk::new(self, track, rng, next_id).follow(&mut summary, &mut sink)?;
            next_id += secondaries.len() as u32;
            waiting.extend(secondaries.into_iter().rev());
        }
        Ok(summary)
    }
}

impl Primary {
    fn to_track(self, id: u32) -> Result<Track, TrackError> {
        let bad = |quantity, value, remedy| {
            Err(TrackError::BadPrimary { particle: self.particle.name(), quantity, value, remedy })
        };
        let particle = self.particle.name();
        check_kinetic_mev(self.kinetic_mev).map_err(|source| TrackError::Energy { particle, source })?;
        if let Some(x) = self.position_mm.into_iter().chain([self.time_ns]).find(|x| !x.is_finite()) {
            return bad("position or time", x, "give finite numbers");
        }
        let length = norm(self.direction);
        if !length.is_finite() || length <= 0.0 {
            return bad("length of the direction", length, "give a direction that does not vanish");
        }
        Ok(Track {
            id,
            parent_id: 0,
            particle: self.particle,
            kinetic_mev: self.kinetic_mev,
            position_mm: self.position_mm,
            direction: unit(self.direction),
            time_ns: self.time_ns,
        })
    }
}
