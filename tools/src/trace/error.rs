//! What can go wrong with rays.

use std::path::PathBuf;

use optixrap::walk::RayError;

/// Why rays cannot be traced.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum TraceError {
    /// The array of rays has another shape.
    #[error(
        "{path}: rays are (n,6), origin x, y, z in mm and direction x, y, z; this array is ({shape})",
        path = path.display()
    )]
    Shape {
        /// The file.
        path: PathBuf,
        /// Its dimensions.
        shape: String,
    },
    /// A row that is no ray.
    #[error("{path}: ray {row}: {source}", path = path.display())]
    Ray {
        /// The file.
        path: PathBuf,
        /// Which row, from 0.
        row: usize,
        /// What is wrong.
        source: RayError,
    },
    /// A solid that the file does not define.
    #[error("--solid {name}: the geometry has no solid of that name{hint}; it has {known}")]
    UnknownSolid {
        /// The name asked for.
        name: String,
        /// What may be meant.
        hint: String,
        /// Some of the names that there are.
        known: String,
    },
    /// Ctrl-C or termination.
    #[error("interrupted after {done} of {rays} rays; nothing is written")]
    Interrupted {
        /// Rays that were traced.
        done: usize,
        /// Rays asked for.
        rays: usize,
    },
}
