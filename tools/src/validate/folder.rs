//! Two folders that `g4opticks run --out` wrote.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use npy::NPY;
use optixrap::engine::{HitRecord, PathPoint, history_text};
use optixrap::transport::code_of;
use serde::Deserialize;
use serde_json::Value;

use super::ValidateError;
use super::compare::{Comparison, Histories, HistoryKind, Side};
use super::parting::{Parting, first_parting};
use crate::ToolsError;
use crate::hits::flag_names;
use crate::run_folder::{EventCounts, RunFolderError, RunSummary};

/// A folder of a run.
struct Folder {
    path: PathBuf,
    report: Value,
    /// How far the run came.
    summary: RunSummary,
    /// Its events by number.
    events: BTreeMap<u64, EventCounts>,
}

/// Compares two folders in everything that both hold. Where both runs had the same seed and saved records, or photons,
/// the first photon that differs is named.
///
/// # Errors
/// A folder that is not of a run, files that cannot be read, or arrays that are not those of its `run.json`.
pub fn validate_folders(a: &Path, b: &Path, significance: f64) -> Result<Comparison, ToolsError> {
    let (folder_a, folder_b) = (Folder::open(a)?, Folder::open(b)?);
    let (side_a, side_b) = (folder_a.side()?, folder_b.side()?);
    if side_a.photons == 0 || side_b.photons == 0 {
        let message = "one of the runs made no photons, so that there is nothing to compare".to_owned();
        return Err(ValidateError::NothingInCommon(message).into());
    }
    let name = format!("{} and {}", a.display(), b.display());
    let mut comparison = Comparison::of_sides(&name, &side_a, &side_b, significance);
    comparison.notes.extend([&folder_a, &folder_b].into_iter().filter_map(Folder::early_end));
    comparison.notes.extend(other_detector(&folder_a, &folder_b));
    if folder_a.report["seed"] == folder_b.report["seed"] {
        comparison.parting = parting(&folder_a, &folder_b)?;
        comparison.parted = parted(&folder_a, &folder_b)?;
    }
    Ok(comparison)
}

/// Says that two runs are of different detectors, which explains any difference.
fn other_detector(a: &Folder, b: &Folder) -> Option<String> {
    let of = |folder: &Folder, key: &str| folder.report[key].as_str().unwrap_or("unknown").to_owned();
    let words = |folder: &Folder| format!("{} ({})", of(folder, "geometry"), of(folder, "geometry_digest"));
    (of(a, "geometry_digest") != of(b, "geometry_digest")).then(|| {
        format!("the two runs are of different detectors or surface models: {} and {}", words(a), words(b))
    })
}

impl Folder {
    fn open(path: &Path) -> Result<Self, ValidateError> {
        let fault = |reason: String| ValidateError::Folder { path: path.to_owned(), reason };
        let file = path.join("run.json");
        let text = std::fs::read_to_string(&file).map_err(|error| fault(format!("run.json: {error}")))?;
        let report: Value =
            serde_json::from_str(&text).map_err(|error| fault(format!("run.json: {error}")))?;
        let mut summary =
            RunSummary::deserialize(&report).map_err(|error| fault(format!("run.json: {error}")))?;
        let events = std::mem::take(&mut summary.events).into_iter().map(|event| (event.eventid, event));
        Ok(Self { path: path.to_owned(), events: events.collect(), summary, report })
    }

    /// Says that the run ended early.
    fn early_end(&self) -> Option<String> {
        self.summary
            .early_end()
            .map(|words| format!("the run in {} {words}: those are compared", self.path.display()))
    }

    fn counts(&self, key: &str) -> BTreeMap<String, u64> {
        let counts = self.report[key].as_object();
        let count = |(name, n): (&String, &Value)| Some((name.clone(), n.as_u64().filter(|n| *n > 0)?));
        counts.map(|counts| counts.iter().filter_map(count).collect()).unwrap_or_default()
    }

    fn side(&self) -> Result<Side, ToolsError> {
        let mut hits = Vec::new();
        for &event in self.events.keys() {
            hits.extend(self.array(event, "hits")?.unwrap_or_default().into_iter().map(HitRecord));
        }
        Ok(Side {
            name: self.path.display().to_string(),
            photons: self.report["photons"].as_u64().unwrap_or(0),
            ends: self.counts("ends"),
            histories: self.histories(&hits)?,
            hits_per_sensor: self.counts("hits_per_sensor"),
            hits,
        })
    }

    /// Histories as well as they are known: sequences of points, else the flags of photons, else those of hits.
    fn histories(&self, hits: &[HitRecord]) -> Result<Option<Histories>, ToolsError> {
        let mut histories = BTreeMap::new();
        let mut kind = HistoryKind::MaskOfHits;
        for &event in self.events.keys() {
            if let Some(records) = self.records(event)? {
                kind = HistoryKind::Sequence;
                count_sequences(&records, &mut histories);
            } else if let Some(photons) = self.array(event, "photons")? {
                kind = HistoryKind::MaskOfPhotons;
                photons.into_iter().for_each(|p| count_mask(&HitRecord(p), &mut histories));
            }
        }
        if histories.is_empty() {
            hits.iter().for_each(|hit| count_mask(hit, &mut histories));
        }
        Ok((!histories.is_empty()).then_some((kind, histories)))
    }

    fn records(&self, event: u64) -> Result<Option<Vec<PathPoint>>, ToolsError> {
        let points = self.array(event, "records")?;
        Ok(points.map(|points| points.into_iter().map(PathPoint).collect()))
    }

    /// The items of a file of an event; `None` where the run did not save it, though an earlier one may have.
    fn array(&self, event: u64, what: &str) -> Result<Option<Vec<[f32; 16]>>, ToolsError> {
        let path = self.path.join(format!("event_{event:03}")).join(format!("{what}.npy"));
        let report = || self.path.join("run.json");
        let saved = self.report["options"]["save"].as_array();
        let saved = saved.map(|saved| saved.iter().any(|name| name == what));
        match (saved, path.exists()) {
            (Some(false), _) | (None, false) => return Ok(None),
            (Some(true), false) => return Err(RunFolderError::Missing { path, report: report() }.into()),
            (_, true) => {}
        }
        let array = NPY::<f32>::load_items(&path, &[4, 4])?;
        if let Some(counts) = self.events.get(&event) {
            counts.check(path, array.num_items(), report())?;
        }
        let (items, _) = array.values().as_chunks::<16>();
        Ok(Some(items.to_vec()))
    }
}

fn count_mask(record: &HitRecord, histories: &mut BTreeMap<String, u64>) {
    *histories.entry(flag_names(record.flag_mask())).or_default() += 1;
}

/// Counts the sequences of flags; a point numbered 0 begins the next photon.
fn count_sequences(records: &[PathPoint], histories: &mut BTreeMap<String, u64>) {
    let is_birth = |point: &PathPoint| point.0[15].to_bits() == 0;
    for path in records.chunk_by(|_, next| !is_birth(next)) {
        let codes: Vec<u8> = path.iter().map(|point| code_of(point.0[12].to_bits())).collect();
        *histories.entry(history_text(&codes)).or_default() += 1;
    }
}

/// The events that both have.
fn common<'a>(a: &'a Folder, b: &'a Folder) -> impl Iterator<Item = u64> + 'a {
    a.events.keys().copied().filter(|event| b.events.contains_key(event))
}

/// Where the records of two runs part first.
fn parting(a: &Folder, b: &Folder) -> Result<Option<Parting>, ToolsError> {
    for event in common(a, b) {
        let (Some(of_a), Some(of_b)) = (a.records(event)?, b.records(event)?) else { continue };
        if let Some(parting) = first_parting(event as u32, &of_a, &of_b) {
            return Ok(Some(parting));
        }
    }
    Ok(None)
}

/// How many photons end differently, where both runs saved them.
fn parted(a: &Folder, b: &Folder) -> Result<Option<[u64; 2]>, ToolsError> {
    let mut counts = None;
    for event in common(a, b) {
        let (Some(of_a), Some(of_b)) = (a.array(event, "photons")?, b.array(event, "photons")?) else {
            continue;
        };
        let [differ, all] = counts.get_or_insert([0, 0]);
        let same = |(a, b): &(&[f32; 16], &[f32; 16])| HitRecord(**a) == HitRecord(**b);
        *differ += of_a.iter().zip(&of_b).filter(|pair| !same(pair)).count() as u64;
        *all += of_a.len().min(of_b.len()) as u64;
    }
    Ok(counts)
}
