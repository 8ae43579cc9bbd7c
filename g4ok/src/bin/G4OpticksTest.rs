//! The main job with the original's command line: `G4OpticksTest [GDML] [MACRO] [--engine cpu|cuda|auto]`.
//!
//! The job is that of `g4opticks run GDML MACRO`, with the same photons: a line per event, then the totals. Without
//! a macro the gun shoots 10 events of one 1 GeV mu+; without a geometry into the built-in scintillator cube.
//!
//! Variables: `OPTICKS_PROFILE_PATH` where to save the stamps (n,4), `G4OPTICKSTEST_PROFILE_LEAK_MB` memory to lose
//! at each event, `OPTICKS_SKIP_GENCODE` genstep codes to drop, `<ClassName>=INFO` what to log.
#![allow(non_snake_case)]

mod common;

use std::path::Path;
use std::process::ExitCode;
use std::time::Instant;

use cfg4::macros::{is_macro_file, read_macro};
use g4ok::job::{EventReport, EventSource, Job, JobObserver, ObserverError};
use g4ok::{G4Opticks, OpticksConfig, OutputSink};
use npy::NPY;
use optixrap::engine::{ChunkOutput, EngineChoice, EventSummary};

fn main() -> ExitCode {
    common::main_of("G4OpticksTest", run)
}

fn run(arguments: Vec<String>) -> Result<(), common::Failure> {
    let (engine, arguments) = common::engine_of(arguments)?;
    if arguments.len() > 2 || arguments.iter().any(|a| a.starts_with("--")) {
        let usage = "usage: G4OpticksTest [GDML] [MACRO] [--engine cpu|cuda|auto]";
        return Err(format!("{usage}; `g4opticks run --help` has more options").into());
    }
    let [mut gdml, mut macro_file] = [0, 1].map(|i| arguments.get(i).map(String::as_str));
    if let (Some(path), None) = (gdml, macro_file)
        && is_macro_file(Path::new(path))
    {
        (gdml, macro_file) = (None, gdml);
    }
    println!("G4OpticksTest {} {}", gdml.unwrap_or("(built-in)"), macro_file.unwrap_or("(built-in)"));
    let mut job = job(gdml, macro_file, engine)?;
    let report = job.run(&mut EventLines)?;
    println!("\n{report}");
    println!("\n###] RunAction::EndOfRunAction G4Opticks.Finalize");
    job.opticks.finalize()?;
    Ok(())
}

fn job(gdml: Option<&str>, macro_file: Option<&str>, engine: EngineChoice) -> Result<Job, common::Failure> {
    let start = Instant::now();
    let source = match macro_file {
        Some(path) => EventSource::Gun(read_macro(Path::new(path))?),
        None => EventSource::default_gun(),
    };
    let mut config = OpticksConfig::from_env("G4OPTICKSTEST")?;
    config.engine.choice = engine;
    config.engine.threads = source.threads().unwrap_or(config.engine.threads);
    config.propagate.seed = source.seed().unwrap_or(config.propagate.seed);
    let mut opticks = G4Opticks::new(config)?;
    opticks.set_geometry(common::detector(gdml)?.0)?;
    let events = u32::try_from(source.num_events())?;
    Ok(Job { opticks, source, events, batch: 1, geometry_seconds: start.elapsed().as_secs_f64() })
}

/// Prints the line of each event.
struct EventLines;

impl OutputSink for EventLines {
    fn take(&mut self, _: &ChunkOutput) -> Result<(), ObserverError> {
        Ok(())
    }
}

impl JobObserver for EventLines {
    fn event_starts(&mut self, _: u32, _: u64, _: &NPY<f32>) -> Result<(), ObserverError> {
        Ok(())
    }

    fn event_ends(&mut self, report: &EventReport, _: &EventSummary) -> Result<(), ObserverError> {
        println!("{report}");
        Ok(())
    }
}
