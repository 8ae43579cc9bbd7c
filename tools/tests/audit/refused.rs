//! Files that are refused: every fault, and none of its consequences.

use super::{Detector, audit};
use crate::command::g4opticks;

#[test]
fn all_faults_are_listed_and_their_consequences_are_not() {
    let solids = r#"<box name="flat" x="0" y="1" z="1"/><blob name="blob" r="3"/><union name="both"><first ref="flat"/><second ref="block"/></union>"#;
    let volumes = r#"<volume name="F"><materialref ref="Glass"/><solidref ref="both"/></volume>
<volume name="G"><materialref ref="Brass"/><solidref ref="block"/></volume>"#;
    let placed = r#"<physvol name="f"><volumeref ref="F"/></physvol>"#;
    let properties = r#"<property name="ABSLENGTH" ref="nowhere"/>"#;
    let text = Detector { properties, solids, volumes, placed, after: "" }.text();
    let audited = audit(&text, &[]);
    assert_eq!(audited.answer.code, Some(2));
    let found: Vec<String> =
        audited.of("reading").iter().map(|f| format!("{} {}", f["subject"], f["message"])).collect();
    let named = ["ABSLENGTH", "flat", "blob", "Brass"];
    assert_eq!(found.len(), named.len(), "{found:#?}");
    for (fault, name) in found.iter().zip(named) {
        assert!(fault.contains(name) && fault.contains("detector.gdml:"), "{fault}: {name}");
    }
    assert_eq!(audited.json["left_out"].as_array().unwrap().len(), 1);
}

#[test]
fn the_first_fault_is_the_one_that_a_run_names() {
    let text =
        Detector { solids: r#"<box name="flat" x="0" y="1" z="1"/><blob name="blob"/>"#, ..Detector::CLEAN }
            .text();
    let folder = tempfile::tempdir().unwrap();
    let file = super::write(folder.path(), &text);
    let run = g4opticks(["run", file.to_str().unwrap(), "--torch", "photons=1"]);
    let audited = audit(&text, &[]);
    let first = audited.of("reading")[0]["message"].as_str().unwrap().to_owned();
    assert!(run.stderr.contains(&first), "{}: {first}", run.stderr);
}

#[test]
fn a_file_that_is_not_there_or_is_no_gdml_is_refused() {
    for file in ["nowhere.gdml", "Cargo.toml"] {
        let answer = g4opticks(["audit", file]);
        assert_eq!(answer.code, Some(2), "{file}: {}", answer.stdout);
        assert!(answer.stdout.contains("REFUSED (1 refused)"), "{}", answer.stdout);
    }
}

#[test]
fn a_negative_index_is_refused_at_its_property() {
    let text = Detector::CLEAN.text().replace("8*eV 1.5\"", "8*eV -1.5\"");
    let audited = audit(&text, &[]);
    assert_eq!(audited.answer.code, Some(2));
    assert!(audited.of("reading")[0]["subject"].as_str().unwrap().contains("RINDEX"));
}
