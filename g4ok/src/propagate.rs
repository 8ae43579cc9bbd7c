//! Propagation of the collected gensteps.

use bytemuck::cast_slice;
use npy::NPY;
use optixrap::engine::{ChunkOutput, EventInput, EventSummary, HitRecord, WayRecord};

use crate::opticks::Event;
use crate::{G4Opticks, G4OpticksError};

/// Takes the results of an event piece by piece, in photon order.
pub trait OutputSink: Send {
    /// Takes the next piece.
    ///
    /// # Errors
    /// Whatever keeps it from being taken; the propagation ends with it.
    fn take(&mut self, output: &ChunkOutput) -> Result<(), Box<dyn std::error::Error + Send + Sync>>;
}

/// Keeps hits and way items in arrays.
struct InMemory {
    hits: NPY<f32>,
    hiys: NPY<f32>,
}

impl OutputSink for InMemory {
    fn take(&mut self, output: &ChunkOutput) -> Result<(), Box<dyn std::error::Error + Send + Sync>> {
        self.hits.add(cast_slice::<HitRecord, f32>(&output.hits))?;
        self.hiys.add(cast_slice::<WayRecord, f32>(&output.ways))?;
        Ok(())
    }
}

impl G4Opticks {
    /// Makes and follows the photons of all collected gensteps, keeps the hits, and returns their number.
    /// Without gensteps there is nothing to do: a warning is logged and 0 returned.
    ///
    /// # Errors
    /// Without a geometry; if the last event was not [`reset`](Self::reset); for gensteps that cannot be propagated.
    #[doc(alias = "propagateOpticalPhotons")]
    pub fn propagate_optical_photons(&mut self, event_id: u32) -> Result<u64, G4OpticksError> {
        let mut sink = InMemory { hits: NPY::make(&[0, 4, 4])?, hiys: NPY::make(&[0, 2, 4])? };
        let summary = self.propagate_to(event_id, &mut sink)?;
        let n = summary.hits;
        if let Some(event) = &mut self.event {
            event.hits = sink.hits;
            event.hiys = sink.hiys;
        }
        Ok(n)
    }

    /// As [`propagate_optical_photons`](Self::propagate_optical_photons), but hands hits (and whatever else the
    /// configuration asks for) to `sink` as they come instead of keeping them, so that memory does not grow with
    /// their number. Returns the event's counts.
    ///
    /// # Errors
    /// As there, and if the sink fails.
    pub fn propagate_to(
        &mut self,
        event_id: u32,
        sink: &mut dyn OutputSink,
    ) -> Result<EventSummary, G4OpticksError> {
        let geometry =
            self.geometry.as_ref().ok_or(G4OpticksError::NoGeometry { call: "propagate_optical_photons" })?;
        if let Some(event) = &self.event {
            return Err(G4OpticksError::NotReset { event_id: event.id });
        }
        let gensteps = self.collector.gensteps()?;
        if gensteps.is_empty() {
            log::warn!(target: "G4Opticks", "propagate_optical_photons event {event_id}: SKIP as no gensteps have been collected");
        }
        let sensors = self.sensors.to_engine()?;
        let input = EventInput { event_id, gensteps, input_photons: &self.input_photons, sensors };
        let config = &self.config.propagate;
        let summary =
            self.engine
                .propagate(geometry.scene(), &input, config, &mut |output: &ChunkOutput| sink.take(output))?;
        self.event = Some(Event {
            id: event_id,
            summary: summary.clone(),
            hits: NPY::make(&[0, 4, 4])?,
            hiys: NPY::make(&[0, 2, 4])?,
        });
        self.stamp()?;
        Ok(summary)
    }
}
