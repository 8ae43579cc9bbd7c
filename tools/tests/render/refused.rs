//! Optics that is refused keeps nobody from drawing and tracing.

use std::process::Command;

use crate::arrays::{is_picture, save};
use crate::command::Answer;

#[test]
fn a_surface_without_its_data_is_drawn_and_traced() {
    let folder = tempfile::tempdir().unwrap();
    let lut = cfg4::gdml::DEFAULT_GEOMETRY.replace(
        r#"type="dielectric_metal" finish="polished""#,
        r#"type="dielectric_LUT" finish="polishedtyvekair""#,
    );
    assert_ne!(lut, cfg4::gdml::DEFAULT_GEOMETRY);
    std::fs::write(folder.path().join("lut.gdml"), lut).unwrap();
    save(&folder.path().join("rays.npy"), vec![0.0, 0.0, 0.0, 1.0, 0.0, 0.0], &[1, 6]);
    let run = |words: &[&str]| {
        let mut command = Command::new(env!("CARGO_BIN_EXE_g4opticks"));
        Answer::of(command.current_dir(folder.path()).args(words))
    };
    let drawn = run(&["render", "lut.gdml", "--cut", "y=0", "--size", "700x500", "--out", "y.png"]);
    assert_eq!(drawn.code, Some(0), "{}", drawn.stderr);
    assert!(is_picture(&folder.path().join("y.png"), 500));
    let traced = run(&["trace", "lut.gdml", "rays.npy", "--out", "scan"]);
    assert_eq!(traced.code, Some(0), "{}", traced.stderr);
    assert!(folder.path().join("scan/scan.json").is_file());
}
