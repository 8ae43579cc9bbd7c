//! The facade: geometry in, gensteps in, hits out.
//!
//! [`G4Opticks`] is an owned value. An application collects gensteps while it steps charged particles, calls
//! [`propagate_optical_photons`](G4Opticks::propagate_optical_photons) at the end of the event, reads the hits and
//! calls [`reset`](G4Opticks::reset), which gives the memory back. Nothing here is global, no call order corrupts:
//! misuse is an error that says what to call first.

mod collect;
mod config;
mod error;
mod from_env;
mod geometry;
mod hit;
pub mod job;
mod mock_angular_efficiency;
mod opticks;
mod profile;
mod propagate;
mod sensor_identity;
mod sensor_lib;
mod track_geometry;

pub use config::OpticksConfig;
pub use error::G4OpticksError;
pub use geometry::DetectorGeometry;
pub use hit::{G4OpticksHit, G4OpticksHitExtra};
pub use opticks::G4Opticks;
pub use propagate::OutputSink;
pub use sensor_lib::{AngularEfficiency, SensorDatum, SensorLib};
pub use track_geometry::SceneTrackGeometry;
