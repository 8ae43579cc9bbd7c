//! Rays through a geometry: which volumes they cross and where.
//!
//! [`Target`] is what is traced, a whole detector or one solid in its own frame; [`Target::trace`] gives the
//! [`TracedRay`] of a ray, and [`trace_file`] the files of a whole array of them. Layouts are those of recorded
//! scans of Geant4's navigator.

mod error;
mod files;
mod job;
mod picture;
mod plane;
mod rays;
mod summary;
mod target;
mod traced;

pub use error::TraceError;
pub use job::{TraceJob, trace_file};
pub use picture::plane_picture;
pub use plane::RayPlane;
pub use rays::read_rays;
pub use summary::ScanSummary;
pub use target::Target;
pub use traced::{COLUMNS, Place, TracedRay};
