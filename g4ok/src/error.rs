//! What the facade may fail with.

use std::path::PathBuf;

/// Errors of [`G4Opticks`](crate::G4Opticks).
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum G4OpticksError {
    /// A call that needs a geometry came before it.
    #[error("{call} needs a geometry: call set_geometry first")]
    NoGeometry {
        /// What was called.
        call: &'static str,
    },
    /// The hits of the last event were not consumed.
    #[error("event {event_id} is still there: read its hits, then call reset() before the next propagation")]
    NotReset {
        /// The event whose hits are kept.
        event_id: u32,
    },
    /// Another geometry while an event of the present one is there.
    #[error(
        "the event with {gensteps} gensteps belongs to the present geometry: call reset() before another is set"
    )]
    GeometryInUse {
        /// Gensteps of that event.
        gensteps: u64,
    },
    /// An index beyond the end.
    #[error("{what} {index} does not exist: there are {count}")]
    NoSuch {
        /// hit, way item, sensor, ...
        what: &'static str,
        /// The index asked for.
        index: usize,
        /// How many there are.
        count: usize,
    },
    /// Way items were asked for, but are not made.
    #[error("no way items were made: set `way` in the configuration (--way) before propagating")]
    NoWay,
    /// Sensor data that cannot be used.
    #[error("sensor data: {0}")]
    Sensor(String),
    /// A torch that stands in another material than it says.
    #[error(
        "the torch names the material {wanted}, but its source {found}; leave `material` out, or move the source"
    )]
    TorchMaterial {
        /// The material in the torch.
        wanted: String,
        /// Where the source is.
        found: String,
    },
    /// An input photon that cannot be followed.
    #[error("input photon {row} has {problem}")]
    InputPhoton {
        /// Its row, from 0.
        row: usize,
        /// What is wrong and what to do.
        problem: &'static str,
    },
    /// A photon or hit of Geant4's with a number that is not finite.
    #[error("{what} {row} of Geant4's has a number that is not finite")]
    Geant4Photon {
        /// photon or hit.
        what: &'static str,
        /// Its row, from 0.
        row: u64,
    },
    /// Input photons of another shape.
    #[error("input photons are an array (n,4,4), not ({shape})")]
    InputPhotons {
        /// The shape given.
        shape: String,
    },
    /// An environment variable with a value that cannot be used.
    #[error("{name}={value}: {problem}")]
    Variable {
        /// The variable.
        name: String,
        /// Its value.
        value: String,
        /// What is wrong with it, and what to do.
        problem: String,
    },
    /// A picture that cannot be drawn.
    #[error("snap: {0}")]
    Snap(String),
    /// A file could not be written.
    #[error("cannot write {path}: {source}")]
    Write {
        /// Which.
        path: PathBuf,
        /// Why.
        source: std::io::Error,
    },
    /// GDML.
    #[error(transparent)]
    Gdml(#[from] cfg4::gdml::GdmlError),
    /// Gensteps.
    #[error(transparent)]
    Collect(#[from] cfg4::collector::CollectError),
    /// The data of a measured surface.
    #[error(transparent)]
    SurfaceData(#[from] cfg4::surface_data::SurfaceDataError),
    /// Scene.
    #[error(transparent)]
    Scene(#[from] optixrap::scene::SceneError),
    /// Engine.
    #[error(transparent)]
    Engine(#[from] optixrap::engine::EngineError),
    /// Arrays.
    #[error(transparent)]
    Array(#[from] npy::NpyError),
    /// The process.
    #[error(transparent)]
    Process(#[from] sysrap::SysrapError),
}
