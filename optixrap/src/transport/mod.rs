//! One photon from birth to its end: physics and tracing put together. Core-only, as they are.

mod birth;
mod hit;
mod more_bulk;
mod optics;
mod options;
mod path;
mod recorder;
mod step;
mod traveller;

pub use birth::{PreparedGenstep, end_of_unplaced, enter_node};
pub use hit::{Ended, HitRecord, WayRecord, collect, world_state};
pub use more_bulk::Emission;
pub use options::TransportOptions;
pub use path::{ON_BOUNDARY, PathPoint, code_of};
pub use recorder::{NoRecord, PointRecorder};
pub use step::{next_point, resume, start};
pub use traveller::Traveller;

use crate::physics::tables::Tables;
use crate::trace::geometry::Geometry;

/// The flat scene: what a photon can meet and what happens to it there.
#[repr(C)]
#[derive(Debug, Clone, Copy)]
pub struct Scene<'a> {
    /// Volumes and their placements.
    pub geometry: Geometry<'a>,
    /// Materials and surfaces.
    pub tables: Tables<'a>,
}
