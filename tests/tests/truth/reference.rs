//! The records of Geant4 10.6.3 that `g4opticks validate` compares with.

use tools::validate::reference::Reference;
pub(crate) use tools::validate::reference::{ends_at, ends_by_points, sensor_names};

use super::run::shared;

/// The reference of a case: the copy in this repository, and the whole where the shared folder is there.
pub(crate) fn references(case: &str) -> Vec<Reference> {
    let copy = format!("{}/../tools/data/photons/{case}.json", env!("CARGO_MANIFEST_DIR"));
    let read = |path: &std::path::Path| std::fs::read_to_string(path).ok();
    let whole = shared(&format!("reference/photons/{case}.json"));
    let texts = [read(copy.as_ref()), whole.and_then(|file| read(&file))];
    texts.into_iter().flatten().map(|text| Reference::parse(&text).unwrap()).collect()
}
