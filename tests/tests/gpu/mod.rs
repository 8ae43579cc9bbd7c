//! The committed PTX, executed without a GPU, gives the bytes that the CPU engine gives.

mod committed;
mod device;
mod events;
mod physics;
mod scenes;
