//! The CUDA engine against the CPU engine, on whatever driver there is: one of NVIDIA with a GPU, or a stand-in that
//! executes the kernels on the CPU and is found through LD_LIBRARY_PATH. Without one, the tests say that they skip; those of
//! `stand_in` bring it along, and have all others run with it too.

mod batches;
mod bits;
mod faults;
mod memory;
mod stand_in;
mod support;
