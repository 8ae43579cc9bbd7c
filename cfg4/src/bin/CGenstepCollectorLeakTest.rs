//! Does a collector that grows and resets every event leak? Ten mock events of very different size.
//!
//! Variables: `NEVT` (10) events, `RESERVATION` (0) gensteps. The line ` mock_numevt` has the growth of virtual
//! memory over all events; then come the stamps of every event and the report on them.
#![allow(non_snake_case)]

mod common;

use std::process::ExitCode;

use cfg4::collector::CGenstepCollector;
use cfg4::genstep::GenstepCode;
use sysrap::OpticksProfile;

/// Thousands of steps of the mock events.
const KILO_STEPS: [usize; 10] = [10, 50, 60, 80, 10, 100, 30, 300, 20, 10];

fn main() -> ExitCode {
    common::main_of("CGenstepCollectorLeakTest", run)
}

fn run() -> Result<(), common::Failure> {
    let events = common::num_events()?;
    let mut collector = CGenstepCollector::new();
    collector.set_reservation(common::number_of("RESERVATION", 0)?);
    let mut profile = OpticksProfile::with_reservation(events);
    for event in 0..events {
        let num_steps = 1000 * KILO_STEPS[event % KILO_STEPS.len()];
        for _ in 0..num_steps {
            collector.collect_machinery_step(GenstepCode::Machinery)?;
        }
        println!(" evt {event} num_steps {num_steps} gs {}", collector.array().shape_text());
        collector.reset();
        profile.stamp();
    }
    let vm = profile.report().vm;
    println!(" mock_numevt {events} {} ", common::growth('v', vm.first, vm.last, events));
    common::print_profile(&profile)
}
