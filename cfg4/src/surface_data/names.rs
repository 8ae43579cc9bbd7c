//! From finishes to the names of data files.

use crate::detector::{SurfaceFinish, SurfaceType};

/// File names of the finishes from 6 on, in their order; `None` for those that were not measured.
const ANGULAR_DISTRIBUTIONS: [Option<&str>; 24] = [
    Some("PolishedLumirror"),
    Some("PolishedLumirrorGlue"),
    None,
    Some("PolishedTeflon"),
    Some("PolishedTiO"),
    Some("PolishedTyvek"),
    Some("PolishedVM2000"),
    Some("PolishedVM2000Glue"),
    Some("EtchedLumirror"),
    Some("EtchedLumirrorGlue"),
    None,
    Some("EtchedTeflon"),
    Some("EtchedTiO"),
    Some("EtchedTyvek"),
    Some("EtchedVM2000"),
    Some("EtchedVM2000Glue"),
    Some("GroundLumirror"),
    Some("GroundLumirrorGlue"),
    None,
    Some("GroundTeflon"),
    Some("GroundTiO"),
    Some("GroundTyvek"),
    Some("GroundVM2000"),
    Some("GroundVM2000Glue"),
];

/// File names of the finishes from 30 on.
const DIRECTIONS: [&str; 9] = [
    "Rough_LUT",
    "RoughTeflon_LUT",
    "RoughESR_LUT",
    "RoughESRGrease_LUT",
    "Polished_LUT",
    "PolishedTeflon_LUT",
    "PolishedESR_LUT",
    "PolishedESRGrease_LUT",
    "Detector_LUT",
];

/// The number of the first finish with a table.
const FIRST: u32 = 6;

fn index(finish: SurfaceFinish) -> Option<usize> {
    match finish {
        SurfaceFinish::LookUpTable(number) => number.checked_sub(FIRST).map(|at| at as usize),
        _ => None,
    }
}

/// The file of a `dielectric_LUT` finish.
pub(super) fn angular_distribution(finish: SurfaceFinish) -> Option<&'static str> {
    ANGULAR_DISTRIBUTIONS.get(index(finish)?).copied().flatten()
}

/// The file of a `dielectric_LUTDAVIS` finish.
pub(super) fn directions(finish: SurfaceFinish) -> Option<&'static str> {
    DIRECTIONS.get(index(finish)?.checked_sub(ANGULAR_DISTRIBUTIONS.len())?).copied()
}

/// Geant4's name of a type of measured surface.
pub(super) fn type_name(kind: SurfaceType) -> &'static str {
    match kind {
        SurfaceType::DielectricLut => "dielectric_LUT",
        SurfaceType::DielectricLutDavis => "dielectric_LUTDAVIS",
        _ => "dielectric_dichroic",
    }
}
