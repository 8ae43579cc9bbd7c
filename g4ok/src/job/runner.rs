//! The loop over events.

use std::collections::BTreeMap;
use std::time::Instant;

use cfg4::genstep::GenstepCode;
use optixrap::engine::{End, EngineError};
use sysrap::SProc;

use super::gpu::GpuReport;
use super::notes;
use super::observer::{JobObserver, ObserverError};
use super::outside::BornOutside;
use super::report::{MemoryReport, RunReport, Versions};
use super::source::{EventSource, GunGeometry, SourceError};
use super::tally::{Tally, TimedSink};
use crate::{G4Opticks, G4OpticksError};

/// Why a job ended early.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum JobError {
    /// The facade.
    #[error(transparent)]
    Opticks(#[from] G4OpticksError),
    /// The events' source.
    #[error(transparent)]
    Source(#[from] SourceError),
    /// The output.
    #[error("{0}")]
    Output(ObserverError),
}

/// A job: a facade with its geometry, and where the events come from.
#[derive(Debug)]
pub struct Job {
    /// The facade; its geometry must be set.
    pub opticks: G4Opticks,
    /// The events.
    pub source: EventSource,
    /// How many of them; sources that hold fewer begin again.
    pub events: u32,
    /// How many events are propagated together; on a GPU, small events fill it only in company. No influence on results.
    pub batch: u32,
    /// Seconds that the geometry took, for the report.
    pub geometry_seconds: f64,
}

impl Job {
    /// Runs all events and reports.
    ///
    /// # Errors
    /// The first error of the source, the propagation or the observer.
    pub fn run(&mut self, observer: &mut dyn JobObserver) -> Result<RunReport, JobError> {
        self.opticks.set_profile(true);
        let geometry = self.opticks.geometry()?.clone();
        let guns = GunGeometry::new(&self.source, &geometry);
        let source = self.source.open(&guns, self.opticks.config().propagate.seed)?;
        let mut tally = Tally::new(BornOutside::new(&self.source, &geometry), self.events);
        tally.seconds.geometry = self.geometry_seconds;
        for event_id in 0..self.events {
            let start = Instant::now();
            source.fill(&mut self.opticks, event_id)?;
            self.opticks.queue_event(event_id)?;
            tally.seconds.gensteps += start.elapsed().as_secs_f64();
            if self.opticks.num_queued_events() >= self.batch.max(1) as usize || event_id + 1 == self.events {
                propagate(&mut self.opticks, observer, &mut tally)?;
            }
        }
        self.report(tally)
    }

    fn report(&mut self, tally: Tally) -> Result<RunReport, JobError> {
        let Tally { events, total, seconds, outside, device_memory } = tally;
        let geometry = self.opticks.geometry()?;
        let names = geometry.sensor_names();
        let sensor_name = |index: u32| match index.checked_sub(1).and_then(|i| names.get(i as usize)) {
            Some(name) => name.clone(),
            None => "no sensor".to_owned(),
        };
        let mut hits_per_sensor: BTreeMap<String, u64> = names.iter().map(|n| (n.clone(), 0)).collect();
        for (&sensor, &n) in &total.hits_per_sensor {
            *hits_per_sensor.entry(sensor_name(sensor)).or_default() += n;
        }
        let per_second = |n: u64| if seconds.propagate > 0.0 { n as f64 / seconds.propagate } else { 0.0 };
        let digest = geometry.scene().digest().to_owned();
        let memory = self.memory();
        let unused_properties = notes::unused_properties(geometry.detector());
        let mut notes = notes::of_detector(geometry.detector(), &unused_properties);
        let has_sensor_data = self.opticks.sensor_lib().is_given();
        notes.extend(notes::of_config(self.opticks.config(), geometry.detector(), has_sensor_data));
        notes.extend(self.source.notes());
        notes.extend(self.source.notes_of_light(geometry.detector()));
        notes.extend(notes::of_ends(&total.ends, geometry.detector()));
        notes.extend(outside.notes());
        notes.extend(self.opticks.engine_note().map(str::to_owned));
        Ok(RunReport {
            photons: total.photons,
            secondaries: total.secondaries,
            points: total.points,
            hits: total.hits,
            ends: End::ALL.into_iter().map(|end| (end.code(), total.ends.get(end))).collect(),
            hits_per_sensor,
            corrections: total.corrections,
            threads: self.opticks.engine().threads(),
            engine: self.opticks.engine().name(),
            gpu: self.opticks.engine().cuda_report().map(|report| GpuReport::new(&report, &device_memory)),
            photons_per_s: per_second(total.photons),
            points_per_s: per_second(total.points),
            points_per_photon: total.points as f64 / total.photons.max(1) as f64,
            seconds,
            memory,
            memory_report: self.opticks.profile().report().to_string(),
            seed: events.first().map_or(self.opticks.config().propagate.seed, |event| event.seed),
            geometry_digest: digest,
            geometry: String::new(),
            source: self.source.describe(),
            options: BTreeMap::new(),
            notes,
            unused_properties,
            skipped_gencodes: self.skipped(),
            versions: Versions {
                g4opticks: env!("CARGO_PKG_VERSION"),
                platform: format!("{} {}", std::env::consts::OS, std::env::consts::ARCH),
            },
            events,
        })
    }

    fn skipped(&self) -> BTreeMap<String, u64> {
        let skip = self.opticks.config().skip_codes;
        let codes = GenstepCode::ALL.into_iter().filter(|code| skip.contains(*code));
        codes.map(|code| (code.name().to_owned(), self.opticks.skipped_gensteps(code))).collect()
    }

    fn memory(&self) -> MemoryReport {
        let report = self.opticks.profile().report();
        let slope = |fit: Option<sysrap::LineFit>| fit.map(|f| f.slope);
        MemoryReport {
            rss_slope_mb_per_event: slope(report.rss.warm.or(report.rss.whole)),
            vm_slope_mb_per_event: slope(report.vm.warm.or(report.vm.whole)),
            rss_slope_mb_per_event_whole_range: slope(report.rss.whole),
            vm_slope_mb_per_event_whole_range: slope(report.vm.whole),
            peak_rss_bytes: SProc::peak_resident_bytes().unwrap_or(0),
            profile_leak_mb: self.opticks.config().profile_leak_mb,
        }
    }
}

/// Propagates the events that wait.
fn propagate(
    opticks: &mut G4Opticks,
    observer: &mut dyn JobObserver,
    tally: &mut Tally,
) -> Result<(), JobError> {
    let start = Instant::now();
    let mut sink = TimedSink { observer, tally, saving: 0.0 };
    opticks.propagate_queue(&mut sink).map_err(|error| match error {
        G4OpticksError::Engine(EngineError::Sink(error)) => JobError::Output(error),
        other => other.into(),
    })?;
    let saving = sink.saving;
    tally.seconds.propagate += (start.elapsed().as_secs_f64() - saving).max(0.0);
    tally.seconds.save += saving;
    tally.device_memory.read(tally.events.len(), opticks.engine());
    Ok(())
}
