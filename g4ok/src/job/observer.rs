//! Who watches a job and takes its output.

use optixrap::engine::{ChunkOutput, EventSummary};

use super::EventReport;
use crate::OutputSink;

/// What the output side may fail with.
pub type ObserverError = Box<dyn std::error::Error + Send + Sync>;

/// Watches a job: shows progress, writes files.
pub trait JobObserver: OutputSink {
    /// An event of `num_photons` photons is about to be propagated.
    ///
    /// # Errors
    /// If its files cannot be opened; the job ends.
    fn event_starts(
        &mut self,
        event_id: u32,
        num_photons: u64,
        gensteps: &npy::NPY<f32>,
    ) -> Result<(), ObserverError>;

    /// An event has been propagated.
    ///
    /// # Errors
    /// If its files cannot be completed; the job ends.
    fn event_ends(&mut self, report: &EventReport, summary: &EventSummary) -> Result<(), ObserverError>;
}

/// Shows and keeps nothing.
#[derive(Debug, Clone, Copy, Default)]
pub struct Quiet;

impl OutputSink for Quiet {
    fn take(&mut self, _: &ChunkOutput) -> Result<(), ObserverError> {
        Ok(())
    }
}

impl JobObserver for Quiet {
    fn event_starts(&mut self, _: u32, _: u64, _: &npy::NPY<f32>) -> Result<(), ObserverError> {
        Ok(())
    }

    fn event_ends(&mut self, _: &EventReport, _: &EventSummary) -> Result<(), ObserverError> {
        Ok(())
    }
}
