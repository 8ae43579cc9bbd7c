//! `g4opticks check`

use std::io::Write;
use std::path::PathBuf;

use clap::Args;

use super::Outcome;
use crate::ToolsError;
use crate::check::Findings;

/// Arguments of `g4opticks check`.
#[derive(Debug, Args)]
pub struct CheckArgs {
    /// Folder that results are to be written in
    #[arg(long, value_name = "DIR", default_value = ".")]
    pub out: PathBuf,
}

/// Prints what was found; fails where something is bad.
pub(super) fn run(args: &CheckArgs, out: &mut dyn Write) -> Result<Outcome, ToolsError> {
    let findings = Findings::of_this_machine(&args.out);
    writeln!(out, "{findings}")?;
    Ok(if findings.passed() { Outcome::Success } else { Outcome::Failure })
}
