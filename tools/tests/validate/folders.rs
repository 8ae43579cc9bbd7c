//! Folders of `run`.

use std::path::{Path, PathBuf};

use npy::NPY;
use serde_json::Value;

use super::{test, validate};
use crate::command::g4opticks;

fn run(folder: &Path, name: &str, options: &[&str]) -> PathBuf {
    let out = folder.join(name);
    let torch = [
        "run",
        "--torch",
        "photons=4000_wavelength=430",
        "--events",
        "2",
        "--save",
        "hits,photons,records",
        "--out",
    ];
    let words = torch.iter().copied().chain([out.to_str().unwrap()]).chain(options.iter().copied());
    let answer = g4opticks(words);
    assert_eq!(answer.code, Some(0), "{}", answer.stderr);
    out
}

fn compare(a: &Path, b: &Path) -> (Value, Option<i32>) {
    validate([a, b])
}

#[test]
fn runs_that_differ_in_the_seed_alone_agree() {
    let folder = tempfile::tempdir().unwrap();
    let (a, b) = (run(folder.path(), "a", &["--seed", "1"]), run(folder.path(), "b", &["--seed", "2"]));
    let (json, code) = compare(&a, &b);
    assert_eq!(code, Some(0), "{json:#}");
    assert!(json["comparisons"][0]["parting"].is_null());
    assert!(test(&json, "histories")["ndf"].as_f64().unwrap() > 5.0, "whole sequences are compared");
}

#[test]
fn the_same_run_is_the_same() {
    let folder = tempfile::tempdir().unwrap();
    let (a, b) = (run(folder.path(), "a", &[]), run(folder.path(), "b", &["--threads", "1"]));
    let (json, code) = compare(&a, &b);
    assert_eq!((code, &json["comparisons"][0]["parted"]), (Some(0), &serde_json::json!([0, 8000])));
    assert!(json["comparisons"][0]["parting"].is_null());
}

#[test]
fn a_cut_is_seen_and_the_first_photon_that_it_cuts_is_found() {
    let folder = tempfile::tempdir().unwrap();
    let (a, b) = (run(folder.path(), "a", &[]), run(folder.path(), "b", &["--bouncemax", "5"]));
    let (json, code) = compare(&a, &b);
    assert_eq!(code, Some(1));
    let parting = &json["comparisons"][0]["parting"];
    assert_eq!(parting["step"], 6, "the first point after the limit of 5");
    assert!(parting["b"].is_null() && parting["a"].is_object(), "{parting:#}");
    // It is the first whose path is longer.
    let records = NPY::<f32>::load_items(a.join("event_000/records.npy"), &[4, 4]).unwrap();
    let (points, _) = records.values().as_chunks::<16>();
    let sixth = points.iter().find(|point| point[15].to_bits() == 6).unwrap();
    assert_eq!(parting["photon"], sixth[14].to_bits());
}

#[test]
fn one_bit_of_one_step_is_found() {
    let folder = tempfile::tempdir().unwrap();
    let (a, b) = (run(folder.path(), "a", &[]), run(folder.path(), "b", &[]));
    let file = b.join("event_001/records.npy");
    let mut values = NPY::<f32>::load_items(&file, &[4, 4]).unwrap().into_vec();
    let (points, _) = values.as_chunks_mut::<16>();
    let point = points.iter_mut().find(|p| p[14].to_bits() == 1234 && p[15].to_bits() == 1).unwrap();
    point[3] = f32::from_bits(point[3].to_bits() ^ 1);
    let mut changed = NPY::<f32>::make(&[0, 4, 4]).unwrap();
    changed.add(&values).unwrap();
    changed.save(&file).unwrap();
    let (json, code) = compare(&a, &b);
    assert_eq!(code, Some(0), "statistics do not see one bit: {json:#}");
    let parting = &json["comparisons"][0]["parting"];
    assert_eq!([&parting["event"], &parting["photon"], &parting["step"]], [1, 1234, 1]);
    assert_ne!(parting["a"]["time_ns"], parting["b"]["time_ns"]);
}

#[test]
fn a_folder_of_something_else_cannot_be_compared() {
    let folder = tempfile::tempdir().unwrap();
    let a = run(folder.path(), "a", &[]);
    assert_eq!(compare(&a, folder.path()).1, Some(2));
    std::fs::write(folder.path().join("run.json"), "{}").unwrap();
    assert_eq!(compare(&a, folder.path()).1, Some(2));
}

/// A folder that an earlier run has used: what that left behind is not of this run.
#[test]
fn files_of_an_earlier_run_are_not_read() {
    let folder = tempfile::tempdir().unwrap();
    let (a, b) = (run(folder.path(), "a", &[]), run(folder.path(), "b", &[]));
    let records = b.join("event_001/records.npy");
    std::fs::copy(b.join("event_000/records.npy"), &records).unwrap();
    assert_eq!(compare(&a, &b).1, Some(2), "files of the run itself are read, and this is none");
    // The run of a says that it saved hits and photons alone.
    for out in [&a, &b] {
        edit(out, |report| report["options"]["save"] = serde_json::json!(["hits", "photons"]));
    }
    let (json, code) = compare(&a, &b);
    assert_eq!(code, Some(0), "{json:#}");
    assert!(json["comparisons"][0]["parting"].is_null());
    assert_eq!(json["comparisons"][0]["notes"], serde_json::json!([]));
}

#[test]
fn runs_of_different_detectors_are_named_so() {
    let folder = tempfile::tempdir().unwrap();
    let (a, b) = (run(folder.path(), "a", &[]), run(folder.path(), "b", &["--surface-model", "geant4"]));
    let note = compare(&a, &b).0["comparisons"][0]["notes"][0].as_str().unwrap().to_owned();
    assert!(note.contains("different detectors"), "{note}");
}

/// Changes `run.json` of a folder.
fn edit(folder: &Path, change: impl FnOnce(&mut Value)) {
    let file = folder.join("run.json");
    let mut report: Value = serde_json::from_slice(&std::fs::read(&file).unwrap()).unwrap();
    change(&mut report);
    std::fs::write(&file, report.to_string()).unwrap();
}

#[test]
fn runs_that_ended_early_are_compared_and_named() {
    let folder = tempfile::tempdir().unwrap();
    let (a, b) = (run(folder.path(), "a", &["--seed", "1"]), run(folder.path(), "b", &["--seed", "2"]));
    edit(&a, |report| {
        report["interrupted"] = true.into();
        report["events_requested"] = 40.into();
    });
    edit(&b, |report| report["failure"] = "the disk is full".into());
    let (json, code) = compare(&a, &b);
    assert_eq!(code, Some(0), "{json:#}");
    let notes = json["comparisons"][0]["notes"].as_array().unwrap();
    let ends = ["was interrupted after 2 of 40 events", "failed (the disk is full) after 2 of 2 events"];
    assert_eq!(notes.len(), 2, "{notes:?}");
    assert!(notes.iter().zip(ends).all(|(note, end)| note.as_str().unwrap().contains(end)), "{notes:?}");
}

/// Arrays that were cut short, exchanged or taken away would be compared as another physics.
#[test]
fn arrays_that_are_not_those_of_run_json_are_named() {
    let folder = tempfile::tempdir().unwrap();
    let (a, b) = (run(folder.path(), "a", &[]), run(folder.path(), "b", &[]));
    for what in ["hits", "photons", "records"] {
        let file = b.join(format!("event_001/{what}.npy"));
        let whole = std::fs::read(&file).unwrap();
        let items = NPY::<f32>::load_items(&file, &[4, 4]).unwrap();
        let n = items.num_items();
        let mut short = NPY::<f32>::make(&[0, 4, 4]).unwrap();
        short.add(&items.values()[16..]).unwrap();
        short.save(&file).unwrap();
        let answer = g4opticks(["validate".as_ref(), a.as_os_str(), b.as_os_str()]);
        let says = format!("{what}.npy has {} items, but {}", n - 1, b.join("run.json").display());
        assert!(answer.stderr.contains(&says), "{}", answer.stderr);
        assert!(
            answer.stderr.contains(&format!(" says {n}: ")) && answer.code == Some(2),
            "{}",
            answer.stderr
        );
        std::fs::remove_file(&file).unwrap();
        let answer = g4opticks(["validate".as_ref(), a.as_os_str(), b.as_os_str()]);
        assert!(answer.stderr.contains(&format!("{what}.npy is missing")), "{}", answer.stderr);
        std::fs::write(&file, whole).unwrap();
    }
    assert_eq!(compare(&a, &b).1, Some(0));
}
