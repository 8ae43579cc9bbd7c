//! What a launch on a GPU left in its buffers, put into the order of the photons.

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
        let mut order: Vec<usize> = (0..self.hit_keys.len()).collect();
        order.sort_unstable_by_key(|&i| self.hit_keys[i].launch_index);
        for i in order {
            let key = self.hit_keys[i];
            let event = &mut events[key.event as usize];
            event.hits.push(self.hits[i]);
            event.ways.extend(self.ways.get(i));
            event.summary.hits += 1;
            *event.summary.hits_per_sensor.entry(key.sensor).or_default() += 1;
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
