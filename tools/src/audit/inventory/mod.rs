//! What of Geant4's geometry and optics is simulated: the table of the README.
//!
//! The lists here are Geant4's. Whether an entry is supported is not written down but asked: a detector that is little
//! more than the entry is read and made a scene, and the answer is what that says. So the table cannot be wrong about
//! the program, only about Geant4.

mod features;
mod probe;
pub mod properties;
mod solids;
mod surfaces;
mod table;

use std::fmt::Write;

pub use table::markdown;

/// What an entry is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Group {
    /// Placing volumes, and what else the structure of a file has.
    Structure,
    /// Solids.
    Solid,
    /// Surfaces by the rules of 2021.
    OpticksSurface,
    /// Surfaces by Geant4's rules.
    Geant4Surface,
    /// Properties of materials.
    MaterialProperty,
    /// Properties of surfaces.
    SurfaceProperty,
}

impl Group {
    /// All of them, in the order of the table.
    pub const ALL: [Group; 6] = [
        Group::Structure,
        Group::Solid,
        Group::OpticksSurface,
        Group::Geant4Surface,
        Group::MaterialProperty,
        Group::SurfaceProperty,
    ];

    /// First cell of its row.
    pub fn title(self) -> &'static str {
        match self {
            Group::Structure => "GDML structure",
            Group::Solid => "solids",
            Group::OpticksSurface => "surfaces, `--surface-model opticks` (by its own four values)",
            Group::Geant4Surface => "surfaces, `--surface-model geant4`",
            Group::MaterialProperty => "properties of materials",
            Group::SurfaceProperty => "properties of surfaces",
        }
    }
}

/// Something that Geant4 has.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// What it is.
    pub group: Group,
    /// Geant4's name.
    pub name: String,
    /// Why it is refused or plays no part; `None` where it is simulated.
    pub reason: Option<String>,
}

/// Everything that Geant4 has, and what this program answers to it.
pub fn entries() -> Vec<Entry> {
    let groups = [features::entries(), solids::entries(), surfaces::entries(), properties::entries()];
    groups.into_iter().flatten().collect()
}

/// The entries in words, a line each, with the reasons.
pub fn text() -> String {
    let mut text = String::new();
    for entry in entries() {
        let reason = entry.reason.as_deref().unwrap_or("simulated");
        // Writing into a string cannot fail.
        let _ = writeln!(text, "{}: {}: {reason}", entry.group.title(), entry.name);
    }
    text
}
