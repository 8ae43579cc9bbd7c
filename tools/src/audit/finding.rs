//! What an audit finds.

use std::collections::BTreeMap;
use std::fmt;

use serde::Serialize;

/// What was looked at.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Check {
    /// Reading the file.
    Reading,
    /// A solid.
    Solid,
    /// An optical surface.
    Surface,
    /// A property of a material or a surface.
    Property,
    /// Building the scene that photons are traced through.
    Scene,
    /// A material without RINDEX that photons can reach.
    DarkMaterial,
    /// A sensor.
    Sensor,
    /// Two volumes in one place, or a volume that sticks out of its mother.
    Overlap,
    /// Faces that coincide.
    Coincidence,
}

impl Check {
    /// All of them, in the order in which they are shown.
    pub const ALL: [Check; 9] = [
        Check::Reading,
        Check::Scene,
        Check::Solid,
        Check::Surface,
        Check::Property,
        Check::DarkMaterial,
        Check::Sensor,
        Check::Overlap,
        Check::Coincidence,
    ];

    /// The heading above its findings.
    pub fn title(self) -> &'static str {
        match self {
            Check::Reading => "Reading the file",
            Check::Solid => "Solids",
            Check::Surface => "Optical surfaces",
            Check::Property => "Properties",
            Check::Scene => "Building the scene",
            Check::DarkMaterial => "Materials without RINDEX that photons can reach",
            Check::Sensor => "Sensors",
            Check::Overlap => "Overlaps",
            Check::Coincidence => "Coincident faces",
        }
    }
}

/// How a subject stands, from good to bad.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Grade {
    /// Simulated as Geant4 does.
    Exact,
    /// Nothing wrong, but good to know.
    Note,
    /// Simulated otherwise than Geant4 does; the message says how, the numbers by how much.
    Approximated,
    /// Probably not what is meant.
    Warning,
    /// Not simulated: the file is refused.
    Refused,
}

impl Grade {
    /// One word.
    pub fn word(self) -> &'static str {
        match self {
            Grade::Exact => "exact",
            Grade::Note => "note",
            Grade::Approximated => "approximated",
            Grade::Warning => "warning",
            Grade::Refused => "refused",
        }
    }

    /// Whether a strict audit fails for it.
    pub fn fails_strict(self) -> bool {
        self >= Grade::Approximated
    }
}

/// One line of an audit.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Finding {
    /// What was looked at.
    pub check: Check,
    /// How it stands.
    pub grade: Grade,
    /// Which solid, surface, property, volumes, ...
    pub subject: String,
    /// What was found, and what to do about it.
    pub message: String,
    /// The numbers of the message, for scripts; units are in the names.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub numbers: BTreeMap<&'static str, f64>,
}

impl Finding {
    /// A finding without numbers.
    pub fn new(check: Check, grade: Grade, subject: impl Into<String>, message: impl Into<String>) -> Self {
        Self { check, grade, subject: subject.into(), message: message.into(), numbers: BTreeMap::new() }
    }

    /// The finding with one more number; numbers that are not finite are left out.
    #[must_use]
    pub fn with(mut self, name: &'static str, value: f64) -> Self {
        if value.is_finite() {
            self.numbers.insert(name, value);
        }
        self
    }
}

impl fmt::Display for Finding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:<12} {}: {}", self.grade.word(), self.subject, self.message)
    }
}
