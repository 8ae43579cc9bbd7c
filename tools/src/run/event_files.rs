//! The arrays of an event: all of them complete, or none there.

use std::fs;
use std::path::{Path, PathBuf};

use bytemuck::cast_slice;
use npy::{NPY, NPYAppender};
use optixrap::engine::ChunkOutput;

use super::args::SaveArg;
use crate::ToolsError;

/// The open arrays of the running event. Dropped before they are finished, they vanish, and their folder with them unless
/// something else lies there.
pub(super) struct EventFiles {
    folder: PathBuf,
    arrays: Vec<Array>,
}

/// An array that is being written.
struct Array {
    name: &'static str,
    file: NPYAppender<f32>,
    /// What of a piece of the event belongs into it.
    of: fn(&ChunkOutput) -> &[f32],
}

impl EventFiles {
    /// Opens what is to be saved of an event.
    pub(super) fn open(
        folder: PathBuf,
        save: &[SaveArg],
        way: bool,
        gensteps: &NPY<f32>,
    ) -> Result<Self, ToolsError> {
        fs::create_dir_all(&folder).map_err(|source| ToolsError::Write { path: folder.clone(), source })?;
        let mut files = Self { folder, arrays: Vec::new() };
        let saves = |what| save.contains(&what);
        if saves(SaveArg::Hits) {
            files.add("hits.npy", &[4, 4], |output| cast_slice(&output.hits))?;
        }
        if saves(SaveArg::Hits) && way {
            files.add("hiys.npy", &[2, 4], |output| cast_slice(&output.ways))?;
        }
        if saves(SaveArg::Photons) {
            files.add("photons.npy", &[4, 4], |output| cast_slice(&output.photons))?;
        }
        if saves(SaveArg::Records) {
            files.add("records.npy", &[4, 4], |output| cast_slice(&output.records))?;
        }
        // The last to be given its name, since it may replace what the run was made of.
        if saves(SaveArg::Gensteps) {
            files.add("gensteps.npy", &[6, 4], |_| &[])?;
            files.arrays.iter_mut().rev().take(1).try_for_each(|array| array.file.add_array(gensteps))?;
        }
        Ok(files)
    }

    fn add(
        &mut self,
        name: &'static str,
        item_shape: &[u64],
        of: fn(&ChunkOutput) -> &[f32],
    ) -> Result<(), ToolsError> {
        let file = NPYAppender::create(self.folder.join(name), item_shape)?;
        self.arrays.push(Array { name, file, of });
        Ok(())
    }

    /// Appends a piece of the event.
    pub(super) fn append(&mut self, output: &ChunkOutput) -> Result<(), ToolsError> {
        for array in &mut self.arrays {
            array.file.add((array.of)(output))?;
        }
        Ok(())
    }

    /// Gives all of them their names, or none.
    pub(super) fn finish(mut self) -> Result<(), ToolsError> {
        let mut named: Vec<PathBuf> = Vec::new();
        for Array { name, file, .. } in std::mem::take(&mut self.arrays) {
            if let Err(error) = file.finish() {
                named.iter().for_each(|path| remove_quietly(path));
                return Err(error.into());
            }
            named.push(self.folder.join(name));
        }
        Ok(())
    }
}

impl Drop for EventFiles {
    fn drop(&mut self) {
        self.arrays.clear();
        // A folder that holds complete files, or something else, stays.
        let _ = fs::remove_dir(&self.folder);
    }
}

/// Where this fails too there is nothing more to be done; the error that led here is told.
fn remove_quietly(path: &Path) {
    let _ = fs::remove_file(path);
}
