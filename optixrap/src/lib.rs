//! Making and propagating optical photons: the flat scene, the physics, the tracing and the CPU engine.
//!
//! [`physics`], [`trace`], [`transport`] and [`launch`] use nothing but `core`: the same files are GPU code.
//! [`scene`] builds the flat tables that they read, and [`engine`] runs them on every core of the machine.

pub mod cuda;
pub mod engine;
pub mod intrinsics;
pub mod launch;
pub mod physics;
pub mod scene;
pub mod trace;
pub mod transport;
