//! What a GDML file says, gathered for people (text) and for scripts (JSON).

mod copies;
mod curved_words;
mod materials;
mod properties;
mod sensors;
mod solid_words;
mod surfaces;
mod text;
mod tree;

use serde::Serialize;

use cfg4::detector::Detector;

pub(crate) use solid_words::solid_words;
pub(crate) use surfaces::surface_words;

pub use materials::{ElementShare, MaterialSummary};
pub use properties::{PropertySummary, Usage};
pub use sensors::SensorSummary;
pub use surfaces::{SurfacePlace, SurfaceSummary};
pub use tree::TreeLine;

/// Everything that `g4opticks info` tells of a detector.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct GeometrySummary {
    /// Sizes of the lists.
    pub counts: Counts,
    /// The tree of volumes, mothers before daughters; equal daughters in one line.
    pub tree: Vec<TreeLine>,
    /// Materials, in file order.
    pub materials: Vec<MaterialSummary>,
    /// Optical surfaces, in file order.
    pub surfaces: Vec<SurfaceSummary>,
    /// Where photons are detected.
    pub sensors: Vec<SensorSummary>,
    /// What the reader found odd.
    pub warnings: Vec<String>,
}

/// How much of each there is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Counts {
    /// Materials.
    pub materials: usize,
    /// Solids, those inside booleans too.
    pub solids: usize,
    /// Logical volumes.
    pub volumes: usize,
    /// Placements, the world's own too.
    pub placements: usize,
    /// Places in the expanded tree: a placement counts once per copy of its mother.
    pub touchables: u64,
    /// Optical surfaces.
    pub surfaces: usize,
    /// Border surfaces.
    pub borders: usize,
    /// Skin surfaces.
    pub skins: usize,
    /// Touchables that detect photons.
    pub sensors: u64,
}

impl GeometrySummary {
    /// Summarises `detector`.
    pub fn of(detector: &Detector) -> Self {
        let copies = copies::of_volumes(detector);
        let sensors = sensors::summaries(detector, &copies);
        let counts = Counts {
            materials: detector.materials.len(),
            solids: detector.solids.len(),
            volumes: detector.volumes.len(),
            placements: detector.placements.len(),
            touchables: copies.iter().fold(0, |sum, &n| sum.saturating_add(n)),
            surfaces: detector.surfaces.len(),
            borders: detector.borders.len(),
            skins: detector.skins.len(),
            sensors: sensors::touchables(detector, &copies),
        };
        Self {
            counts,
            tree: tree::lines(detector),
            materials: materials::summaries(detector),
            surfaces: surfaces::summaries(detector),
            sensors,
            warnings: detector.warnings.iter().map(ToString::to_string).collect(),
        }
    }
}
