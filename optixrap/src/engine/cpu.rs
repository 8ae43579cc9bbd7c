//! The CPU engine: chunks of photons on every core, results handed on in photon order.

use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};

use cfg4::genstep::Genstep;

use super::chunk::{ChunkOutput, EventContext};
use super::dispatch;
use super::prepare::prepare;
use super::{EngineError, EventSummary, Interrupter, PropagateConfig};
use crate::physics::sensor::Sensors;
use crate::scene::SceneData;

/// How many finished chunks may wait for an earlier one before the threads pause: bounds the memory.
const MAX_WAITING: usize = 512;

/// How many bytes of them may wait.
const MAX_WAITING_BYTES: usize = 32 << 20;

/// Photons per chunk where every point is kept: a trapped photon alone has thousands.
const CHUNK_WITH_RECORDS: u32 = 32;

/// An event to propagate.
#[derive(Debug, Clone, Copy)]
pub struct EventInput<'a> {
    /// Number of the event: part of the address of its random numbers.
    pub event_id: u32,
    /// Gensteps, in order.
    pub gensteps: &'a [Genstep],
    /// Photons (4 x 4 words) that EMITSOURCE gensteps emit, in order.
    pub input_photons: &'a [[f32; 16]],
    /// What sensors collect of what they detect.
    pub sensors: Option<Sensors<'a>>,
}

/// Takes the results of chunks, in photon order.
pub type Sink<'a> =
    &'a mut (dyn FnMut(&ChunkOutput) -> Result<(), Box<dyn std::error::Error + Send + Sync>> + Send);

/// Takes the results of several events: the number of the event in its list, and a part of its results.
pub type BatchSink<'a> =
    &'a mut (dyn FnMut(usize, &ChunkOutput) -> Result<(), Box<dyn std::error::Error + Send + Sync>> + Send);

/// The engine: a pool of threads, kept from event to event.
#[derive(Debug)]
pub struct CpuEngine {
    pool: rayon::ThreadPool,
    interrupter: Interrupter,
}

impl CpuEngine {
    /// An engine of `threads` threads; 0 means one per core.
    ///
    /// # Errors
    /// If the threads cannot be started.
    pub fn new(threads: usize) -> Result<Self, EngineError> {
        let pool = rayon::ThreadPoolBuilder::new()
            .num_threads(threads)
            .thread_name(|i| format!("photons-{i}"))
            .build()
            .map_err(|source| EngineError::Threads { threads, source })?;
        Ok(Self { pool, interrupter: Interrupter::default() })
    }

    /// How many threads there are.
    pub fn threads(&self) -> usize {
        self.pool.current_num_threads()
    }

    /// Whether its propagations have been stopped: other long work for the same run should end too.
    pub fn is_interrupted(&self) -> bool {
        self.interrupter.is_interrupted()
    }

    /// What stops this engine's propagations.
    pub fn interrupter(&self) -> Interrupter {
        self.interrupter.clone()
    }

    /// Makes and follows all photons of an event. `sink` is called with each chunk's results, in photon order;
    /// beyond them, memory is bounded by a few hundred chunks whatever the number of photons.
    ///
    /// # Errors
    /// A genstep that cannot be propagated, a failing sink, or an interruption.
    pub fn propagate(
        &self,
        scene: &SceneData,
        input: &EventInput,
        config: &PropagateConfig,
        sink: Sink,
    ) -> Result<EventSummary, EngineError> {
        let mut scene = scene.view();
        scene.tables.input_photons = input.input_photons;
        let event = prepare(&scene, input)?;
        let whole = 0..event.n_photons;
        let range = match &config.range {
            Some(r) => r.start.min(whole.end)..r.end.min(whole.end),
            None => whole,
        };
        let context =
            EventContext { scene, config, event: &event, event_id: input.event_id, sensors: input.sensors };
        let most = if config.records { CHUNK_WITH_RECORDS } else { u32::MAX };
        let queue = Queue::new(range, config.chunk.clamp(1, most).into(), sink);
        self.pool.broadcast(|_| queue.work(&context, &self.interrupter));
        queue.finish()
    }
}

/// Chunks are taken in order, finished in any order, and committed to the sink in order.
struct Queue<'a> {
    range: Range<u64>,
    chunk: u64,
    next: AtomicU64,
    state: Mutex<Committed<'a>>,
    room: Condvar,
}

struct Committed<'a> {
    sink: Sink<'a>,
    waiting: BTreeMap<u64, ChunkOutput>,
    waiting_bytes: usize,
    next: u64,
    summary: EventSummary,
    error: Option<EngineError>,
}

impl Committed<'_> {
    fn is_full(&self) -> bool {
        self.waiting.len() > MAX_WAITING || self.waiting_bytes > MAX_WAITING_BYTES
    }
}

impl<'a> Queue<'a> {
    fn new(range: Range<u64>, chunk: u64, sink: Sink<'a>) -> Self {
        let state = Committed {
            sink,
            waiting: BTreeMap::new(),
            waiting_bytes: 0,
            next: 0,
            summary: EventSummary::default(),
            error: None,
        };
        Self { range, chunk, next: AtomicU64::new(0), state: Mutex::new(state), room: Condvar::new() }
    }

    fn lock(&self) -> MutexGuard<'_, Committed<'a>> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn work(&self, context: &EventContext, interrupter: &Interrupter) {
        loop {
            let number = self.next.fetch_add(1, Ordering::Relaxed);
            let start = self.range.start.saturating_add(number.saturating_mul(self.chunk));
            if start >= self.range.end {
                return;
            }
            let end = start.saturating_add(self.chunk).min(self.range.end);
            let output = match dispatch::run(context, start..end) {
                Ok(output) => output,
                Err(error) => return self.fail(error),
            };
            if interrupter.is_interrupted() {
                self.fail(EngineError::Interrupted);
            }
            if !self.commit(number, output) {
                return;
            }
        }
    }

    fn fail(&self, error: EngineError) {
        let mut state = self.lock();
        state.error.get_or_insert(error);
        self.room.notify_all();
    }

    /// Hands on what has become ready; false when there is no point in going on.
    fn commit(&self, number: u64, output: ChunkOutput) -> bool {
        let mut state = self.lock();
        state.waiting_bytes += output.bytes();
        state.waiting.insert(number, output);
        while state.error.is_none() {
            let next = state.next;
            let Some(ready) = state.waiting.remove(&next) else { break };
            state.waiting_bytes -= ready.bytes();
            state.summary.merge(&ready.summary);
            state.next += 1;
            if let Err(e) = (state.sink)(&ready) {
                state.error = Some(EngineError::Sink(e));
            }
        }
        self.room.notify_all();
        while state.error.is_none() && state.is_full() && state.next < number {
            state = self.room.wait(state).unwrap_or_else(PoisonError::into_inner);
        }
        state.error.is_none()
    }

    fn finish(self) -> Result<EventSummary, EngineError> {
        let state = self.state.into_inner().unwrap_or_else(PoisonError::into_inner);
        match state.error {
            Some(error) => Err(error),
            None => Ok(state.summary),
        }
    }
}
