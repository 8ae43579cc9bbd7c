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

/// Mie scattering needs three properties together, and is refused where one is missing, once.
#[test]
fn properties_that_need_each_other_are_tried_together() {
    let mie = r#"<property name="MIEHG" ref="glass"/><property name="MIEHG_FORWARD" ref="quarter"/>
<property name="MIEHG_BACKWARD" ref="quarter"/><property name="MIEHG_FORWARD_RATIO" ref="one"/>"#;
    let wls = r#"<property name="WLSABSLENGTH" ref="glass"/><property name="WLSCOMPONENT" ref="quarter"/>
<property name="WLSTIMECONSTANT" ref="quarter"/>"#;
    let refused = |properties: &str| {
        let text = Detector { properties, ..Detector::CLEAN }.text();
        let audited = audit(&text, &["--samples", "10"]);
        (audited.graded(&["refused"]), audited.answer.code)
    };
    assert_eq!(refused(&(mie.to_owned() + wls)), (Vec::new(), Some(0)));
    let lacking = mie.replace(r#"<property name="MIEHG_FORWARD" ref="quarter"/>"#, "");
    assert_eq!(refused(&(lacking + wls)), (vec!["property: material Glass: MIEHG".to_owned()], Some(2)));
    let bad = mie.replacen("quarter", "glass", 1);
    assert_eq!(refused(&bad), (vec!["property: material Glass: MIEHG_FORWARD".to_owned()], Some(2)));
}

/// Every detector of the references: refused by the audit exactly where a run refuses it.
#[test]
fn what_is_refused_is_what_a_run_refuses() {
    use cfg4::gdml::read;
    use optixrap::scene::{SceneData, SurfaceModel};
    use tools::audit::{Audit, AuditOptions, Grade};

    let root = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../../shared/reference");
    let mut files = Vec::new();
    for folder in ["bulk/gdml", "surfaces/gdml", "scans/gdml"] {
        let Ok(entries) = std::fs::read_dir(root.join(folder)) else {
            eprintln!("skipped: no {folder} of the references");
            return;
        };
        files.extend(
            entries
                .map(|entry| entry.unwrap().path())
                .filter(|path| path.extension().is_some_and(|e| e == "gdml")),
        );
    }
    assert!(files.len() > 30, "{}", files.len());
    for file in files {
        for surface_model in [SurfaceModel::Opticks, SurfaceModel::Geant4] {
            let runs = read(&file).is_ok_and(|detector| SceneData::build(&detector, surface_model).is_ok());
            let options = AuditOptions { surface_model, samples: 10, ..AuditOptions::default() };
            let (audit, _) = Audit::of_file(&file, &options);
            assert_eq!(audit.worst() != Grade::Refused, runs, "{} {surface_model:?}", file.display());
        }
    }
}
