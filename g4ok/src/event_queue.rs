//! Events set aside and propagated together: on a GPU, small events fill it only in company.

use std::mem::take;

use bytemuck::cast_slice;
use npy::NPY;
use optixrap::engine::{
    ChunkOutput, EngineError, EventInput, EventSummary, HitRecord, PropagateConfig, WayRecord,
};

use crate::{G4Opticks, G4OpticksError};

/// An event that waits for others.
#[derive(Debug)]
pub struct QueuedEvent {
    /// Number of the event.
    pub event_id: u32,
    /// Its gensteps, an array (n,6,4).
    pub gensteps: NPY<f32>,
    input_photons: Vec<[f32; 16]>,
    config: PropagateConfig,
}

impl QueuedEvent {
    /// The seed of its random numbers: the one set when it was queued.
    pub fn seed(&self) -> u64 {
        self.config.seed
    }

    /// The photons that its gensteps ask for.
    pub fn num_photons(&self) -> u64 {
        self.input().gensteps.iter().map(|genstep| u64::from(genstep.num_photons())).sum()
    }

    fn input(&self) -> EventInput<'_> {
        let gensteps = cfg4::genstep::Genstep::slice_from_words(self.gensteps.values());
        EventInput { event_id: self.event_id, gensteps, input_photons: &self.input_photons, sensors: None }
    }
}

/// What a [`QueueSink`] may fail with.
pub type SinkError = Box<dyn std::error::Error + Send + Sync>;

/// Takes the results of queued events, one event after the other.
pub trait QueueSink: Send {
    /// The next event begins.
    ///
    /// # Errors
    /// Whatever keeps its results from being taken; the propagation ends with it.
    fn event_starts(&mut self, event: &QueuedEvent) -> Result<(), SinkError>;

    /// Takes the next piece of the event, in photon order.
    ///
    /// # Errors
    /// As there.
    fn take(&mut self, event: &QueuedEvent, output: &ChunkOutput) -> Result<(), SinkError>;

    /// The event is complete.
    ///
    /// # Errors
    /// As there.
    fn event_ends(&mut self, event: &QueuedEvent, summary: &EventSummary) -> Result<(), SinkError>;
}

/// A propagated event with its hits.
#[derive(Debug)]
pub struct PropagatedEvent {
    /// Number of the event.
    pub event_id: u32,
    /// Its counts.
    pub summary: EventSummary,
    /// Its hits (n,4,4), in photon order.
    pub hits: NPY<f32>,
    /// Its way items (n,2,4), if they are made.
    pub hiys: NPY<f32>,
}

impl G4Opticks {
    /// Sets the collected gensteps aside as event `event_id`, with the present configuration and seed, and leaves the
    /// collector empty for the next event. Returns the number of its photons. Costs the memory of the gensteps until
    /// [`propagate_queue`](Self::propagate_queue).
    ///
    /// # Errors
    /// Gensteps that cannot be propagated.
    pub fn queue_event(&mut self, event_id: u32) -> Result<u64, G4OpticksError> {
        self.collector.gensteps()?;
        let num_photons = self.collector.num_photons();
        self.queue.push(QueuedEvent {
            event_id,
            gensteps: self.collector.take(),
            input_photons: take(&mut self.input_photons),
            config: self.config.propagate.clone(),
        });
        Ok(num_photons)
    }

    /// How many events wait.
    pub fn num_queued_events(&self) -> usize {
        self.queue.len()
    }

    /// Propagates the events that wait, in as few launches as a GPU allows, and hands their results to `sink` event by
    /// event: the bits that each would give alone. The queue is empty then, also after an error. Takes a stamp per
    /// event that is complete.
    ///
    /// # Errors
    /// Without a geometry; gensteps that cannot be propagated; if the sink fails.
    pub fn propagate_queue(&mut self, sink: &mut dyn QueueSink) -> Result<(), G4OpticksError> {
        let geometry = self.geometry.clone().ok_or(G4OpticksError::NoGeometry { call: "propagate_queue" })?;
        let events = take(&mut self.queue);
        for group in events.chunk_by(|a, b| a.config == b.config) {
            let sensors = self.sensors.to_engine()?;
            let inputs: Vec<_> = group.iter().map(|event| EventInput { sensors, ..event.input() }).collect();
            let mut deliverer = Deliverer::new(group, sink);
            let propagated = self.engine.propagate_batch(
                geometry.scene(),
                &inputs,
                &group[0].config,
                &mut |event, output| deliverer.take(event, output),
            );
            let delivered = propagated.and_then(|_| deliverer.finish().map_err(EngineError::Sink));
            for _ in 0..deliverer.complete {
                self.stamp()?;
            }
            delivered?;
        }
        Ok(())
    }

    /// As [`propagate_queue`](Self::propagate_queue), with the hits of each event kept.
    ///
    /// # Errors
    /// As there.
    pub fn propagate_queued_events(&mut self) -> Result<Vec<PropagatedEvent>, G4OpticksError> {
        let mut kept = Kept::default();
        self.propagate_queue(&mut kept)?;
        Ok(kept.0)
    }
}

/// Tells the sink where one event ends and the next begins, also of events without results.
struct Deliverer<'a> {
    events: &'a [QueuedEvent],
    sink: &'a mut dyn QueueSink,
    /// The event that has begun, and its counts so far.
    current: Option<(usize, EventSummary)>,
    /// How many events have ended.
    complete: usize,
}

impl<'a> Deliverer<'a> {
    fn new(events: &'a [QueuedEvent], sink: &'a mut dyn QueueSink) -> Self {
        Self { events, sink, current: None, complete: 0 }
    }

    fn take(&mut self, event: usize, output: &ChunkOutput) -> Result<(), SinkError> {
        self.go_to(event)?;
        if let Some((_, summary)) = &mut self.current {
            summary.merge(&output.summary);
        }
        self.sink.take(&self.events[event], output)
    }

    /// Ends the events before `event` and begins it.
    fn go_to(&mut self, event: usize) -> Result<(), SinkError> {
        while self.current.as_ref().is_none_or(|(at, _)| *at < event) {
            let next = self.end_current()?;
            self.sink.event_starts(&self.events[next])?;
            self.current = Some((next, EventSummary::default()));
        }
        Ok(())
    }

    /// Ends the event that has begun, if any, and returns the number of the one after it.
    fn end_current(&mut self) -> Result<usize, SinkError> {
        let Some((at, summary)) = self.current.take() else { return Ok(0) };
        self.sink.event_ends(&self.events[at], &summary)?;
        self.complete += 1;
        Ok(at + 1)
    }

    fn finish(&mut self) -> Result<(), SinkError> {
        if let Some(last) = self.events.len().checked_sub(1) {
            self.go_to(last)?;
            self.end_current()?;
        }
        Ok(())
    }
}

/// Keeps hits and way items of every event.
#[derive(Default)]
struct Kept(Vec<PropagatedEvent>);

impl QueueSink for Kept {
    fn event_starts(&mut self, event: &QueuedEvent) -> Result<(), SinkError> {
        let (hits, hiys) = (NPY::make(&[0, 4, 4])?, NPY::make(&[0, 2, 4])?);
        let (event_id, summary) = (event.event_id, EventSummary::default());
        self.0.push(PropagatedEvent { event_id, summary, hits, hiys });
        Ok(())
    }

    fn take(&mut self, _: &QueuedEvent, output: &ChunkOutput) -> Result<(), SinkError> {
        if let Some(event) = self.0.last_mut() {
            event.hits.add(cast_slice::<HitRecord, f32>(&output.hits))?;
            event.hiys.add(cast_slice::<WayRecord, f32>(&output.ways))?;
        }
        Ok(())
    }

    fn event_ends(&mut self, _: &QueuedEvent, summary: &EventSummary) -> Result<(), SinkError> {
        if let Some(event) = self.0.last_mut() {
            event.summary = summary.clone();
        }
        Ok(())
    }
}
