//! All that an engine hands out about one event.

use g4ok::job::{EventReport, Job, JobObserver, ObserverError};
use g4ok::{AngularEfficiency, G4Opticks, OpticksConfig, OutputSink, SensorDatum};
use npy::NPY;
use optixrap::engine::{ChunkOutput, EventSummary};

use super::cases::Case;
use crate::ToolsError;

/// Counts and records of an event.
#[derive(Debug, Clone, PartialEq, Default)]
pub(super) struct Everything {
    pub(super) summary: EventSummary,
    pub(super) output: ChunkOutput,
}

impl Everything {
    /// Runs a case.
    pub(super) fn of(case: &Case, config: OpticksConfig) -> Result<Self, ToolsError> {
        let config = OpticksConfig { propagate: case.propagate.clone(), ..config };
        let mut opticks = G4Opticks::new(config)?;
        opticks.set_geometry(case.detector()?)?;
        if case.sensors {
            give_efficiencies(&mut opticks)?;
        }
        let mut everything = Self::default();
        Job { opticks, source: case.source()?, events: 1, batch: 1, geometry_seconds: 0.0 }
            .run(&mut everything)?;
        Ok(everything)
    }
}

/// A third is collected at the middle of a sensor; less at its sides.
fn give_efficiencies(opticks: &mut G4Opticks) -> Result<(), ToolsError> {
    for sensor in 1..=opticks.num_sensor_volumes() {
        let datum =
            SensorDatum { efficiency_1: 0.33, efficiency_2: 1.0, category: 0, identifier: sensor as u32 };
        opticks.set_sensor_data(sensor, datum)?;
    }
    Ok(opticks.set_sensor_angular_efficiency(AngularEfficiency::mock(1, 90, 180))?)
}

impl OutputSink for Everything {
    fn take(&mut self, part: &ChunkOutput) -> Result<(), ObserverError> {
        self.output.hits.extend_from_slice(&part.hits);
        self.output.ways.extend_from_slice(&part.ways);
        self.output.photons.extend_from_slice(&part.photons);
        self.output.records.extend_from_slice(&part.records);
        Ok(())
    }
}

impl JobObserver for Everything {
    fn event_starts(&mut self, _: u32, _: u64, _: &NPY<f32>) -> Result<(), ObserverError> {
        Ok(())
    }

    fn event_ends(&mut self, _: &EventReport, summary: &EventSummary) -> Result<(), ObserverError> {
        self.summary = summary.clone();
        Ok(())
    }
}
