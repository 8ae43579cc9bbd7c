//! What a job reports: the contents of `run.json`.
//!
//! Reports of single events are handed to the observer as they come and kept nowhere: a job has any number of them.

use std::collections::BTreeMap;
use std::fmt;

use optixrap::engine::{End, EndCounts};
use serde::{Serialize, Serializer};

use super::gpu::GpuReport;

/// One event.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize)]
pub struct EventReport {
    /// Number of the event, from 0.
    pub eventid: u32,
    /// Seed of its random numbers.
    pub seed: u64,
    /// Gensteps collected.
    pub num_gensteps: u64,
    /// Photons made.
    pub num_photons: u64,
    /// Photons that wavelength shifters made of them beside the first of each absorption.
    pub secondaries: u64,
    /// Hits.
    pub num_hits: u64,
    /// Points of all photons.
    pub points: u64,
    /// Photons per end state; in JSON by two-letter code.
    #[serde(serialize_with = "by_code")]
    pub ends: EndCounts,
}

fn by_code<S: Serializer>(ends: &EndCounts, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.collect_map(End::ALL.into_iter().map(|end| (end.code(), ends.get(end))))
}

impl fmt::Display for EventReport {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "EventAction::EndOfEventAction eventid {} num_gensteps {} num_photons {} num_hits {}",
            self.eventid, self.num_gensteps, self.num_photons, self.num_hits
        )
    }
}

/// Seconds spent per stage.
#[derive(Debug, Clone, Copy, PartialEq, Default, Serialize)]
pub struct Seconds {
    /// Reading the geometry and making the scene.
    pub geometry: f64,
    /// Making or reading gensteps.
    pub gensteps: f64,
    /// Making and following photons.
    pub propagate: f64,
    /// Writing files.
    pub save: f64,
}

/// What happened to the memory. "MB" are the original's: 1000 KiB on Linux. A single event has no slopes, and two events
/// have no errors of theirs.
#[derive(Debug, Clone, Copy, PartialEq, Default, Serialize)]
pub struct MemoryReport {
    /// Growth of resident memory, MB per event, fitted after dropping the first tenth of the events (of two events,
    /// none is dropped).
    pub rss_slope_mb_per_event: Option<f64>,
    /// Its standard error.
    pub rss_slope_error_mb_per_event: Option<f64>,
    /// Growth of virtual memory, likewise.
    pub vm_slope_mb_per_event: Option<f64>,
    /// Its standard error.
    pub vm_slope_error_mb_per_event: Option<f64>,
    /// Growth of resident memory fitted over all events.
    pub rss_slope_mb_per_event_whole_range: Option<f64>,
    /// Growth of virtual memory fitted over all events.
    pub vm_slope_mb_per_event_whole_range: Option<f64>,
    /// Most resident memory that the process ever had, bytes.
    pub peak_rss_bytes: u64,
    /// Memory leaked on purpose at each event, 10^6 bytes.
    pub profile_leak_mb: f64,
}

/// What computed the result.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Versions {
    /// Version of this program.
    pub g4opticks: &'static str,
    /// Operating system and processor.
    pub platform: String,
}

/// A whole run, or as much of it as was complete when it ended early. All numbers are of complete events.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct RunReport {
    /// Events that are complete.
    pub events_complete: u32,
    /// Events that were asked for.
    pub events_requested: u32,
    /// Whether the run was interrupted from outside before all of them were complete.
    pub interrupted: bool,
    /// The error that ended the run before all of them were complete.
    pub failure: Option<String>,
    /// Photons made.
    pub photons: u64,
    /// Photons that wavelength shifters made of them beside the first of each absorption; `photons + secondaries` is the
    /// sum of `ends`.
    pub secondaries: u64,
    /// Points: places where something happened to a photon; births are none.
    pub points: u64,
    /// Hits.
    pub hits: u64,
    /// Photons per end state, by two-letter code.
    pub ends: BTreeMap<&'static str, u64>,
    /// Hits per sensor; sensors without any are listed where there are 10 000 or fewer.
    pub hits_per_sensor: BTreeMap<String, u64>,
    /// Navigation corrections.
    pub corrections: u64,
    /// Threads.
    pub threads: usize,
    /// What ran the photons.
    pub engine: &'static str,
    /// The GPUs, if they ran them.
    pub gpu: Option<GpuReport>,
    /// Seconds per stage.
    pub seconds: Seconds,
    /// Photons per second of propagation.
    pub photons_per_s: f64,
    /// Points per second of propagation.
    pub points_per_s: f64,
    /// Mean points per photon.
    pub points_per_photon: f64,
    /// Memory.
    pub memory: MemoryReport,
    /// The memory report as text.
    pub memory_report: String,
    /// Seed of the random numbers; of several runs, that of the first.
    pub seed: u64,
    /// Digest of the scene: equal digests and options give equal photons.
    pub geometry_digest: String,
    /// Where the geometry came from.
    pub geometry: String,
    /// Where the photons came from.
    pub source: String,
    /// Options that decided the result.
    pub options: BTreeMap<&'static str, serde_json::Value>,
    /// Things the user should know: unused properties, what a macro's commands mean here, ...
    pub notes: Vec<String>,
    /// Properties of the geometry that the simulation does not use, by `material NAME` or `surface NAME`.
    pub unused_properties: BTreeMap<String, Vec<String>>,
    /// Gensteps skipped by code.
    pub skipped_gencodes: BTreeMap<String, u64>,
    /// Versions.
    pub versions: Versions,
}
