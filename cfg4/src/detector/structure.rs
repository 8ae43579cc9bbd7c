//! Logical volumes and their placements.

use super::{Copies, MaterialId, PlacementId, SolidId, Transform, VolumeId};

/// An `auxiliary` of a volume, as the file writes it.
#[derive(Debug, Clone, PartialEq)]
pub struct Auxiliary {
    /// `auxtype`: `SensDet`, `StepLimit`, `Color`, ...
    pub kind: String,
    /// `auxvalue`.
    pub value: String,
    /// `auxunit`, where given.
    pub unit: Option<String>,
    /// Nested auxiliaries.
    pub children: Vec<Auxiliary>,
}

/// A logical volume: a solid of a material with daughters.
#[derive(Debug, Clone, PartialEq)]
pub struct Volume {
    /// Name as in the file.
    pub name: String,
    /// What it is filled with.
    pub material: MaterialId,
    /// Its shape.
    pub solid: SolidId,
    /// Placements inside it, in file order (assemblies expanded in place).
    pub daughters: Vec<PlacementId>,
    /// All auxiliaries.
    pub auxiliaries: Vec<Auxiliary>,
    /// The longest step of a charged track here, from `StepLimit`, mm.
    pub step_limit_mm: Option<f64>,
    /// Name of the sensitive detector, from `SensDet`.
    pub sensitive_detector: Option<String>,
}

/// One placement of a volume in its mother (a Geant4 physical volume).
#[derive(Debug, Clone, PartialEq)]
pub struct Placement {
    /// Name of the physical volume; as Geant4 names it where the file does not.
    pub name: String,
    /// Copy number, 0 where not given; copies are numbered by themselves.
    pub copy_number: i32,
    /// The volume placed.
    pub volume: VolumeId,
    /// The volume that it is placed in; `None` for the world.
    pub mother: Option<VolumeId>,
    /// The daughter's frame to the mother's; that of copy 0 where there are several.
    pub transform: Transform,
    /// How often it stands there.
    pub copies: Copies,
}
