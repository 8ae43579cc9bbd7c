//! The CUDA engine: the kernels of [`launch`](crate::launch) on NVIDIA GPUs, through the driver alone.
//!
//! The only place that knows `cudarc`. The driver's library is opened when the engine is made, so that the same program
//! runs where there is none, and says so by an error. Reading order:
//!
//! - `engine`: the engine, with one `device` per GPU;
//! - `work`: which photons are launched together, and in which order results are handed on;
//! - `plan`: how many photons a launch takes, and how much room its results get;
//! - `slot`: one launch with its buffers; two per device, so that copies and kernels overlap;
//! - `tables`, `resident`: what the device is given for a launch, and what it keeps;
//! - `kernel`, `memory`, `driver`: the driver's functions, wrapped.
//!
//! `cudarc` is compiled for CUDA 12.9: the functions used here are in every driver since CUDA 11.0, whereas the bindings
//! of 13.0 measure time by a function that drivers before 12.8 lack; older bindings know fewer of the driver's errors.

mod choice;
mod device;
mod driver;
mod engine;
mod error;
mod kernel;
mod memory;
mod plan;
mod report;
mod resident;
mod slot;
mod tables;
mod work;

pub use choice::{DeviceChoice, DeviceChoiceError};
pub use driver::DeviceInfo;
pub use engine::{CudaEngine, CudaOptions, Tuning, list_devices};
pub use error::{Bytes, CudaError, CudaVersion, DeviceName};
pub use kernel::KernelReport;
pub use report::{CudaReport, DeviceMemory, DeviceReport, LaunchTotals};
