//! Memory of whole runs, each in a process of its own.

use super::report_of;

/// The default event: as many photons as a muon of 1 GeV makes in the cube, hits written.
#[test]
fn an_event_of_4_7_million_photons_stays_below_100_mb() {
    let folder = tempfile::tempdir().unwrap();
    let out = folder.path().to_str().unwrap();
    let report = report_of(&["--events", "1", "--out", out, "--threads", "2"]);
    let photons = report["photons"].as_u64().unwrap();
    assert!((4_000_000..6_000_000).contains(&photons), "{photons}");
    let peak = report["memory"]["peak_rss_bytes"].as_u64().unwrap();
    println!("peak RSS of {photons} photons: {:.1} MB", peak as f64 / 1e6);
    assert!(peak > 1_000_000 && peak < 100_000_000, "{peak}");
}

#[test]
fn memory_does_not_grow_with_events_that_are_written() {
    let folder = tempfile::tempdir().unwrap();
    let out = folder.path().to_str().unwrap();
    let args = ["--torch", "photons=300", "--events", "1000", "--out", out, "--way", "--threads", "2"];
    let memory = &report_of(&args)["memory"];
    for column in ["rss_slope_mb_per_event", "vm_slope_mb_per_event"] {
        let slope = memory[column].as_f64().unwrap();
        println!("1000 events with files: {column} {slope}");
        assert!(slope.abs() <= 0.001, "{column} {slope}");
    }
}

/// 10^6 bytes are 0.9766 "MB" of 1000 KiB.
#[test]
fn leaks_on_purpose_are_measured() {
    for (leak, expected) in [("10", 9.766), ("20", 19.53)] {
        let args = ["--torch", "photons=300", "--events", "40", "--threads", "2", "--profile-leak-mb", leak];
        let report = report_of(&args);
        let slope = report["memory"]["vm_slope_mb_per_event"].as_f64().unwrap();
        println!("leak of {leak}: {slope} MB/event");
        assert!((slope / expected - 1.0).abs() < 0.01, "{slope}");
        assert_eq!(report["memory"]["profile_leak_mb"].as_f64().unwrap().to_string(), leak);
    }
}
