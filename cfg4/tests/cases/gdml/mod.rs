//! Reading GDML.

mod bad_input;
mod default_geometry;
mod expressions;
mod materials;
mod mutations;
mod real_files;
mod rejected;
mod repeated;
mod scale;
mod solids;
mod structure;
mod surfaces;
mod text;

use std::path::PathBuf;

use cfg4::detector::Detector;
use cfg4::gdml::{self, GdmlError, NoFiles};
use text::Text;

/// The folder of shared inputs and reference answers, or `None` (said once) where there is none.
fn shared(path: &str) -> Option<PathBuf> {
    let folder = PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/../../shared")).join(path);
    if folder.exists() {
        return Some(folder);
    }
    eprintln!("skipped: {} does not exist", folder.display());
    None
}

/// Reads GDML that should be sound.
fn read(text: &Text) -> Detector {
    gdml::read_str(&text.gdml(), "test.gdml", &NoFiles).unwrap_or_else(|error| panic!("{error}"))
}

/// Reads GDML that should be refused.
fn refused(text: &str) -> GdmlError {
    match gdml::read_str(text, "test.gdml", &NoFiles) {
        Ok(_) => panic!("this should be refused:\n{text}"),
        Err(error) => error,
    }
}
