//! What the options do.

use npy::NPY;

use super::{files_below, message_of, report_of, run, run_ok, text};

const TORCH: [&str; 4] = ["--torch", "photons=5000", "--threads", "2"];

fn with(more: &[&str]) -> serde_json::Value {
    report_of(&[&TORCH[..], more].concat())
}

#[test]
fn events_are_repeated_as_often_as_asked() {
    let report = with(&["--events", "7"]);
    let ids: Vec<u64> =
        report["events"].as_array().unwrap().iter().map(|e| e["eventid"].as_u64().unwrap()).collect();
    assert_eq!(ids, [0, 1, 2, 3, 4, 5, 6]);
    assert_eq!(report["photons"], 35_000);
    assert_eq!(run(&["--events", "0"]).code, Some(2));
}

#[test]
fn the_seed_decides() {
    let ends = |seed: &str| with(&["--seed", seed])["ends"].clone();
    assert_eq!(ends("7"), ends("7"));
    assert_ne!(ends("7"), ends("8"));
    assert_eq!(with(&["--seed", "18446744073709551615"])["seed"], u64::MAX);
    assert_eq!(with(&[])["seed"], 0);
}

#[test]
fn limits_are_end_states() {
    let report = with(&["--bouncemax", "3"]);
    assert!(report["ends"]["BL"].as_u64().unwrap() > 100, "{}", report["ends"]);
    assert!(report["points"].as_u64().unwrap() <= 3 * 5000);
    assert_eq!(with(&["--timemax", "-1"])["ends"], with(&[])["ends"], "what the original meant by none");
    let report = with(&["--timemax", "1"]);
    assert!(report["ends"]["TL"].as_u64().unwrap() > 4000, "{}", report["ends"]);
}

#[test]
fn nothing_happens_after_the_time_limit() {
    let folder = tempfile::tempdir().unwrap();
    let out = folder.path().to_str().unwrap();
    let report = with(&["--timemax", "4", "--save", "photons", "--out", out]);
    let photons = npy::NPY::<f32>::load(folder.path().join("event_000/photons.npy")).unwrap();
    let times_ns: Vec<f32> = photons.items().map(|photon| photon[3]).collect();
    assert!(times_ns.iter().all(|t| *t <= 4.000_001), "{:?}", times_ns.iter().max_by(|a, b| a.total_cmp(b)));
    let at_limit = times_ns.iter().filter(|t| **t > 3.999_999).count() as u64;
    assert_eq!(report["ends"]["TL"].as_u64(), Some(at_limit));
    assert!(at_limit > 100, "{}", report["ends"]);
}

/// Without reemission more of the light that is absorbed stays so.
#[test]
fn reemission_is_a_choice() {
    let absorbed = |more: &[&str]| {
        let torch = ["--torch", "photons=20000_wavelength=380", "--threads", "2"];
        report_of(&[&torch[..], more].concat())["ends"]["AB"].as_u64().unwrap()
    };
    assert!(absorbed(&["--no-reemission"]) > absorbed(&[]) + 1000);
}

#[test]
fn the_hit_mask_selects() {
    let hits = |mask: &str| with(&["--hitmask", mask])["hits"].as_u64().unwrap();
    let detected = hits("SD");
    assert!(detected > 0 && hits("sd|to") == detected);
    assert!(hits("SD|BR") < detected);
    assert_eq!(hits("TO"), 5000);
    assert_eq!(hits("EC"), 0, "without sensor data nothing is collected");
    let note = |report: &serde_json::Value| report["notes"].to_string();
    assert!(note(&with(&["--hitmask", "EC"])).contains("EC and EX need sensor data"));
    assert!(!note(&with(&[])).contains("sensor data"));
    assert!(message_of(&["--hitmask", "XY"]).contains("XY"));
}

#[test]
fn way_items_go_with_hits() {
    let folder = tempfile::tempdir().unwrap();
    let out = text(folder.path());
    let report = with(&["--way", "--out", out]);
    let event = folder.path().join("event_000");
    let [hits, hiys] = ["hits.npy", "hiys.npy"].map(|name| NPY::<f32>::load(event.join(name)).unwrap());
    let n = report["hits"].as_u64().unwrap();
    assert_eq!([hits.shape(), hiys.shape()], [[n, 4, 4], [n, 2, 4]]);
    for (hit, hiy) in hits.values().chunks(16).zip(hiys.values().chunks(8)) {
        assert_eq!(hit[14].to_bits(), hiy[6].to_bits(), "the same photon");
    }
}

#[test]
fn whatever_is_asked_for_is_saved() {
    let folder = tempfile::tempdir().unwrap();
    let report = with(&["--out", text(folder.path()), "--save", "photons,records,gensteps", "--events", "2"]);
    let files = files_below(folder.path());
    let names = ["gensteps.npy", "photons.npy", "records.npy"];
    let mut expected: Vec<String> =
        ["event_000", "event_001"].iter().flat_map(|e| names.map(|n| format!("{e}/{n}"))).collect();
    expected.extend(["profile.npy", "profile.png", "run.json"].map(str::to_owned));
    assert_eq!(
        files.iter().filter(|f| !f.ends_with(".json") || *f == "run.json").cloned().collect::<Vec<_>>(),
        expected
    );
    let load = |name: &str| NPY::<f32>::load(folder.path().join("event_001").join(name)).unwrap();
    assert_eq!(load("photons.npy").shape(), [5000, 4, 4]);
    assert_eq!(load("gensteps.npy").shape(), [1, 6, 4]);
    let again = report_of(&["--gensteps", text(folder.path()), "--threads", "2"]);
    assert_eq!(again["ends"], report["ends"], "the gensteps of a run make the same photons");
    let points = report["events"][1]["points"].as_u64().unwrap();
    let records = load("records.npy");
    assert!(records.num_items() >= points + 5000, "a birth and every point of every photon");
    let births = records.values().chunks(16).filter(|r| r[15].to_bits() == 0).count();
    assert_eq!(births, 5000);
}

#[test]
fn saving_needs_a_folder_and_sources_exclude_each_other() {
    for args in [
        &["--save", "photons"][..],
        &["--save", "nonsense", "--out", "x"],
        &["--torch", "photons=5", "--gensteps", "x.npy"],
        &["--torch", "photons=5", "--input-photons", "x.npy"],
        &["--material-names", "x.json"],
        &["--material-names", "x.json", "--torch", "photons=5"],
        &["--timemax", "nan"],
        &["--timemax", "-2"],
        &["--profile-leak-mb", "nan"],
        &["--profile-leak-mb", "-5"],
        &["--threads", "100000"],
        &["--seed", "-1"],
        &["--bouncemax", "many"],
        &["--surface-model", "glass"],
    ] {
        assert_eq!(run(args).code, Some(2), "{args:?}");
    }
}

#[test]
fn hits_may_come_back_as_input_photons() {
    let folder = tempfile::tempdir().unwrap();
    let out = folder.path().join("first");
    with(&["--out", text(&out), "--save", "photons"]);
    let photons = out.join("event_000").join("photons.npy");
    let report = report_of(&["--input-photons", text(&photons), "--threads", "2"]);
    assert_eq!(report["photons"], 5000);
    assert!(report["source"].as_str().unwrap().contains("5000"));
}

#[test]
fn the_surface_model_and_the_reservation_are_reported() {
    let report = with(&["--surface-model", "geant4", "--reservation", "-1"]);
    assert_eq!(report["hits"], 0);
    assert!(report["notes"].to_string().contains("reflects all light (REFLECTIVITY 1) and detects none"));
    assert_eq!(report["options"]["surface_model"], "geant4");
    assert_eq!(report["options"]["reservation"], -1);
}

/// The seed of a macro holds where the command line gives none.
#[test]
fn macros_set_seed_and_events() {
    let folder = tempfile::tempdir().unwrap();
    let gdml = super::write(folder.path(), "cube.gdml", cfg4::gdml::DEFAULT_GEOMETRY);
    let commands = "/random/setSeeds 7 38\n/process/inactivate Cerenkov\n\
                    /process/optical/scintillation/setYieldFactor 0.001\n/run/beamOn 2\n";
    let macro_file = super::write(folder.path(), "few.mac", commands);
    let args = [text(&gdml), text(&macro_file), "--threads", "2"];
    let report = report_of(&args);
    assert_eq!(report["events"].as_array().unwrap().len(), 2);
    assert_ne!(report["seed"], 0);
    assert_eq!(report_of(&[&args[..], &["--seed", "5"]].concat())["seed"], 5);
    let photons = report["photons"].as_u64().unwrap();
    assert!((5000..20_000).contains(&photons), "{photons}: a thousandth of two muons' light");
    let text_of = run_ok(&args).stdout;
    assert!(text_of.contains("EventAction::EndOfEventAction eventid 1 num_gensteps "), "{text_of}");
}
