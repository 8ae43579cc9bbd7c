//! [`G4Opticks`]: its parts and their life cycle.

use std::path::Path;
use std::sync::Arc;

use cfg4::collector::CGenstepCollector;
use cfg4::detector::Detector;
use cfg4::macros::{PhotonPhysics, TimeProfile};
use npy::NPY;
use optixrap::cuda::CudaError;
use optixrap::engine::{Engine, EngineChoice, EngineOptions, EventSummary};
use optixrap::physics::random::PhotonRng;
use optixrap::physics::wavelength_shift::profile;
use optixrap::scene::SurfaceModel;
use sysrap::OpticksProfile;

use crate::{DetectorGeometry, G4OpticksError, OpticksConfig, QueuedEvent, SensorLib};

/// The facade. See the [crate](crate) for the order of calls.
#[derive(Debug)]
pub struct G4Opticks {
    pub(crate) config: OpticksConfig,
    pub(crate) engine: Engine,
    pub(crate) engine_note: Option<String>,
    pub(crate) geometry: Option<Arc<DetectorGeometry>>,
    pub(crate) sensors: SensorLib,
    pub(crate) collector: CGenstepCollector,
    pub(crate) input_photons: Vec<[f32; 16]>,
    pub(crate) geant4_hits: NPY<f32>,
    pub(crate) geant4_photons: NPY<f32>,
    pub(crate) aligned: Option<PhotonRng>,
    pub(crate) event: Option<Event>,
    pub(crate) queue: Vec<QueuedEvent>,
    pub(crate) profile: OpticksProfile,
}

/// What the last propagation left.
#[derive(Debug)]
pub(crate) struct Event {
    pub(crate) id: u32,
    pub(crate) summary: EventSummary,
    pub(crate) hits: NPY<f32>,
    pub(crate) hiys: NPY<f32>,
}

impl G4Opticks {
    /// A facade without a geometry.
    ///
    /// # Errors
    /// If the engine cannot be started.
    #[doc(alias = "Initialize")]
    pub fn new(config: OpticksConfig) -> Result<Self, G4OpticksError> {
        let (engine, why_cpu) = Engine::new(&config.engine)?;
        let engine_note = why_cpu.map(note_of);
        let mut collector = CGenstepCollector::new();
        collector.set_reservation(config.genstep_reservation);
        collector.set_skip_codes(config.skip_codes);
        let mut profile = OpticksProfile::new();
        profile.set_leak_mb(config.profile_leak_mb);
        Ok(Self {
            config,
            engine,
            engine_note,
            geometry: None,
            sensors: SensorLib::default(),
            collector,
            input_photons: Vec::new(),
            geant4_hits: NPY::make(&[0, 4, 4])?,
            geant4_photons: NPY::make(&[0, 4, 4])?,
            aligned: None,
            event: None,
            queue: Vec::new(),
            profile,
        })
    }

    /// The options that it was made with.
    pub fn config(&self) -> &OpticksConfig {
        &self.config
    }

    /// Sets the seed of the random numbers of later propagations.
    pub fn set_seed(&mut self, seed: u64) {
        self.config.propagate.seed = seed;
    }

    /// Switches the transport processes as a macro's settings say.
    pub fn set_photon_physics(&mut self, physics: &PhotonPhysics) {
        let transport = &mut self.config.propagate.transport;
        transport.absorption = physics.absorption.into();
        transport.scattering = physics.rayleigh.into();
        transport.boundary = physics.boundary.into();
        transport.mie = physics.mie.into();
        set_shifter(&mut transport.shift_1, physics.wavelength_shift, physics.wls_time_profile);
        set_shifter(&mut transport.shift_2, physics.wavelength_shift_2, physics.wls2_time_profile);
    }

    /// The engine, for what it runs on and for interrupting it.
    pub fn engine(&self) -> &Engine {
        &self.engine
    }

    /// Why the CPU was taken, where the choice of the engine was left open and no GPU can be used.
    pub fn engine_note(&self) -> Option<&str> {
        self.engine_note.as_deref()
    }

    /// Reads the geometry from a GDML file. Sensor data and material names of an earlier geometry are dropped.
    ///
    /// # Errors
    /// If the file cannot be read or has something that cannot be simulated; if an event of an earlier geometry was
    /// not [`reset`](Self::reset). The earlier geometry stays then.
    #[doc(alias = "setGeometry")]
    #[doc(alias = "loadGeometry")]
    pub fn set_geometry_file(&mut self, gdml: &Path) -> Result<(), G4OpticksError> {
        self.check_unused()?;
        self.set_geometry(cfg4::gdml::read(gdml)?)
    }

    /// Takes a detector that is already read, or that the application made itself.
    ///
    /// # Errors
    /// As [`set_geometry_file`](Self::set_geometry_file).
    #[doc(alias = "setGeometry")]
    pub fn set_geometry(&mut self, detector: Detector) -> Result<(), G4OpticksError> {
        self.check_unused()?;
        let mut detector = detector;
        if let (SurfaceModel::Geant4, Some(folder)) = (self.config.surface_model, &self.config.surface_data) {
            cfg4::surface_data::attach(&mut detector, folder)?;
        }
        let geometry = DetectorGeometry::new(detector, self.config.surface_model)?;
        self.adopt(geometry);
        self.leave_gpu_where_photons_multiply()
    }

    /// Where the choice of the engine was left open, photons that may become several are followed on the CPU, which can.
    fn leave_gpu_where_photons_multiply(&mut self) -> Result<(), G4OpticksError> {
        let (Some(geometry), EngineChoice::Auto) = (&self.geometry, self.config.engine.choice) else {
            return Ok(());
        };
        let material = geometry.scene().multiplying_material(&self.config.propagate.transport);
        if let (Engine::Cuda(_), Some(material)) = (&self.engine, material) {
            let note = note_of(CudaError::Multiplies { material: material.to_owned() });
            let cpu = EngineOptions { choice: EngineChoice::Cpu, ..self.config.engine.clone() };
            (self.engine, _) = Engine::new(&cpu)?;
            self.engine_note = Some(note);
        }
        Ok(())
    }

    /// What was collected and propagated belongs to the geometry that it was made in.
    fn check_unused(&self) -> Result<(), G4OpticksError> {
        if self.geometry.is_some()
            && (self.event.is_some() || self.num_gensteps() > 0 || !self.queue.is_empty())
        {
            return Err(G4OpticksError::GeometryInUse { gensteps: self.num_gensteps() });
        }
        Ok(())
    }

    fn adopt(&mut self, geometry: DetectorGeometry) {
        if self.geometry.is_some() {
            self.collector.forget_materials();
        }
        self.sensors = SensorLib::new(geometry.num_sensors());
        self.geometry = Some(Arc::new(geometry));
    }

    /// The geometry.
    ///
    /// # Errors
    /// If there is none yet.
    pub fn geometry(&self) -> Result<&Arc<DetectorGeometry>, G4OpticksError> {
        self.geometry.as_ref().ok_or(G4OpticksError::NoGeometry { call: "geometry" })
    }

    /// Sensor data and angular efficiencies.
    pub fn sensor_lib(&self) -> &SensorLib {
        &self.sensors
    }

    /// How many sensor volumes the geometry has; 0 without one.
    #[doc(alias = "getNumSensorVolumes")]
    pub fn num_sensor_volumes(&self) -> usize {
        self.geometry.as_ref().map_or(0, |g| g.num_sensors())
    }

    /// Forgets the event: gensteps, hits, way items, input photons and what was kept of Geant4's, giving their memory
    /// back.
    #[doc(alias = "resetCollectors")]
    pub fn reset(&mut self) {
        self.collector.reset();
        self.input_photons = Vec::new();
        self.geant4_hits.reset();
        self.geant4_photons.reset();
        self.event = None;
    }

    /// A few lines about the state, for logs.
    #[doc(alias = "dbgdesc")]
    pub fn desc(&self) -> String {
        let sensors = self.num_sensor_volumes();
        let event = match &self.event {
            Some(e) => format!("event {} with {} hits", e.id, e.summary.hits),
            None => "no event".into(),
        };
        format!("G4Opticks: {}, {sensors} sensors, {}, {event}", self.engine.desc(), self.collector.desc())
    }
}

/// Switches a wavelength shifter, and changes its time profile where the macro gives one.
fn set_shifter(shift: &mut u32, active: bool, time_profile: Option<TimeProfile>) {
    *shift = match (active, time_profile) {
        (false, _) => profile::OFF,
        (true, Some(TimeProfile::Delta)) => profile::DELTA,
        (true, Some(TimeProfile::Exponential)) => profile::EXPONENTIAL,
        (true, None) if *shift == profile::OFF => profile::DELTA,
        (true, None) => *shift,
    };
}

/// What is said, once, where the CPU stands in for a GPU.
fn note_of(why: CudaError) -> String {
    let note = format!("photons are followed on the CPU: {why}");
    log::warn!(target: "G4Opticks", "{note}");
    note
}
