//! `g4opticks hits`

use std::io::Write;
use std::path::PathBuf;

use clap::Args;

use super::Outcome;
use crate::ToolsError;
use crate::hits::{Hit, HitSummary, plot_hits};
use crate::plot::PlotPaths;
use crate::run_folder::load_items;

/// Arguments of `g4opticks hits`.
#[derive(Debug, Args)]
pub struct HitsArgs {
    /// Hits: (n,4,4) float32
    #[arg(value_name = "FILE.npy")]
    pub file: PathBuf,
    /// Where the plots go: a folder, or a .png file whose name they begin with; beside the input without it
    #[arg(long, value_name = "PATH", value_parser = crate::plot::picture_or_folder)]
    pub out: Option<PathBuf>,
}

/// Prints the summary and plots time, wavelength and positions.
pub(super) fn run(args: &HitsArgs, out: &mut dyn Write) -> Result<Outcome, ToolsError> {
    let array = load_items(&args.file, &[4, 4])?;
    let (items, _) = array.values().as_chunks::<16>();
    let hits: Vec<Hit> = items.iter().map(Hit::from_item).collect();
    write!(out, "{}", HitSummary::of(&hits))?;
    let name = args.file.file_name().map(|n| n.to_string_lossy().into_owned()).unwrap_or_default();
    let plots = plot_hits(&name, &hits, &PlotPaths::new(&args.file, args.out.as_deref()))?;
    if plots.is_empty() {
        writeln!(out, "\nno plots: there is nothing finite to show")?;
    }
    plots.iter().try_for_each(|plot| writeln!(out, "plot {}", plot.display()))?;
    Ok(Outcome::Success)
}
