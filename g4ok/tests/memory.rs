//! Memory over a thousand events, as the programs report it: each runs in a process of its own, where nothing else
//! allocates.

use std::fs;

use npy::NPY;
use tempfile::TempDir;

use crate::common::{number_after, stdout_of};

/// Growth that is accepted, in "MB" per event after the first tenth of the events.
const FLAT: f64 = 0.001;

fn in_folder(folder: &TempDir, variables: &[(&str, &str)], arguments: &[&str]) -> String {
    let tmp = folder.path().to_str().unwrap();
    let variables = [&[("TMP", tmp)], variables].concat();
    stdout_of(env!("CARGO_BIN_EXE_G4OKTest"), arguments, &variables)
}

#[test]
fn a_thousand_torch_events_are_flat() {
    let folder = tempfile::tempdir().unwrap();
    let text = in_folder(&folder, &[], &["1000"]);
    for column in ["VmSize(MB)", "RSS(MB)"] {
        let slope = number_after(&text, column, "slope");
        println!("G4OKTest, 1000 events: {column} slope {slope} MB/event");
        assert!(slope.abs() <= FLAT, "{column} {slope}");
    }
}

/// The default geometry with its muons, at a thousandth of the scintillation light and without Cerenkov light.
#[test]
fn a_thousand_muon_events_are_flat() {
    let folder = tempfile::tempdir().unwrap();
    let macro_file = folder.path().join("reduced.mac");
    let commands = "/process/inactivate Cerenkov\n/process/optical/scintillation/setYieldFactor 0.0003\n\
                    /run/initialize\n/gun/particle mu+\n/gun/energy 1000 MeV\n/run/beamOn 1000\n";
    fs::write(&macro_file, commands).unwrap();
    let gdml = folder.path().join("cube.gdml");
    fs::write(&gdml, cfg4::gdml::DEFAULT_GEOMETRY).unwrap();
    let text = stdout_of(env!("CARGO_BIN_EXE_G4OpticksTest"), &[&gdml, &macro_file], &[]);
    for column in ["RSS slope", "VM slope"] {
        let slope = number_after(&text, "memory:", column);
        println!("G4OpticksTest, 1000 events: {column} {slope} MB/event");
        assert!(slope.abs() <= FLAT, "{column} {slope}");
    }
    assert_eq!(text.lines().filter(|line| line.contains("EndOfEventAction")).count(), 1000);
}

/// 10^6 bytes are 0.9766 "MB" of 1000 KiB: a leak of 10 reads 9.766 per event, in virtual memory alone.
#[test]
fn leaks_on_purpose_are_measured() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("profile.npy");
    for (leak, expected) in [("10", 9.766), ("20", 19.53)] {
        let variables =
            [("G4OKTEST_PROFILE_LEAK_MB", leak), ("OPTICKS_PROFILE_PATH", path.to_str().unwrap())];
        let text = in_folder(&folder, &variables, &["40"]);
        let slope = number_after(&text, "VmSize(MB)     slope", "slope");
        let per_step = number_after(&text, "VmSize(MB)", "dv/(num_stamp-1)");
        println!("leak of {leak}: slope {slope}, dv/(num_stamp-1) {per_step}, expected {expected}");
        assert!((slope / expected - 1.0).abs() < 0.01, "{slope}");
        assert!(text.contains(&format!(" num_stamp 40 profile_leak_mb {leak} ")), "{text}");
        assert!(number_after(&text, "RSS(MB)     slope", "slope").abs() < 0.05, "untouched pages stay out");
        let stamps = NPY::<f64>::load(&path).unwrap();
        assert_eq!(stamps.shape(), [40, 4]);
        let vm: Vec<f64> = stamps.values().chunks(4).map(|row| row[1]).collect();
        let saved = (vm[39] - vm[4]) / 35.0;
        assert!((saved / expected - 1.0).abs() < 0.01, "{saved}");
    }
}
