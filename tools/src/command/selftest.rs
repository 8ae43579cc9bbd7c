//! `g4opticks selftest`

use std::io::Write;

use clap::Args;

use super::Outcome;
use crate::ToolsError;
use crate::engine_args::EngineArgs;

/// Arguments of `g4opticks selftest`.
#[derive(Debug, Args)]
pub struct SelftestArgs {
    /// The engine.
    #[command(flatten)]
    pub engine: EngineArgs,
    /// Threads of the CPU engine [default: one per core]
    #[arg(long, value_name = "N", default_value_t = 0, hide_default_value = true)]
    pub threads: usize,
    /// Photons of each case
    #[arg(long, value_name = "N", default_value_t = 1_000_000, value_parser = clap::value_parser!(u64).range(1..))]
    pub photons: u64,
}

/// Compares; fails where a bit differs.
pub(super) fn run(args: &SelftestArgs, out: &mut dyn Write) -> Result<Outcome, ToolsError> {
    let same = crate::selftest::selftest(&args.engine.options(args.threads), args.photons, out)?;
    Ok(if same { Outcome::Success } else { Outcome::Failure })
}
