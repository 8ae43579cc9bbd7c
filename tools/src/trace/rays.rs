//! Reading an array of rays.

use std::path::Path;

use npy::{NPY, NpyError};
use optixrap::walk::StraightRay;

use super::TraceError;
use crate::ToolsError;

/// Reads rays (n,6), float32 or float64: origin in mm and direction, which is normalised in f64.
///
/// # Errors
/// Where the file is no such array, or a row of it is no ray: the first such row is named.
pub fn read_rays(path: &Path) -> Result<Vec<StraightRay>, ToolsError> {
    let (shape, values) = match NPY::<f32>::load(path) {
        Ok(array) => (array.shape(), array.values().iter().map(|&x| f64::from(x)).collect()),
        Err(NpyError::Dtype { .. }) => {
            let array = NPY::<f64>::load(path)?;
            (array.shape(), array.into_vec())
        }
        Err(error) => return Err(error.into()),
    };
    if !matches!(shape[..], [_, 6]) {
        let shape = shape.iter().map(u64::to_string).collect::<Vec<_>>().join(",");
        return Err(TraceError::Shape { path: path.to_owned(), shape }.into());
    }
    let (rows, _) = values.as_chunks::<6>();
    let ray = |(row, &[x, y, z, u, v, w]): (usize, &[f64; 6])| {
        StraightRay::new([x, y, z], [u, v, w])
            .map_err(|source| TraceError::Ray { path: path.to_owned(), row, source }.into())
    };
    rows.iter().enumerate().map(ray).collect()
}
