//! Rays against solids. Core-only, like [`crate::physics`]: the same files become GPU code.
//!
//! Lengths are mm, directions are unit vectors, and a ray's parameter is its length. A solid is met through the
//! four functions of [`solid`]; the files `intersect_*` hold one shape each.

pub mod face;
pub mod intersect_box;
pub mod intersect_orb;
pub mod intersect_tube;
pub mod ray;
pub mod record;
pub mod solid;
