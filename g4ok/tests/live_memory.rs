//! No event leaves an allocation behind: counted by an allocator of this program's own.

#![allow(clippy::unwrap_used, reason = "a test that cannot prepare itself fails")]

use std::alloc::{GlobalAlloc, Layout, System};
use std::sync::Mutex;
use std::sync::atomic::{AtomicIsize, AtomicUsize, Ordering::SeqCst};

use cfg4::gdml;
use g4ok::job::{EventReport, EventSource, Job, JobObserver, ObserverError};
use g4ok::{G4Opticks, OpticksConfig, OutputSink};
use npy::NPY;
use optixrap::engine::{ChunkOutput, EngineOptions, EventSummary};

const EVENTS: u32 = 50;

/// The tests take turns: each counts what the whole process allocates.
static TURN: Mutex<()> = Mutex::new(());

/// The system's allocator, counting live bytes and live blocks.
struct Counting;

static LIVE_BYTES: AtomicIsize = AtomicIsize::new(0);
static LIVE_BLOCKS: AtomicIsize = AtomicIsize::new(0);
static ALLOCATIONS: AtomicUsize = AtomicUsize::new(0);

// SAFETY: every call is passed on unchanged to the system's allocator, which keeps the contract.
unsafe impl GlobalAlloc for Counting {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        LIVE_BYTES.fetch_add(layout.size().cast_signed(), SeqCst);
        LIVE_BLOCKS.fetch_add(1, SeqCst);
        ALLOCATIONS.fetch_add(1, SeqCst);
        // SAFETY: the caller keeps the contract of `alloc`, which is that of the system's.
        unsafe { System.alloc(layout) }
    }

    unsafe fn dealloc(&self, pointer: *mut u8, layout: Layout) {
        LIVE_BYTES.fetch_sub(layout.size().cast_signed(), SeqCst);
        LIVE_BLOCKS.fetch_sub(1, SeqCst);
        // SAFETY: the pointer came from `alloc` above with this layout, so from the system's allocator.
        unsafe { System.dealloc(pointer, layout) }
    }
}

#[global_allocator]
static ALLOCATOR: Counting = Counting;

fn config() -> OpticksConfig {
    let engine = EngineOptions { threads: 2, ..EngineOptions::default() };
    OpticksConfig { engine, ..OpticksConfig::default() }
}

/// One event: two torches collected, propagated, its hits read, and all of it given back.
fn event(opticks: &mut G4Opticks, event_id: u32) {
    for photons in [5000, 8000] {
        opticks.collect_torch(&format!("photons={photons}").parse().unwrap(), 0).unwrap();
    }
    opticks.propagate_optical_photons(event_id).unwrap();
    assert!(opticks.num_hits() > 100 && opticks.hit_extra(0).is_ok());
    opticks.reset();
}

/// Live bytes and blocks after an event are those after the event before it, over and over.
#[test]
fn propagate_and_reset_leave_nothing_behind() {
    let _turn = TURN.lock();
    let mut config = config();
    (config.propagate.way, config.propagate.records) = (true, true);
    let mut opticks = G4Opticks::new(config).unwrap();
    opticks.set_geometry(gdml::read_str(gdml::DEFAULT_GEOMETRY, "cube", &gdml::NoFiles).unwrap()).unwrap();
    let mut levels = Vec::with_capacity(EVENTS as usize);
    let before = ALLOCATIONS.load(SeqCst);
    for event_id in 0..EVENTS {
        event(&mut opticks, event_id);
        levels.push((LIVE_BYTES.load(SeqCst), LIVE_BLOCKS.load(SeqCst)));
    }
    assert!(ALLOCATIONS.load(SeqCst) - before > 10 * EVENTS as usize, "the allocator counts");
    println!("live bytes and blocks after each event: {:?}", levels[0]);
    let changed: Vec<usize> = (1..levels.len()).filter(|&i| levels[i] != levels[i - 1]).collect();
    assert!(changed.iter().all(|&i| i < 5), "after events {changed:?}: {levels:?}");
}

/// Live bytes at the end of the first event and of the last.
#[derive(Default)]
struct Level(Option<isize>, isize);

impl OutputSink for Level {
    fn take(&mut self, _: &ChunkOutput) -> Result<(), ObserverError> {
        Ok(())
    }
}

impl JobObserver for Level {
    fn event_starts(&mut self, _: u32, _: u64, _: &NPY<f32>) -> Result<(), ObserverError> {
        Ok(())
    }

    fn event_ends(&mut self, _: &EventReport, _: &EventSummary) -> Result<(), ObserverError> {
        self.1 = LIVE_BYTES.load(SeqCst);
        self.0.get_or_insert(self.1);
        Ok(())
    }
}

/// A stamp of 32 bytes, and as much again where their storage has just doubled.
#[test]
fn a_job_keeps_nothing_of_its_events_but_their_stamps() {
    let _turn = TURN.lock();
    let mut opticks = G4Opticks::new(config()).unwrap();
    opticks.set_geometry(gdml::read_str(gdml::DEFAULT_GEOMETRY, "cube", &gdml::NoFiles).unwrap()).unwrap();
    let source = EventSource::Torch("photons=1".parse().unwrap());
    let events = 20_000;
    let mut level = Level::default();
    Job { opticks, source, events, batch: 1, geometry_seconds: 0.0 }.run(&mut level).unwrap();
    let grown = level.1 - level.0.unwrap();
    println!("{events} events: {grown} live bytes more");
    assert!(grown <= 2 * 32 * events as isize, "{grown}");
}
