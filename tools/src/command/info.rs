//! `g4opticks info`

use std::io::Write;
use std::path::PathBuf;

use clap::Args;

use super::Outcome;
use crate::ToolsError;
use crate::info::GeometrySummary;

/// Arguments of `g4opticks info`.
#[derive(Debug, Args)]
pub struct InfoArgs {
    /// Detector
    #[arg(value_name = "GDML")]
    pub gdml: PathBuf,
    /// Print JSON and nothing else
    #[arg(long)]
    pub json: bool,
}

/// Prints what the file says.
pub(super) fn run(args: &InfoArgs, out: &mut dyn Write) -> Result<Outcome, ToolsError> {
    let detector = cfg4::gdml::read(&args.gdml)?;
    let summary = GeometrySummary::of(&detector);
    if args.json {
        serde_json::to_writer_pretty(&mut *out, &summary)?;
        writeln!(out)?;
    } else {
        write!(out, "{summary}")?;
    }
    Ok(Outcome::Success)
}
