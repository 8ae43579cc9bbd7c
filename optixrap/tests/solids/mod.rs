//! Rays against solids.

mod catalogue;
mod closed_forms;
mod curved_catalogue;
mod curved_chords;
mod implicit;
mod random;
mod reference;
mod reference_gdml;
mod robustness;
mod walk;
