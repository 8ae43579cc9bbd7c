//! The committed PTX, executed without a GPU, gives the bytes that the CPU engine gives.

#![allow(clippy::unwrap_used, reason = "a test that cannot prepare itself fails")]

mod committed;
mod device;
mod divergence;
mod events;
mod more_bulk;
mod physics;
mod policy;
mod replay;
mod scenes;
mod sorting;
mod spills;
