//! `g4opticks validate`: whether two runs, or a run and what is known, are of one physics.
//!
//! | module | what it holds |
//! |---|---|
//! | `sample`, `job`, `folder` | what is compared: an event, a job, the folder of a run |
//! | `compare`, `overlays` | every test of two sides, and their distributions |
//! | `parting` | where two runs with the same random numbers part |
//! | `against`, `model_surfaces` | one job run twice with one thing changed, and whether any photon could tell |
//! | `reference`, `histories`, `cases` | records of Geant4, which of their histories are compared, closed forms |
//! | `text`, `html` | the report |

mod against;
mod cases;
mod compare;
mod error;
mod folder;
mod histories;
mod html;
mod job;
mod model_surfaces;
mod overlays;
mod parting;
pub mod reference;
mod sample;
mod text;

use serde::Serialize;

pub use against::{Against, validate_against};
pub use cases::{CaseOptions, NAMES, validate_case, validate_reference};
pub use compare::{Comparison, Histories, HistoryKind, Side, Test, Verdict};
pub use error::ValidateError;
pub use folder::validate_folders;
pub use html::page;
pub use parting::{Parting, Step, first_parting};
pub use sample::{Sample, Source, photon, point_source, points_of, run_event};

/// Everything that one command compared.
#[derive(Debug, Clone, Serialize)]
pub struct Validation {
    /// Whether all of them agree.
    pub verdict: Verdict,
    /// One by one.
    pub comparisons: Vec<Comparison>,
}

impl From<Vec<Comparison>> for Validation {
    fn from(comparisons: Vec<Comparison>) -> Self {
        let any = |verdict| comparisons.iter().any(|comparison| comparison.verdict == verdict);
        let verdict =
            [Verdict::Disagree, Verdict::Agree, Verdict::NothingToCompare].into_iter().find(|v| any(*v));
        Self { verdict: verdict.unwrap_or(Verdict::Agree), comparisons }
    }
}
