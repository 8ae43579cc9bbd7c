//! Straight rays through a whole geometry or one solid, boundary by boundary, on the host.
//!
//! What photons do between two interactions, without physics: the crossings of [`crate::trace::navigate`] and
//! [`crate::trace::solid`], which are f32, along rays that are f64. At every boundary the ray's point is computed anew
//! from its start and carried into the frame of the volume in f64, so that errors do not add up along the way: a
//! distance is as good as f32 coordinates in that volume's frame, some 1e-7 of its extent.

mod local;
mod ray;
mod ray_walk;
mod solid_walk;

pub use ray::{RayError, StraightRay};
pub use ray_walk::{MergedWalk, RayWalk, VolumeCrossing};
pub use solid_walk::{SolidCrossing, SolidWalk};

/// Steps shorter than this are no steps, mm: boundaries so close are crossed at once ([`RayWalk::merged`]).
pub const SHORTEST_STEP_MM: f64 = 1e-7;

/// Steps in a row that do not get ahead, after which a ray counts as stuck.
const MOST_STANDING_STEPS: u32 = 200;
