//! No event leaves an allocation behind: counted by an allocator of this program's own.

#![allow(clippy::unwrap_used, reason = "a test that cannot prepare itself fails")]

use std::alloc::{GlobalAlloc, Layout, System};
use std::sync::atomic::{AtomicIsize, AtomicUsize, Ordering::SeqCst};

use cfg4::gdml;
use g4ok::{G4Opticks, OpticksConfig};
use optixrap::engine::EngineOptions;

const EVENTS: u32 = 50;

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
    let mut config = OpticksConfig {
        engine: EngineOptions { threads: 2, ..EngineOptions::default() },
        ..OpticksConfig::default()
    };
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
