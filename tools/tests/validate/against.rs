//! One job run twice.

use std::process::Command;

use ptxdriver::Machine;

use super::{test, validate};
use crate::command::{Answer, g4opticks};

const TORCH: &str = "photons=40000_wavelength=430_source=0,0,250";

#[test]
fn two_seeds_agree() {
    // Seeds 0 and 1; chance alone lets such a comparison disagree once in 1000.
    let (json, code) = validate(["--against", "seed", "--torch", TORCH]);
    assert_eq!(code, Some(0), "{json:#}");
    let comparison = &json["comparisons"][0];
    assert!(comparison["parting"].is_null() && comparison["parted"].is_null(), "other random numbers");
    assert_eq!(comparison["photons"], serde_json::json!([40000, 40000]));
    assert!(test(&json, "histories")["ndf"].as_f64().unwrap() > 20.0);
    assert!(test(&json, "hits: time")["p_value"].as_f64().unwrap() < 1.0, "the samples are not the same");
}

#[test]
fn threads_give_the_same_bits() {
    let (json, code) = validate(["--against", "threads", "--threads", "3", "--torch", TORCH]);
    assert_eq!(code, Some(0), "{json:#}");
    let comparison = &json["comparisons"][0];
    assert_eq!(comparison["same_bits"], true);
    assert_eq!(comparison["parted"], serde_json::json!([0, 40000]));
    assert_eq!(test(&json, "histories")["statistic"], 0.0);
}

#[test]
fn the_surface_models_disagree_where_sensors_reflect_and_the_first_photon_is_named() {
    // The built-in cube's sensors have REFLECTIVITY 1: they detect in one model and reflect in the other.
    let (json, code) = validate(["--against", "surface-model", "--torch", TORCH]);
    assert_eq!(code, Some(1));
    let comparison = &json["comparisons"][0];
    assert_eq!(test(&json, "hits per sensor")["disagrees"], true);
    let parting = &comparison["parting"];
    assert_eq!((&parting["a"]["flag"], &parting["b"]["flag"]), (&"SD".into(), &"SR".into()), "{parting:#}");
    assert_eq!(parting["a"]["position_mm"], parting["b"]["position_mm"]);
    let differ = comparison["parted"][0].as_u64().unwrap();
    assert!(differ > 0 && differ < 40000, "{differ}");
}

/// A narrow beam along z leaves the cube between its sensors.
#[test]
fn models_are_not_compared_where_no_photon_meets_a_surface_at_which_they_differ() {
    let beam = "type=disc_photons=300_radius=1_source=0,0,0_direction=0,0,1";
    for torch in [beam, "photons=0"] {
        let (json, code) =
            validate(["--against", "surface-model", "--torch", torch, "--", "--no-reemission"]);
        assert_eq!((code, &json["verdict"]), (Some(3), &"nothing_to_compare".into()), "{json:#}");
        let notes = json["comparisons"][0]["notes"].to_string();
        assert!(notes.contains("no photon met a surface"), "{notes}");
    }
    let folder = tempfile::tempdir().unwrap();
    let page = folder.path().join("page.html");
    let words = ["validate", "--against", "surface-model", "--torch", beam, "--html", page.to_str().unwrap()];
    let answer = g4opticks(words);
    assert_eq!(answer.code, Some(3), "{}", answer.stderr);
    assert!(answer.stdout.ends_with("=== validate : NOTHING TO COMPARE\n"), "{}", answer.stdout);
    assert!(std::fs::read_to_string(page).unwrap().contains("NOTHING TO COMPARE"));
}

/// Without EFFICIENCY the cube's sensors are mirrors in both models.
#[test]
fn models_that_do_the_same_everywhere_have_nothing_to_compare() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("mirrors.gdml");
    let mirrors = cfg4::gdml::DEFAULT_GEOMETRY.replace(r#"name="EFFICIENCY""#, r#"name="NOTHING""#);
    assert_ne!(mirrors, cfg4::gdml::DEFAULT_GEOMETRY);
    std::fs::write(&file, mirrors).unwrap();
    let (json, code) = validate([file.to_str().unwrap(), "--against", "surface-model", "--torch", TORCH]);
    assert_eq!(code, Some(3), "{json:#}");
    let notes = json["comparisons"][0]["notes"].to_string();
    assert!(notes.contains("do the same at every surface"), "{notes}");
}

/// A sensor that detects half of the light in one model, and half of what it does not reflect in the other, is met by one
/// photon, which the two may treat alike.
#[test]
fn a_photon_that_meets_a_surface_at_which_the_models_differ_is_something_to_compare() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("half.gdml");
    let half = cfg4::gdml::DEFAULT_GEOMETRY
        .replace(r#"name="REFLECTIVITY" ref="always""#, r#"name="REFLECTIVITY" ref="half""#)
        .replace("</define>", r#"<matrix name="half" coldim="2" values="1e-6 0.5 9e-6 0.5"/></define>"#);
    assert_eq!(half.matches(r#""half""#).count(), 2);
    std::fs::write(&file, half).unwrap();
    let torch = "type=disc_photons=1_radius=1_source=490,0,0_direction=1,0,0";
    let mut alike = 0;
    for seed in ["1", "2", "3", "4", "5", "6", "7", "8"] {
        let args = [file.to_str().unwrap(), "--against", "surface-model", "--torch", torch, "--seed", seed];
        let (json, code) = validate(args);
        assert_ne!(code, Some(3), "{json:#}");
        let comparison = &json["comparisons"][0];
        let same = comparison["parted"][0] == 0;
        let noted = comparison["notes"].to_string().contains("1 photons met a surface");
        assert_eq!(noted, same, "{json:#}");
        alike += u32::from(same);
    }
    assert!(alike > 0 && alike < 8, "{alike} of 8");
}

#[test]
fn a_change_of_physics_is_seen_without_common_random_numbers() {
    let page = tempfile::tempdir().unwrap();
    let file = page.path().join("page.html");
    let html = file.to_str().unwrap();
    let args = [
        "--against",
        "surface-model",
        "--torch",
        TORCH,
        "--seed",
        "9",
        "--html",
        html,
        "--",
        "--no-reemission",
    ];
    let (json, code) = validate(args);
    assert_eq!((code, json["verdict"].as_str()), (Some(1), Some("disagree")));
    let page = std::fs::read_to_string(file).unwrap();
    assert!(page.contains("DISAGREE") && page.contains("surface model geant4"));
}

#[test]
fn an_engine_that_is_not_there_cannot_be_compared() {
    let (_, code) = validate(["--against", "engine", "--torch", TORCH, "--", "--gpu", "7777"]);
    assert_eq!(code, Some(2));
}

#[test]
fn a_gpu_gives_the_bits_of_the_cpu() {
    // The stand-in for NVIDIA's driver executes the kernels, slowly.
    let mut command = Command::new(env!("CARGO_BIN_EXE_g4opticks"));
    Machine::new().prepare(&mut command).unwrap();
    command.args(["validate", "--json", "--against", "engine", "--torch", "photons=300_wavelength=430"]);
    let answer = Answer::of(&mut command);
    assert_eq!(answer.code, Some(0), "{} {}", answer.stdout, answer.stderr);
    let json: serde_json::Value = serde_json::from_str(&answer.stdout).unwrap();
    let comparison = &json["comparisons"][0];
    assert_eq!((&comparison["same_bits"], &comparison["b"]), (&true.into(), &"engine cuda".into()));
    assert_eq!(comparison["parted"], serde_json::json!([0, 300]));
}

/// Sensors behind a filter, whose data lie in a folder.
#[test]
fn a_filter_takes_its_data_from_the_folder() {
    let folder = tempfile::tempdir().unwrap();
    let filter = cfg4::gdml::DEFAULT_GEOMETRY.replace(
        r#"type="dielectric_metal" finish="polished""#,
        r#"type="dielectric_dichroic" finish="polished""#,
    );
    assert_ne!(filter, cfg4::gdml::DEFAULT_GEOMETRY);
    let file = folder.path().join("filter.gdml");
    std::fs::write(&file, filter).unwrap();
    let run = |data: &str| {
        let torch = ["--against", "threads", "--torch", "photons=2000_wavelength=430"];
        let words = [
            &[file.to_str().unwrap()],
            &torch[..],
            &["--surface-data", data, "--", "--surface-model", "geant4"],
        ];
        validate(words.concat()).1
    };
    let data = folder.path().to_str().unwrap().to_owned();
    assert_eq!(run(&data), Some(2), "there are none yet");
    std::fs::write(folder.path().join("dichroic.dat"), "0 2 2\n300 600\n0 90\n100 100\n100 100\n").unwrap();
    assert_eq!(run(&data), Some(0));
}
