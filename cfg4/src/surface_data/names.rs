//! From finishes to the names of data files.

use crate::detector::SurfaceFinish;

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

/// The number of the first finish with a table.
const FIRST: u32 = 6;

fn index(finish: SurfaceFinish) -> Option<usize> {
    Some(finish.number().checked_sub(FIRST)? as usize)
}

/// The file of a `dielectric_LUT` finish.
pub(super) fn angular_distribution(finish: SurfaceFinish) -> Option<&'static str> {
    ANGULAR_DISTRIBUTIONS.get(index(finish)?).copied().flatten()
}

/// The file of a `dielectric_LUTDAVIS` finish: it has the name of the finish.
pub(super) fn directions(finish: SurfaceFinish) -> Option<&'static str> {
    (index(finish)? >= ANGULAR_DISTRIBUTIONS.len()).then(|| finish.name())
}
