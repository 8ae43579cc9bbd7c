//! What a run gives: numbers that add up, files that load, the same bits however many threads.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use npy::NPY;
use serde_json::Value;

use super::{files_below, report_of, run_ok, text};

const ARGS: [&str; 4] = ["--torch", "photons=20000", "--events", "3"];

fn run_into(folder: &Path, more: &[&str]) -> Value {
    report_of(&[&ARGS[..], &["--out", text(folder)], more].concat())
}

fn sum(of: &Value) -> u64 {
    of.as_object().unwrap().values().map(|n| n.as_u64().unwrap()).sum()
}

#[test]
fn all_files_are_there_and_load() {
    let folder = tempfile::tempdir().unwrap();
    let report = run_into(folder.path(), &[]);
    let mut expected: Vec<String> = (0..3).map(|e| format!("event_00{e}/hits.npy")).collect();
    expected.extend(["geometry.json", "profile.npy", "profile.png", "run.json"].map(str::to_owned));
    assert_eq!(files_below(folder.path()), expected);
    for event in 0..3 {
        let hits = NPY::<f32>::load(folder.path().join(format!("event_00{event}/hits.npy"))).unwrap();
        assert_eq!(hits.shape(), [report["events"][event]["num_hits"].as_u64().unwrap(), 4, 4]);
    }
    assert_eq!(NPY::<f64>::load(folder.path().join("profile.npy")).unwrap().shape(), [3, 4]);
    assert!(fs::read(folder.path().join("profile.png")).unwrap().starts_with(b"\x89PNG"));
    let file: Value = serde_json::from_slice(&fs::read(folder.path().join("run.json")).unwrap()).unwrap();
    assert_eq!(file, report, "what --json prints is run.json");
}

/// The list of events is written piece by piece; it reads as what serde writes of the whole.
#[test]
fn run_json_is_laid_out_as_a_whole() {
    let folder = tempfile::tempdir().unwrap();
    run_into(folder.path(), &[]);
    let text = fs::read_to_string(folder.path().join("run.json")).unwrap();
    assert!(text.starts_with("{\n  \"events\": [\n    {\n      \"eventid\": 0,\n"), "{text}");
    assert!(text.contains("\n    },\n    {\n      \"eventid\": 1,\n"), "{text}");
    assert!(text.contains("\n    }\n  ],\n  \"events_complete\": 3,\n"), "{text}");
    assert!(text.ends_with("\n}\n"), "{text}");
}

/// Keys that scripts rely on.
#[test]
fn keys_are_present() {
    let report = report_of(&ARGS);
    let keys: BTreeSet<&str> = report.as_object().unwrap().keys().map(String::as_str).collect();
    for key in [
        "events",
        "events_complete",
        "events_requested",
        "interrupted",
        "failure",
        "photons",
        "points",
        "hits",
        "ends",
        "hits_per_sensor",
        "threads",
        "engine",
        "seconds",
        "photons_per_s",
        "points_per_s",
        "points_per_photon",
        "memory",
        "seed",
        "geometry_digest",
        "options",
        "versions",
        "notes",
    ] {
        assert!(keys.contains(key), "{key} in {keys:?}");
    }
    for (part, keys) in [
        ("seconds", &["geometry", "gensteps", "propagate", "save"][..]),
        ("memory", &["rss_slope_mb_per_event", "vm_slope_mb_per_event", "peak_rss_bytes"]),
    ] {
        assert!(keys.iter().all(|key| report[part][key].is_number()), "{part}: {}", report[part]);
    }
    let end =
        ["events_complete", "events_requested", "interrupted", "failure"].map(|key| report[key].clone());
    assert_eq!(end, [3.into(), 3.into(), false.into(), Value::Null]);
    for event in report["events"].as_array().unwrap() {
        for key in ["eventid", "num_gensteps", "num_photons", "num_hits"] {
            assert!(event[key].is_u64(), "{key} in {event}");
        }
    }
    assert_eq!(report["engine"], "cpu");
    assert!(report["ends"].as_object().unwrap().keys().all(|code| code.len() == 2));
}

#[test]
fn numbers_add_up() {
    let report = report_of(&ARGS);
    let number = |key: &str| report[key].as_u64().unwrap();
    assert_eq!(number("photons"), 60_000);
    assert_eq!(sum(&report["ends"]), number("photons"));
    assert_eq!(sum(&report["hits_per_sensor"]), number("hits"));
    assert_eq!(report["ends"]["SD"].as_u64(), Some(number("hits")));
    for (key, of_event) in [("photons", "num_photons"), ("hits", "num_hits"), ("points", "points")] {
        let events = report["events"].as_array().unwrap().iter();
        assert_eq!(events.map(|e| e[of_event].as_u64().unwrap()).sum::<u64>(), number(key), "{key}");
    }
    let mean = number("points") as f64 / number("photons") as f64;
    assert!((report["points_per_photon"].as_f64().unwrap() - mean).abs() < 1e-9);
}

#[test]
fn threads_do_not_change_a_bit() {
    let bytes = |threads: &str| {
        let folder = tempfile::tempdir().unwrap();
        let report = run_into(folder.path(), &["--threads", threads, "--way"]);
        assert_eq!(report["threads"].to_string(), threads);
        let files = files_below(folder.path()).into_iter().filter(|f| f.starts_with("event_"));
        let contents: Vec<_> = files.map(|f| (fs::read(folder.path().join(&f)).unwrap(), f)).collect();
        (contents, report["ends"].clone(), report["points"].clone())
    };
    let one = bytes("1");
    assert_eq!(one.0.len(), 6);
    assert!(one == bytes("2"), "one and two threads");
    assert!(one == bytes("5"), "one and five threads");
}

#[test]
fn json_is_all_that_is_printed() {
    let answer = run_ok(&["--torch", "photons=100", "--json"]);
    assert!(serde_json::from_str::<Value>(&answer.stdout).is_ok_and(|v| v.is_object()), "{}", answer.stdout);
    assert_eq!(answer.stderr, "");
}

#[test]
fn the_console_shows_events_totals_and_memory() {
    let answer = run_ok(&ARGS);
    let lines: Vec<&str> = answer.stdout.lines().collect();
    for (event, line) in lines[..3].iter().enumerate() {
        let start = format!(
            "EventAction::EndOfEventAction eventid {event} num_gensteps 1 num_photons 20000 num_hits "
        );
        assert!(line.starts_with(&start), "{line}");
    }
    for part in [
        "photons generated 60000 = sum of ends 60000",
        "absorbed in bulk",
        "detected at a surface",
        "hits ",
        "photons/s",
        "points/s",
        "points per photon",
        "seconds: geometry",
        "RSS slope",
        "whole range",
        " num_stamp 3 profile_leak_mb 0 v0,v1 VmSize(MB) r0,r1 RSS(MB) ",
        "dv/(num_stamp-1)",
    ] {
        assert!(answer.stdout.contains(part), "{part} in {}", answer.stdout);
    }
    assert_eq!(answer.stderr, "", "no progress bar without a terminal");
}

#[test]
fn what_an_earlier_run_left_is_not_mixed_with_the_new() {
    let folder = tempfile::tempdir().unwrap();
    run_into(folder.path(), &["--save", "hits,photons,gensteps"]);
    let own = folder.path().join("event_001/notes.txt");
    fs::write(&own, "mine").unwrap();
    let args = ["run", "--torch", "photons=100", "--events", "1", "--out", text(folder.path())];
    run_ok(&args[1..]);
    let mut expected = vec!["event_000/hits.npy".to_owned(), "event_001/notes.txt".to_owned()];
    expected.extend(["geometry.json", "profile.npy", "profile.png", "run.json"].map(str::to_owned));
    assert_eq!(files_below(folder.path()), expected);
}

#[test]
fn gensteps_in_the_folder_of_the_results_stay() {
    let folder = tempfile::tempdir().unwrap();
    run_into(folder.path(), &["--save", "gensteps"]);
    let path = text(folder.path());
    let report = report_of(&["--gensteps", path, "--out", path]);
    assert_eq!(report["events"].as_array().unwrap().len(), 3);
    assert!(folder.path().join("event_002/gensteps.npy").exists());
}

/// Two sensors that share name and copy number.
const TWINS: &str = r#"<gdml>
  <define>
    <matrix name="N" coldim="2" values="1.5e-6 1.5 5e-6 1.5"/>
    <matrix name="E" coldim="2" values="1.5e-6 1 5e-6 1"/>
  </define>
  <materials>
    <material name="Oil" Z="6"><property name="RINDEX" ref="N"/><D value="1"/><atom value="12.01"/></material>
  </materials>
  <solids>
    <box name="b" x="1000" y="1000" z="1000"/><orb name="o" r="100"/>
    <opticalsurface name="Cathode" model="glisur" finish="polished" type="dielectric_metal" value="1">
      <property name="EFFICIENCY" ref="E"/>
    </opticalsurface>
  </solids>
  <structure>
    <volume name="Eye"><materialref ref="Oil"/><solidref ref="o"/></volume>
    <volume name="World"><materialref ref="Oil"/><solidref ref="b"/>
      <physvol name="Eye" copynumber="7"><volumeref ref="Eye"/><position name="p" x="-300" unit="mm"/></physvol>
      <physvol name="Eye" copynumber="7"><volumeref ref="Eye"/><position name="q" x="300" unit="mm"/></physvol>
    </volume>
    <skinsurface name="Skin" surfaceproperty="Cathode"><volumeref ref="Eye"/></skinsurface>
  </structure>
  <setup name="Default" version="1.0"><world ref="World"/></setup>
</gdml>"#;

#[test]
fn sensors_that_share_a_name_are_told_apart_and_placed() {
    let folder = tempfile::tempdir().unwrap();
    let gdml = folder.path().join("twins.gdml");
    fs::write(&gdml, TWINS).unwrap();
    let out = folder.path().join("out");
    let spec = "type=disc_photons=2000_radius=20_source=0,0,0_direction=1,0,0";
    let report = report_of(&[text(&gdml), "--torch", spec, "--out", text(&out)]);
    let hits = &report["hits_per_sensor"];
    assert_eq!(hits["/World_PV#0/Eye#7 (sensor 1)"], 0, "{hits}");
    assert_eq!(hits["/World_PV#0/Eye#7 (sensor 2)"], 2000, "{hits}");
    let file: Value = serde_json::from_slice(&fs::read(out.join("geometry.json")).unwrap()).unwrap();
    let sensor = &file["sensors"][1];
    assert_eq!((&sensor["index"], &sensor["copy_number"]), (&2.into(), &7.into()), "{file}");
    assert_eq!(sensor["position_mm"][0].as_f64(), Some(300.0), "{file}");
    let hits = NPY::<f32>::load(out.join("event_000/hits.npy")).unwrap();
    let hit = hits.items().next().unwrap();
    assert_eq!(
        (u64::from(hit[12].to_bits() & 0xffff), u64::from(hit[13].to_bits())),
        (2, sensor["node"].as_u64().unwrap())
    );
    let boundary = (hit[12].to_bits() as i32 >> 16).unsigned_abs() as usize;
    assert_eq!(file["boundaries"][boundary - 1]["surface_in"], "Cathode", "{file}");
}
