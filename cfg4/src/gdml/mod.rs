//! Reads GDML, the XML format in which detectors are exchanged, as Geant4 11 does.
//!
//! [`read`] turns a file into a [`Detector`]: names resolved, expressions evaluated, units applied, loops and
//! assemblies expanded. What is not understood is an error that names file, line and element, never silently dropped.
//!
//! Read: `define` (constants, quantities, variables, expressions, positions, rotations, scales, matrices); isotopes,
//! elements, materials, NIST materials by name; the solids that the README lists; volumes, placements, replicas,
//! divisions, parameterised volumes, assemblies, loops, `file` references, external entities, auxiliaries; optical
//! surfaces, border and skin surfaces; the root elements `gdml` and `gdml_simple_extension`. Not read: other solids,
//! scaled placements.
//!
//! # Names
//!
//! Geant4's rules hold: things are defined before they are used; of two materials, solids or volumes with one name,
//! the first counts (with a warning); constants, variables and matrices are defined once; placements without a name are
//! called `VOLUME_PV`, those of parameterised volumes `VOLUME_param`, and those of assemblies `av_1_impr_2_VOLUME_pv_0`.
//!
//! Where a file places others, names mean what the file itself defines, else the first of the name in the files read before.
//! Geant4 keeps the names of all files together, where the first counts: it differs where two files use one name for two
//! things.

mod assembly;
mod auxiliary;
mod booleans;
mod combined;
mod curved_solids;
mod define;
mod elements;
mod error;
mod expand;
pub mod expression;
mod facets;
mod faults;
mod limits;
mod markup;
mod materials;
mod mirrored;
mod module;
mod properties;
mod property_names;
mod repeated;
mod resolver;
mod session;
mod solids;
mod source;
mod structure;
mod surfaces;
mod tag;
mod tessellated;
mod twisted_solids;
mod undefined;
mod units;
mod where_surfaces_are;

use std::path::Path;

pub use error::{GdmlError, GdmlErrorKind, Place};
pub use resolver::{Files, NoFiles, Resolver};

use crate::detector::Detector;
use faults::Faults;
use session::Session;

/// The project's own detector: a 1 m cube of liquid scintillator with five sensor discs on one face.
pub const DEFAULT_GEOMETRY: &str = include_str!("../../data/scintillator_cube.gdml");

/// Reads the GDML file at `path` and the files that it refers to.
///
/// # Errors
///
/// Everything that keeps the file from being understood completely: see [`GdmlErrorKind`].
pub fn read(path: &Path) -> Result<Detector, GdmlError> {
    let name = path.to_string_lossy();
    let bytes = resolver::read_limited(path);
    let bytes = bytes.map_err(|error| GdmlError::of_file(&name, GdmlErrorKind::Io(error)))?;
    read_bytes(&name, bytes, &Files)
}

/// Reads GDML from `text`; `name` stands for it in messages and is the base of its references, which `resolver` opens.
///
/// ```
/// use cfg4::gdml::{self, NoFiles};
///
/// let detector = gdml::read_str(gdml::DEFAULT_GEOMETRY, "default", &NoFiles)?;
/// assert_eq!(detector.world().name, "World");
/// # Ok::<(), gdml::GdmlError>(())
/// ```
///
/// # Errors
///
/// Everything that keeps the text from being understood completely: see [`GdmlErrorKind`].
pub fn read_str(text: &str, name: &str, resolver: &dyn Resolver) -> Result<Detector, GdmlError> {
    read_bytes(name, text.as_bytes().to_vec(), resolver)
}

/// Reads GDML from bytes that may be anything.
///
/// # Errors
///
/// As [`read_str`]; also if the bytes are not UTF-8.
pub fn read_bytes(name: &str, bytes: Vec<u8>, resolver: &dyn Resolver) -> Result<Detector, GdmlError> {
    let mut session = Session::new(resolver);
    session.read(name, bytes)?;
    for warning in &session.detector.warnings {
        log::warn!(target: "Gdml", "{warning}");
    }
    Ok(session.detector)
}

/// Everything that keeps the file at `path` from being understood: the first fault of each material, solid, surface,
/// volume and border. Consequences of a fault (a volume whose solid is refused) are none; a fault of the file as a whole
/// is the last. Empty for a file that [`read`] reads.
pub fn faults(path: &Path) -> Vec<GdmlError> {
    let name = path.to_string_lossy();
    match resolver::read_limited(path) {
        Ok(bytes) => faults_of_bytes(&name, bytes, &Files),
        Err(error) => vec![GdmlError::of_file(&name, GdmlErrorKind::Io(error))],
    }
}

/// As [`faults`], of bytes that may be anything.
pub fn faults_of_bytes(name: &str, bytes: Vec<u8>, resolver: &dyn Resolver) -> Vec<GdmlError> {
    let mut session = Session::new(resolver);
    session.faults = Some(Faults::default());
    let last = session.read(name, bytes).map(drop);
    session.faults.map(|faults| faults.finish(last)).unwrap_or_default()
}
