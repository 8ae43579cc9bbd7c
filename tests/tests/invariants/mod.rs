//! The invariants that ARCHITECTURE.md states, one file per topic.

mod core_only;
mod hidden_inputs;
mod layers;
mod manifests;
mod printing;
mod sizes;
mod tidy;
mod unsafe_code;
mod wording;
