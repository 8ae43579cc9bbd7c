//! What can be wrong with the data of a measured surface.

use std::path::PathBuf;

/// Why the data of a measured surface are not there.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum SurfaceDataError {
    /// A finish without a table.
    #[error(
        "optical surface {surface}: there is no table for its finish in the data of {kind}; give it a finish of that data \
         set, such as polishedtyvekair (dielectric_LUT) or Rough_LUT (dielectric_LUTDAVIS)"
    )]
    NoTable {
        /// Name of the surface.
        surface: String,
        /// Its type.
        kind: &'static str,
    },
    /// A missing file.
    #[error("optical surface {surface} needs {}, which {} does not have; put it there", names.join(" or "), folder.display())]
    Missing {
        /// Name of the surface.
        surface: String,
        /// Names of files, any of which would do.
        names: Vec<String>,
        /// Where they were looked for.
        folder: PathBuf,
    },
    /// A file that cannot be read.
    #[error("{} (for optical surface {surface}) cannot be read: {source}", path.display())]
    Unreadable {
        /// Name of the surface.
        surface: String,
        /// The file.
        path: PathBuf,
        /// Why.
        source: std::io::Error,
    },
    /// A file that is something else.
    #[error("{} is not the data of optical surface {surface}: {fault}", path.display())]
    Bad {
        /// Name of the surface.
        surface: String,
        /// The file.
        path: PathBuf,
        /// What is wrong.
        fault: String,
    },
}
