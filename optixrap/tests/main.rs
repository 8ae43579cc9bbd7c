//! Integration tests of `optixrap`.

#[path = "cases/engine.rs"]
mod engine;
mod physics;
#[path = "cases/scenes.rs"]
mod scenes;
mod solids;
