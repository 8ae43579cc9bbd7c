//! `g4opticks audit`: whether a detector is simulated as Geant4 simulates it, and what in it looks wrong.
//!
//! | module | what it looks at |
//! |---|---|
//! | `reading` | what the reader refuses or finds odd |
//! | `solids`, `surfaces`, `properties` | a line each: exact, approximated, refused |
//! | `surface_models` | how the two surface models differ for a surface |
//! | `contacts`, `overlaps` | what touches what, by points on surfaces; overlaps and coincident faces |
//! | `reach`, `materials`, `sensors` | where light can go; materials that stop it, sensors it cannot reach |
//! | `inventory` | what of Geant4's is supported at all |
//! | `text`, `html` | the report |

mod contacts;
mod depth;
mod finding;
mod html;
pub mod inventory;
mod materials;
mod overlaps;
mod properties;
mod reach;
mod reading;
mod sensors;
mod solids;
mod surface_models;
mod surface_points;
mod surfaces;
mod text;

use std::collections::BTreeMap;
use std::path::Path;

use cfg4::detector::Detector;
use optixrap::scene::solids::FlatSolids;
use optixrap::scene::{SceneData, SurfaceModel};
use serde::Serialize;

use contacts::Sampling;
pub use finding::{Check, Finding, Grade};
pub use html::page;
use reach::Reach;
pub use surface_models::{Difference, Fates, difference};

/// How an audit is done.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct AuditOptions {
    /// Whose rules surfaces follow.
    pub surface_model: SurfaceModel,
    /// Points on the surface of each placement.
    pub samples: usize,
    /// Seed of the points.
    pub seed: u64,
    /// Overlaps below this are none, mm.
    pub tolerance_mm: f64,
}

impl Default for AuditOptions {
    /// The default surface model, 1000 points, a tolerance of 1 um.
    fn default() -> Self {
        Self { surface_model: SurfaceModel::Opticks, samples: 1000, seed: 0, tolerance_mm: 1e-3 }
    }
}

/// What an audit found.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Audit {
    /// The file, or what it is called.
    pub file: String,
    /// `opticks` or `geant4`.
    pub surface_model: &'static str,
    /// Findings by grade.
    pub counts: BTreeMap<&'static str, usize>,
    /// All findings, in the order of [`Check::ALL`].
    pub findings: Vec<Finding>,
    /// What could not be looked at, and why.
    pub left_out: Vec<String>,
}

impl Audit {
    /// Audits a file; a file that cannot be read is a finding.
    pub fn of_file(path: &Path, options: &AuditOptions) -> Self {
        let name = path.display().to_string();
        match reading::read(path) {
            Ok(detector) => Self::of_detector(&name, &detector, options),
            Err(refused) => {
                let left_out =
                    "everything else: the file cannot be read. All faults are listed that can be told apart \
                                from their consequences; correct them and audit again"
                        .to_owned();
                Self::new(name, options, refused, vec![left_out])
            }
        }
    }

    /// Audits a detector.
    pub fn of_detector(name: &str, detector: &Detector, options: &AuditOptions) -> Self {
        let mut findings = reading::warnings(detector);
        let mut left_out = Vec::new();
        findings.extend(surfaces::findings(detector, options.surface_model));
        findings.extend(properties::findings(detector, options.surface_model));
        let (refused_solids, stand_in) = solids::refused(detector);
        if refused_solids.is_empty() {
            geometry(&stand_in, options, &mut findings, &mut left_out);
        } else {
            left_out
                .push("overlaps, materials and sensors: there are solids that cannot be traced".to_owned());
        }
        findings.extend(refused_solids);
        // Whatever is refused for a reason that has no line yet.
        let is_refused = findings.iter().any(|finding| finding.grade == Grade::Refused);
        if let (Err(error), false) = (SceneData::build(detector, options.surface_model), is_refused) {
            findings.push(Finding::new(Check::Scene, Grade::Refused, "scene", error.to_string()));
        }
        Self::new(name.to_owned(), options, findings, left_out)
    }

    fn new(file: String, options: &AuditOptions, mut findings: Vec<Finding>, left_out: Vec<String>) -> Self {
        findings.sort_by_key(|finding| Check::ALL.iter().position(|check| *check == finding.check));
        let mut counts = BTreeMap::new();
        for finding in &findings {
            *counts.entry(finding.grade.word()).or_default() += 1;
        }
        let surface_model = match options.surface_model {
            SurfaceModel::Opticks => "opticks",
            SurfaceModel::Geant4 => "geant4",
        };
        Self { file, surface_model, counts, findings, left_out }
    }

    /// The worst grade; [`Grade::Exact`] of nothing.
    pub fn worst(&self) -> Grade {
        self.findings.iter().map(|finding| finding.grade).max().unwrap_or(Grade::Exact)
    }

    /// The findings of one check.
    pub fn of(&self, check: Check) -> impl Iterator<Item = &Finding> {
        self.findings.iter().filter(move |finding| finding.check == check)
    }
}

/// What needs the scene. Surfaces and properties that are refused are taken out of it: they change no shape.
fn geometry(
    detector: &Detector,
    options: &AuditOptions,
    findings: &mut Vec<Finding>,
    left_out: &mut Vec<String>,
) {
    let detector = &without_refused(detector, options.surface_model);
    let flat = match FlatSolids::new(detector) {
        Ok(flat) => flat,
        Err(error) => return left_out.push(format!("overlaps, materials and sensors: {error}")),
    };
    findings.extend(solids::findings(detector, &flat, options.seed));
    let scene = match SceneData::build(detector, options.surface_model) {
        Ok(scene) => scene,
        Err(error) => return left_out.push(format!("overlaps, materials and sensors: {error}")),
    };
    let AuditOptions { samples, seed, tolerance_mm, .. } = *options;
    let sampling = Sampling { samples, seed };
    let (contacts, points) = contacts::contacts(detector, &flat, &scene, sampling);
    let reach = Reach::new(&scene, &contacts);
    findings.extend(materials::findings(detector, &scene, &reach, options.surface_model));
    findings.extend(sensors::findings(detector, &scene, &reach));
    findings.extend(overlaps::findings(detector, &contacts, points, tolerance_mm));
}

fn without_refused(detector: &Detector, model: SurfaceModel) -> Detector {
    let mut detector = detector.clone();
    for material in &mut detector.materials {
        let whole = material.clone();
        material.properties.0.retain(|name, _| properties::refusal(&whole, name).is_none());
    }
    let refused: Vec<bool> =
        detector.surfaces.iter().map(|surface| surfaces::refusal(surface, model).is_some()).collect();
    detector.borders.retain(|border| !refused[border.surface.index()]);
    detector.skins.retain(|skin| !refused[skin.surface.index()]);
    detector
}
