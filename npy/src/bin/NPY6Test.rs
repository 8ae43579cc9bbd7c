//! Grows an array event by event and shows capacity, moves of its storage and memory.
//!
//! `NEVT` (10) mock events; `RESERVATION` (0): more than 0 a fixed number of items, 0 none, -1 exactly what each
//! event brings.
#![allow(non_snake_case)]

use std::process::ExitCode;

use npy::{NPX, NpyError};
use sysrap::{OpticksProfile, log_level, sig6};

/// Steps of the mock events, repeated every ten.
const NUM_STEPS: [u64; 10] = [3271, 3270, 3057, 3453, 3459, 3362, 3111, 3702, 3479, 3500];

fn main() -> ExitCode {
    match run() {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("NPY6Test: {error}");
            ExitCode::FAILURE
        }
    }
}

fn run() -> Result<(), Box<dyn std::error::Error>> {
    log_level::init_from_env(std::env::args(), |key| std::env::var(key).ok(), &mut std::io::stdout())?;
    let nevt = u64::try_from(number_from_env("NEVT", 10)?).map_err(|_| "NEVT must be 0 or more")?;
    let reservation = number_from_env("RESERVATION", 0)?;
    println!(" nevt {nevt} reservation {reservation}");

    let mut array = NPX::<f32>::make(&[6, 4], Box::new(std::io::stdout()))?;
    array.set_reservation(reservation);
    print_num_steps(nevt);
    let mut profile = OpticksProfile::new();
    for event in 0..nevt {
        if reservation < 0 {
            array.reserve(num_steps(event))?;
        }
        mock_event(&mut array, event, &mut profile)?;
    }
    print_num_steps(nevt);
    print_totals(&profile, nevt, reservation);
    Ok(())
}

fn number_from_env(key: &str, fallback: i64) -> Result<i64, String> {
    match std::env::var(key) {
        Ok(text) => text.trim().parse().map_err(|_| format!("{key}={text} is not an integer")),
        Err(_) => Ok(fallback),
    }
}

fn num_steps(event: u64) -> u64 {
    NUM_STEPS[(event % 10) as usize]
}

fn print_num_steps(nevt: u64) {
    for event in 0..nevt {
        println!(" i {event:>3} numsteps {}", num_steps(event));
    }
}

fn mock_event(array: &mut NPX<f32>, event: u64, profile: &mut OpticksProfile) -> Result<(), NpyError> {
    let item: [f32; 24] = std::array::from_fn(|i| i as f32);
    for _step in 0..num_steps(event) {
        array.add(&item)?;
    }
    let stamp = profile.stamp();
    println!("{event:>5} : {} : {} : {}", sig6(stamp.vm_mb), sig6(stamp.rss_mb), array.shape_text());
    array.reset();
    Ok(())
}

fn print_totals(profile: &OpticksProfile, nevt: u64, reservation: i64) {
    let report = profile.report();
    let (vm, rss) = (report.vm, report.rss);
    let per_event = |delta: f64| sig6(if nevt == 0 { 0.0 } else { delta / nevt as f64 });
    println!(
        " reservation {reservation} nevt {nevt} vm0 {} vm1 {} dvm {} dvm_nevt {} rss0 {} rss1 {} drss {} drss_nevt {} ",
        sig6(vm.first),
        sig6(vm.last),
        sig6(vm.delta),
        per_event(vm.delta),
        sig6(rss.first),
        sig6(rss.last),
        sig6(rss.delta),
        per_event(rss.delta),
    );
}
