//! The functions of the Driver API as C sees them: thin shells around [`crate::driver::Driver`].
//!
//! A shell checks its pointers through the types of [`pointers`], does one thing with the driver, and gives a number.
//! No panic leaves it.

#[macro_use]
mod shell;
mod context;
mod copy;
mod device;
mod errors;
mod event;
mod fill;
mod function;
mod launch;
mod memory;
mod module;
mod pointers;
mod stream;
mod unsupported;
