//! Collects machinery gensteps, saves them event by event, and reports on memory.
//!
//! Variables: `NEVT` (10) events, `RESERVATION` (0) gensteps, `TMP` (a folder of the user's in the system's
//! temporary folder): event E goes to `$TMP/cfg4/CGenstepCollectorTest/E.npy`.
#![allow(non_snake_case)]

mod common;

use std::path::PathBuf;
use std::process::ExitCode;

use cfg4::collector::CGenstepCollector;
use cfg4::genstep::GenstepCode;
use sysrap::OpticksProfile;

/// Steps of the mock events.
const STEPS: [usize; 10] = [3271, 3270, 3057, 3453, 3459, 3362, 3111, 3702, 3479, 3500];

fn main() -> ExitCode {
    common::main_of("CGenstepCollectorTest", run)
}

fn run() -> Result<(), common::Failure> {
    let events = common::num_events()?;
    let folder = folder();
    let mut collector = CGenstepCollector::new();
    collector.set_reservation(common::number_of("RESERVATION", 0)?);
    let mut profile = OpticksProfile::with_reservation(events);
    for event in 0..events {
        for _ in 0..STEPS[event % STEPS.len()] {
            collector.collect_machinery_step(GenstepCode::Machinery)?;
        }
        collector.check()?;
        println!("{}", collector.description());
        collector.set_content_index(i64::try_from(event)?);
        collector.save(folder.join(format!("{event}.npy")))?;
        collector.reset();
        profile.stamp();
    }
    println!(" saved {events} events to {}", folder.display());
    common::print_profile(&profile)
}

/// Where the events go.
fn folder() -> PathBuf {
    let user = std::env::var("USER").unwrap_or_else(|_| "user".to_owned());
    let tmp = std::env::var_os("TMP")
        .map_or_else(|| std::env::temp_dir().join(user).join("opticks"), PathBuf::from);
    tmp.join("cfg4").join("CGenstepCollectorTest")
}
