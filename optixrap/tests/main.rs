//! Integration tests of `optixrap`.

#[path = "cases/engine.rs"]
mod engine;
#[path = "cases/scenes.rs"]
mod scenes;
mod solids;
