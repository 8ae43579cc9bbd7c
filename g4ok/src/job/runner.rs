//! The loop over events.

use std::collections::BTreeMap;
use std::time::Instant;

use cfg4::genstep::GenstepCode;
use optixrap::engine::{End, EventSummary};
use sysrap::SProc;

use super::notes;
use super::observer::{JobObserver, ObserverError};
use super::outside::BornOutside;
use super::report::{EventReport, MemoryReport, RunReport, Seconds, Versions};
use super::source::{EventSource, GunGeometry, OpenSource, SourceError};
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
    /// Seconds that the geometry took, for the report.
    pub geometry_seconds: f64,
}

impl Job {
    /// Runs all events and reports.
    ///
    /// # Errors
    /// The first error of the source, the propagation or the observer.
    pub fn run(&mut self, observer: &mut dyn JobObserver) -> Result<RunReport, JobError> {
        let mut seconds = Seconds { geometry: self.geometry_seconds, ..Seconds::default() };
        let mut total = EventSummary::default();
        let mut events = room_for(self.events as usize);
        self.opticks.set_profile(true);
        let geometry = self.opticks.geometry()?.clone();
        let guns = GunGeometry::new(&self.source, &geometry);
        let source = self.source.open(&guns, self.opticks.config().propagate.seed)?;
        let mut outside = BornOutside::new(&self.source, &geometry);
        for event_id in 0..self.events {
            let (report, summary) = one_event(&mut self.opticks, &source, event_id, observer, &mut seconds)?;
            outside.count(&summary);
            total.merge(&summary);
            events.push(report);
        }
        let mut report = self.report(events, &total, seconds)?;
        report.notes.extend(outside.notes());
        Ok(report)
    }

    fn report(
        &mut self,
        events: Vec<EventReport>,
        total: &EventSummary,
        seconds: Seconds,
    ) -> Result<RunReport, JobError> {
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
        notes.extend(notes::of_ends(&total.ends, geometry.detector()));
        Ok(RunReport {
            photons: total.photons,
            points: total.points,
            hits: total.hits,
            ends: End::ALL.into_iter().map(|end| (end.code(), total.ends.get(end))).collect(),
            hits_per_sensor,
            corrections: total.corrections,
            threads: self.opticks.engine().threads(),
            engine: "cpu",
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

fn one_event(
    opticks: &mut G4Opticks,
    source: &OpenSource,
    event_id: u32,
    observer: &mut dyn JobObserver,
    seconds: &mut Seconds,
) -> Result<(EventReport, EventSummary), JobError> {
    let start = Instant::now();
    source.fill(opticks, event_id)?;
    seconds.gensteps += start.elapsed().as_secs_f64();
    let num_gensteps = opticks.num_gensteps();
    let save = Instant::now();
    let num_photons = opticks.num_photons();
    observer.event_starts(event_id, num_photons, opticks.gensteps()).map_err(JobError::Output)?;
    seconds.save += save.elapsed().as_secs_f64();
    let start = Instant::now();
    let mut timed = TimedSink { observer, seconds: 0.0 };
    let summary = opticks.propagate_to(event_id, &mut timed)?;
    let saving = timed.seconds;
    seconds.propagate += (start.elapsed().as_secs_f64() - saving).max(0.0);
    seconds.save += saving;
    let report = EventReport {
        eventid: event_id,
        seed: opticks.config().propagate.seed,
        num_gensteps,
        num_photons: summary.photons,
        num_hits: summary.hits,
        points: summary.points,
        ends: summary.ends,
    };
    let save = Instant::now();
    observer.event_ends(&report, &summary).map_err(JobError::Output)?;
    seconds.save += save.elapsed().as_secs_f64();
    opticks.reset();
    Ok((report, summary))
}

/// Room for reports, touched at once: what a run keeps of its first events must not look like a leak.
fn room_for(events: usize) -> Vec<EventReport> {
    let mut reports = vec![EventReport { num_photons: 1, ..EventReport::default() }; events.min(1 << 14)];
    reports.clear();
    reports
}

/// Hands output on and measures the time that takes.
struct TimedSink<'a> {
    observer: &'a mut dyn JobObserver,
    seconds: f64,
}

impl crate::OutputSink for TimedSink<'_> {
    fn take(&mut self, output: &optixrap::engine::ChunkOutput) -> Result<(), ObserverError> {
        let start = Instant::now();
        let result = self.observer.take(output);
        self.seconds += start.elapsed().as_secs_f64();
        result
    }
}
