//! The facade: geometry in, gensteps in, hits out.
//!
//! [`G4Opticks`] is an owned value. An application collects gensteps while it steps charged particles, calls
//! [`propagate_optical_photons`](G4Opticks::propagate_optical_photons) at the end of the event, reads the hits and
//! calls [`reset`](G4Opticks::reset), which gives the memory back. Nothing here is global, no call order corrupts:
//! misuse is an error that says what to call first.
//!
//! # For users of the facade of 2021
//!
//! Methods are found here under their old names too. These are something else now:
//!
//! | 2021 | now |
//! |---|---|
//! | `Get`, `Initialize` | [`G4Opticks::new`]; the application owns the value, and may have several |
//! | `Finalize`, `finalize` | [`finalize`](G4Opticks::finalize), and dropping the value |
//! | `setEmbeddedCommandLineExtra` and its variables | [`OpticksConfig`], given to `new`: no command line, no variables |
//! | `setGeometry(world)` | [`set_geometry`](G4Opticks::set_geometry) with a detector that was read or made, [`set_geometry_file`](G4Opticks::set_geometry_file) with GDML (`G4GDMLParser::Write` exports a world) |
//! | `loadGeometry`, `isLoadedFromCache` | none: reading the GDML takes milliseconds, there is no cache |
//! | `setStandardizeGeant4Materials` | none: properties keep the file's own points |
//! | `setPlacementOuterVolume` | none: a sensor's node and placement are those of the volume that detects; [`DetectorGeometry::path`] names those around it |
//! | `dbgdesc` | [`desc`](G4Opticks::desc) |
//! | `setGenstepReservation(-1)` | as there; [`reserve_gensteps_for_event`](G4Opticks::reserve_gensteps_for_event) says how many come |
//! | `getWayMask` | [`way_mask`](G4Opticks::way_mask): nothing is selected |
//! | `setAlignIndex` | [`set_align_index`](G4Opticks::set_align_index), which hands the photon's numbers to the application |
//! | `snap` | [`snap`](G4Opticks::snap): one picture, PPM instead of JPG |

mod align;
mod collect;
mod config;
mod error;
mod event_queue;
mod from_env;
mod geant4_side;
mod geometry;
mod hit;
pub mod job;
mod mock_angular_efficiency;
mod opticks;
mod profile;
mod propagate;
mod sensor_identity;
mod sensor_lib;
mod sensor_names;
mod snap;
mod track_geometry;

pub use config::OpticksConfig;
pub use error::G4OpticksError;
pub use event_queue::{PropagatedEvent, QueueSink, QueuedEvent, SinkError};
pub use geant4_side::Geant4Photon;
pub use geometry::DetectorGeometry;
pub use hit::{G4OpticksHit, G4OpticksHitExtra};
pub use opticks::G4Opticks;
pub use propagate::OutputSink;
pub use sensor_lib::{AngularEfficiency, SensorDatum, SensorLib};
pub use sensor_names::SensorNames;
pub use snap::SnapView;
pub use track_geometry::SceneTrackGeometry;
