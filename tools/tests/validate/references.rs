//! Closed forms and records of Geant4.

use super::validate;

#[test]
fn the_built_in_cases_agree() {
    let (json, code) = validate(["--photons", "60000"]);
    assert_eq!(code, Some(0), "{json:#}");
    let cases = json["comparisons"].as_array().unwrap();
    assert_eq!(cases.len(), tools::validate::NAMES.len());
    for case in cases {
        let tests = case["tests"].as_array().unwrap();
        assert!(tests.len() >= 3 && tests.iter().any(|t| t["ndf"].as_f64() > Some(0.0)), "{case:#}");
    }
}

/// A built-in record with something changed.
fn changed(from: &str, to: &str) -> Option<i32> {
    let folder = tempfile::tempdir().unwrap();
    let path = format!("{}/data/photons/feb2021_430nm.json", env!("CARGO_MANIFEST_DIR"));
    let text = std::fs::read_to_string(path).unwrap();
    assert!(text.contains(from), "{from}");
    let file = folder.path().join("case.json");
    std::fs::write(&file, text.replacen(from, to, 1)).unwrap();
    validate([file.to_str().unwrap(), "--photons", "60000"]).1
}

#[test]
fn a_record_of_something_else_disagrees() {
    assert_eq!(changed("\"n\"", "\"n\""), Some(0), "the record as it is");
    assert_eq!(changed("[0, 0, 250]", "[0, 200, 250]"), Some(1), "a source elsewhere");
    assert_eq!(changed("430 nm", "400 nm"), Some(1), "another wavelength");
}

#[test]
fn a_record_that_is_none_cannot_be_compared() {
    assert_eq!(changed("\"ends\":", "\"beginnings\":"), Some(2));
    assert_eq!(changed("{", ""), Some(2));
    assert_eq!(changed("\"430 nm\"", "\"red\""), Some(2));
    assert_eq!(validate(["nowhere.json"]).1, Some(2));
}

/// A record of another kind is named as such before its detector is looked for.
#[test]
fn a_record_of_beams_on_a_surface_says_what_can_be_compared() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("beams.json");
    std::fs::write(&file, r#"{"geant4": "11.2.2", "gdml": "plate.gdml", "beams": []}"#).unwrap();
    let answer = crate::command::g4opticks(["validate", file.to_str().unwrap()]);
    assert_eq!(answer.code, Some(2));
    assert!(
        answer.stderr.contains("source.position_mm") && answer.stderr.contains("photons from a point"),
        "{}",
        answer.stderr
    );
}

/// A smaller sample than the record: chance is no smaller for it. Five seeds at 1e-3 each.
#[test]
fn a_smaller_sample_agrees_with_the_record() {
    for seed in ["1", "2", "3", "4", "5"] {
        let (json, code) = validate(["feb2021_scintillation", "--photons", "5000", "--seed", seed]);
        assert_eq!(code, Some(0), "{seed}: {json:#}");
    }
}
