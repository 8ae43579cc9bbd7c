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

/// All GDML files below `folder`.
fn gdml_files(folder: &Path, found: &mut Vec<std::path::PathBuf>) {
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() && path.file_name().is_some_and(|name| name != "solids_rejected") {
            gdml_files(&path, found);
        } else if path.extension().is_some_and(|extension| extension == "gdml") {
            found.push(path);
        }
    }
}

#[test]
fn every_reference_file_is_read_or_its_unsupported_element_named() {
    let Some(folder) = shared("reference") else { return };
    let mut files = Vec::new();
    gdml_files(&folder, &mut files);
    let (mut sound, mut unsupported) = (0, 0);
    for file in &files {
        match gdml::read(file) {
            Ok(_) => sound += 1,
            Err(error) => {
                let rejected = file.to_string_lossy().contains("solids_rejected");
                assert!(rejected || matches!(error.kind, gdml::GdmlErrorKind::Unsupported(..)), "{error}");
                assert!(error.place.line > 0);
                unsupported += 1;
            }
        }
    }
    // The solids of this version, and all of bulk and surfaces but those with other solids.
    assert_eq!((sound, unsupported), (sound, files.len() - sound));
    assert!(sound >= 95, "{sound} {unsupported}");
}

#[test]
fn what_geant4_rejects_is_rejected_for_the_same_fault() {
    let Some(folder) = shared("reference/solids_rejected") else { return };
    let message = gdml::read(&folder.join("trap_side_not_planar.gdml")).unwrap_err().to_string();
    assert!(message.contains(":12: trap 'S': its side at -x is not planar"), "{message}");
    let message = gdml::read(&folder.join("twistedtrap_unequal_slopes.gdml")).unwrap_err().to_string();
    assert!(message.contains(":12: twistedtrap 'S': its sides are not planar before the twist"), "{message}");
}

#[test]
fn the_liquid_argon_chamber_has_its_30_photomultipliers() {
    let Some(file) = shared("gdml/LArTPC_optical.gdml") else { return };
    let detector = read(&file);
    let named = |name: &str| detector.placements.iter().filter(|p| p.name == name).collect::<Vec<_>>();
    let tubes = named("pvolPMT");
    assert_eq!((tubes.len(), named("AuxDetpaddle").len()), (30, 324));
    let copies: Vec<i32> = tubes.iter().take(4).map(|p| p.copy_number).collect();
    assert_eq!(copies, [10, 11, 11, 12]);
    // zposm+longstep+200*ilong with ilong = 1, in cm.
    let z = tubes[3].transform.translation_mm[2];
    assert!((z - 10.0 * (-472.0 + 144.0 + 200.0)).abs() < 1e-9, "{z}");
    assert_eq!(detector.skins.len(), 2);
}

#[test]
fn the_unused_properties_of_the_benchmark_are_listed_without_suspicion() {
    let Some(file) = shared("gdml/G4Opticks_50000.feb2021.gdml") else { return };
    let detector = read(&file);
    let names: Vec<&str> = detector.unused_properties.iter().map(|p| p.name.as_str()).collect();
    assert!(names.contains(&"PPOABSLENGTH") && names.contains(&"GammaYIELDRATIO"), "{names:?}");
    assert_eq!(names.len(), 17);
    assert!(detector.unused_properties.iter().all(|p| p.looks_like.is_none()));
    assert!(detector.warnings.is_empty(), "{:?}", detector.warnings);
}
