//! What people run: the `g4opticks` command, its plots and its reports.
//!
//! [`Cli`](command::Cli) is the command line; [`command::execute`] runs it and turns every error into a line on
//! stderr and an exit code. [`plot`] draws the pictures and can be used alone:
//!
//! ```
//! let stamps: Vec<[f64; 4]> = (0..20).map(|i| [f64::from(i), 900.0, 120.0 + 0.01 * f64::from(i), 0.0]).collect();
//! let folder = tempfile::tempdir()?;
//! tools::plot::profile_png(&stamps, &folder.path().join("profile.png"))?;
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

pub mod audit;
pub mod check;
pub mod command;
pub mod engine_args;
mod error;
pub mod hits;
pub mod html;
pub mod info;
mod number;
pub mod plot;
mod progress;
pub mod ptx;
mod random;
pub mod render;
pub mod run;
pub mod run_folder;
pub mod selftest;
pub mod stamps;
pub mod stand_ins;
pub mod statistics;
mod threads;
pub mod trace;
pub mod validate;

pub use error::ToolsError;
