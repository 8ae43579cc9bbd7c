//! Where the results of a run go: files, console, progress.

use std::io::Write;
use std::time::Instant;

use g4ok::job::{EventReport, JobObserver, RunReport};
use g4ok::{G4Opticks, OutputSink};
use npy::NPY;
use optixrap::engine::{ChunkOutput, EventSummary};

use super::args::RunArgs;
use super::console::Console;
use super::files::RunFiles;
use super::report_file::ReportFile;
use crate::ToolsError;

type BoxedError = Box<dyn std::error::Error + Send + Sync>;

/// Files and `run.json`, if asked for, and the console.
pub(super) struct RunOutput {
    files: Option<RunFiles>,
    report: Option<ReportFile>,
    console: Console,
    json: bool,
}

impl RunOutput {
    pub(super) fn new(args: &RunArgs, console: Console) -> Result<Self, ToolsError> {
        let files = RunFiles::open(args)?;
        let report = match &files {
            Some(files) => Some(ReportFile::in_folder(files.folder())?),
            None if args.json => Some(ReportFile::nameless()?),
            None => None,
        };
        Ok(Self { files, report, console, json: args.json })
    }

    /// Whether there are files beside what is printed.
    pub(super) fn writes_files(&self) -> bool {
        self.files.is_some()
    }

    /// Gives up the event that is not complete.
    pub(super) fn give_up_event(&mut self) {
        self.console.close();
        self.files.iter_mut().for_each(RunFiles::give_up_event);
    }

    /// Writes the rest of the files, and prints the totals or `run.json`.
    pub(super) fn finish(
        self,
        mut report: RunReport,
        opticks: &G4Opticks,
        out: &mut dyn Write,
    ) -> Result<(), ToolsError> {
        let start = Instant::now();
        if let Some(files) = &self.files {
            files.finish(&mut report, opticks, start)?;
        }
        let file = self.report.map(|file| file.close(&report)).transpose()?;
        let printed = match file {
            Some(mut file) if self.json => {
                std::io::copy(&mut file, out).map(|_| ()).map_err(ToolsError::Output)
            }
            _ => self.console.totals(&report, out),
        };
        // The last of all: if a full disk has no room for something, then for this.
        let drawn = self.files.map_or(Ok(()), |files| files.draw(opticks));
        printed.and(drawn)
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
        if let Some(file) = &mut self.report {
            file.add(report)?;
        }
        self.console.event_ends(report);
        Ok(())
    }
}
