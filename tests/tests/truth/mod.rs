//! Whole events of the engine against what is known: records of Geant4 and closed forms.
//!
//! Runs have a fixed seed, so a test that passes goes on passing. Where two samples are compared, chance alone would
//! fail a comparison with a probability below 3e-5.
//!
//! | module | what it holds |
//! |---|---|
//! | `point_sources`, `gensteps` | ends, histories, hits and times against records of Geant4 10.6.3 |
//! | `rainbow`, `fresnel` | a drop, plane faces, a prism, a box: closed forms |
//! | `touching`, `overlapping`, `placements` | coincident faces; volumes that overlap; turned, shifted and nested detectors |
//! | `borders` | surfaces between any two placements |
//! | `arrays`, `divisions` | replicas against placements one by one; slices fill what they divide |
//! | `scans` | the volumes and distances on straight rays through placements of every kind, against Geant4 11.2.2 |
//! | `geant4_rays` | reflected solids, divided paras, nested replicas, mirrored assemblies on straight rays, against Geant4 11.3.0 |
//! | `scale` | what many placements take |
//! | `users_detectors` | detectors as users wrote them |
//! | `zoo` | every GDML solid in one detector |
//! | `run`, `scenes`, `reference`, `chi2` | what they use: sources and runs, detectors, records, statistics |

#![allow(clippy::unwrap_used, reason = "a test that cannot prepare itself fails")]

pub(crate) mod arrays;
mod borders;
mod chi2;
mod divisions;
mod fresnel;
mod geant4_rays;
mod gensteps;
mod overlapping;
mod placements;
mod point_sources;
mod rainbow;
mod reference;
pub(crate) mod run;
mod scale;
mod scans;
#[allow(dead_code, unreachable_pub, reason = "shared with the tests of optixrap")]
#[path = "../../../optixrap/tests/cases/scenes.rs"]
mod scenes;
mod touching;
mod users_detectors;
mod zoo;
