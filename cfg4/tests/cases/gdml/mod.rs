//! Reading GDML.

mod expressions;
mod real_files;

use std::path::PathBuf;

/// The folder of shared inputs and reference answers, or `None` (said once) where there is none.
fn shared(path: &str) -> Option<PathBuf> {
    let folder = PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/../../shared")).join(path);
    if folder.exists() {
        return Some(folder);
    }
    eprintln!("skipped: {} does not exist", folder.display());
    None
}
