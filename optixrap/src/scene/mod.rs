//! Building the flat scene that the engines read from a [`cfg4::detector::Detector`].

mod boolean_program;
pub mod bounding_box;
mod curved_solids;
mod error;
mod faceted;
mod geometry;
pub mod group_velocity;
pub mod materials;
mod more_bulk;
pub mod property_tables;
pub mod rayleigh_length;
mod scene_data;
pub mod solids;
pub mod source_spectrum;
pub mod surface_models;
pub mod surfaces;

pub use error::SceneError;
pub use geometry::{BoundaryKey, RELATIVE_TOLERANCE};
pub use scene_data::SceneData;
pub use surfaces::SurfaceModel;
