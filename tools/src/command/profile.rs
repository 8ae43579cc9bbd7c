//! `g4opticks profile`

use std::io::Write;
use std::path::PathBuf;

use clap::Args;
use sysrap::Report;

use super::Outcome;
use crate::ToolsError;
use crate::plot::{PlotPaths, profile_png};
use crate::stamps::read_stamps;

/// Arguments of `g4opticks profile`.
#[derive(Debug, Args)]
pub struct ProfileArgs {
    /// Stamps of a run: (n,4) of time (s), VM (MB), RSS (MB), unused
    #[arg(value_name = "FILE.npy")]
    pub file: PathBuf,
    /// Where the plot goes: a .png file or a folder; beside the input without it
    #[arg(long, value_name = "PATH", value_parser = crate::plot::picture_or_folder)]
    pub out: Option<PathBuf>,
}

/// Prints the report and the fits, and plots memory against event.
pub(super) fn run(args: &ProfileArgs, out: &mut dyn Write) -> Result<Outcome, ToolsError> {
    let stamps = read_stamps(&args.file)?;
    let report = Report::of(&stamps, 0.0);
    writeln!(out, "{report}")?;
    writeln!(out, "{}", report.plot_lines())?;
    writeln!(out, "{}", report.fit_lines())?;
    if stamps.is_empty() {
        writeln!(out, "no plot: there is no stamp")?;
        return Ok(Outcome::Success);
    }
    let paths = PlotPaths::new(&args.file, args.out.as_deref());
    paths.make_folder()?;
    profile_png(&stamps, &paths.only())?;
    writeln!(out, "plot {}", paths.only().display())?;
    Ok(Outcome::Success)
}
