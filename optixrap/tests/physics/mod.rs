//! Random numbers, generation, bulk processes, boundaries and surfaces.

#![allow(clippy::unwrap_used)]

mod cerenkov_trace;
mod draws;
mod fresnel;
mod reference_bulk;
mod reference_surfaces;
mod scattering;
mod spectra;
mod support;
mod tables;
mod torch;
mod xorwow;
