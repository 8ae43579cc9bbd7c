//! What can go wrong in building and checking PTX.

use std::io;
use std::path::PathBuf;

use super::ADVICE;

/// Why the PTX cannot be built, or is not what it should be.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum PtxError {
    /// This is not the repository.
    #[error("there is no optixrap/device in {0} or above it; run this inside the repository")]
    NoRepository(PathBuf),
    /// A file cannot be read or written.
    #[error("{path}: {source}", path = path.display())]
    File {
        /// The file.
        path: PathBuf,
        /// Why.
        source: io::Error,
    },
    /// The nightly compiler is not there.
    #[error(
        "the nightly compiler with its library sources is not installed; run `rustup toolchain install nightly \
         --component rust-src`"
    )]
    NoCompiler,
    /// A program cannot be started.
    #[error("cannot run {program}: {source}")]
    Start {
        /// The program.
        program: String,
        /// Why.
        source: io::Error,
    },
    /// A program failed.
    #[error("{program} failed:\n{output}")]
    Failed {
        /// The program.
        program: String,
        /// What it said.
        output: String,
    },
    /// A text without the comment that says what it was made of.
    #[error("{0} does not begin with the comment that says what it was made of; {ADVICE}")]
    NoHeader(String),
    /// A text that was made of other sources.
    #[error("{file} was made of other sources than these (digest {found}, now {expected}); {ADVICE}")]
    Stale {
        /// The text.
        file: String,
        /// The digest in it.
        found: String,
        /// The digest of the sources.
        expected: String,
    },
    /// A text that is not what the compiler makes of its sources.
    #[error("{file} differs from what {compiler} makes of the sources, first in line {line}; {ADVICE}")]
    Differs {
        /// The text.
        file: String,
        /// The first line that differs, from 1.
        line: usize,
        /// The compiler.
        compiler: String,
    },
    /// A text with something that would give other bits on a GPU, or that no driver would load.
    #[error("{file}: {}", problems.join("; "))]
    Text {
        /// The text.
        file: String,
        /// What is wrong.
        problems: Vec<String>,
    },
    /// A kernel that takes more than it may.
    #[error("{}; find out why, or raise the bound in optixrap/ptx/limits.txt", .0.join("; "))]
    Exceeded(Vec<String>),
    /// A line of the table of bounds that cannot be read.
    #[error("optixrap/ptx/limits.txt:{line}: expected `kernel sm registers stack spills`")]
    Limits {
        /// The line, from 1.
        line: usize,
    },
}
