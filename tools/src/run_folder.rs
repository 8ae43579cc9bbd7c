//! The folder that `g4opticks run --out` wrote, for those who read it: `run.json` says how far the run came, and how many
//! items each array of each event has.

use std::fs::File;
use std::io::BufReader;
use std::path::{Path, PathBuf};

use npy::NPY;
use serde::Deserialize;

use crate::ToolsError;

/// What `run.json` says of its events. Keys that a report of another version lacks are not held against the files.
#[derive(Debug, Clone, Default, Deserialize)]
pub struct RunSummary {
    /// The events that are complete.
    pub events: Vec<EventCounts>,
    events_complete: Option<u64>,
    events_requested: Option<u64>,
    #[serde(default)]
    interrupted: bool,
    failure: Option<String>,
}

/// The counts of an event.
#[derive(Debug, Clone, Copy, Default, Deserialize)]
pub struct EventCounts {
    /// Its number.
    pub eventid: u64,
    num_gensteps: Option<u64>,
    num_photons: Option<u64>,
    secondaries: Option<u64>,
    num_hits: Option<u64>,
    points: Option<u64>,
}

/// Why an array is not of the run in whose folder it lies.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum RunFolderError {
    /// It has another number of items.
    #[error(
        "{path} has {found} items, but {report} says {expected}: one of the two was changed or is of another run; run \
         again, or move the array elsewhere to use it alone", path = .path.display(), report = .report.display()
    )]
    Items {
        /// The array.
        path: PathBuf,
        /// Its items.
        found: u64,
        /// The report of the run.
        report: PathBuf,
        /// What it says.
        expected: u64,
    },
    /// It is of an event that the run does not have.
    #[error(
        "{path} is of event {event}, but {report} has no such event: it is of another run; move it elsewhere to use it \
         alone", path = .path.display(), report = .report.display()
    )]
    NoSuchEvent {
        /// The array.
        path: PathBuf,
        /// The number of the event.
        event: u64,
        /// The report of the run.
        report: PathBuf,
    },
    /// It is not there.
    #[error(
        "{path} is missing, but {report} says that the run saved it; run again", path = .path.display(),
        report = .report.display()
    )]
    Missing {
        /// The array.
        path: PathBuf,
        /// The report of the run.
        report: PathBuf,
    },
}

impl RunSummary {
    /// That the run ended early, in words; `None` if it did not.
    pub fn early_end(&self) -> Option<String> {
        let how = match &self.failure {
            Some(message) => format!("failed ({message})"),
            None if self.interrupted => "was interrupted".to_owned(),
            None => return None,
        };
        let complete = self.events_complete.unwrap_or(self.events.len() as u64);
        let of = self.events_requested.map(|n| format!(" of {n}")).unwrap_or_default();
        Some(format!("{how} after {complete}{of} events"))
    }

    fn event(&self, number: u64) -> Option<&EventCounts> {
        self.events.iter().find(|event| event.eventid == number)
    }
}

impl EventCounts {
    /// How many items the array of that name has; `None` where that is not known.
    fn items_of(&self, name: &str) -> Option<u64> {
        let followed = || Some(self.num_photons? + self.secondaries.unwrap_or(0));
        match name {
            "hits.npy" | "hiys.npy" => self.num_hits,
            "photons.npy" => followed(),
            // The points and the births.
            "records.npy" => Some(followed()? + self.points?),
            "gensteps.npy" => self.num_gensteps,
            _ => None,
        }
    }
}

/// Reads an array, and holds the number of its items against the `run.json` of the folder that it lies in, if it lies in
/// that of a run.
///
/// # Errors
/// Where the file is no such array, [`ToolsError::RunFolder`] where it is not of that run.
pub fn load_items(path: &Path, item_shape: &[u64]) -> Result<NPY<f32>, ToolsError> {
    let array = NPY::<f32>::load_items(path, item_shape)?;
    let found = array.num_items();
    if let Some((report, event)) = place_of(path)
        && let Some(summary) = read(&report)
    {
        let path = path.to_owned();
        let Some(counts) = summary.event(event) else {
            return Err(RunFolderError::NoSuchEvent { path, event, report }.into());
        };
        counts.check(path, found, report)?;
    }
    Ok(array)
}

impl EventCounts {
    /// Holds the items that were found in an array of the event against what the report says.
    pub(crate) fn check(&self, path: PathBuf, found: u64, report: PathBuf) -> Result<(), RunFolderError> {
        let name = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
        match self.items_of(&name) {
            Some(expected) if expected != found => {
                Err(RunFolderError::Items { path, found, report, expected })
            }
            _ => Ok(()),
        }
    }
}

/// The `run.json` that an array belongs to, and the number of its event: those of `results/event_003/hits.npy`.
fn place_of(path: &Path) -> Option<(PathBuf, u64)> {
    let whole = path.canonicalize().ok()?;
    let number = whole.parent()?.file_name()?.to_str()?.strip_prefix("event_")?.parse().ok()?;
    // As the user wrote it, if that says enough.
    let folder = path.parent().and_then(Path::parent).filter(|folder| !folder.as_os_str().is_empty());
    let folder = match folder {
        Some(folder) => folder.to_owned(),
        None => whole.parent()?.parent()?.to_owned(),
    };
    Some((folder.join("run.json"), number))
}

/// A report, event by event; `None` where there is none, or something else of that name.
fn read(report: &Path) -> Option<RunSummary> {
    serde_json::from_reader(BufReader::new(File::open(report).ok()?)).ok()
}
