//! One photon from birth to its end: physics and tracing put together. Core-only, as they are.

mod optics;
mod options;
mod recorder;
mod step;
mod traveller;

pub use options::TransportOptions;
pub use recorder::{NoRecord, PointRecorder};
pub use step::transport;
pub use traveller::Traveller;

use crate::physics::tables::Tables;
use crate::trace::geometry::Geometry;

/// The flat scene: what a photon can meet and what happens to it there.
#[derive(Debug, Clone, Copy)]
pub struct Scene<'a> {
    /// Volumes and their placements.
    pub geometry: Geometry<'a>,
    /// Materials and surfaces.
    pub tables: Tables<'a>,
}
