//! Runs that are ended from outside: what is complete is reported, and there are complete files or none.

#![cfg(unix)]

use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use npy::NPY;
use serde_json::Value;

use super::{files_below, report_in, text};

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
fn an_interrupted_run_reports_the_events_that_are_complete() {
    for (name, code) in [("INT", 130), ("TERM", 143), ("HUP", 129)] {
        let folder = tempfile::tempdir().unwrap();
        let child = start(folder.path());
        signal(&child, name);
        let output = child.wait_with_output().unwrap();
        let message = String::from_utf8(output.stderr).unwrap();
        assert_eq!(output.status.code(), Some(code), "{message}");
        let report = report_in(folder.path());
        let complete = report["events_complete"].as_u64().unwrap();
        assert!(message.contains(&format!("interrupted after {complete} of 10000 events")), "{message}");
        assert_eq!((&report["interrupted"], &report["failure"]), (&true.into(), &Value::Null));
        assert_eq!(report["events_requested"], 10000);
        assert_eq!(report["photons"], 300_000 * complete);
        let events = report["events"].as_array().unwrap();
        assert_eq!(events.len() as u64, complete);
        let mut expected: Vec<String> =
            (0..complete).map(|event| format!("event_{event:03}/hits.npy")).collect();
        expected.sort();
        expected.extend(["geometry.json", "profile.npy", "profile.png", "run.json"].map(str::to_owned));
        assert_eq!(files_below(folder.path()), expected);
        let folders =
            std::fs::read_dir(folder.path()).unwrap().filter(|e| e.as_ref().unwrap().path().is_dir());
        assert_eq!(folders.count() as u64, complete, "no empty folder of the event that was given up");
        for (event, of_event) in events.iter().enumerate() {
            let hits = NPY::<f32>::load(folder.path().join(format!("event_{event:03}/hits.npy"))).unwrap();
            assert_eq!(of_event["num_hits"], hits.num_items());
        }
        assert_eq!(NPY::<f64>::load(folder.path().join("profile.npy")).unwrap().shape(), [complete, 4]);
    }
}

/// The event before which nothing is complete takes minutes.
#[test]
fn a_run_that_is_interrupted_before_its_first_event_leaves_the_earlier_one() {
    let folder = tempfile::tempdir().unwrap();
    let earlier =
        ["--torch", "photons=100", "--events", "2", "--save", "hits,photons", "--out", text(folder.path())];
    super::run_ok(&earlier);
    let contents = || -> Vec<_> {
        let files = files_below(folder.path()).into_iter();
        files.map(|file| (std::fs::read(folder.path().join(&file)).unwrap(), file)).collect()
    };
    let before = contents();
    let mut command = Command::new(env!("CARGO_BIN_EXE_g4opticks"));
    command.args(["run", "--torch", "photons=2000000000", "--out", text(folder.path())]);
    let child = command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    let begun = Instant::now();
    while !files_below(folder.path()).iter().any(|file| file.contains("hits.npy.")) {
        assert!(begun.elapsed() < Duration::from_secs(60), "no event is begun after a minute");
        std::thread::sleep(Duration::from_millis(20));
    }
    signal(&child, "INT");
    let output = child.wait_with_output().unwrap();
    let message = String::from_utf8(output.stderr).unwrap();
    assert_eq!((output.status.code(), output.stdout.len()), (Some(130), 0), "{message}");
    assert!(message.contains("after 0 of 1 events; nothing is written"), "{message}");
    assert!(contents() == before, "{:?}", files_below(folder.path()));
}

/// A reader who does not read keeps the run from seeing the first signal.
#[test]
fn a_second_ctrl_c_ends_the_run_at_once() {
    let mut command = Command::new(env!("CARGO_BIN_EXE_g4opticks"));
    command.args(["run", "--torch", "photons=1", "--events", "1000000"]);
    let mut child = command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    // The pipe is full after some hundred of the event's lines.
    std::thread::sleep(Duration::from_secs(2));
    signal(&child, "INT");
    std::thread::sleep(Duration::from_millis(500));
    assert!(child.try_wait().unwrap().is_none(), "it waits for its reader");
    signal(&child, "INT");
    let begun = Instant::now();
    assert_eq!(child.wait().unwrap().code(), Some(130));
    assert!(begun.elapsed() < Duration::from_secs(1), "{:?}", begun.elapsed());
}

#[test]
fn a_terminal_that_closes_does_not_end_a_run_under_nohup() {
    let mut command = Command::new("sh");
    let script = "trap '' HUP; exec \"$0\" run --torch photons=100000 --events 5 --json";
    command.args(["-c", script, env!("CARGO_BIN_EXE_g4opticks")]);
    let child = command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    std::thread::sleep(Duration::from_millis(300));
    signal(&child, "HUP");
    let output = child.wait_with_output().unwrap();
    assert_eq!(output.status.code(), Some(0), "{}", String::from_utf8_lossy(&output.stderr));
    let report: Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!((&report["events_complete"], &report["interrupted"]), (&5.into(), &false.into()));
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
    // That of an event, and the list of events.
    assert!(partial.len() <= 2, "{partial:?}");
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
    assert_eq!(output.status.code(), Some(130), "{message}");
    assert!(message.contains("interrupted after 0 of 1000 events"), "{message}");
    assert!(begun.elapsed() < Duration::from_secs(5), "{:?}", begun.elapsed());
}
