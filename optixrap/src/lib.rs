//! Making and propagating optical photons: the flat scene, the physics, the tracing, the CPU engine and the CUDA engine.
//!
//! [`physics`], [`trace`], [`transport`] and [`launch`] use nothing but `core`: the same files are GPU code.
//! [`scene`] builds the flat tables that they read, [`engine`] runs them on every core of the machine, and [`cuda`] runs the
//! kernels on GPUs. [`walk`] follows straight rays through the volumes.

pub mod cuda;
pub mod engine;
pub mod intrinsics;
pub mod launch;
pub mod physics;
pub mod repertoire;
pub mod scene;
pub mod trace;
pub mod transport;
pub mod walk;
