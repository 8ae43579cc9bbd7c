//! Geometry files that cannot be used, and one that can but stops photons.

use std::fs::{self, File};

use cfg4::gdml::DEFAULT_GEOMETRY;

use super::{message_of, report_of, text, write};

const TORCH: [&str; 4] = ["--torch", "photons=100", "--threads", "2"];

/// The message for a geometry file of this content.
fn message_for(content: impl AsRef<[u8]>) -> String {
    let folder = tempfile::tempdir().unwrap();
    let path = write(folder.path(), "detector.gdml", content);
    let message = message_of(&[&[text(&path)], &TORCH[..]].concat());
    assert!(message.contains("detector.gdml"), "{message}");
    message
}

#[test]
fn a_missing_file_is_named() {
    let message = message_of(&["/nonexistent/detector.gdml"]);
    assert!(message.contains("/nonexistent/detector.gdml"), "{message}");
}

#[test]
fn an_empty_file_is_called_empty() {
    assert!(message_for("").contains("empty"));
}

#[test]
fn a_truncated_file_is_named_with_its_line() {
    for share in [1, 5, 9] {
        let message = message_for(&DEFAULT_GEOMETRY[..DEFAULT_GEOMETRY.len() * share / 10]);
        let rest = message.split("detector.gdml:").nth(1).unwrap_or_else(|| panic!("no line in {message}"));
        let line: usize = rest.split(|c: char| !c.is_ascii_digit()).next().unwrap().parse().unwrap();
        assert!(line > 0, "{message}");
    }
}

#[test]
fn a_binary_file_is_not_text() {
    let bytes: Vec<u8> = (0..100_000_u32).map(|i| (i.wrapping_mul(2_654_435_761) >> 24) as u8).collect();
    message_for(&bytes);
    assert!(message_for(b"\x1f\x8b\x08\x00\xff\xff\xff").contains("UTF-8"));
    message_for([0_u8; 4096]);
}

#[test]
fn a_file_of_one_gigabyte_is_refused_at_once() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("detector.gdml");
    File::create(&path).unwrap().set_len(1 << 30).unwrap();
    let start = std::time::Instant::now();
    let message = message_of(&[text(&path)]);
    assert!(message.contains("1073741824 bytes"), "{message}");
    assert!(start.elapsed().as_secs() < 20);
}

#[test]
fn a_placement_of_an_undefined_volume_is_named() {
    let changed = DEFAULT_GEOMETRY.replacen("<volumeref ref=\"Det\"/>", "<volumeref ref=\"Dett\"/>", 1);
    assert_ne!(changed, DEFAULT_GEOMETRY);
    let message = message_for(changed);
    assert!(message.contains("'Dett' is not defined"), "{message}");
}

/// The line of the embedded geometry that `part` stands on, with `insert` as a line of its own after it; and its message.
fn message_with_line_after(part: &str, insert: &str) -> (usize, String) {
    let at = DEFAULT_GEOMETRY.find(part).unwrap();
    let end = at + DEFAULT_GEOMETRY[at..].find('\n').unwrap();
    let (before, after) = DEFAULT_GEOMETRY.split_at(end);
    (before.lines().count() + 1, message_for(format!("{before}\n{insert}{after}")))
}

#[test]
fn a_property_that_cannot_be_simulated_is_named_with_its_line() {
    let shifting = r#"<property name="WLSABSLENGTH" ref="scintillator_index"/><property name="WLSCOMPONENT" ref="scintillator_index"/>"#;
    let (line, message) =
        message_with_line_after(r#"<property name="RINDEX" ref="scintillator_index"/>"#, shifting);
    assert!(message.contains(&format!("detector.gdml:{line}: property 'WLS")), "{message}");
    assert!(message.contains("which needs WLSTIMECONSTANT too"), "{message}");
}

#[test]
fn a_surface_that_cannot_be_simulated_is_named_with_its_line() {
    let at = DEFAULT_GEOMETRY.find("type=\"dielectric_metal\"").unwrap();
    let line = DEFAULT_GEOMETRY[..at].lines().count();
    let changed = DEFAULT_GEOMETRY.replacen("type=\"dielectric_metal\"", "type=\"dielectric_LUT\"", 1);
    let folder = tempfile::tempdir().unwrap();
    let path = write(folder.path(), "detector.gdml", changed);
    let message = message_of(&[&[text(&path), "--surface-model", "geant4"], &TORCH[..]].concat());
    assert!(message.contains(&format!("detector.gdml:{line}: opticalsurface 'Detects': ")), "{message}");
}

#[test]
fn a_folder_is_not_a_geometry() {
    let folder = tempfile::tempdir().unwrap();
    let message = message_of(&[text(folder.path())]);
    assert!(message.contains(text(folder.path())), "{message}");
}

/// Where the world has no RINDEX photons stop as they would leave the cube; that is counted and explained once.
#[test]
fn a_world_without_rindex_stops_photons() {
    let folder = tempfile::tempdir().unwrap();
    let air = DEFAULT_GEOMETRY.split("<material name=\"Air\"").nth(1).unwrap();
    let property = air.lines().find(|line| line.contains("\"RINDEX\"")).unwrap();
    let changed = DEFAULT_GEOMETRY.replacen(property, "", 1);
    assert!(DEFAULT_GEOMETRY.find(property) > DEFAULT_GEOMETRY.find("<material name=\"Air\""));
    let path = write(folder.path(), "detector.gdml", changed);
    let torch = ["--torch", "photons=3000", "--events", "3", "--threads", "2"];
    let report = report_of(&[&[text(&path)], &torch[..]].concat());
    let stopped = report["ends"]["NR"].as_u64().unwrap();
    assert!(stopped > 0, "{}", report["ends"]);
    assert_eq!(report["ends"]["MI"], 0, "nothing gets out");
    let notes = report["notes"].as_array().unwrap();
    let about: Vec<&str> = notes.iter().filter_map(|n| n.as_str()).filter(|n| n.contains("RINDEX")).collect();
    assert_eq!(about.len(), 1, "{notes:?}");
    assert!(about[0].starts_with(&format!("{stopped} photons stopped")), "{about:?}");
}

#[test]
fn macros_are_read_with_their_lines() {
    let folder = tempfile::tempdir().unwrap();
    let gdml = write(folder.path(), "cube.gdml", DEFAULT_GEOMETRY);
    let macro_file = write(folder.path(), "odd.mac", "/run/initialize\n/gun/partycle mu+\n/run/beamOn 1\n");
    let message = message_of(&[text(&gdml), text(&macro_file)]);
    assert!(message.contains("odd.mac:2") && message.contains("/gun/partycle"), "{message}");
    fs::remove_file(&macro_file).unwrap();
    assert!(message_of(&[text(&gdml), text(&macro_file)]).contains("odd.mac"));
}
