//! Why two things cannot be compared.

use std::path::PathBuf;

use super::reference::ReferenceError;

/// Why a comparison cannot be made.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum ValidateError {
    /// What was named is nothing that can be compared.
    #[error(
        "{0} cannot be compared: give nothing or names of built-in cases, a reference (.json), two folders of `run`, or a \
         GDML file with --against"
    )]
    What(String),
    /// A folder that is not of a run.
    #[error("{path} is no folder of a run: {reason}; run with --out {path}", path = .path.display())]
    Folder {
        /// The folder.
        path: PathBuf,
        /// What is missing.
        reason: String,
    },
    /// Nothing in common.
    #[error("{0}")]
    NothingInCommon(String),
    /// A reference in another form.
    #[error("{path}: {source}", path = .path.display())]
    Reference {
        /// The file.
        path: PathBuf,
        /// What is wrong.
        source: ReferenceError,
    },
    /// The detector of a reference.
    #[error("{path}: its detector is {geometry}; name the file: g4opticks validate {path} GDML", path = .path.display())]
    Geometry {
        /// The reference.
        path: PathBuf,
        /// What it says.
        geometry: String,
    },
    /// Data that nothing would read.
    #[error(
        "--surface-data is for --against and for references; the built-in cases and folders of `run` need none"
    )]
    UnusedData,
    /// A scene that cannot be built.
    #[error(transparent)]
    Scene(#[from] optixrap::scene::SceneError),
    /// The engine.
    #[error(transparent)]
    Engine(#[from] optixrap::engine::EngineError),
    /// Options that `run` does not understand.
    #[error("{0}")]
    RunOptions(String),
}
