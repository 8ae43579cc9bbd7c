//! Counts and times over the events of a job.

use std::time::Instant;

use optixrap::engine::{ChunkOutput, EventSummary};

use super::gpu::DeviceMemoryFit;
use super::observer::{JobObserver, ObserverError};
use super::outside::BornOutside;
use super::report::{EventReport, Seconds};
use crate::{QueueSink, QueuedEvent};

/// What is counted and timed over the events of a job; the same few numbers, however many events there are.
pub(super) struct Tally {
    /// Events that are complete.
    pub(super) events: u32,
    /// The seed of the first of them.
    pub(super) first_seed: Option<u64>,
    pub(super) total: EventSummary,
    pub(super) seconds: Seconds,
    pub(super) outside: BornOutside,
    pub(super) device_memory: DeviceMemoryFit,
}

impl Tally {
    pub(super) fn new(outside: BornOutside) -> Self {
        let (total, seconds, device_memory) = Default::default();
        Self { events: 0, first_seed: None, total, seconds, outside, device_memory }
    }
}

/// Hands output on, measures the time that takes, and counts.
pub(super) struct TimedSink<'a> {
    pub(super) observer: &'a mut dyn JobObserver,
    pub(super) tally: &'a mut Tally,
    pub(super) saving: f64,
}

impl TimedSink<'_> {
    fn timed(
        &mut self,
        work: impl FnOnce(&mut dyn JobObserver) -> Result<(), ObserverError>,
    ) -> Result<(), ObserverError> {
        let start = Instant::now();
        let result = work(self.observer);
        self.saving += start.elapsed().as_secs_f64();
        result
    }
}

impl QueueSink for TimedSink<'_> {
    fn event_starts(&mut self, event: &QueuedEvent) -> Result<(), ObserverError> {
        let gensteps = &event.gensteps;
        self.timed(|observer| observer.event_starts(event.event_id, event.num_photons(), gensteps))
    }

    fn take(&mut self, _: &QueuedEvent, output: &ChunkOutput) -> Result<(), ObserverError> {
        self.timed(|observer| observer.take(output))
    }

    fn event_ends(&mut self, event: &QueuedEvent, summary: &EventSummary) -> Result<(), ObserverError> {
        let report = EventReport {
            eventid: event.event_id,
            seed: event.seed(),
            num_gensteps: event.gensteps.num_items(),
            num_photons: summary.photons,
            secondaries: summary.secondaries,
            num_hits: summary.hits,
            points: summary.points,
            ends: summary.ends,
        };
        self.timed(|observer| observer.event_ends(&report, summary))?;
        // An event whose results could not be taken is not complete, and counts nowhere.
        self.tally.events += 1;
        self.tally.first_seed.get_or_insert(report.seed);
        self.tally.outside.count(summary);
        self.tally.total.merge(summary);
        Ok(())
    }
}
