//! Runs that are ended from outside leave complete files or none.

#![cfg(unix)]

use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use npy::NPY;

use super::{files_below, text};

/// Starts a run of many events and waits until the first of them is complete.
fn start(folder: &Path) -> Child {
    let mut command = Command::new(env!("CARGO_BIN_EXE_g4opticks"));
    command.args(["run", "--torch", "photons=300000", "--events", "10000", "--out", text(folder)]);
    let child = command.stdout(Stdio::null()).stderr(Stdio::piped()).spawn().unwrap();
    let begun = Instant::now();
    while !folder.join("event_000").join("hits.npy").exists() {
        assert!(begun.elapsed() < Duration::from_secs(60), "no event is complete after a minute");
        std::thread::sleep(Duration::from_millis(20));
    }
    child
}

fn signal(child: &Child, name: &str) {
    let sent = Command::new("kill").args([&format!("-{name}"), &child.id().to_string()]).status().unwrap();
    assert!(sent.success());
}

fn check_hits(folder: &Path, files: &[String]) {
    assert!(!files.is_empty());
    for file in files {
        let hits = NPY::<f32>::load(folder.join(file)).unwrap();
        assert_eq!(hits.shape()[1..], [4, 4], "{file}");
        assert!(hits.num_items() > 1000, "{file} is a whole event");
    }
}

#[test]
fn ctrl_c_and_termination_give_the_running_event_up() {
    for name in ["INT", "TERM"] {
        let folder = tempfile::tempdir().unwrap();
        let child = start(folder.path());
        signal(&child, name);
        let output = child.wait_with_output().unwrap();
        let message = String::from_utf8(output.stderr).unwrap();
        assert_eq!(output.status.code(), Some(1), "{message}");
        assert!(message.contains("interrupted after ") && message.contains(" of 10000 events"), "{message}");
        let files = files_below(folder.path());
        assert!(files.iter().all(|f| f.ends_with("/hits.npy")), "no partial file, no run.json: {files:?}");
        check_hits(folder.path(), &files);
    }
}

/// Nothing can be tidied then: what is not complete has another name.
#[test]
fn a_killed_run_leaves_no_half_file() {
    let folder = tempfile::tempdir().unwrap();
    let mut child = start(folder.path());
    signal(&child, "KILL");
    assert_eq!(child.wait().unwrap().code(), None);
    let (partial, complete): (Vec<String>, Vec<String>) =
        files_below(folder.path()).into_iter().partition(|f| f.ends_with(".partial"));
    assert!(partial.len() <= 1, "{partial:?}");
    assert!(complete.iter().all(|f| f.ends_with("/hits.npy")), "{complete:?}");
    check_hits(folder.path(), &complete);
}

/// A gun without light that steps for minutes: the interruption is seen between its steps.
#[test]
fn ctrl_c_ends_a_gun_that_is_still_shooting() {
    let folder = tempfile::tempdir().unwrap();
    let gdml = super::write(folder.path(), "cube.gdml", cfg4::gdml::DEFAULT_GEOMETRY);
    let commands = "/process/inactivate Cerenkov\n/process/inactivate Scintillation\n/gun/number 100000\n\
                    /run/beamOn 1000\n";
    let macro_file = super::write(folder.path(), "many.mac", commands);
    let mut command = Command::new(env!("CARGO_BIN_EXE_g4opticks"));
    command.args(["run", text(&gdml), text(&macro_file)]);
    let child = command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    std::thread::sleep(Duration::from_millis(1500));
    signal(&child, "INT");
    let begun = Instant::now();
    let output = child.wait_with_output().unwrap();
    let message = String::from_utf8(output.stderr).unwrap();
    assert_eq!(output.status.code(), Some(1), "{message}");
    assert!(message.contains("interrupted"), "{message}");
    assert!(begun.elapsed() < Duration::from_secs(5), "{:?}", begun.elapsed());
}
