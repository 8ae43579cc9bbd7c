//! Runs that fail: what was complete before is reported, and what an earlier run left stays until then.

use std::fs;
use std::path::Path;

use super::{files_below, message_of, report_in, run, run_ok, text};

/// A folder of three genstep files, the last of which is none, and with photons of two events in the others.
fn gensteps_that_end_badly(folder: &Path) -> String {
    let saved = folder.join("saved");
    run_ok(&["--torch", "photons=2000", "--events", "2", "--save", "gensteps", "--out", text(&saved)]);
    let gensteps = folder.join("gensteps");
    fs::create_dir(&gensteps).unwrap();
    for event in 0..2 {
        let from = saved.join(format!("event_00{event}/gensteps.npy"));
        fs::copy(from, gensteps.join(format!("gensteps_0{event}.npy"))).unwrap();
    }
    fs::write(gensteps.join("gensteps_02.npy"), "no array").unwrap();
    text(&gensteps).to_owned()
}

#[test]
fn a_run_that_fails_reports_the_events_before() {
    let folder = tempfile::tempdir().unwrap();
    let gensteps = gensteps_that_end_badly(folder.path());
    for batch in ["1", "10"] {
        let out = folder.path().join(batch);
        let message = message_of(&["--gensteps", &gensteps, "--batch", batch, "--out", text(&out)]);
        assert!(message.contains("gensteps_02.npy") && message.contains("after 2 of 3 events"), "{message}");
        let report = report_in(&out);
        assert_eq!((&report["interrupted"], &report["photons"]), (&false.into(), &4000.into()));
        assert_eq!((&report["events_complete"], &report["events_requested"]), (&2.into(), &3.into()));
        assert!(report["failure"].as_str().unwrap().contains("gensteps_02.npy"), "{}", report["failure"]);
        let expected = [
            "event_000/hits.npy",
            "event_001/hits.npy",
            "geometry.json",
            "profile.npy",
            "profile.png",
            "run.json",
        ];
        assert_eq!(files_below(&out), expected);
    }
}

#[test]
fn a_run_that_fails_prints_the_report_that_it_was_asked_for() {
    let folder = tempfile::tempdir().unwrap();
    let gensteps = gensteps_that_end_badly(folder.path());
    let answer = run(&["--gensteps", &gensteps, "--json"]);
    assert_eq!(answer.code, Some(1));
    let report: serde_json::Value = serde_json::from_str(&answer.stdout).unwrap();
    assert_eq!((&report["events_complete"], report["events"].as_array().unwrap().len()), (&2.into(), 2));
}

#[test]
fn a_run_that_fails_in_its_first_event_leaves_the_results_of_an_earlier_one() {
    let folder = tempfile::tempdir().unwrap();
    let gensteps = gensteps_that_end_badly(folder.path());
    let out = folder.path().join("saved");
    let contents = || -> Vec<_> {
        let files = files_below(&out).into_iter();
        files.map(|file| (fs::read(out.join(&file)).unwrap(), file)).collect()
    };
    let before = contents();
    let broken = format!("{gensteps}/gensteps_02.npy");
    message_of(&["--gensteps", &broken, "--out", text(&out)]);
    assert!(contents() == before, "{:?}", files_below(&out));
    // The next one takes its place with its first event, though it fails in its third.
    message_of(&["--gensteps", &gensteps, "--out", text(&out)]);
    let report = report_in(&out);
    assert!(report["failure"].is_string(), "{report}");
    let hits = files_below(&out).into_iter().filter(|file| file.starts_with("event_"));
    assert_eq!(hits.collect::<Vec<_>>(), ["event_000/hits.npy", "event_001/hits.npy"]);
}
