//! What happens to one photon. Core-only: no `std` maths, no allocation, no panic on the hot path, no logging.
//!
//! Every function is a function of its arguments and of the random numbers it draws; its doc says how many.
//! Units: mm, ns, nm, eV for photon energies.

pub mod boundary_fresnel;
pub mod complex;
pub mod complex_reflectivity;
pub mod direction;
mod facet;
pub mod fmath;
pub mod generate;
pub mod generate_cerenkov;
pub mod generate_input;
pub mod generate_scintillation;
pub mod generate_torch;
pub mod genstep;
mod lobes;
pub mod mie;
pub mod photon;
pub mod random;
pub mod rayleigh;
pub mod reemission;
pub mod sensor;
pub mod surface;
mod surface_back_painted;
mod surface_coated;
pub mod surface_detail;
mod surface_dichroic;
mod surface_film;
pub mod surface_measured;
mod surface_metal;
pub mod surface_rare;
pub mod surface_recorded;
mod surface_unified;
pub mod tables;
pub mod thin_film;
pub mod vec3;
pub mod wavelength_shift;
