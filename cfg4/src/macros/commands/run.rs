//! `/run`, `/event`, `/tracking`, `/hits` and `/random`.

use super::super::error::Problem;
use super::super::interpreter::State;
use super::{Arguments, Command, verbosity, without_effect};

/// The commands of these directories.
pub(super) const COMMANDS: &[Command] = &[
    ("/run/initialize", initialize),
    ("/run/beamOn", beam_on),
    ("/run/verbose", verbosity),
    ("/run/numberOfThreads", number_of_threads),
    ("/run/useMaximumLogicalCores", use_all_cores),
    ("/run/printProgress", print_progress),
    ("/run/eventModulo", without_effect),
    ("/run/setCut", production_cut),
    ("/run/setCutForAGivenParticle", production_cut),
    ("/event/verbose", verbosity),
    ("/tracking/verbose", verbosity),
    ("/tracking/storeTrajectory", verbosity),
    ("/hits/verbose", verbosity),
    ("/random/setSeeds", set_seeds),
    ("/random/verbose", verbosity),
    ("/random/setSavingFlag", without_effect),
    ("/random/setDirectoryName", without_effect),
];

/// The most threads that a macro may ask for: more than the cores of any machine.
const MAX_THREADS: u64 = 1024;

fn initialize(_: &mut State, arguments: &mut Arguments<'_>) -> Result<(), Problem> {
    arguments.end()
}

fn beam_on(state: &mut State, arguments: &mut Arguments<'_>) -> Result<(), Problem> {
    let mut events = 1;
    if let Some(word) = arguments.optional() {
        events = Arguments::new(&[word.to_owned()]).count("number of events")?;
    }
    if let Some(file) = arguments.optional() {
        return Err(Problem::Unsupported(format!("a macro `{file}` for each event; leave it out")));
    }
    state.beam_on(events)
}

fn number_of_threads(state: &mut State, arguments: &mut Arguments<'_>) -> Result<(), Problem> {
    let threads = arguments.count("number of threads")?;
    if threads == 0 {
        return Err(Problem::argument("at least one thread is needed"));
    }
    if threads > MAX_THREADS {
        return Err(Problem::argument(format!("{threads} threads are more than {MAX_THREADS}")));
    }
    state.settings.threads = Some(threads);
    arguments.end()
}

fn use_all_cores(state: &mut State, arguments: &mut Arguments<'_>) -> Result<(), Problem> {
    state.settings.threads = None;
    arguments.end()
}

fn print_progress(state: &mut State, arguments: &mut Arguments<'_>) -> Result<(), Problem> {
    state.settings.progress_every = arguments.integer("number of events")?.max(0).unsigned_abs();
    arguments.end()
}

fn production_cut(state: &mut State, arguments: &mut Arguments<'_>) -> Result<(), Problem> {
    arguments.rest();
    state.note("production cuts have no effect: the track stepper makes no secondary particles");
    Ok(())
}

/// Two seeds or more; as in Geant4 a 0 ends the list.
fn set_seeds(state: &mut State, arguments: &mut Arguments<'_>) -> Result<(), Problem> {
    let mut seeds = vec![arguments.integer("first seed")?, arguments.integer("second seed")?];
    while let Some(word) = arguments.optional() {
        if seeds.len() == 32 {
            return Err(Problem::argument("at most 32 seeds can be given"));
        }
        seeds.push(Arguments::new(&[word.to_owned()]).integer("seed")?);
    }
    if seeds.iter().skip(2).any(|seed| *seed == 0) {
        seeds.truncate(seeds.iter().skip(2).position(|seed| *seed == 0).map_or(seeds.len(), |at| at + 2));
    }
    state.settings.seeds = seeds;
    Ok(())
}
