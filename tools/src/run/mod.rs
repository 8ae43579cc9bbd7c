//! `g4opticks run`: the main job from the command line.

mod args;
mod console;
mod earlier;
mod files;
mod geometry_file;
mod inputs;
mod interrupt;
mod output;
mod plan;

pub(crate) use args::threads as threads_argument;
pub use args::{RunArgs, SurfaceModelArg};
pub(crate) use interrupt::watch_with;
pub(crate) use plan::plan_with;

use std::io::Write;

use crate::ToolsError;
use console::Console;
use output::RunOutput;

/// Runs the job that the arguments describe.
///
/// # Errors
/// Whatever keeps it from running to its end: input that cannot be understood, output that cannot be written.
pub fn run(args: &RunArgs, out: &mut dyn Write) -> Result<(), ToolsError> {
    let mut plan = plan::plan(args)?;
    interrupt::watch(plan.job.opticks.engine())?;
    let console = Console::new(args.json, plan.job.events);
    let mut output = RunOutput::new(args, console)?;
    let result = plan.job.run(&mut output);
    let complete = output.complete();
    let (files, mut console) = output.into_parts();
    let mut report = match result {
        Err(_) if plan.job.opticks.engine().is_interrupted() => {
            return Err(ToolsError::Interrupted { complete, events: plan.job.events });
        }
        other => other?,
    };
    plan.describe(&mut report);
    if let Some(files) = &files {
        let start = std::time::Instant::now();
        files.finish(&mut report, &plan.job.opticks, start)?;
    }
    plan.job.opticks.finalize()?;
    console.totals(&report, out)
}
