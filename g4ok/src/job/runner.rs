//! The loop over events.

use std::collections::BTreeMap;
use std::time::Instant;

use cfg4::genstep::GenstepCode;
use optixrap::engine::{End, EngineError};
use sysrap::{LineFit, SProc};

use super::gpu::GpuReport;
use super::notes;
use super::observer::{JobObserver, ObserverError};
use super::outside::BornOutside;
use super::report::{MemoryReport, RunReport, Versions};
use super::source::{EventSource, GunGeometry, OpenSource, SourceError};
use super::tally::{Tally, TimedSink};
use crate::{G4Opticks, G4OpticksError};

/// Of more sensors than this, those without a hit are not listed.
const MOST_SENSORS_WITHOUT_HITS: usize = 10_000;

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

/// How far a job came.
#[derive(Debug)]
pub struct JobEnd {
    /// What is known of the events that are complete.
    pub report: RunReport,
    /// What ended the job before all of them were.
    pub error: Option<JobError>,
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
        let JobEnd { report, error } = self.run_until_error(observer)?;
        error.map_or(Ok(report), Err)
    }

    /// Runs all events, or those before the first error or interruption, and reports of what was complete.
    ///
    /// # Errors
    /// Without a geometry, or with a source that cannot give events in it: nothing has run then.
    pub fn run_until_error(&mut self, observer: &mut dyn JobObserver) -> Result<JobEnd, JobError> {
        self.opticks.set_profile(true);
        let geometry = self.opticks.geometry()?.clone();
        let guns = GunGeometry::new(&self.source, &geometry);
        let source = self.source.open(&guns, self.opticks.config().propagate.seed)?;
        let mut tally = Tally::new(BornOutside::new(&self.source, &geometry));
        tally.seconds.geometry = self.geometry_seconds;
        let queue_up_to = self.batch.max(1) as usize;
        let ended = all_events(&mut self.opticks, (self.events, queue_up_to), &source, observer, &mut tally);
        let error = ended.err();
        Ok(JobEnd { report: self.report(tally, error.as_ref())?, error })
    }

    fn report(&mut self, tally: Tally, error: Option<&JobError>) -> Result<RunReport, JobError> {
        let Tally { events, first_seed, total, seconds, outside, device_memory } = tally;
        let interrupted = error.is_some() && self.opticks.engine().is_interrupted();
        let failure = error.filter(|_| !interrupted).map(ToString::to_string);
        let geometry = self.opticks.geometry()?;
        let names = geometry.sensor_names();
        let mut hits_per_sensor = BTreeMap::new();
        if names.len() <= MOST_SENSORS_WITHOUT_HITS {
            hits_per_sensor.extend(names.iter().map(|name| (name, 0)));
        }
        for (&sensor, &n) in &total.hits_per_sensor {
            let name = names.name(sensor as usize).unwrap_or_else(|| "no sensor".to_owned());
            *hits_per_sensor.entry(name).or_default() += n;
        }
        let per_second = |n: u64| if seconds.propagate > 0.0 { n as f64 / seconds.propagate } else { 0.0 };
        let digest = geometry.scene().digest().to_owned();
        let memory = self.memory();
        let unused_properties = notes::unused_properties(geometry.detector());
        let early = notes::of_early_end(interrupted, failure.as_deref(), [events, self.events]);
        let mut notes: Vec<String> = early.into_iter().collect();
        notes.extend(notes::of_detector(geometry.detector(), &unused_properties));
        let has_sensor_data = self.opticks.sensor_lib().is_given();
        notes.extend(notes::of_config(self.opticks.config(), geometry.detector(), has_sensor_data));
        notes.extend(self.source.notes());
        notes.extend(self.source.notes_of_light(geometry.detector()));
        notes.extend(notes::of_ends(&total.ends, geometry.detector()));
        notes.extend(outside.notes());
        notes.extend(self.opticks.engine_note().map(str::to_owned));
        Ok(RunReport {
            events_complete: events,
            events_requested: self.events,
            interrupted,
            failure,
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
            seed: first_seed.unwrap_or(self.opticks.config().propagate.seed),
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
        })
    }

    fn skipped(&self) -> BTreeMap<String, u64> {
        let skip = self.opticks.config().skip_codes;
        let codes = GenstepCode::ALL.into_iter().filter(|code| skip.contains(*code));
        codes.map(|code| (code.name().to_owned(), self.opticks.skipped_gensteps(code))).collect()
    }

    fn memory(&self) -> MemoryReport {
        let report = self.opticks.profile().report();
        let [rss, vm] = [&report.rss, &report.vm].map(|growth| growth.warm.or(growth.whole));
        let slope = |fit: Option<LineFit>| fit.map(|f| f.slope);
        let error = |fit: Option<LineFit>| fit.and_then(|f| f.slope_error);
        MemoryReport {
            rss_slope_mb_per_event: slope(rss),
            rss_slope_error_mb_per_event: error(rss),
            vm_slope_mb_per_event: slope(vm),
            vm_slope_error_mb_per_event: error(vm),
            rss_slope_mb_per_event_whole_range: slope(report.rss.whole),
            vm_slope_mb_per_event_whole_range: slope(report.vm.whole),
            peak_rss_bytes: SProc::peak_resident_bytes().unwrap_or(0),
            profile_leak_mb: self.opticks.config().profile_leak_mb,
        }
    }
}

/// Makes and propagates events, up to so many of them and so many at a time.
fn all_events(
    opticks: &mut G4Opticks,
    (events, queue_up_to): (u32, usize),
    source: &OpenSource,
    observer: &mut dyn JobObserver,
    tally: &mut Tally,
) -> Result<(), JobError> {
    for event_id in 0..events {
        // Events without photons give the engine no chance to look.
        if opticks.engine().is_interrupted() {
            return Err(G4OpticksError::from(EngineError::Interrupted).into());
        }
        let start = Instant::now();
        let queued = queue(opticks, source, event_id);
        tally.seconds.gensteps += start.elapsed().as_secs_f64();
        // What came before an event that cannot be made is worth as much as if each had been propagated alone.
        if queued.is_err() || opticks.num_queued_events() >= queue_up_to || event_id + 1 == events {
            propagate(opticks, observer, tally)?;
        }
        queued?;
    }
    Ok(())
}

/// Makes an event and sets it aside.
fn queue(opticks: &mut G4Opticks, source: &OpenSource, event_id: u32) -> Result<(), JobError> {
    source.fill(opticks, event_id)?;
    opticks.queue_event(event_id)?;
    Ok(())
}

/// Propagates the events that wait.
fn propagate(
    opticks: &mut G4Opticks,
    observer: &mut dyn JobObserver,
    tally: &mut Tally,
) -> Result<(), JobError> {
    let start = Instant::now();
    let mut sink = TimedSink { observer, tally, saving: 0.0 };
    let propagated = opticks.propagate_queue(&mut sink).map_err(|error| match error {
        G4OpticksError::Engine(EngineError::Sink(error)) => JobError::Output(error),
        other => other.into(),
    });
    let saving = sink.saving;
    tally.seconds.propagate += (start.elapsed().as_secs_f64() - saving).max(0.0);
    tally.seconds.save += saving;
    tally.device_memory.read(tally.events, opticks.engine());
    propagated
}
