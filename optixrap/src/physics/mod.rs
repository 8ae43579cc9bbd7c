//! What happens to one photon. Core-only: no `std` maths, no allocation, no panic on the hot path, no logging.
//!
//! Every function is a function of its arguments and of the random numbers it draws; its doc says how many.
//! Units: mm, ns, nm, eV for photon energies.

pub mod photon;
pub mod random;
pub mod vec3;
