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
use super::event_files::EventFiles;
use super::geometry_file::GeometryFile;
use crate::ToolsError;

/// The folder of a run.
pub(super) struct RunFiles {
    folder: PathBuf,
    save: Vec<SaveArg>,
    way: bool,
    /// What the run reads, and so must not remove.
    inputs: Vec<PathBuf>,
    /// Whether what an earlier run left has been removed.
    cleared: bool,
    event: Option<EventFiles>,
}

impl RunFiles {
    /// Makes the folder that the arguments name; `None` without `--out`.
    pub(super) fn open(args: &RunArgs) -> Result<Option<Self>, ToolsError> {
        let Some(folder) = args.out.clone() else {
            return Ok(None);
        };
        fs::create_dir_all(&folder).map_err(|source| ToolsError::Write { path: folder.clone(), source })?;
        let inputs = args.gensteps.iter().chain(&args.input_photons).cloned().collect();
        let (save, way) = (args.save.clone(), args.way);
        Ok(Some(Self { folder, save, way, inputs, cleared: false, event: None }))
    }

    /// The folder.
    pub(super) fn folder(&self) -> &Path {
        &self.folder
    }

    /// Opens the files of an event.
    pub(super) fn start(&mut self, event_id: u32, gensteps: &NPY<f32>) -> Result<(), ToolsError> {
        let folder = self.folder.join(format!("event_{event_id:03}"));
        self.event = Some(EventFiles::open(folder, &self.save, self.way, gensteps)?);
        Ok(())
    }

    /// Appends a piece of the event.
    pub(super) fn append(&mut self, output: &ChunkOutput) -> Result<(), ToolsError> {
        self.event.as_mut().map_or(Ok(()), |event| event.append(output))
    }

    /// Completes the files of the event. Those of an earlier run stay until the first event of this one is there to take
    /// their place.
    pub(super) fn finish_event(&mut self) -> Result<(), ToolsError> {
        if !self.cleared {
            let inputs: Vec<&Path> = self.inputs.iter().map(PathBuf::as_path).collect();
            earlier::remove(&self.folder, &inputs)?;
            self.cleared = true;
        }
        self.event.take().map_or(Ok(()), EventFiles::finish)
    }

    /// Gives up the event that is not complete.
    pub(super) fn give_up_event(&mut self) {
        self.event = None;
    }

    /// Writes the stamps and `geometry.json`; their time is added to the report's.
    pub(super) fn finish(
        &self,
        report: &mut RunReport,
        opticks: &G4Opticks,
        start: Instant,
    ) -> Result<(), ToolsError> {
        let profile = opticks.profile();
        let mut stamps = NPYAppender::<f64>::create(self.folder.join("profile.npy"), &[4])?;
        stamps.add(cast_slice(profile.rows()))?;
        stamps.finish()?;
        write_json(&self.folder.join("geometry.json"), &GeometryFile::new(opticks.geometry()?))?;
        report.seconds.save += start.elapsed().as_secs_f64();
        Ok(())
    }

    /// Draws the stamps.
    pub(super) fn draw(&self, opticks: &G4Opticks) -> Result<(), ToolsError> {
        Ok(crate::plot::profile_png(opticks.profile().rows(), &self.folder.join("profile.png"))?)
    }
}

fn write_json(path: &Path, report: &impl Serialize) -> Result<(), ToolsError> {
    use std::io::Write;
    let failed = |source: std::io::Error| ToolsError::Write { path: path.to_owned(), source };
    let mut file = AtomicFile::create(path)?;
    let mut buffered = std::io::BufWriter::new(&mut file);
    serde_json::to_writer_pretty(&mut buffered, report).map_err(|e| failed(e.into()))?;
    buffered.write_all(b"\n").and_then(|()| buffered.flush()).map_err(failed)?;
    drop(buffered);
    Ok(file.finish()?)
}
