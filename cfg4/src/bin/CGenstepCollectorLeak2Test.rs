//! Does the array below the collector leak? Mock events of about 3200 gensteps each.
//!
//! The array is the variant that tells when its storage moves. Variables: `NEVT` (10) events, `RESERVATION` (0)
//! gensteps; -1 reserves just what each event brings.
#![allow(non_snake_case)]

mod common;

use std::process::ExitCode;

use npy::NPX;
use sysrap::SProc;

/// Steps of the mock events.
const STEPS: [u64; 10] = [3100, 3200, 3300, 3100, 3500, 3000, 3300, 3100, 3200, 3100];

fn main() -> ExitCode {
    common::main_of("CGenstepCollectorLeak2Test", run)
}

fn run() -> Result<(), common::Failure> {
    let events = common::num_events()?;
    let reservation = common::number_of("RESERVATION", 0)?;
    let item: Vec<f32> = (0..24u8).map(f32::from).collect();
    let mut gensteps = NPX::<f32>::make(&[6, 4], Box::new(std::io::stdout()))?;
    gensteps.set_reservation(reservation);
    let (v0, r0) = (SProc::virtual_memory_usage_mb(), SProc::resident_set_size_mb());
    for event in 0..events {
        let num_steps = STEPS[event % STEPS.len()];
        if reservation < 0 {
            gensteps.reserve(num_steps)?;
        }
        for _ in 0..num_steps {
            gensteps.add(&item)?;
        }
        println!(" evt {event} num_steps {num_steps} gs {}", gensteps.shape_text());
        gensteps.reset();
    }
    let (v1, r1) = (SProc::virtual_memory_usage_mb(), SProc::resident_set_size_mb());
    let (vm, rss) = (common::growth('v', v0, v1, events), common::growth('r', r0, r1, events));
    println!(" NPX  reservation {reservation} mock_numevt {events} {vm}     {rss} ");
    Ok(())
}
