//! A stand-in for NVIDIA's driver library: host code that loads `libcuda.so` runs its kernels in the interpreter
//! [`ptxrun`] instead, so that buffers, streams, launches and errors are tested where there is no GPU.
//!
//! Memory is accounted for, every address is checked, streams do their work as late as they may, and a kernel that
//! goes wrong spoils its context as on a GPU. Environment variables describe the machine and what fails in it.
//!
//! A test runs its body in a child process, which finds the stand-in:
//!
//! ```no_run
//! #[test]
//! fn memory_runs_out() {
//!     let machine = ptxdriver::Machine::new().set("MEMORY_MIB", "1").set("DEVICES", "2");
//!     machine.run("memory_runs_out", || {
//!         // cudarc, or whatever else opens libcuda.so, meets two GPUs with 1 MiB each.
//!     });
//! }
//! ```
//!
//! # Variables
//!
//! Each begins with `PTXDRIVER_`. One that is not known, or whose value is not understood, makes every call fail with
//! `CUDA_ERROR_SYSTEM_NOT_READY`.
//!
//! | variable | what | default |
//! |---|---|---|
//! | `DEVICES` | number of devices, at most 16; with 0 `cuInit` gives `CUDA_ERROR_NO_DEVICE` | 1 |
//! | `INIT_ERROR` | what `cuInit` gives, by name or number | |
//! | `DRIVER_VERSION` | such as 11040; PTX newer than it is refused | 13000 |
//! | `COMPUTE_CAPABILITY` | such as 7.5; PTX for a newer one is refused | 8.0 |
//! | `MULTIPROCESSORS` | of a device | 2 |
//! | `MEMORY_MIB` | memory of a device | 256 |
//! | `OTHER_MEMORY_MIB` | what another process has of it | 0 |
//! | `MEMORY_POOLS` | 0: the device cannot allocate in stream order | 1 |
//! | `STREAMS` | `lazy`: work is done when somebody waits for it; `eager`: at once | `lazy` |
//! | `FAIL_ALLOCATION` | allocations of device memory that fail: `3`, `3+` (and all later), `2:unknown,5` | |
//! | `FAIL_HOST_ALLOCATION` | the same for pinned host memory | |
//! | `FAIL_LAUNCH` | launches that fail, such as `2:timeout`, `1:ecc`, `3:illegal-address`, `4:out-of-resources` | |
//! | `INSTRUCTIONS_PER_SECOND` | PTX instructions in a second as events tell it | 1e11 |
//! | `MAX_INSTRUCTIONS` | PTX instructions of a launch, all threads together, before the watchdog ends it | |
//! | `DETECT_UNINIT` | 1: reading device memory that nothing has written is an illegal access | 0 |
//! | `LOCKSTEP` | 1: lanes of a warp run together | 0 |
//! | `WORKERS` | host threads of a kernel; 1 gives one order of the atomics | 0: all cores |
//! | `LOG` | file for the calls, read by [`CallLog`] | |
//!
//! # Limits
//!
//! Times of events are a model: so many instructions and bytes a second, one thing after the other, the same in every
//! run. Not there, and answered by `CUDA_ERROR_NOT_SUPPORTED`: graphs, managed
//! and external memory, mapped host memory, cooperative launches, functions of the host in a stream, peer access.
//! Per-thread default streams are the default stream. The host's memory cannot be checked; only pinned memory is.

mod attributes;
mod c;
mod call_log;
mod device;
mod driver;
mod error;
mod library;
mod live;
mod machine;
mod pinned;
mod ptx_header;
mod schedule;
mod settings;

pub use call_log::{Call, CallLog};
pub use error::CudaError;
pub use library::{library_folder, search_path};
pub use live::Live;
pub use machine::{Machine, MachineError};
pub use schedule::Schedule;
pub use settings::Settings;
