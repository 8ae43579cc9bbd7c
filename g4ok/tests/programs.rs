//! The programs, by name.

use std::fs;
use std::process::Command;

use npy::NPY;

use crate::common::{number_after, stdout_of};

const G4OK: &str = env!("CARGO_BIN_EXE_G4OKTest");
const G4OPTICKS: &str = env!("CARGO_BIN_EXE_G4OpticksTest");

fn g4ok(args: &[&str], variables: &[(&str, &str)]) -> (tempfile::TempDir, String) {
    let folder = tempfile::tempdir().unwrap();
    let tmp = folder.path().to_str().unwrap();
    let text = stdout_of(G4OK, args, &[&[("TMP", tmp)], variables].concat());
    (folder, text)
}

#[test]
fn g4ok_test_runs_ten_torch_events() {
    let (folder, text) = g4ok(&[], &[]);
    let events: Vec<&str> = text.lines().filter(|l| l.starts_with("G4OKTest::propagate")).collect();
    let photons = [5000, 2000, 3000, 4000, 5000, 5000, 4000, 3000, 2000, 1000];
    assert_eq!(events.len(), 10);
    for (event, (line, photons)) in events.iter().zip(photons).enumerate() {
        let start =
            format!("G4OKTest::propagate eventID {event} num_gensteps 1 num_photons {photons} num_hit ");
        assert!(line.starts_with(&start), "{line}");
    }
    assert!(text.contains(&"[".repeat(100)) && text.contains(&"]".repeat(100)));
    let shown = text.lines().filter(|l| l.contains("|TO|EC") || l.contains("|TO|EX")).count();
    assert!((100..=200).contains(&shown), "up to 20 hits per event, {shown} in all");
    assert!(text.contains(" num_stamp 10 profile_leak_mb 0 v0,v1 VmSize(MB) r0,r1 RSS(MB) "));
    let library = folder.path().join("G4OKTest").join("SensorLib");
    assert_eq!(NPY::<f32>::load(library.join("sensorData.npy")).unwrap().shape(), [5, 4]);
    let angular = NPY::<f32>::load(library.join("angularEfficiency.npy")).unwrap();
    assert_eq!(angular.shape(), [1, 180, 360, 1]);
}

#[test]
fn g4ok_test_takes_its_number_of_events_from_either_place() {
    let count = |text: &str| text.lines().filter(|l| l.starts_with("G4OKTest::propagate")).count();
    assert_eq!(count(&g4ok(&[], &[("G4OKTEST_NEVT", "3")]).1), 3);
    assert_eq!(count(&g4ok(&["2"], &[("G4OKTEST_NEVT", "3")]).1), 2);
    assert_eq!(count(&g4ok(&["--way", "--torchtarget", "1", "1", "--error"], &[]).1), 1);
}

#[test]
fn g4ok_test_reads_a_geometry() {
    let folder = tempfile::tempdir().unwrap();
    let gdml = folder.path().join("cube.gdml");
    fs::write(&gdml, cfg4::gdml::DEFAULT_GEOMETRY).unwrap();
    let (_tmp, text) = g4ok(&["--gdmlpath", gdml.to_str().unwrap(), "--torchtarget", "-1", "1"], &[]);
    let (_tmp, built_in) = g4ok(&["1"], &[]);
    let hits = |text: &str| number_after(text, "G4OKTest::propagate", "num_hit");
    assert_eq!(hits(&text), hits(&built_in));
}

#[test]
fn class_levels_and_skip_codes_are_read() {
    let (_tmp, text) = g4ok(&["1"], &[("G4Opticks", "INFO"), ("OPTICKS_SKIP_GENCODE", "5")]);
    let first = "PLOG::EnvLevel adjusting loglevel by envvar   key G4Opticks level INFO fallback DEBUG";
    assert_eq!(text.lines().next(), Some(first));
    assert!(text.contains("G4OKTest::propagate eventID 0 num_gensteps 0 num_photons 0 num_hit 0"), "{text}");
}

/// Without arguments the ten muons of the default, whose light is left out here: it would take long.
#[test]
fn g4opticks_test_runs_the_built_in_job() {
    let text = stdout_of::<&str>(G4OPTICKS, &[], &[("OPTICKS_SKIP_GENCODE", "1,2")]);
    for event in 0..10 {
        let line =
            format!("EventAction::EndOfEventAction eventid {event} num_gensteps 0 num_photons 0 num_hits 0");
        assert!(text.contains(&line), "{text}");
    }
    assert!(text.contains("###] RunAction::EndOfRunAction G4Opticks.Finalize"), "{text}");
}

#[test]
fn g4opticks_test_runs_a_macro() {
    let folder = tempfile::tempdir().unwrap();
    let [gdml, macro_file, profile] = ["cube.gdml", "few.mac", "profile.npy"].map(|n| folder.path().join(n));
    fs::write(&gdml, cfg4::gdml::DEFAULT_GEOMETRY).unwrap();
    fs::write(&macro_file, "/process/optical/scintillation/setYieldFactor 0.01\n/run/beamOn 3\n").unwrap();
    let variables =
        [("OPTICKS_PROFILE_PATH", profile.to_str().unwrap()), ("G4OPTICKSTEST_PROFILE_LEAK_MB", "10")];
    let text = stdout_of(G4OPTICKS, &[&gdml, &macro_file], &variables);
    let photons = |event: u32| number_after(&text, &format!("eventid {event} "), "num_photons");
    for event in 0..3 {
        // 0.17 million Cerenkov photons, and a hundredth of 4.5 million; the events scatter.
        assert!((1e5..5e5).contains(&photons(event)), "{}", photons(event));
    }
    let total = number_after(&text, "photons generated", "sum of ends");
    assert_eq!(total, (0..3).map(photons).sum::<f64>());
    assert!(text.contains(" num_stamp 3 profile_leak_mb 10 v0,v1 "), "{text}");
    assert_eq!(NPY::<f64>::load(&profile).unwrap().shape(), [3, 4]);
}

fn failure(program: &str, args: &[&str], variable: Option<(&str, &str)>) -> String {
    let output = Command::new(program).args(args).envs(variable).output().unwrap();
    assert_eq!(output.status.code(), Some(1), "{program} {args:?}");
    let text = String::from_utf8(output.stderr).unwrap();
    assert!(!text.contains("panicked"), "{text}");
    text
}

#[test]
fn wrong_arguments_and_variables_are_named() {
    for (program, args, variable, wanted) in [
        (G4OK, &["--nonsense"][..], None, "--nonsense is not understood"),
        (G4OK, &["many"], None, "many is not a number of events"),
        (G4OK, &["--gdmlpath"], None, "--gdmlpath needs a value"),
        (G4OK, &["--gdmlpath", "/nonexistent.gdml"], None, "/nonexistent.gdml"),
        (G4OK, &["--torchtarget", "7"], None, "frame 7 does not exist"),
        (G4OK, &["--torchtarget", "x"], None, "--torchtarget x"),
        (G4OK, &[], Some(("G4OKTEST_NEVT", "-3")), "-3 is not a number of events"),
        (G4OK, &[], Some(("G4OKTEST_PROFILE_LEAK_MB", "much")), "G4OKTEST_PROFILE_LEAK_MB=much"),
        (G4OPTICKS, &[], Some(("OPTICKS_SKIP_GENCODE", "all")), "OPTICKS_SKIP_GENCODE=all"),
        (G4OPTICKS, &["a", "b", "c"], None, "usage: G4OpticksTest"),
        (G4OPTICKS, &["/nonexistent.gdml"], None, "/nonexistent.gdml"),
    ] {
        let text = failure(program, args, variable);
        assert!(text.contains(wanted), "{wanted} in {text}");
    }
}

/// Cargo builds the example beside the programs.
#[test]
fn the_example_collects_propagates_and_reads() {
    let programs = std::path::Path::new(G4OK).parent().unwrap();
    let example = programs.join("examples").join("collect_propagate_read");
    if !example.exists() {
        println!("skipped: the example is not built; `cargo test -p g4ok` without a filter builds it");
        return;
    }
    let text = stdout_of::<&str>(example.to_str().unwrap(), &[], &[]);
    let hits: Vec<f64> = [0, 1].map(|e| number_after(&text, &format!("event {e} "), "num_hits")).into();
    assert!(text.contains("event 0 num_photons 50000 num_hits "), "{text}");
    assert!(hits.iter().all(|n| (500.0..5000.0).contains(n)), "{text}");
    assert!(text.lines().filter(|l| l.starts_with("  sensor ")).count() == 6, "{text}");
}
