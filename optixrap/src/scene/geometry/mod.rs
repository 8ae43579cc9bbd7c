//! From the detector's tree of volumes to the flat geometry.

mod arrays;
pub(super) mod bvh;
mod flat_volumes;
mod nodes;
mod placements;
mod sensors;

pub use flat_volumes::RELATIVE_TOLERANCE;
pub use nodes::BoundaryKey;
pub(super) use nodes::TouchableTree;
pub(super) use placements::FlatPlacements;
pub(super) use sensors::SensorFinder;
