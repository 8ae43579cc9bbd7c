//! The facade, its job and its programs.
//!
//! | module | what it holds |
//! |---|---|
//! | `misuse` | every wrong order of calls and every value out of range is an error |
//! | `collection` | skip codes, reservation, material names, counts |
//! | `completeness` | Geant4's own photons, aligned numbers, pictures |
//! | `hits` | local and global values, way items, input photons |
//! | `sensors` | efficiencies, angular efficiencies, collected and culled hits |
//! | `job` | the loop over events and its report |
//! | `runs` | several runs, guns of several particles, what a report notes |
//! | `programs` | `G4OKTest`, `G4OpticksTest` and the example, by name |
//! | `queue` | events propagated together |
//! | `memory` | memory over a thousand events, and leaks that are made on purpose |

#![allow(clippy::unwrap_used, reason = "a test that cannot prepare itself fails")]

mod collection;
mod common;
mod completeness;
mod hits;
mod job;
mod memory;
mod misuse;
mod programs;
mod queue;
mod runs;
mod sensors;
