//! The work of a call, shared by the devices: launches are handed out in the order of photons, and their results handed
//! on in that order, whichever device is done first.

use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};

use crate::engine::{
    Batch, BatchSink, ChunkOutput, EngineError, EventInput, EventSummary, Interrupter, PropagateConfig,
};
use crate::scene::SceneData;

use super::plan::Limits;
use super::resident::same_sensors;
use super::tables::within_segments;

/// Most events that are laid out at once.
const MOST_EVENTS: usize = 4096;

/// Events are laid out together until they have as many photons for each device: a few launches.
const BATCH_PHOTONS: u64 = 1 << 25;

/// Parts into which each device's share of a batch is cut at least, so that copies of one run beside launches of the other.
const PARTS: u64 = 2;

/// No part is smaller for the sake of that.
const LEAST_PART: u64 = 1 << 18;

/// Results that may wait for earlier ones of another device, for each device.
const MOST_WAITING: usize = 2;

/// Events laid out together.
#[derive(Debug)]
pub(super) struct LaunchBatch {
    /// Their gensteps.
    pub(super) batch: Batch,
    /// Number of the first of them among the events of the call.
    pub(super) first_event: usize,
}

/// Photons to be launched together.
#[derive(Debug, Clone)]
pub(super) struct Launch {
    /// Launches are numbered in the order of their photons.
    pub(super) number: u64,
    pub(super) events: Arc<LaunchBatch>,
    /// Launch indices.
    pub(super) photons: Range<u64>,
}

/// What a call is about.
#[derive(Debug, Clone, Copy)]
pub(super) struct Task<'a> {
    pub(super) scene: &'a SceneData,
    pub(super) inputs: &'a [EventInput<'a>],
    pub(super) config: &'a PropagateConfig,
    /// How many devices share it.
    pub(super) devices: usize,
}

/// A task on its way.
pub(super) struct Work<'a> {
    pub(super) task: Task<'a>,
    interrupter: &'a Interrupter,
    feed: Mutex<Feed>,
    done: Mutex<Done<'a>>,
    room: Condvar,
}

/// What is to be launched next.
#[derive(Default)]
struct Feed {
    next_input: usize,
    events: Option<Arc<LaunchBatch>>,
    next_photon: u64,
    next_number: u64,
}

/// What has been handed on.
struct Done<'a> {
    sink: BatchSink<'a>,
    waiting: BTreeMap<u64, Finished>,
    next_number: u64,
    summaries: Vec<EventSummary>,
    error: Option<EngineError>,
}

/// A launch that is done: its results, for each event of its batch, in parts that follow each other.
pub(super) struct Finished {
    pub(super) launch: Launch,
    pub(super) parts: Vec<Vec<ChunkOutput>>,
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

impl<'a> Work<'a> {
    pub(super) fn new(task: Task<'a>, interrupter: &'a Interrupter, sink: BatchSink<'a>) -> Self {
        let summaries = vec![EventSummary::default(); task.inputs.len()];
        let done = Done { sink, waiting: BTreeMap::new(), next_number: 0, summaries, error: None };
        Self { task, interrupter, feed: Mutex::default(), done: Mutex::new(done), room: Condvar::new() }
    }

    /// The next launch, if there is any and nothing has failed.
    pub(super) fn next(&self, limits: &Limits) -> Option<Launch> {
        if self.interrupter.is_interrupted() {
            self.fail(EngineError::Interrupted);
        }
        if self.has_failed() {
            return None;
        }
        let launch = lock(&self.feed).next(&self.task, limits);
        launch.unwrap_or_else(|error| {
            self.fail(error);
            None
        })
    }

    /// Ends the work with an error, if it is the first.
    pub(super) fn fail(&self, error: EngineError) {
        lock(&self.done).error.get_or_insert(error);
        self.room.notify_all();
    }

    pub(super) fn has_failed(&self) -> bool {
        lock(&self.done).error.is_some()
    }

    /// Hands on what has become ready, and waits while too much waits for earlier launches.
    pub(super) fn commit(&self, finished: Finished) {
        let number = finished.launch.number;
        let mut done = lock(&self.done);
        done.waiting.insert(number, finished);
        done.hand_on();
        self.room.notify_all();
        let most = MOST_WAITING * self.task.devices;
        while done.error.is_none() && done.waiting.len() > most && done.next_number < number {
            done = self.room.wait(done).unwrap_or_else(PoisonError::into_inner);
        }
    }

    /// The counts of each event.
    ///
    /// # Errors
    /// The first that occurred.
    pub(super) fn finish(self) -> Result<Vec<EventSummary>, EngineError> {
        let done = self.done.into_inner().unwrap_or_else(PoisonError::into_inner);
        match done.error {
            Some(error) => Err(error),
            None => Ok(done.summaries),
        }
    }
}

impl Feed {
    fn next(&mut self, task: &Task, limits: &Limits) -> Result<Option<Launch>, EngineError> {
        let events = loop {
            match &self.events {
                Some(events) if self.next_photon < events.batch.n_photons() => break events.clone(),
                _ if self.next_input >= task.inputs.len() => return Ok(None),
                _ => self.lay_out(task)?,
            }
        };
        let batch = &events.batch;
        let most = if batch.input_photons.is_empty() {
            limits.photons
        } else {
            limits.photons.min(limits.input_photons)
        };
        let part = part_of(batch.n_photons(), self.next_photon, task.devices as u64).min(most).max(1);
        let end = self.next_photon.saturating_add(part).min(batch.n_photons());
        let photons = within_segments(batch, self.next_photon..end, limits.segments);
        let number = self.next_number;
        self.next_number += 1;
        self.next_photon = photons.end;
        Ok(Some(Launch { number, events, photons }))
    }

    /// Lays out the next events: as many as have the same sensor data, and are worth a few launches together.
    fn lay_out(&mut self, task: &Task) -> Result<(), EngineError> {
        let first_event = self.next_input;
        let mut batch = Batch::default();
        let enough = BATCH_PHOTONS.saturating_mul(task.devices as u64);
        while let Some(input) = task.inputs.get(self.next_input) {
            let first = &task.inputs[first_event];
            let joins = batch.n_photons() < enough
                && self.next_input - first_event < MOST_EVENTS
                && same_sensors(first.sensors.as_ref(), input.sensors.as_ref());
            if !joins {
                break;
            }
            batch
                .add(task.scene, input, task.config.range.clone())
                .map_err(|error| error.of_event(task.inputs, input))?;
            self.next_input += 1;
        }
        self.next_photon = 0;
        self.events = Some(Arc::new(LaunchBatch { batch, first_event }));
        Ok(())
    }
}

/// How many photons a launch should take for the sake of overlap, and of devices that are of unequal speed: the faster
/// one comes back for more.
fn part_of(total: u64, next: u64, devices: u64) -> u64 {
    let to_share = if devices > 1 { total - next } else { total };
    to_share.div_ceil(PARTS * devices).max(LEAST_PART)
}

impl Done<'_> {
    fn hand_on(&mut self) {
        while self.error.is_none() {
            let Some(finished) = self.waiting.remove(&self.next_number) else { break };
            self.next_number += 1;
            if let Err(error) = self.deliver(&finished) {
                self.error = Some(EngineError::Sink(error));
            }
        }
    }

    fn deliver(&mut self, finished: &Finished) -> Result<(), Box<dyn std::error::Error + Send + Sync>> {
        for part in &finished.parts {
            for (i, output) in part.iter().enumerate().filter(|(_, output)| output.summary.photons > 0) {
                let event = finished.launch.events.first_event + i;
                self.summaries[event].merge(&output.summary);
                (self.sink)(event, output)?;
            }
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use cfg4::genstep::{Genstep, TorchSpec};

    use super::*;
    use crate::engine::test_scene;

    const LIMITS: Limits = Limits { photons: 1 << 24, input_photons: 1 << 24, segments: 1 << 18 };

    fn torch(photons: u32) -> [Genstep; 1] {
        let spec: TorchSpec = format!("photons={photons}").parse().unwrap();
        [spec.place(&cfg4::detector::Transform::IDENTITY, 0).to_gensteps()[0]]
    }

    fn with_work<T>(counts: &[u32], devices: usize, test: impl FnOnce(&Work) -> T) -> (T, Vec<(usize, u64)>) {
        let scene = test_scene();
        let gensteps: Vec<_> = counts.iter().map(|&n| torch(n)).collect();
        let inputs: Vec<EventInput> = gensteps
            .iter()
            .enumerate()
            .map(|(i, g)| EventInput { event_id: i as u32, gensteps: g, input_photons: &[], sensors: None })
            .collect();
        let config = PropagateConfig::default();
        let interrupter = Interrupter::default();
        let mut seen = Vec::new();
        let mut sink = |event: usize, output: &ChunkOutput| {
            seen.push((event, output.summary.photons));
            Ok(())
        };
        let task = Task { scene: &scene, inputs: &inputs, config: &config, devices };
        let work = Work::new(task, &interrupter, &mut sink);
        let got = test(&work);
        drop(work);
        (got, seen)
    }

    fn all_launches(work: &Work, limits: &Limits) -> Vec<(usize, Range<u64>)> {
        std::iter::from_fn(|| work.next(limits)).map(|l| (l.events.first_event, l.photons)).collect()
    }

    /// What a launch of one photon per event, or more, would give.
    fn finished(launch: &Launch) -> Finished {
        let of_event = |photons: &Range<u64>| {
            let overlap =
                photons.end.min(launch.photons.end).saturating_sub(photons.start.max(launch.photons.start));
            let mut output = ChunkOutput::default();
            output.summary.photons = overlap;
            output
        };
        let part = launch.events.batch.events.iter().map(|event| of_event(&event.photons)).collect();
        Finished { launch: launch.clone(), parts: vec![part] }
    }

    #[test]
    fn small_events_share_a_launch_and_large_ones_are_cut() {
        let (few, _) = with_work(&[100, 0, 300], 1, |work| all_launches(work, &LIMITS));
        assert_eq!(few, [(0, 0..400)]);
        let limits = Limits { photons: 150, ..LIMITS };
        let (cut, _) = with_work(&[100, 0, 300], 1, |work| all_launches(work, &limits));
        assert_eq!(cut, [(0, 0..150), (0, 150..300), (0, 300..400)]);
        let (large, _) = with_work(&[4_700_000], 1, |work| all_launches(work, &LIMITS));
        assert_eq!(large, [(0, 0..2_350_000), (0, 2_350_000..4_700_000)]);
        let (none, _) = with_work(&[0, 0], 1, |work| all_launches(work, &LIMITS));
        assert_eq!(none, []);
    }

    #[test]
    fn several_devices_share_an_event_and_the_last_parts_are_the_smallest() {
        let (cut, _) = with_work(&[4_000_000], 2, |work| all_launches(work, &LIMITS));
        let sizes: Vec<u64> = cut.iter().map(|(_, photons)| photons.end - photons.start).collect();
        assert_eq!(sizes.iter().sum::<u64>(), 4_000_000);
        assert!(sizes.len() >= 4 && sizes.is_sorted_by(|a, b| a >= b), "{sizes:?}");
    }

    #[test]
    fn results_are_handed_on_in_the_order_of_photons_per_event() {
        let limits = Limits { photons: 150, ..LIMITS };
        let (summaries, seen) = with_work(&[100, 0, 300], 2, |work| {
            let launches: Vec<Launch> = std::iter::from_fn(|| work.next(&limits)).collect();
            for launch in [&launches[1], &launches[2], &launches[0]] {
                work.commit(finished(launch));
            }
            lock(&work.done).summaries.iter().map(|s| s.photons).collect::<Vec<_>>()
        });
        assert_eq!(seen, [(0, 100), (2, 50), (2, 150), (2, 100)]);
        assert_eq!(summaries, [100, 0, 300]);
    }

    #[test]
    fn nothing_is_launched_after_an_error() {
        let (ended, seen) = with_work(&[100], 1, |work| {
            work.fail(EngineError::Interrupted);
            work.fail(EngineError::Genstep { row: 1, problem: String::new() });
            let first = matches!(lock(&work.done).error, Some(EngineError::Interrupted));
            work.next(&LIMITS).is_none() && first
        });
        assert!(ended && seen.is_empty());
    }
}
