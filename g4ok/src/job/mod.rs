//! The main job: events from a gun, from genstep files, from a torch or from given photons, propagated one after
//! another, with everything counted, timed and reported.

mod gpu;
mod notes;
mod observer;
mod outside;
mod primary;
mod report;
mod runner;
mod scintillation;
mod source;
mod tally;
mod totals;

pub use gpu::{GpuDevice, GpuKernel, GpuReport};
pub use observer::{JobObserver, ObserverError, Quiet};
pub use report::{EventReport, MemoryReport, RunReport, Seconds, Versions};
pub use runner::{Job, JobEnd, JobError};
pub use source::{EventSource, SourceError};
