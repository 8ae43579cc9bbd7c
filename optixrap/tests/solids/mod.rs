//! Rays against solids.

mod catalogue;
mod closed_forms;
mod random;
mod robustness;
mod walk;
