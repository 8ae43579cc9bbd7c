//! The built-in cases: closed forms, and what Geant4 10.6.3 recorded.
//!
//! | case | what is compared |
//! |---|---|
//! | `fresnel` | reflection at a plane of glass against Fresnel's formulas, by angle and polarization |
//! | `bulk` | free paths, what ends them, and Rayleigh's angles against their laws |
//! | `feb2021_430nm`, `feb2021_430nm_as_given`, `feb2021_scintillation` | a point source in the built-in cube against Geant4: black sensors, sensors that reflect, the scintillator's spectrum |
//! | `CerenkovMinimal_430nm` | a point source in a tank of water with a glass plate against Geant4 |

mod bulk;
mod fresnel;
mod recorded;

use std::path::PathBuf;

use super::{Comparison, ValidateError};
use crate::ToolsError;

/// How a case is run.
#[derive(Debug, Clone, PartialEq)]
pub struct CaseOptions {
    /// Photons of our run.
    pub photons: u32,
    /// Seed of our run.
    pub seed: u64,
    /// Threads; 0 for one per core.
    pub threads: usize,
    /// The probability with which chance alone lets a case disagree.
    pub significance: f64,
    /// Folder with the data of measured surfaces, for detectors of files.
    pub surface_data: Option<PathBuf>,
}

impl Default for CaseOptions {
    /// 200 000 photons, as the records have; 1 in 1000.
    fn default() -> Self {
        Self { photons: 200_000, seed: 0, threads: 0, significance: 1e-3, surface_data: None }
    }
}

/// Their names.
pub const NAMES: [&str; 6] = [
    "fresnel",
    "bulk",
    "feb2021_430nm",
    "feb2021_430nm_as_given",
    "feb2021_scintillation",
    "CerenkovMinimal_430nm",
];

/// Runs a built-in case.
///
/// # Errors
/// A name that there is not, or an engine that fails.
pub fn validate_case(name: &str, options: &CaseOptions) -> Result<Comparison, ToolsError> {
    match name {
        "fresnel" => Ok(fresnel::run(options)?),
        "bulk" => Ok(bulk::run(options)?),
        _ => match recorded::built_in(name) {
            Some(case) => recorded::run(&case, options),
            None => Err(ValidateError::What(name.to_owned()).into()),
        },
    }
}

pub use recorded::validate_reference;
