//! The files of measured surfaces.

use cfg4::detector::Detector;
use optixrap::scene::SurfaceModel;

use super::AuditOptions;
use super::finding::{Check, Finding, Grade};

/// Reads the data of measured surfaces, if a folder is named; a finding says what is wrong with it.
pub(super) fn attach(detector: &mut Detector, options: &AuditOptions) -> Option<Finding> {
    let error = cfg4::surface_data::attach(detector, options.surface_data.as_deref()?).err()?;
    // Only the rules of Geant4 want them.
    let grade = match options.surface_model {
        SurfaceModel::Geant4 => Grade::Refused,
        SurfaceModel::Opticks => Grade::Warning,
    };
    Some(Finding::new(Check::Surface, grade, "--surface-data", error.to_string()))
}
