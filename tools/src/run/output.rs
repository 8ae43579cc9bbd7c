//! Where the results of a run go: files, console, progress.

use g4ok::OutputSink;
use g4ok::job::{EventReport, JobObserver};
use npy::NPY;
use optixrap::engine::{ChunkOutput, EventSummary};

use super::args::RunArgs;
use super::console::Console;
use super::files::RunFiles;
use crate::ToolsError;

type BoxedError = Box<dyn std::error::Error + Send + Sync>;

/// Files, if asked for, and the console.
pub(super) struct RunOutput {
    files: Option<RunFiles>,
    console: Console,
    complete: u32,
}

impl RunOutput {
    pub(super) fn new(args: &RunArgs, console: Console) -> Result<Self, ToolsError> {
        Ok(Self { files: RunFiles::open(args)?, console, complete: 0 })
    }

    /// How many events are complete.
    pub(super) fn complete(&self) -> u32 {
        self.complete
    }

    pub(super) fn into_parts(self) -> (Option<RunFiles>, Console) {
        (self.files, self.console)
    }
}

impl OutputSink for RunOutput {
    fn take(&mut self, output: &ChunkOutput) -> Result<(), BoxedError> {
        self.console.advance(output.summary.photons);
        if let Some(files) = &mut self.files {
            files.append(output)?;
        }
        Ok(())
    }
}

impl JobObserver for RunOutput {
    fn event_starts(
        &mut self,
        event_id: u32,
        num_photons: u64,
        gensteps: &NPY<f32>,
    ) -> Result<(), BoxedError> {
        self.console.event_starts(event_id, num_photons);
        if let Some(files) = &mut self.files {
            files.start(event_id, gensteps)?;
        }
        Ok(())
    }

    fn event_ends(&mut self, report: &EventReport, _: &EventSummary) -> Result<(), BoxedError> {
        if let Some(files) = &mut self.files {
            files.finish_event()?;
        }
        self.console.event_ends(report);
        self.complete += 1;
        Ok(())
    }
}
