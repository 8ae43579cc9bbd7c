//! A deliberate leak reads as what it is, and stamping itself leaks nothing.
#![cfg(target_os = "linux")]
#![allow(clippy::unwrap_used)]

use sysrap::{OpticksProfile, Report, leak_mb};

fn profile_of(events: usize, megabytes: f64) -> Report {
    let mut profile = OpticksProfile::with_reservation(events);
    profile.set_leak_mb(megabytes);
    for _ in 0..events {
        leak_mb(megabytes).unwrap();
        profile.stamp();
    }
    profile.report()
}

#[test]
fn slopes_are_those_of_the_leak() {
    // x 10^6 bytes are x / 1.024 of the 1 024 000 bytes that count as a MB.
    for (events, megabytes) in [(100, 10.0), (100, 20.0), (2000, 0.05), (20_000, 0.001)] {
        let report = profile_of(events, megabytes);
        let expected = megabytes / 1.024;
        assert!((report.vm.slope() / expected - 1.0).abs() < 0.01, "{megabytes}: {}", report.fit_lines());
        assert!((report.vm.delta_per_step / expected - 1.0).abs() < 0.02, "{megabytes}: {report}");
        assert!(report.rss.slope().abs() < 0.001, "{megabytes}: {}", report.fit_lines());
    }
    let quiet = profile_of(1000, 0.0);
    assert!(quiet.vm.slope().abs() < 0.0001, "{}", quiet.fit_lines());
    assert!(quiet.rss.slope().abs() < 0.001, "{}", quiet.fit_lines());
}
