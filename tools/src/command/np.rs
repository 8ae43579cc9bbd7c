//! `g4opticks np`

use std::io::Write;
use std::path::PathBuf;

use clap::Args;

use super::Outcome;
use crate::ToolsError;

/// Arguments of `g4opticks np`.
#[derive(Debug, Args)]
pub struct NpArgs {
    /// Array files
    #[arg(value_name = "FILE.npy", required = true)]
    pub files: Vec<PathBuf>,
}

/// Prints a line per array; a file that cannot be read has its error in its line, and the command fails.
pub(super) fn run(args: &NpArgs, out: &mut dyn Write) -> Result<Outcome, ToolsError> {
    let mut outcome = Outcome::Success;
    for file in &args.files {
        match npy::describe(file) {
            Ok(description) => writeln!(out, "{description}")?,
            Err(error) => {
                out.flush()?;
                outcome = Outcome::Failure;
                writeln!(std::io::stderr(), "error: {error}")?;
            }
        }
    }
    Ok(outcome)
}
