//! The stamp array of a run's memory profile.

use std::path::Path;

use npy::{NPY, NpyError};

use crate::ToolsError;

/// Reads stamps, shape (n,4) of float32 or float64: time in s, VM in MB, RSS in MB, unused. A MB is 1000 KiB.
///
/// # Errors
/// [`ToolsError::Array`] for other files, [`ToolsError::NotFinite`] for a value that is not finite.
pub fn read_stamps(path: &Path) -> Result<Vec<[f64; 4]>, ToolsError> {
    let values: Vec<f64> = match NPY::<f32>::load_items(path, &[4]) {
        Ok(array) => array.values().iter().map(|&x| f64::from(x)).collect(),
        Err(NpyError::Dtype { .. }) => NPY::<f64>::load_items(path, &[4])?.into_vec(),
        Err(error) => return Err(error.into()),
    };
    let (stamps, _) = values.as_chunks::<4>();
    match stamps.iter().position(|stamp| !stamp.iter().all(|x| x.is_finite())) {
        None => Ok(stamps.to_vec()),
        Some(item) => Err(ToolsError::NotFinite {
            path: path.to_path_buf(),
            what: "stamp",
            item,
            advice: "a run writes finite numbers only, so the file is damaged: run again",
        }),
    }
}
