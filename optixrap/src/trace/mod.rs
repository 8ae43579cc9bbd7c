//! Rays against solids. Core-only, like [`crate::physics`]: the same files become GPU code.
//!
//! Lengths are mm, directions are unit vectors, and a ray's parameter is its length. A solid is met through the
//! four functions of [`solid`]; the files `intersect_*` hold one shape each. [`navigate`]
//! finds the next boundary and what lies behind it.

pub mod bvh;
pub mod face;
pub mod frame;
pub mod geometry;
mod half_cone;
mod intersect_boolean;
mod intersect_box;
mod intersect_cone;
mod intersect_convex;
mod intersect_mesh;
mod intersect_orb;
mod intersect_polycone;
mod intersect_ruled;
mod intersect_sphere;
mod intersect_tube;
mod intersect_tube_section;
mod leaf;
pub mod navigate;
pub mod ray;
pub mod record;
mod segment;
pub mod solid;
mod span;
mod triangle;
