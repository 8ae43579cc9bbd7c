//! What can go wrong in a command.

use std::io;
use std::path::PathBuf;

use crate::plot::PlotError;

/// Why a command failed. The message names the file, what is wrong with it and what to do.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum ToolsError {
    /// Nothing can be written to stdout any more.
    #[error("cannot write to standard output: {0}")]
    Output(#[from] io::Error),
    /// An array file cannot be read.
    #[error("{0}")]
    Array(#[from] npy::NpyError),
    /// A number is not finite where that makes no sense.
    #[error("{path}: {what} {item} holds a value that is not finite; {advice}", path = path.display())]
    NotFinite {
        /// The file.
        path: PathBuf,
        /// What an item is, `stamp`.
        what: &'static str,
        /// Which item, from 0.
        item: usize,
        /// What to do.
        advice: &'static str,
    },
    /// A plot cannot be made.
    #[error(transparent)]
    Plot(#[from] PlotError),
    /// A GDML file cannot be read.
    #[error(transparent)]
    Gdml(#[from] cfg4::gdml::GdmlError),
    /// The summary cannot be written as JSON.
    #[error("cannot write JSON: {0}")]
    Json(#[from] serde_json::Error),
}

impl ToolsError {
    /// Whether whoever reads our output has gone (`g4opticks np *.npy | head -1`): a reason to stop, not an error.
    pub fn is_broken_pipe(&self) -> bool {
        match self {
            ToolsError::Output(e) => e.kind() == io::ErrorKind::BrokenPipe,
            ToolsError::Json(e) => e.io_error_kind() == Some(io::ErrorKind::BrokenPipe),
            _ => false,
        }
    }
}
