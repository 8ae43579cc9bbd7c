//! Random numbers, generation, bulk processes, boundaries and surfaces.

#![allow(clippy::unwrap_used)]

mod bulk_against_geant4;
mod cerenkov_trace;
mod draws;
mod fresnel;
mod measured_surfaces;
mod scattering;
mod shifting;
mod spectra;
mod support;
mod surface_models;
mod surfaces_against_geant4;
mod tables;
mod tails;
mod thin_film;
mod torch;
mod xorwow;
