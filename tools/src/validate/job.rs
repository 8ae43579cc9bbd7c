//! Runs a job as `g4opticks run` would and keeps what comparisons need: of every photon a hash of its end, so that a
//! whole event costs 8 bytes a photon.

use std::ffi::OsString;

use clap::Parser;
use g4ok::OutputSink;
use g4ok::job::{EventReport, JobObserver, ObserverError};
use npy::NPY;
use optixrap::engine::{ChunkOutput, EventSummary, HitRecord, PathPoint, history_text};

use super::ValidateError;
use super::compare::{HistoryKind, Side};
use crate::ToolsError;
use crate::run::{RunArgs, plan_with};

/// A command line of `run`.
#[derive(Debug, Parser)]
struct RunLine {
    #[command(flatten)]
    run: RunArgs,
}

/// The arguments of `run` from its words, without `run` itself.
pub(super) fn run_args(words: &[OsString]) -> Result<RunArgs, ValidateError> {
    let program = OsString::from("g4opticks run");
    let line = RunLine::try_parse_from(std::iter::once(&program).chain(words));
    line.map(|line| line.run).map_err(|error| ValidateError::RunOptions(error.to_string()))
}

/// A run.
#[derive(Debug, Default)]
pub(super) struct JobRun {
    /// For the statistics.
    pub(super) side: Side,
    /// A hash of the final state of each photon, by event.
    pub(super) finals: Vec<Vec<u64>>,
    records: Vec<PathPoint>,
    records_of: Option<u32>,
    events_started: u32,
}

impl JobRun {
    /// Runs the job of the arguments.
    pub(super) fn of(name: &str, args: &RunArgs) -> Result<Self, ToolsError> {
        let mut run = Self::default();
        let mut plan = plan_with(args, |config, _| {
            config.propagate.histories = true;
            config.propagate.photons = true;
        })?;
        let report = plan.job.run(&mut run)?;
        name.clone_into(&mut run.side.name);
        run.side.photons = report.photons;
        run.side.ends = report.ends.iter().map(|(end, n)| ((*end).to_owned(), *n)).collect();
        run.side.ends.retain(|_, n| *n > 0);
        run.side.hits_per_sensor = report.hits_per_sensor;
        Ok(run)
    }

    /// The points of one photon of one event, by running that photon alone.
    pub(super) fn path(args: &RunArgs, event: u32, photon: u64) -> Result<Vec<PathPoint>, ToolsError> {
        let args = RunArgs { events: Some(event + 1), ..args.clone() };
        let mut run = Self { records_of: Some(event), ..Self::default() };
        let mut plan = plan_with(&args, |config, _| {
            config.propagate.records = true;
            config.propagate.range = Some(photon..photon + 1);
        })?;
        plan.job.run(&mut run)?;
        Ok(run.records)
    }
}

/// Fowler, Noll and Vo's hash of a record's words.
fn hash(record: &HitRecord) -> u64 {
    record.0.iter().fold(0xcbf2_9ce4_8422_2325, |hash, word| {
        (hash ^ u64::from(word.to_bits())).wrapping_mul(0x0000_0100_0000_01b3)
    })
}

impl OutputSink for JobRun {
    fn take(&mut self, part: &ChunkOutput) -> Result<(), ObserverError> {
        self.side.hits.extend_from_slice(&part.hits);
        if let Some(finals) = self.finals.last_mut() {
            finals.extend(part.photons.iter().map(hash));
        }
        if self.records_of.is_none_or(|event| event + 1 == self.events_started) {
            self.records.extend_from_slice(&part.records);
        }
        Ok(())
    }
}

impl JobObserver for JobRun {
    fn event_starts(&mut self, event_id: u32, _: u64, _: &NPY<f32>) -> Result<(), ObserverError> {
        self.events_started = event_id + 1;
        self.finals.push(Vec::new());
        Ok(())
    }

    fn event_ends(&mut self, _: &EventReport, summary: &EventSummary) -> Result<(), ObserverError> {
        let (_, histories) =
            self.side.histories.get_or_insert_with(|| (HistoryKind::Sequence, Default::default()));
        for (codes, n) in &summary.histories {
            *histories.entry(history_text(codes)).or_default() += n;
        }
        Ok(())
    }
}
