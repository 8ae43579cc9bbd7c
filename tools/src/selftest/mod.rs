//! Whether an engine gives the bits of the CPU engine on one thread: what a user runs on their own GPU.

mod cases;
mod compare;
mod everything;

use std::io::Write;

use g4ok::{G4Opticks, OpticksConfig};
use optixrap::engine::{EngineChoice, EngineOptions};

use crate::ToolsError;
use cases::Case;
use everything::Everything;

/// Compares the engine with the CPU engine on one thread, `photons` photons of every case; writes a line per case.
/// Returns whether every bit was the same.
///
/// # Errors
/// If the engine cannot be started or fails.
pub fn selftest(engine: &EngineOptions, photons: u64, out: &mut dyn Write) -> Result<bool, ToolsError> {
    let reference = EngineOptions { choice: EngineChoice::Cpu, threads: 1, ..EngineOptions::default() };
    let desc = G4Opticks::new(with(engine))?.engine().desc();
    writeln!(out, "selftest: {desc} against the CPU engine on one thread")?;
    let mut same = true;
    for case in Case::all(photons) {
        let tested = Everything::of(&case, with(engine))?;
        let expected = Everything::of(&case, with(&reference))?;
        let difference = compare::first_difference(&tested, &expected);
        let verdict = difference.as_deref().unwrap_or("the same bits");
        let (n, hits) = (expected.summary.photons, expected.summary.hits);
        writeln!(out, " {:<44} {n:>9} photons {hits:>7} hits : {verdict}", case.name)?;
        out.flush()?;
        same &= difference.is_none();
    }
    let verdict = if same { "PASSED : rc 0" } else { "FAILED : rc 1" };
    writeln!(out, "=== selftest : {verdict}")?;
    Ok(same)
}

fn with(engine: &EngineOptions) -> OpticksConfig {
    OpticksConfig { engine: engine.clone(), ..OpticksConfig::default() }
}
