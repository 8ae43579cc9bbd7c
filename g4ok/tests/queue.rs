//! Events that wait and are propagated together.

use g4ok::{G4OpticksError, OpticksConfig, QueueSink, QueuedEvent, SinkError};
use optixrap::engine::{ChunkOutput, EventSummary, PropagateConfig};

use crate::common::{config, opticks, shine};

const TORCHES: [&str; 4] = ["photons=900", "photons=0", "photons=2000_wavelength=400", "photons=1"];

fn with_way() -> OpticksConfig {
    OpticksConfig { propagate: PropagateConfig { way: true, ..PropagateConfig::default() }, ..config() }
}

#[test]
fn queued_events_give_what_each_gives_alone() {
    let (mut together, mut alone) = (opticks(with_way()), opticks(with_way()));
    for (event_id, torch) in (10..).zip(TORCHES) {
        together.set_seed(u64::from(event_id / 12));
        shine(&mut together, torch);
        let photons = together.num_photons();
        assert_eq!(together.queue_event(event_id).unwrap(), photons);
        assert_eq!((together.num_gensteps(), together.num_photons()), (0, 0));
    }
    assert_eq!(together.num_queued_events(), 4);
    let events = together.propagate_queued_events().unwrap();
    assert_eq!((events.len(), together.num_queued_events()), (4, 0));
    for (event, torch) in events.iter().zip(TORCHES) {
        alone.set_seed(u64::from(event.event_id / 12));
        shine(&mut alone, torch);
        let hits = alone.propagate_optical_photons(event.event_id).unwrap();
        assert_eq!((event.summary.hits, event.hits.num_items(), event.hiys.num_items()), (hits, hits, hits));
        assert_eq!(event.hits.bytes(), alone.hits().unwrap().bytes());
        alone.reset();
    }
    assert_eq!(events[2].summary.photons, 2000);
    assert!(events[2].summary.hits > 0);
}

/// What a sink is told, in order.
#[derive(Default)]
struct Story {
    told: Vec<String>,
    fails_at: Option<u32>,
}

impl QueueSink for Story {
    fn event_starts(&mut self, event: &QueuedEvent) -> Result<(), SinkError> {
        self.told.push(format!("start {}", event.event_id));
        if self.fails_at == Some(event.event_id) { Err("the disk is full".into()) } else { Ok(()) }
    }

    fn take(&mut self, event: &QueuedEvent, _: &ChunkOutput) -> Result<(), SinkError> {
        let told = format!("part {}", event.event_id);
        if self.told.last() != Some(&told) {
            self.told.push(told);
        }
        Ok(())
    }

    fn event_ends(&mut self, event: &QueuedEvent, summary: &EventSummary) -> Result<(), SinkError> {
        self.told.push(format!("end {} {}", event.event_id, summary.photons));
        Ok(())
    }
}

#[test]
fn every_event_starts_and_ends_also_one_without_photons() {
    let mut opticks = opticks(config());
    for (event_id, torch) in (0..).zip(["photons=0", "photons=50", "photons=0"]) {
        shine(&mut opticks, torch);
        opticks.queue_event(event_id).unwrap();
    }
    let mut story = Story::default();
    opticks.propagate_queue(&mut story).unwrap();
    let told = ["start 0", "end 0 0", "start 1", "part 1", "end 1 50", "start 2", "end 2 0"];
    assert_eq!(story.told, told);
}

#[test]
fn a_failing_sink_ends_the_propagation_and_the_next_one_works() {
    let mut opticks = opticks(config());
    for event_id in 0..3 {
        shine(&mut opticks, "photons=50");
        opticks.queue_event(event_id).unwrap();
    }
    let mut story = Story { fails_at: Some(1), ..Story::default() };
    let error = opticks.propagate_queue(&mut story).unwrap_err();
    assert!(error.to_string().contains("the disk is full"), "{error}");
    assert_eq!(opticks.num_queued_events(), 0);
    shine(&mut opticks, "photons=50");
    opticks.queue_event(7).unwrap();
    assert_eq!(opticks.propagate_queued_events().unwrap()[0].summary.photons, 50);
}

#[test]
fn a_queue_needs_a_geometry_and_keeps_it() {
    let mut bare = g4ok::G4Opticks::new(config()).unwrap();
    let error = bare.propagate_queued_events().unwrap_err();
    assert!(matches!(error, G4OpticksError::NoGeometry { call: "propagate_queue" }), "{error}");
    let mut opticks = opticks(config());
    shine(&mut opticks, "photons=50");
    opticks.queue_event(0).unwrap();
    assert!(matches!(opticks.set_geometry(crate::common::cube()), Err(G4OpticksError::GeometryInUse { .. })));
}
