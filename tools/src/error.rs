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
    /// A picture of the geometry cannot be made.
    #[error(transparent)]
    Render(#[from] crate::render::RenderError),
    /// Rays cannot be traced.
    #[error(transparent)]
    Trace(#[from] crate::trace::TraceError),
    /// The detector cannot be traced.
    #[error(transparent)]
    Scene(#[from] optixrap::scene::SceneError),
    /// The threads could not be started.
    #[error("cannot start {threads} threads: {reason}; ask for fewer with --threads")]
    Threads {
        /// How many were asked for, 0 for one per core.
        threads: usize,
        /// The system's answer.
        reason: String,
    },
    /// A geometry cannot be read.
    #[error(transparent)]
    Gdml(#[from] cfg4::gdml::GdmlError),
    /// A macro cannot be understood.
    #[error(transparent)]
    Macro(#[from] cfg4::macros::MacroError),
    /// A torch string cannot be understood.
    #[error("--torch: {0}")]
    Torch(#[from] cfg4::genstep::TorchError),
    /// Material names cannot be read.
    #[error("--material-names: {0}")]
    MaterialNames(#[from] cfg4::genstep::MaterialNamesError),
    /// Genstep files cannot be found.
    #[error("--gensteps: {0}")]
    Gensteps(#[from] cfg4::genstep::GenstepFileError),
    /// The facade.
    #[error(transparent)]
    Opticks(#[from] g4ok::G4OpticksError),
    /// The job ended early.
    #[error(transparent)]
    Job(#[from] g4ok::job::JobError),
    /// Two things that cannot be compared.
    #[error(transparent)]
    Validate(#[from] crate::validate::ValidateError),
    /// An array that is not of the run in whose folder it lies.
    #[error(transparent)]
    RunFolder(#[from] crate::run_folder::RunFolderError),
    /// Ctrl-C or termination.
    #[error("interrupted after {complete} of {events} events{left}")]
    Interrupted {
        /// Events that are complete.
        complete: u32,
        /// Events asked for.
        events: u32,
        /// What of them is kept.
        left: &'static str,
    },
    /// An error after the first events.
    #[error("{error}; this was after {complete} of {events} events{left}")]
    EndedEarly {
        /// Events that are complete.
        complete: u32,
        /// Events asked for.
        events: u32,
        /// What of them is kept.
        left: &'static str,
        /// What happened.
        error: Box<g4ok::job::JobError>,
    },
    /// A run that ended early, and whose report failed too.
    #[error("{error}; the report failed too: {reason}")]
    Unreported {
        /// What ended the run.
        error: Box<ToolsError>,
        /// What keeps it from being reported.
        reason: Box<ToolsError>,
    },
    /// A signal led to the error, whose code the command ends with.
    #[error("{error}")]
    Signalled {
        /// The number of the signal.
        signal: u8,
        /// What it ended.
        error: Box<ToolsError>,
    },
    /// A hit mask with an unknown flag.
    #[error("--hitmask {0}: unknown flag; join two-letter codes by |, for instance SD or SD|BT or EC")]
    HitMask(String),
    /// A macro where the geometry should be.
    #[error("{path} is a macro, but the geometry comes first: g4opticks run GDML MACRO", path = .0.display())]
    MacroFirst(PathBuf),
    /// A macro's gun beside another source of photons.
    #[error(
        "the gun of the macro {path} and --torch, --gensteps or --input-photons exclude each other; leave one out",
        path = .0.display()
    )]
    MacroAndSource(PathBuf),
    /// A macro that runs nothing.
    #[error("{path}: the macro has no /run/beamOn; add one, or give --events N", path = .0.display())]
    NoBeamOn(PathBuf),
    /// More events than can be numbered.
    #[error("the macro asks for more than 2^32 events; give --events N")]
    TooManyEvents,
    /// Ctrl-C cannot be watched.
    #[error("cannot watch for Ctrl-C: {0}")]
    Signal(String),
    /// A file or folder cannot be written.
    #[error("cannot write {path}: {source}; choose another folder with --out", path = path.display())]
    Write {
        /// The file or folder.
        path: PathBuf,
        /// The system's answer.
        source: io::Error,
    },
    /// A file that only this program knows of cannot be written.
    #[error("cannot write a temporary file in {path}: {source}; name another folder with TMPDIR", path = path.display())]
    Temporary {
        /// The folder.
        path: PathBuf,
        /// The system's answer.
        source: io::Error,
    },
    /// The summary cannot be written as JSON.
    #[error("cannot write JSON: {0}")]
    Json(#[from] serde_json::Error),
}

impl ToolsError {
    /// The code that the command ends with: 128 and the number of the signal that ended it, as shells have it, or 1.
    pub fn exit_code(&self) -> u8 {
        match self {
            ToolsError::Signalled { signal, .. } => 128 + signal,
            _ => 1,
        }
    }

    /// Whether whoever reads our output has gone (`g4opticks np *.npy | head -1`): a reason to stop, not an error.
    pub fn is_broken_pipe(&self) -> bool {
        match self {
            ToolsError::Output(e) => e.kind() == io::ErrorKind::BrokenPipe,
            ToolsError::Json(e) => e.io_error_kind() == Some(io::ErrorKind::BrokenPipe),
            _ => false,
        }
    }
}
