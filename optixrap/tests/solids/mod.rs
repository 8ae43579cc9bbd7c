//! Rays against solids.

mod catalogue;
mod closed_forms;
mod random;
mod reference;
mod robustness;
mod walk;
