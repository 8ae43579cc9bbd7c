//! What can be wrong with a GDML file: the place, the fault, and what to do about it.

use thiserror::Error;

use super::expression::ExpressionError;
pub use crate::detector::Place;

/// Why a GDML file cannot be read.
#[derive(Debug, Error)]
#[error("{place}: {kind}")]
pub struct GdmlError {
    /// Where the fault is.
    pub place: Box<Place>,
    /// What the fault is.
    pub kind: GdmlErrorKind,
}

impl GdmlError {
    /// An error of a whole file.
    pub(super) fn of_file(file: &str, kind: GdmlErrorKind) -> Self {
        Self { place: Box::new(Place { file: file.to_owned(), ..Place::default() }), kind }
    }
}

/// The kinds of faults.
#[derive(Debug, Error)]
#[non_exhaustive]
pub enum GdmlErrorKind {
    /// The file cannot be opened or read.
    #[error("cannot be read: {0}")]
    Io(#[from] std::io::Error),
    /// The file has no content.
    #[error("the file is empty")]
    Empty,
    /// The file, or all it includes, is too large.
    #[error("{bytes} bytes are more than the {limit} that a GDML file may have; is it the right file?")]
    TooLarge {
        /// Its size.
        bytes: u64,
        /// The limit.
        limit: usize,
    },
    /// The file is not text.
    #[error("byte {0} is not UTF-8 text; is it a GDML file, and uncompressed?")]
    NotText(usize),
    /// The file is not well-formed XML.
    #[error("not well-formed XML: {0}; is the file complete?")]
    Xml(String),
    /// The root element is not that of a GDML file.
    #[error("the root element should be 'gdml' or 'gdml_simple_extension'")]
    NotGdml,
    /// More of something than any detector needs.
    #[error("more than {limit} {what}; the file would exhaust time or memory")]
    Limit {
        /// Of what.
        what: &'static str,
        /// The limit.
        limit: usize,
    },
    /// A file or entity that includes itself.
    #[error("'{0}' includes itself")]
    IncludeCycle(String),
    /// An attribute whose expression has no value.
    #[error("{attribute}=\"{text}\": {source}")]
    Expression {
        /// The attribute.
        attribute: String,
        /// Its text, shortened.
        text: String,
        /// The fault.
        source: ExpressionError,
    },
    /// A definition that cannot be made.
    #[error("{0}")]
    Definition(ExpressionError),
    /// An attribute whose value is not a finite number.
    #[error("{attribute}=\"{text}\" is not a finite number")]
    NotFinite {
        /// The attribute.
        attribute: String,
        /// Its text, shortened.
        text: String,
    },
    /// An attribute that must be there.
    #[error("attribute '{0}' is missing")]
    MissingAttribute(&'static str),
    /// A child element that must be there.
    #[error("element '{0}' is missing inside")]
    MissingElement(&'static str),
    /// A word where a fixed set is allowed.
    #[error("{attribute}=\"{value}\" should be one of {allowed}")]
    UnknownWord {
        /// The attribute.
        attribute: &'static str,
        /// What the file says.
        value: String,
        /// What it may say.
        allowed: &'static str,
    },
    /// A unit of the wrong dimension, or none at all.
    #[error("unit \"{unit}\" is not one of {dimension}")]
    Unit {
        /// What the file says.
        unit: String,
        /// The dimension that is needed.
        dimension: &'static str,
    },
    /// A reference to something that the file does not define before it.
    #[error("{what} '{name}' is not defined before this line{hint}")]
    Undefined {
        /// What is missing: material, solid, volume, ...
        what: &'static str,
        /// Its name.
        name: String,
        /// `; did you mean 'x'?` or where it is defined; may be empty.
        hint: String,
    },
    /// A volume that contains itself, or a solid made of itself.
    #[error("{what} '{name}' contains itself")]
    Cycle {
        /// Volume, solid or material.
        what: &'static str,
        /// Its name.
        name: String,
    },
    /// An element that GDML has and this program does not support yet.
    #[error("<{0}> is not supported; {1}")]
    Unsupported(String, &'static str),
    /// An element that GDML does not have here.
    #[error("<{name}> is not known inside <{parent}>")]
    UnknownElement {
        /// The element.
        name: String,
        /// Its parent.
        parent: String,
    },
    /// Dimensions that make no solid.
    #[error("{0}")]
    Dimension(String),
    /// A material that makes no sense.
    #[error("{0}")]
    Material(String),
    /// A property table that makes no sense.
    #[error("{fault}")]
    Property {
        /// The property, which the place's element names too.
        property: String,
        /// What is wrong and what to do.
        fault: String,
    },
    /// A surface, border or placement that makes no sense.
    #[error("{0}")]
    Structure(String),
    /// A loop that never ends.
    #[error("loop step {0} never reaches the end; use a step of at least 1")]
    EndlessLoop(i64),
    /// A loop whose end lies below its start.
    #[error("loop from {from} to {to}: its end lies below its start, which Geant4 refuses too; swap them")]
    DescendingLoop {
        /// The first value.
        from: i64,
        /// The last value.
        to: i64,
    },
}
