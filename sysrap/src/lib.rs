//! The process: memory figures, executable name, time stamps, the profile and its fit, log levels by class name.
//!
//! A program that runs for days inside somebody else's process must say itself how its memory behaves.
//! [`SProc`] reads the memory of the process, a [`Stamp`] pairs it with the time, [`OpticksProfile`] collects
//! stamps and reports their growth per event.
//!
//! ```
//! use sysrap::OpticksProfile;
//!
//! let mut profile = OpticksProfile::new();
//! for _event in 0..3 {
//!     profile.stamp();
//! }
//! println!("{}", profile.report());
//! assert_eq!(profile.len(), 3);
//! ```
//!
//! Nothing in here prints or reads the environment: [`log_level::init_from_env`] is given both by the binary.

pub mod log_level;

mod clock;
mod error;
mod leak;
mod line_fit;
mod profile;
mod report;
mod sig6;
mod sproc;
mod stamp;

pub use clock::{local_minute_text, seconds_since_midnight};
pub use error::SysrapError;
pub use leak::leak_mb;
pub use line_fit::LineFit;
pub use profile::OpticksProfile;
pub use report::{Column, Growth, Report};
pub use sig6::sig6;
pub use sproc::{BYTES_PER_MB, Memory, SProc};
pub use stamp::Stamp;
