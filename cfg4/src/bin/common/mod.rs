//! What the collector's test programs share: variables, mock events, and the growth of memory.

use std::error::Error;
use std::process::ExitCode;

use npy::NPY;
use sysrap::{OpticksProfile, sig6};

/// An error of a program, for its last line.
pub(crate) type Failure = Box<dyn Error>;

/// Sets up the log, runs, and turns an error into a message and a failing exit.
pub(crate) fn main_of(program: &str, run: fn() -> Result<(), Failure>) -> ExitCode {
    let log = sysrap::log_level::init_from_env(
        std::env::args(),
        |key| std::env::var(key).ok(),
        &mut std::io::stdout(),
    );
    match log.map_err(Failure::from).and_then(|()| run()) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("{program}: {error}");
            ExitCode::FAILURE
        }
    }
}

/// The whole number of a variable, or the default where it is not set.
pub(crate) fn number_of(variable: &str, default: i64) -> Result<i64, Failure> {
    match std::env::var(variable) {
        Err(_) => Ok(default),
        Ok(text) => {
            let number = text.trim().parse();
            number.map_err(|_| {
                format!("{variable}={text} is not a whole number; leave it out for {default}").into()
            })
        }
    }
}

/// How many events to mock: `NEVT`, or 10.
pub(crate) fn num_events() -> Result<usize, Failure> {
    let events = number_of("NEVT", 10)?;
    usize::try_from(events)
        .ok()
        .filter(|n| *n > 0)
        .ok_or_else(|| format!("NEVT={events} must be above 0").into())
}

/// First and last value of a memory figure, its growth and its growth per event, named by a letter.
#[allow(dead_code, reason = "not every program prints it")]
pub(crate) fn growth(letter: char, first: f64, last: f64, events: usize) -> String {
    let delta = last - first;
    let (first, last, per_event) = (sig6(first), sig6(last), sig6(delta / events as f64));
    format!("{letter}0 {first} {letter}1 {last} d{letter} {} d{letter}p {per_event}", sig6(delta))
}

/// Prints the stamps as rows, and the report on them.
#[allow(dead_code, reason = "not every program keeps stamps")]
pub(crate) fn print_profile(profile: &OpticksProfile) -> Result<(), Failure> {
    let mut stamps = NPY::from_vec(profile.values_f32(), &[4 * profile.len() as u64])?;
    stamps.reshape(&[-1, 4])?;
    print!("{}", stamps.dump("NPY::dump", stamps.num_items()));
    println!("{}", profile.report());
    Ok(())
}
