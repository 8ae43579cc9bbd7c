//! Surfaces and properties: exact, approximated, refused.

use super::{Detector, audit};

fn surface(attributes: &str, properties: &str) -> String {
    let solids = format!(r#"<opticalsurface name="Cathode" {attributes}>{properties}</opticalsurface>"#);
    Detector { solids: &solids, ..Detector::CLEAN }.text()
}

const METAL: &str = r#"model="glisur" finish="polished" type="dielectric_metal" value="1""#;

#[test]
fn a_cathode_that_reflects_differs_between_the_models() {
    let text = surface(
        METAL,
        r#"<property name="EFFICIENCY" ref="quarter"/><property name="REFLECTIVITY" ref="quarter"/>"#,
    );
    let audited = audit(&text, &[]);
    let numbers = &audited.only("surface", "approximated")["numbers"];
    let number = |name: &str| numbers[name].as_f64().unwrap();
    // Counted of 10 000 photons: 5 standard deviations.
    let is = |name: &str, expected: f64| (number(name) - expected).abs() < 0.022;
    assert!(is("opticks_detected", 0.25), "{numbers}");
    assert!(is("geant4_detected", 0.75 * 0.25), "a quarter of what is not reflected: {numbers}");
    assert!(is("model_difference", 0.25), "what Geant4 reflects: {numbers}");
    let message = audited.only("surface", "approximated")["message"].as_str().unwrap().to_owned();
    for words in [
        "by the rules of 2021: absorbed 0.7",
        "--surface-model geant4: absorbed 0.5",
        "specular 0.2",
        "degrees",
    ] {
        assert!(message.contains(words), "{words}: {message}");
    }
    assert_eq!(audit(&text, &["--strict"]).answer.code, Some(1));
    assert_eq!(audit(&text, &["--strict", "--surface-model", "geant4"]).answer.code, Some(0));
}

#[test]
fn what_a_model_refuses_ends_with_2_and_the_other_model_is_named() {
    let silent = surface(METAL, "");
    let audited = audit(&silent, &[]);
    assert_eq!(audited.answer.code, Some(2));
    let message = audited.only("surface", "refused")["message"].as_str().unwrap().to_owned();
    assert!(message.contains("REFLECTIVITY") && message.contains("--surface-model geant4"), "{message}");
    assert_eq!(audit(&silent, &["--surface-model", "geant4"]).answer.code, Some(0));
    assert!(!audited.of("overlap").is_empty(), "the geometry is looked at all the same");
}

/// A LUT of Geant4 wants its table, which is not there.
#[test]
fn surfaces_that_want_data_name_it_and_the_folder_is_looked_at() {
    let lut = surface(
        r#"model="LUT" finish="polishedtyvekair" type="dielectric_LUT""#,
        r#"<property name="REFLECTIVITY" ref="quarter"/>"#,
    );
    let geant4 = ["--surface-model", "geant4"];
    let audited = audit(&lut, &geant4);
    let message = audited.only("surface", "refused")["message"].as_str().unwrap().to_owned();
    assert!(message.contains("--surface-data"), "{message}");
    let empty = tempfile::tempdir().unwrap();
    let folder = empty.path().to_str().unwrap();
    let audited = audit(&lut, &[&geant4[..], &["--surface-data", folder]].concat());
    let told = audited.of("surface").into_iter().find(|f| f["subject"] == "--surface-data").unwrap();
    assert!(told["message"].as_str().unwrap().contains(folder), "{told}");
    assert_eq!(audited.answer.code, Some(2));
}

#[test]
fn a_filter_with_its_data_is_exact_and_lets_all_pass() {
    let filter = surface(r#"model="dichroic" finish="polished" type="dielectric_dichroic""#, "");
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("dichroic.dat"), "0 2 2\n150 1300\n0 90\n100 100\n100 100\n").unwrap();
    let audited =
        audit(&filter, &["--surface-model", "geant4", "--surface-data", folder.path().to_str().unwrap()]);
    let found = audited.only("surface", "exact");
    assert!(found["message"].as_str().unwrap().contains("--surface-model opticks"), "{found}");
    assert_eq!(audited.answer.code, Some(0));
}

#[test]
fn a_sensor_that_reflects_all_light_is_a_warning_in_geant4s_model() {
    let bright = r#"<property name="EFFICIENCY" ref="quarter"/><property name="REFLECTIVITY" ref="one"/>"#;
    let audited = audit(&surface(METAL, bright), &["--surface-model", "geant4"]);
    let message = audited.only("surface", "warning")["message"].as_str().unwrap();
    assert!(message.contains("detects nothing"), "{message}");
}

#[test]
fn a_surface_that_lies_nowhere_is_a_note() {
    let solids = format!(r#"{}<opticalsurface name="Spare" type="firsov"/>"#, super::CATHODE);
    let audited = audit(&Detector { solids: &solids, ..Detector::CLEAN }.text(), &["--strict"]);
    assert_eq!(audited.only("surface", "note")["subject"], "Spare");
    assert_eq!(audited.answer.code, Some(0));
}

fn property(name: &str) -> String {
    let properties = format!(r#"<property name="{name}" ref="one"/>"#);
    Detector { properties: &properties, ..Detector::CLEAN }.text()
}

#[test]
fn properties_are_told_apart() {
    let placed = format!(r#"<physvol name="b"><volumeref ref="Block"/></physvol>{}"#, super::PLACED);
    let audited = |name| {
        let text = property(name).replace(super::PLACED, &placed);
        let found = audit(&text, &[]);
        let subject = format!("material Glass: {name}");
        let of = found.of("property").into_iter().find(|f| f["subject"] == *subject).unwrap();
        (of["grade"].as_str().unwrap().to_owned(), of["message"].as_str().unwrap().to_owned())
    };
    let (grade, message) = audited("RAYLEIGH");
    assert_eq!((grade.as_str(), message.contains("Rayleigh scattering")), ("exact", true), "{message}");
    let (grade, message) = audited("RAYLIEGH");
    assert_eq!((grade.as_str(), message.contains("RAYLEIGH")), ("warning", true), "{message}");
    let (grade, message) = audited("FAVOURITECOLOUR");
    assert_eq!((grade.as_str(), message.contains("nor by Geant4")), ("note", true), "{message}");
    // Whatever of Geant4's is not simulated is a warning that says what is lost.
    let ignored = tools::audit::inventory::entries().into_iter().find(|entry| {
        entry.group == tools::audit::inventory::Group::MaterialProperty && entry.reason.is_some()
    });
    if let Some(entry) = ignored {
        let (grade, message) = audited(&entry.name);
        assert_eq!(grade, "warning", "{message}");
        assert!(message.contains(&entry.reason.unwrap()), "{message}");
    }
}

#[test]
fn a_property_that_a_surface_ignores_is_a_warning() {
    let entries = tools::audit::inventory::entries();
    let is_ignored = |name: &str| entries.iter().any(|e| e.name == name && e.reason.is_some());
    if !is_ignored("SPECULARLOBECONSTANT") {
        return;
    }
    let text = surface(
        METAL,
        r#"<property name="EFFICIENCY" ref="quarter"/><property name="REFLECTIVITY" ref="zero"/><property name="SPECULARLOBECONSTANT" ref="one"/>"#,
    );
    let audited = audit(&text, &[]);
    assert_eq!(audited.only("property", "warning")["subject"], "surface Cathode: SPECULARLOBECONSTANT");
}
