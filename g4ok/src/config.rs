//! How a [`G4Opticks`](crate::G4Opticks) is set up.

use std::path::PathBuf;

use cfg4::collector::SkipCodes;
use optixrap::engine::{EngineOptions, PropagateConfig};
use optixrap::scene::SurfaceModel;

/// Options of the facade. The default is the behaviour of 2021 where that decides the result, except that photons
/// are followed to their end.
#[doc(alias = "setEmbeddedCommandLineExtra")]
#[derive(Debug, Clone, Default)]
pub struct OpticksConfig {
    /// Propagation: seed, limits, processes, hit mask, outputs.
    pub propagate: PropagateConfig,
    /// What surfaces do.
    pub surface_model: SurfaceModel,
    /// The folder with the data of measured surfaces (dielectric_LUT, dielectric_LUTDAVIS, dielectric_dichroic), which the
    /// geant4 surface model needs; see [`cfg4::surface_data`].
    pub surface_data: Option<PathBuf>,
    /// What propagates: the cores of the CPU (the default) or GPUs. Results have the same bits.
    pub engine: EngineOptions,
    /// Gensteps to reserve room for in each event; 0 for none, negative for each event's exact number.
    pub genstep_reservation: i64,
    /// Genstep codes that are dropped when they are collected, and counted.
    pub skip_codes: SkipCodes,
    /// Whether a stamp of time and memory is taken at each propagation.
    pub profile: bool,
    /// Where `finalize` saves the stamps.
    pub profile_path: Option<PathBuf>,
    /// Memory leaked on purpose at each propagation, to check that the profile sees it, in 10^6 bytes.
    pub profile_leak_mb: f64,
}
