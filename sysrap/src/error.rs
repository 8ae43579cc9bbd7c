//! What can go wrong when asking the operating system about the process.

use std::io;

/// Error of this crate: what could not be read or done, and what to do about it.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum SysrapError {
    /// The operating system offers no figure that this crate knows how to read.
    #[error("no memory figures on {os}: only Linux and macOS are supported; run without the memory profile")]
    Unsupported {
        /// Name of the operating system.
        os: &'static str,
    },
    /// A file of `/proc` is missing or has other content than the kernel documents.
    #[error("cannot read {file}: {problem}; is /proc mounted in this container?")]
    Proc {
        /// The file under `/proc`.
        file: &'static str,
        /// What the reader said.
        problem: String,
    },
    /// The macOS kernel refused `task_info`.
    #[error("task_info(MACH_TASK_BASIC_INFO) failed with kern_return_t {code}")]
    TaskInfo {
        /// The `kern_return_t` value.
        code: i32,
    },
    /// The path of the running executable is not available.
    #[error("cannot find the path of the running executable: {source}")]
    Executable {
        /// What the operating system said.
        source: io::Error,
    },
    /// A deliberate leak was asked for that is negative, not finite or larger than the address space.
    #[error("cannot leak {megabytes} MB: give a finite number from 0 to {limit_mb}")]
    LeakSize {
        /// The number asked for, in units of 10^6 bytes.
        megabytes: f64,
        /// The largest number accepted.
        limit_mb: f64,
    },
    /// The operating system refused the memory of a deliberate leak.
    #[error(
        "cannot reserve {bytes} bytes for the deliberate leak: {problem}; lower the leak or raise ulimit -v"
    )]
    LeakRefused {
        /// Size asked for in bytes.
        bytes: u64,
        /// What the operating system said.
        problem: String,
    },
    /// A logger was installed before.
    #[error("the log is already set up: call init_from_env once, at the start of main")]
    LogAlreadySet,
}
