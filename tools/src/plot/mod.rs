//! Pictures as PNG files, with an embedded font: nothing need be installed.
//!
//! A file is complete or absent: it is written beside its place and renamed.

pub(crate) mod axes;
pub(crate) mod canvas;
pub(crate) mod colour;
pub(crate) mod frame;
mod histogram;
mod overlay;
mod paths;
mod position_map;
mod profile;

pub use canvas::PlotError;
pub use histogram::{Histogram, HistogramPlot, histogram_png};
pub use overlay::{Overlay, overlay_png};
pub use paths::{PlotPaths, picture_or_folder};
pub use position_map::{MOST_PANELS, SensorPositions, position_map_png};
pub use profile::profile_png;
