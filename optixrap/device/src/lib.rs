//! The GPU kernels: entry points over the shared physics, one module of PTX per feature.
//!
//! The folders named here are those of `optixrap`, unchanged; `launch` says what each kernel takes and gives.

#![no_std]
#![feature(abi_ptx, asm_experimental_arch, stdarch_nvptx, core_intrinsics, link_llvm_intrinsics)]
#![allow(internal_features, reason = "square root and votes are intrinsics of the compiler")]

#[path = "../../src/intrinsics.rs"]
mod intrinsics;
#[path = "../../src/launch/mod.rs"]
mod launch;
#[path = "../../src/physics/mod.rs"]
mod physics;
#[path = "../../src/repertoire.rs"]
mod repertoire;
#[path = "../../src/trace/mod.rs"]
mod trace;
#[path = "../../src/transport/mod.rs"]
mod transport;

/// See `repertoire`.
const EVERYTHING: bool = !cfg!(feature = "simple");

#[cfg(feature = "probes")]
mod probes;
#[cfg(any(feature = "propagate", feature = "recorded"))]
mod propagate;

use core::arch::nvptx::{_block_dim_x, _block_idx_x, _thread_idx_x};

/// Number of this thread in the launch.
#[inline(always)]
fn thread() -> u64 {
    // SAFETY: these read special registers.
    unsafe { _block_idx_x() as u64 * _block_dim_x() as u64 + _thread_idx_x() as u64 }
}

#[panic_handler]
fn panic(_: &core::panic::PanicInfo) -> ! {
    core::intrinsics::abort()
}
