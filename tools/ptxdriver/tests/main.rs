//! The stand-in as a host meets it: through `cudarc`, which opens it by the name of NVIDIA's library.

#![allow(clippy::unwrap_used, clippy::expect_used)]

mod faults;
mod kernels;
mod memory;
mod running;
mod starting;
mod streams;
