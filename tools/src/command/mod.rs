//! The command line: one file per subcommand.

mod check;
mod hits;
mod info;
mod np;
mod profile;

use std::io::{self, BufWriter, Write};
use std::process::ExitCode;

use clap::{Parser, Subcommand};

use crate::ToolsError;

/// Optical photons of particle-physics detectors: gensteps in, hits out, memory flat.
#[derive(Debug, Parser)]
#[command(name = "g4opticks", version, about)]
pub struct Cli {
    /// What to do.
    #[command(subcommand)]
    pub command: Command,
}

/// The subcommands of `g4opticks`.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Propagate the optical photons of a gun, of gensteps, of a torch or of given photons
    Run(Box<crate::run::RunArgs>),
    /// Show what a GDML file says: tree, materials, surfaces, sensors, properties with their ranges
    Info(info::InfoArgs),
    /// Report, fit and plot the memory profile of a run
    Profile(profile::ProfileArgs),
    /// Summarise and plot hits: time, wavelength, positions per sensor, histories
    Hits(hits::HitsArgs),
    /// Describe arrays, one line each: name, shape, dtype, digest, date
    Np(np::NpArgs),
    /// Check that this machine can run the simulation
    Check(check::CheckArgs),
}

/// How a command ended, when it ended by itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outcome {
    /// All is well.
    Success,
    /// It ran, and its answer is no.
    Failure,
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
            Command::Np(args) => np::run(args, out),
            Command::Check(args) => check::run(args, out),
        }
    }
}

/// Runs the command line on stdout and stderr. A reader of our output who leaves early ends the command quietly.
///
/// Exit codes: 0 success, 1 an error or a failed check. Wrong usage ends with 2 before this is reached.
pub fn execute(cli: &Cli) -> ExitCode {
    let mut out = BufWriter::new(io::stdout().lock());
    let result = cli.command.run(&mut out).and_then(|outcome| {
        out.flush()?;
        Ok(outcome)
    });
    match result {
        Ok(Outcome::Success) => ExitCode::SUCCESS,
        Ok(Outcome::Failure) => ExitCode::FAILURE,
        Err(error) if error.is_broken_pipe() => ExitCode::SUCCESS,
        Err(error) => {
            // A stdout that is full must not keep the reason from stderr.
            drop(out.flush());
            drop(writeln!(io::stderr(), "error: {error}"));
            ExitCode::FAILURE
        }
    }
}
