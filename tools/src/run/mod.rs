//! `g4opticks run`: the main job from the command line.

mod args;
mod console;
mod earlier;
mod event_files;
mod files;
mod geometry_file;
mod inputs;
mod interrupt;
mod output;
mod plan;
mod report_file;

pub(crate) use args::threads as threads_argument;
pub use args::{RunArgs, SurfaceModelArg};
pub(crate) use interrupt::Interruption;
pub(crate) use plan::plan_with;

use std::io::Write;

use g4ok::job::{JobEnd, JobError, RunReport};

use crate::ToolsError;
use console::Console;
use output::RunOutput;

/// Runs the job that the arguments describe. Of a run that an error or a signal ends early, the events that are complete
/// are reported as those of any other.
///
/// # Errors
/// Whatever keeps it from running to its end: input that cannot be understood, output that cannot be written.
pub fn run(args: &RunArgs, out: &mut dyn Write) -> Result<(), ToolsError> {
    let mut plan = plan::plan(args)?;
    let interruption = Interruption::watch(&plan.job.opticks.engine().interrupter())?;
    let console = Console::new(args.json, plan.job.events);
    let mut output = RunOutput::new(args, console)?;
    let JobEnd { mut report, error } = plan.job.run_until_error(&mut output)?;
    output.give_up_event();
    plan.describe(&mut report);
    let ended = error.map(|error| EarlyEnd::new(error, &report));
    let writes = output.writes_files();
    let reported = match &ended {
        Some(EarlyEnd { complete: 0, .. }) => Ok(()),
        _ => output.finish(report, &plan.job.opticks, out),
    };
    plan.job.opticks.finalize()?;
    match ended {
        None => reported,
        Some(ended) => Err(ended.into_error(writes, reported, &interruption)),
    }
}

/// What ended a run early, and how far it had come.
struct EarlyEnd {
    error: JobError,
    interrupted: bool,
    complete: u32,
    events: u32,
}

impl EarlyEnd {
    fn new(error: JobError, report: &RunReport) -> Self {
        let RunReport { interrupted, events_complete: complete, events_requested: events, .. } = *report;
        Self { error, interrupted, complete, events }
    }

    /// As what the command ends with. `writes` is whether the run writes files, `reported` whether that succeeded.
    fn into_error(
        self,
        writes: bool,
        reported: Result<(), ToolsError>,
        interruption: &Interruption,
    ) -> ToolsError {
        let Self { error, interrupted, complete, events } = self;
        let left = match (writes, complete, &reported) {
            (false, ..) => "",
            (true, 0, _) => "; nothing is written, and what an earlier run left there stays",
            (true, _, Ok(())) => "; their files are complete, and run.json and the profile are of them",
            (true, _, Err(_)) => "; their files are complete",
        };
        let error = match error {
            _ if interrupted => ToolsError::Interrupted { complete, events, left },
            error if complete == 0 => error.into(),
            error => ToolsError::EndedEarly { complete, events, left, error: Box::new(error) },
        };
        let error = match reported {
            Ok(()) => error,
            Err(reason) => ToolsError::Unreported { error: Box::new(error), reason: Box::new(reason) },
        };
        if interrupted { interruption.mark(error) } else { error }
    }
}
