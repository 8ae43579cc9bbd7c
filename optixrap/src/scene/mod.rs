//! Building the flat scene that the engines read from a [`cfg4::detector::Detector`].

mod boolean_program;
pub mod bounding_box;
mod error;
pub mod group_velocity;
pub mod materials;
pub mod property_tables;
pub mod solids;
pub mod source_spectrum;
pub mod surfaces;

pub use error::SceneError;
