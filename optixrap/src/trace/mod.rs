//! Rays against solids. Core-only, like [`crate::physics`]: the same files become GPU code.
//!
//! Lengths are mm, directions are unit vectors, and a ray's parameter is its length. A solid is met through the
//! four functions of [`solid`]; the files `intersect_*` hold one shape each. [`navigate`]
//! finds the next boundary and what lies behind it.

pub mod array;
pub mod bvh;
mod curved;
pub mod face;
pub mod frame;
pub mod geometry;
mod half_cone;
mod intersect_boolean;
mod intersect_box;
mod intersect_cone;
mod intersect_convex;
mod intersect_cut_tube;
mod intersect_ellipsoid;
mod intersect_elliptical_cone;
mod intersect_elliptical_tube;
mod intersect_generic_polycone;
mod intersect_hyperboloid;
mod intersect_mesh;
mod intersect_orb;
mod intersect_paraboloid;
mod intersect_polycone;
mod intersect_ruled;
mod intersect_sphere;
mod intersect_torus;
mod intersect_tube;
mod intersect_tube_section;
mod intersect_twisted_trap;
mod intersect_twisted_tube;
mod leaf;
mod line;
pub mod navigate;
mod quartic;
pub mod ray;
pub mod record;
mod segment;
pub mod solid;
mod span;
pub mod touchable;
mod touching;
mod triangle;
mod twisted_side;
