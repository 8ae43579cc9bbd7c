//! Files of real users, and the geometries that Geant4 was asked about.

use std::path::Path;

use cfg4::detector::Detector;
use cfg4::gdml;

use super::shared;

fn read(file: &Path) -> Detector {
    gdml::read(file).unwrap_or_else(|error| panic!("{error}"))
}

#[test]
fn files_of_real_users_are_read() {
    let Some(folder) = shared("gdml") else { return };
    let mut count = 0;
    for entry in std::fs::read_dir(folder).unwrap() {
        let file = entry.unwrap().path();
        if file.extension().is_some_and(|extension| extension == "gdml") {
            let detector = read(&file);
            assert!(!detector.volumes.is_empty(), "{}", file.display());
            count += 1;
        }
    }
    assert!(count >= 9, "{count}");
}
