//! What the reader understood, but the user should know.

use std::fmt;

/// Something odd in a file that does not stop the simulation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Warning {
    /// File that it stands in.
    pub file: String,
    /// Line, from 1.
    pub line: u32,
    /// The element, `volume 'World'`.
    pub element: String,
    /// What is odd, what is done about it.
    pub message: String,
}

impl fmt::Display for Warning {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}: {}: {}", self.file, self.line, self.element, self.message)
    }
}

/// A property that the file gives and the simulation does not use.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UnusedProperty {
    /// The material or surface that has it.
    pub owner: String,
    /// Whether the owner is a surface, not a material.
    pub on_surface: bool,
    /// Name as in the file.
    pub name: String,
    /// Whether Geant4 uses a property of that name.
    pub known_to_geant4: bool,
    /// The used property that it may be a misspelling of.
    pub looks_like: Option<&'static str>,
    /// File that it stands in.
    pub file: String,
    /// Line, from 1.
    pub line: u32,
}
