//! What happens to one photon. Core-only: no `std` maths, no allocation, no panic on the hot path, no logging.
//!
//! Every function is a function of its arguments and of the random numbers it draws; its doc says how many.
//! Units: mm, ns, nm, eV for photon energies.

pub mod boundary_fresnel;
pub mod direction;
pub mod fmath;
pub mod generate;
pub mod generate_cerenkov;
pub mod generate_input;
pub mod generate_scintillation;
pub mod generate_torch;
pub mod genstep;
pub mod mie;
pub mod photon;
pub mod random;
pub mod rayleigh;
pub mod reemission;
pub mod sensor;
pub mod surface;
pub mod tables;
pub mod vec3;
pub mod wavelength_shift;
