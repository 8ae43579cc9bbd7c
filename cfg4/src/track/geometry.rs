//! What the stepper asks of a geometry.

use super::vector::Vector;
use crate::detector::VolumeId;

/// Where a track is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Located {
    /// The volume, in the detector's list.
    pub volume: VolumeId,
    /// The geometry's own number of the placement (the touchable); the stepper only hands it back.
    pub node: u32,
}

/// A geometry that charged tracks move in. Positions in the world's frame, mm; directions unit vectors.
pub trait TrackGeometry {
    /// The innermost placement that contains `position_mm`; `None` outside the world.
    fn locate(&self, position_mm: Vector) -> Option<Located>;

    /// The distance along `direction` to where the track leaves `at` or enters one of its daughters, at most `max_mm`.
    fn distance_to_boundary(&self, at: Located, position_mm: Vector, direction: Vector, max_mm: f64) -> f64;

    /// Where the track is behind the boundary of `at` that it has reached at `position_mm`; `None` outside the world.
    fn cross(&self, at: Located, position_mm: Vector, direction: Vector) -> Option<Located>;
}
