//! Run macros: the commands that a Geant4 user types, read into a [`RunPlan`].
//!
//! | commands | meaning here |
//! |---|---|
//! | `/run/beamOn N` | a run of N events with the settings at that line |
//! | `/run/initialize`, `/run/printProgress`, `/run/numberOfThreads`, `/run/verbose`, ... | threads act (those of the first run), progress is kept; the rest is checked |
//! | `/gun/particle`, `energy`, `momentumAmp`, `momentum`, `position`, `direction`, `time`, `number` | the [`Gun`]; default units GeV, cm, ns as in Geant4 |
//! | `/random/setSeeds` | all seeds make one, [`Settings::seed`], for the runs that follow; events are numbered through all runs, so that equal seeds do not repeat events |
//! | `/process/activate`, `inactivate` | [`Processes`]; what they mean here: [`Settings::photon_physics`] |
//! | `/process/optical/...` | stacking, yields, rise time, time profiles of wavelength shifters, Cerenkov step limits; verbosity is checked only |
//! | `/control/execute`, `/control/alias` | another macro; `{name}` in later lines |
//! | `/G4OpticksTest/...` | the original application's switches |
//!
//! A command that is not known, or known to Geant4 but without counterpart, is an error with file, line and what
//! to do. A command that is understood but has no effect here leaves a line in [`RunPlan::notes`], unless it is
//! about printing.

mod arguments;
mod commands;
mod error;
mod file;
mod interpreter;
mod lines;
mod plan;
mod unit;

use std::path::Path;

pub use error::{MacroError, Place};
pub use file::is_macro_file;
pub use plan::{BeamOn, Gun, PhotonPhysics, Processes, RunPlan, Settings, TimeProfile};

/// Reads a macro and those that it executes.
///
/// # Errors
/// A file that cannot be read or is not text, an unknown command, a bad argument, macros that execute each other
/// in a circle: each with file and line.
pub fn read_macro(path: &Path) -> Result<RunPlan, MacroError> {
    let mut interpreter = interpreter::Interpreter::default();
    interpreter.run_file(path)?;
    Ok(interpreter.finish())
}

/// Reads the text of a macro, in which `/control/execute` is an error; `name` stands for it in messages.
///
/// # Errors
/// As [`read_macro`].
///
/// ```
/// let plan = cfg4::macros::parse_macro("/gun/energy 2 GeV\n/run/beamOn 5", "example")?;
/// assert_eq!(plan.num_events(), 5);
/// assert_eq!(plan.runs[0].settings.gun.kinetic_energy_mev, 2000.0);
/// # Ok::<(), cfg4::macros::MacroError>(())
/// ```
pub fn parse_macro(text: &str, name: &str) -> Result<RunPlan, MacroError> {
    let mut interpreter = interpreter::Interpreter::default();
    interpreter.run_text(text, name)?;
    Ok(interpreter.finish())
}
