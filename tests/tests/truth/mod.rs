//! Whole events of the engine against what is known: records of Geant4 and closed forms.
//!
//! Runs have a fixed seed, so a test that passes goes on passing. Where two samples are compared, chance alone would
//! fail a comparison with a probability below 3e-5.

mod chi2;
mod fresnel;
mod gensteps;
mod placements;
mod point_sources;
mod rainbow;
mod reference;
mod run;
#[allow(dead_code, unreachable_pub, reason = "shared with the tests of optixrap")]
#[path = "../../../optixrap/tests/cases/scenes.rs"]
mod scenes;
mod touching;
