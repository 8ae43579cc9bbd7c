//! Executes CUDA kernels in PTX text form on the CPU, bit for bit.
//!
//! ```
//! use ptxrun::{Args, Device, LaunchConfig, Module};
//! let text = "
//! .version 7.0
//! .target sm_80
//! .address_size 64
//! .visible .entry twice(.param .u64 out) {
//!     .reg .b32 %r<3>;
//!     .reg .b64 %rd<4>;
//!     ld.param.b64 %rd1, [out];
//!     mov.u32 %r1, %tid.x;
//!     mul.wide.u32 %rd2, %r1, 4;
//!     add.s64 %rd3, %rd1, %rd2;
//!     shl.b32 %r2, %r1, 1;
//!     st.global.b32 [%rd3], %r2;
//!     ret;
//! }";
//! let module = Module::parse(text).unwrap();
//! let mut device = Device::new(&module);
//! let out = device.alloc(4 * 32);
//! let stats = device
//!     .launch("twice", &LaunchConfig::linear(1, 32), &Args::new().ptr(out).bytes())
//!     .unwrap();
//! assert_eq!(device.download(out).unwrap()[4 * 5], 10);
//! assert!(stats.bit_reproducible());
//! ```

mod ast;
mod device;
mod device_memory;
mod error;
mod exec;
mod launch;
mod lex;
mod lower;
mod module;
mod parse;
mod program;
mod stats;
mod types;

pub use device::{DevPtr, Device};
pub use device_memory::DeviceMemory;
pub use error::{Fault, FaultKind, LaunchError, ParseError};
pub use launch::LaunchConfig;
pub use module::{Args, KernelInfo, Module};
pub use program::{Opcode, Param};
pub use stats::{LineCount, OpCount, Path, Place, Stats};
pub use types::Ty;
