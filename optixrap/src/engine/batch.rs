//! Events laid out for launches on a GPU.

use std::ops::Range;

use super::prepare::prepare;
use super::{EngineError, EventInput};
use crate::launch::Segment;
use crate::scene::SceneData;
use crate::transport::PreparedGenstep;

/// Any number of events laid end to end: photon 0 of the first event has launch index 0. See [`crate::launch`].
#[derive(Debug, Clone, Default)]
pub struct Batch {
    /// Gensteps of all events.
    pub gensteps: Vec<PreparedGenstep>,
    /// Which launch indices belong to which genstep.
    pub segments: Vec<Segment>,
    /// First launch index of each segment.
    pub starts: Vec<u64>,
    /// Input photons of all events.
    pub input_photons: Vec<[f32; 16]>,
    /// The events.
    pub events: Vec<BatchEvent>,
    n_photons: u64,
}

/// One event of a [`Batch`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BatchEvent {
    /// Number of the event: part of the address of its random numbers.
    pub event_id: u32,
    /// The launch indices of its photons.
    pub photons: Range<u64>,
}

impl Batch {
    /// Adds an event, or the photons `range` of it (by their number in the event).
    ///
    /// # Errors
    /// A genstep that cannot be propagated.
    pub fn add(
        &mut self,
        scene: &SceneData,
        input: &EventInput,
        range: Option<Range<u64>>,
    ) -> Result<(), EngineError> {
        let prepared = prepare(&scene.view(), input)?;
        let wanted = range.unwrap_or(0..prepared.n_photons);
        let first_input = self.input_photons.len() as u32;
        let first = self.n_photons;
        for mut genstep in prepared.gensteps {
            let of_event = genstep.first_photon..genstep.first_photon + u64::from(genstep.n_photons);
            let start = of_event.start.max(wanted.start);
            let end = of_event.end.min(wanted.end);
            if start >= end {
                continue;
            }
            genstep.record.first_input_photon += first_input;
            self.starts.push(self.n_photons);
            self.segments.push(Segment {
                genstep: self.gensteps.len() as u32,
                first_in_genstep: (start - of_event.start) as u32,
                event: self.events.len() as u32,
                event_id: input.event_id,
            });
            self.gensteps.push(genstep);
            self.n_photons += end - start;
        }
        self.input_photons.extend_from_slice(input.input_photons);
        self.events.push(BatchEvent { event_id: input.event_id, photons: first..self.n_photons });
        Ok(())
    }

    /// How many photons there are: one past the last launch index.
    pub fn n_photons(&self) -> u64 {
        self.n_photons
    }

    /// The event that a launch index belongs to.
    pub(super) fn event_of(&self, launch_index: u64) -> usize {
        self.events.partition_point(|event| event.photons.end <= launch_index)
    }
}
