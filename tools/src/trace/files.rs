//! The files of a scan: complete or absent, written piece by piece.

use std::io::Write;
use std::path::{Path, PathBuf};

use npy::{AtomicFile, NPYAppender};

use super::{COLUMNS, ScanSummary, Target, TracedRay};
use crate::ToolsError;

/// The open files. Dropped unfinished, they vanish.
pub(super) struct ScanFiles {
    folder: PathBuf,
    distances: NPYAppender<f32>,
    volumes: NPYAppender<f32>,
    normals: NPYAppender<f32>,
}

impl ScanFiles {
    pub(super) fn create(folder: &Path) -> Result<Self, ToolsError> {
        std::fs::create_dir_all(folder)
            .map_err(|source| ToolsError::Write { path: folder.to_owned(), source })?;
        Ok(Self {
            folder: folder.to_owned(),
            distances: NPYAppender::create(folder.join("distance.npy"), &[COLUMNS as u64])?,
            volumes: NPYAppender::create(folder.join("volume.npy"), &[COLUMNS as u64 + 1])?,
            normals: NPYAppender::create(folder.join("normal.npy"), &[3])?,
        })
    }

    /// Appends rays, which are counted and whose volumes are numbered in `summary`.
    pub(super) fn append(
        &mut self,
        target: &Target,
        rays: &[TracedRay],
        summary: &mut ScanSummary,
    ) -> Result<(), ToolsError> {
        for ray in rays {
            summary.add(ray);
            self.distances.add(&ray.distances_mm)?;
            self.volumes.add(&ray.places.map(|place| summary.number(target, place) as f32))?;
            self.normals.add(&ray.normal)?;
        }
        Ok(())
    }

    /// Gives the files their names, `scan.json` last.
    pub(super) fn finish(self, summary: &ScanSummary) -> Result<(), ToolsError> {
        let text = serde_json::to_string_pretty(summary)?;
        let path = self.folder.join("scan.json");
        let mut json = AtomicFile::create(&path)?;
        writeln!(json, "{text}").map_err(|source| ToolsError::Write { path, source })?;
        self.distances.finish()?;
        self.volumes.finish()?;
        self.normals.finish()?;
        Ok(json.finish()?)
    }
}
