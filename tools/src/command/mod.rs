//! The command line: one file per subcommand.

mod audit;
mod check;
mod hits;
mod info;
mod np;
mod profile;
mod render;
mod selftest;
mod trace;
mod validate;

use std::io::{self, BufWriter, Write};
use std::process::ExitCode;

use clap::{Parser, Subcommand};

use crate::ToolsError;

/// Simulates the optical photons of particle-physics detectors, on all cores of the CPU or on NVIDIA GPUs.
///
/// A detector (GDML) and charged particles go in: from a particle gun, or as gensteps, steps of charged particles with
/// the number of photons that each makes, of a Geant4 program. Hits, the photons that reached a sensor, come out, with
/// a summary and a record of time and memory.
#[derive(Debug, Parser)]
#[command(name = "g4opticks", version, about, after_help = EXAMPLES)]
pub struct Cli {
    /// What to do.
    #[command(subcommand)]
    pub command: Command,
}

/// What `--help` ends with.
const EXAMPLES: &str = "\
Examples:
  g4opticks run                                       ten muons in a 1 m cube of scintillator, both built in
  g4opticks run detector.gdml muon.mac --out results  your detector, the gun and the events of a Geant4 macro
  g4opticks hits results/event_000/hits.npy           what arrived: times, wavelengths, sensors
  g4opticks render detector.gdml --cut x=0            a cross-section, materials in colour
  g4opticks profile results/profile.npy               how memory changed from event to event

`g4opticks COMMAND --help` explains a command and its options.";

/// The subcommands of `g4opticks`.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Run the simulation: make photons, follow each to its end, write the hits
    ///
    /// The photons come from a particle gun (as a macro sets it up), from the gensteps of another program, from a
    /// torch, or from a file. With none of them the gun shoots one 1 GeV mu+ from the origin along +z, 10 times.
    Run(Box<crate::run::RunArgs>),
    /// Show how a GDML file is understood: volumes, materials, surfaces, sensors, properties with their ranges
    Info(info::InfoArgs),
    /// Report and plot how memory changed over the events of a run (profile.npy)
    Profile(profile::ProfileArgs),
    /// Summarise and plot the hits of an event (hits.npy): times, wavelengths, positions per sensor, histories
    Hits(hits::HitsArgs),
    /// Draw the geometry: in three dimensions, cut open, or as a cross-section with materials and names
    Render(Box<render::RenderArgs>),
    /// Follow rays (n,6) through the geometry, or through one solid, and write which boundaries each crosses where
    Trace(trace::TraceArgs),
    /// List .npy files, a line each: name, shape, type of number, digest, date
    Np(np::NpArgs),
    /// Check that this machine can run the simulation: CPU, memory, GPU if any, arithmetic; PASSED or what is wrong
    Check(check::CheckArgs),
    /// Audit a GDML file: what is simulated as in Geant4, what otherwise, what is refused, what looks wrong
    ///
    /// Ends with 0 if the file is simulated, with 2 if it is refused, and with --strict with 1 if something is
    /// approximated or looks wrong.
    Audit(audit::AuditArgs),
    /// Compare runs with each other, with closed forms and with records of Geant4: a table of tests and a verdict
    ///
    /// Ends with 0 if the two agree, with 1 if they do not, with 2 if they cannot be compared, and with 3 if nothing
    /// happened that could tell them apart.
    Validate(validate::ValidateArgs),
    /// Compare an engine with the CPU engine on one thread, bit for bit: run this once on a new GPU
    Selftest(selftest::SelftestArgs),
}

/// How a command ended, when it ended by itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outcome {
    /// All is well.
    Success,
    /// It ran, and its answer is no.
    Failure,
    /// Its input is of no use: refused, or not to be compared.
    Refused,
    /// It ran, and there is nothing to answer by.
    Undecided,
}

impl Command {
    /// Runs the command; what it has to say goes to `out`.
    ///
    /// # Errors
    /// [`ToolsError`] where input cannot be understood or output cannot be written.
    pub fn run(&self, out: &mut dyn Write) -> Result<Outcome, ToolsError> {
        match self {
            Command::Run(args) => crate::run::run(args, out).map(|()| Outcome::Success),
            Command::Info(args) => info::run(args, out),
            Command::Profile(args) => profile::run(args, out),
            Command::Hits(args) => hits::run(args, out),
            Command::Render(args) => render::run(args, out),
            Command::Trace(args) => trace::run(args, out),
            Command::Np(args) => np::run(args, out),
            Command::Check(args) => check::run(args, out),
            Command::Audit(args) => audit::run(args, out),
            Command::Validate(args) => validate::run(args, out),
            Command::Selftest(args) => selftest::run(args, out),
        }
    }
}

/// Runs the command line on stdout, which is not locked (event lines come from other threads), and stderr. A reader of our output who leaves early ends the command quietly.
///
/// Exit codes: 0 success, 1 an error or a failed check, 2 input that is refused, 3 nothing to compare, 128 and the number of a signal that
/// ended a command. Wrong usage ends with 2 before this is reached.
pub fn execute(cli: &Cli) -> ExitCode {
    let mut out = BufWriter::new(io::stdout());
    let result = cli.command.run(&mut out).and_then(|outcome| {
        out.flush()?;
        Ok(outcome)
    });
    match result {
        Ok(Outcome::Success) => ExitCode::SUCCESS,
        Ok(Outcome::Failure) => ExitCode::FAILURE,
        Ok(Outcome::Refused) => ExitCode::from(2),
        Ok(Outcome::Undecided) => ExitCode::from(3),
        Err(error) if error.is_broken_pipe() => ExitCode::SUCCESS,
        Err(error) => {
            // A stdout that is full must not keep the reason from stderr.
            drop(out.flush());
            drop(writeln!(io::stderr(), "error: {error}"));
            ExitCode::from(error.exit_code())
        }
    }
}
