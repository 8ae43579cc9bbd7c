//! Integration tests of `optixrap`.

#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test fails by panicking")]

mod cuda;
#[path = "cases/engine.rs"]
mod engine;
mod physics;
#[path = "cases/scenes.rs"]
mod scenes;
mod solids;
#[path = "cases/walk.rs"]
mod walk;
#[path = "cases/wavelength_shifters.rs"]
mod wavelength_shifters;
