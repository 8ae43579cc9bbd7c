//! What a launch on a GPU left in its buffers, put into the order of the photons.

use std::collections::HashMap;

use super::slot_order::slots_in_order;
use super::{Batch, ChunkOutput, EndCounts};
use crate::launch::{Counters, EventTally, HistoryCode, HitKey};
use crate::transport::{HitRecord, PathPoint, WayRecord};

/// The buffers of a launch, downloaded; those that were not wanted are empty.
#[derive(Debug, Clone, Default)]
pub struct LaunchOutput {
    /// How much there is of everything.
    pub counters: Counters,
    /// Counts of each event of the batch.
    pub tallies: Vec<EventTally>,
    /// Hits.
    pub hits: Vec<HitRecord>,
    /// Where each hit belongs.
    pub hit_keys: Vec<HitKey>,
    /// The way item of each hit.
    pub ways: Vec<WayRecord>,
    /// Final states, in order.
    pub photons: Vec<HitRecord>,
    /// Points.
    pub points: Vec<PathPoint>,
    /// The launch index of each point.
    pub point_indices: Vec<u64>,
    /// Codes of histories.
    pub codes: Vec<HistoryCode>,
}

impl LaunchOutput {
    /// The results of each event of the batch, in the order of its photons: what the CPU engine hands out for the same
    /// photons. `first` is the launch index of the launch's first photon. Every buffer must have had room for all.
    pub fn into_events(self, batch: &Batch, first: u64) -> Vec<ChunkOutput> {
        let mut events = vec![ChunkOutput::default(); batch.events.len()];
        for (event, tally) in events.iter_mut().zip(&self.tallies) {
            event.summary.ends = EndCounts::from(tally.ends);
            event.summary.photons = event.summary.ends.total();
            event.summary.points = tally.points;
            event.summary.corrections = tally.corrections;
        }
        self.sort_hits(&mut events);
        for (photon, record) in self.photons.iter().enumerate() {
            events[batch.event_of(first + photon as u64)].photons.push(*record);
        }
        self.sort_points(batch, &mut events);
        self.count_histories(batch, first, &mut events);
        events
    }

    fn sort_hits(&self, events: &mut [ChunkOutput]) {
        let order = slots_in_order(self.hit_keys.iter().map(|key| key.launch_index));
        let event_of = |slot: &u32| self.hit_keys[*slot as usize].event;
        for of_event in order.chunk_by(|a, b| event_of(a) == event_of(b)) {
            let event = &mut events[event_of(&of_event[0]) as usize];
            let slots = || of_event.iter().map(|&slot| slot as usize);
            event.hits.extend(slots().map(|slot| self.hits[slot]));
            event.ways.extend(slots().filter_map(|slot| self.ways.get(slot)));
            event.summary.hits += of_event.len() as u64;
            count_sensors(slots().map(|slot| self.hit_keys[slot].sensor), &mut event.summary.hits_per_sensor);
        }
    }

    fn sort_points(&self, batch: &Batch, events: &mut [ChunkOutput]) {
        let mut order: Vec<usize> = (0..self.points.len()).collect();
        order.sort_unstable_by_key(|&i| (self.point_indices[i], self.points[i].0[15].to_bits()));
        for i in order {
            events[batch.event_of(self.point_indices[i])].records.push(self.points[i]);
        }
    }

    fn count_histories(self, batch: &Batch, first: u64, events: &mut [ChunkOutput]) {
        let mut codes = self.codes;
        codes.sort_unstable();
        for history in codes.chunk_by(|a, b| a.photon() == b.photon()) {
            let event = &mut events[batch.event_of(first + history[0].photon())];
            let text: Box<[u8]> = history.iter().map(|code| code.code()).collect();
            *event.summary.histories.entry(text).or_default() += 1;
        }
    }
}

/// Adds the hits of each sensor.
fn count_sensors(sensors: impl Iterator<Item = u32>, counts: &mut HashMap<u32, u64>) {
    let mut few = [0u64; 64];
    for sensor in sensors {
        match few.get_mut(sensor as usize) {
            Some(count) => *count += 1,
            None => *counts.entry(sensor).or_default() += 1,
        }
    }
    for (sensor, count) in (0u32..).zip(few).filter(|(_, count)| *count > 0) {
        *counts.entry(sensor).or_default() += count;
    }
}
