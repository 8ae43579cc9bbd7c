//! Pictures of a geometry, traced with the same navigation as the photons.
//!
//! [`picture`] looks at it from outside (or with a part cut away), [`cross_section`] shows the materials in a plane.
//! Both return an [`Image`] that can be saved or embedded; hits and photon paths ([`Markers`]) are drawn into either.
//!
//! Colours of materials follow from the detector alone ([`MaterialColours`]), so that all its pictures agree.

mod camera;
mod cross_section;
mod cut;
mod cutaway;
mod error;
mod fit;
mod image;
mod labels;
mod legend;
mod markers;
mod node_map;
mod painter;
mod palette;
mod picture;
mod section_names;
mod sight;
mod slab;
mod view;
mod visibility;

pub use cross_section::{CrossSection, Section, cross_section};
pub use cut::{Axis, Cut};
pub use error::RenderError;
pub use image::Image;
pub use markers::Markers;
pub use palette::MaterialColours;
pub use picture::{Picture, picture};
pub use view::{Direction, View};

pub(crate) use fit::{extent_mm, fitted};
pub(crate) use legend::{Entry, draw_legend};
pub(crate) use palette::shade;
