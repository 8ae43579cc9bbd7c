//! The files of a run: complete or absent, written piece by piece.

use std::fs;
use std::path::{Path, PathBuf};
use std::time::Instant;

use bytemuck::cast_slice;
use g4ok::G4Opticks;
use g4ok::job::RunReport;
use npy::{AtomicFile, NPY, NPYAppender};
use optixrap::engine::ChunkOutput;
use serde::Serialize;

use super::args::{RunArgs, SaveArg};
use super::earlier;
use super::geometry_file::GeometryFile;
use crate::ToolsError;

/// The folder of a run.
pub(super) struct RunFiles {
    folder: PathBuf,
    save: Vec<SaveArg>,
    way: bool,
    event: Option<EventFiles>,
}

/// The open files of the running event. Dropped unfinished, they vanish.
#[derive(Default)]
struct EventFiles {
    hits: Option<NPYAppender<f32>>,
    hiys: Option<NPYAppender<f32>>,
    photons: Option<NPYAppender<f32>>,
    records: Option<NPYAppender<f32>>,
}

impl RunFiles {
    /// Opens the folder that the arguments name; `None` without `--out`.
    pub(super) fn open(args: &RunArgs) -> Result<Option<Self>, ToolsError> {
        let Some(folder) = args.out.clone() else {
            return Ok(None);
        };
        fs::create_dir_all(&folder).map_err(|source| ToolsError::Write { path: folder.clone(), source })?;
        let inputs: Vec<&Path> =
            args.gensteps.iter().chain(&args.input_photons).map(PathBuf::as_path).collect();
        earlier::remove(&folder, &inputs)?;
        Ok(Some(Self { folder, save: args.save.clone(), way: args.way, event: None }))
    }

    fn saves(&self, what: SaveArg) -> bool {
        self.save.contains(&what)
    }

    /// Opens the files of an event.
    pub(super) fn start(&mut self, event_id: u32, gensteps: &NPY<f32>) -> Result<(), ToolsError> {
        let folder = self.folder.join(format!("event_{event_id:03}"));
        fs::create_dir_all(&folder).map_err(|source| ToolsError::Write { path: folder.clone(), source })?;
        let open = |wanted: bool, name: &str, shape: &[u64]| -> Result<_, ToolsError> {
            Ok(if wanted { Some(NPYAppender::create(folder.join(name), shape)?) } else { None })
        };
        let hits = self.saves(SaveArg::Hits);
        self.event = Some(EventFiles {
            hits: open(hits, "hits.npy", &[4, 4])?,
            hiys: open(hits && self.way, "hiys.npy", &[2, 4])?,
            photons: open(self.saves(SaveArg::Photons), "photons.npy", &[4, 4])?,
            records: open(self.saves(SaveArg::Records), "records.npy", &[4, 4])?,
        });
        if self.saves(SaveArg::Gensteps) {
            gensteps.save(folder.join("gensteps.npy"))?;
        }
        Ok(())
    }

    /// Appends a piece of the event.
    pub(super) fn append(&mut self, output: &ChunkOutput) -> Result<(), ToolsError> {
        let Some(event) = &mut self.event else {
            return Ok(());
        };
        let add = |file: &mut Option<NPYAppender<f32>>, values: &[f32]| -> Result<(), ToolsError> {
            match file {
                Some(file) => Ok(file.add(values)?),
                None => Ok(()),
            }
        };
        add(&mut event.hits, cast_slice(&output.hits))?;
        add(&mut event.hiys, cast_slice(&output.ways))?;
        add(&mut event.photons, cast_slice(&output.photons))?;
        add(&mut event.records, cast_slice(&output.records))
    }

    /// Completes the files of the event.
    pub(super) fn finish_event(&mut self) -> Result<(), ToolsError> {
        let event = self.event.take().unwrap_or_default();
        for file in [event.hits, event.hiys, event.photons, event.records].into_iter().flatten() {
            file.finish()?;
        }
        Ok(())
    }

    /// Writes the stamps, their picture, `geometry.json` and `run.json`; their time is added to the report's.
    pub(super) fn finish(
        &self,
        report: &mut RunReport,
        opticks: &G4Opticks,
        start: Instant,
    ) -> Result<(), ToolsError> {
        let profile = opticks.profile();
        let mut stamps = NPY::<f64>::make(&[0, 4])?;
        stamps.add(cast_slice(profile.rows()))?;
        stamps.save(self.folder.join("profile.npy"))?;
        crate::plot::profile_png(profile.rows(), &self.folder.join("profile.png"))?;
        write_json(&self.folder.join("geometry.json"), &GeometryFile::new(opticks.geometry()?))?;
        report.seconds.save += start.elapsed().as_secs_f64();
        write_json(&self.folder.join("run.json"), report)
    }
}

fn write_json(path: &Path, report: &impl Serialize) -> Result<(), ToolsError> {
    use std::io::Write;
    let failed = |source: std::io::Error| ToolsError::Write { path: path.to_owned(), source };
    let text = serde_json::to_string_pretty(report).map_err(|e| failed(e.into()))?;
    let mut file = AtomicFile::create(path)?;
    file.write_all(text.as_bytes()).and_then(|()| file.write_all(b"\n")).map_err(failed)?;
    Ok(file.finish()?)
}
