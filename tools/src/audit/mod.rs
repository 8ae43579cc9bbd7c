//! `g4opticks audit`: whether a detector is simulated as Geant4 simulates it, and what in it looks wrong.
//!
//! | module | what it looks at |
//! |---|---|
//! | `reading` | what the reader refuses or finds odd |
//! | `solids`, `surfaces`, `properties` | a line each: exact, approximated, refused |
//! | `surface_data` | the files of measured surfaces |
//! | `places` | what the scene's volumes are called |
//! | `contacts`, `overlaps` | what touches what, by points on surfaces; overlaps and coincident faces |
//! | `reach`, `materials`, `sensors` | where light can go; materials that stop it, sensors it cannot reach |
//! | `inventory` | what of Geant4's is supported at all |
//! | `pictures` | views and cross-sections for the page |
//! | `text`, `html` | the report |

mod contacts;
mod depth;
mod finding;
mod html;
pub mod inventory;
mod materials;
mod overlaps;
mod pictures;
mod places;
mod planes;
mod properties;
mod reach;
mod reading;
mod sensors;
mod solids;
mod surface_data;
mod surface_points;
mod surfaces;
mod text;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use cfg4::detector::Detector;
use optixrap::scene::solids::FlatSolids;
use optixrap::scene::{SceneData, SurfaceModel};
use serde::Serialize;

use crate::stand_ins::{with_sound_materials, with_stand_ins};
use contacts::Sampling;
pub use finding::{Check, Finding, Grade};
pub use html::page;
pub use pictures::draw;
use places::Places;
use reach::Reach;

/// How an audit is done.
#[derive(Debug, Clone, PartialEq)]
pub struct AuditOptions {
    /// Whose rules surfaces follow.
    pub surface_model: SurfaceModel,
    /// Folder with the data of measured surfaces.
    pub surface_data: Option<PathBuf>,
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
        Self {
            surface_model: SurfaceModel::Opticks,
            surface_data: None,
            samples: 1000,
            seed: 0,
            tolerance_mm: 1e-3,
        }
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
    /// Audits a file, and returns its detector with it; a file that cannot be read is a finding.
    pub fn of_file(path: &Path, options: &AuditOptions) -> (Self, Option<Detector>) {
        let name = path.display().to_string();
        let mut detector = match reading::read(path) {
            Ok(detector) => detector,
            Err(refused) => {
                let left_out = "everything else: the file cannot be read. All faults are listed that can be told apart from \
                     their consequences; correct them and audit again";
                return (Self::new(name, options, refused, vec![left_out.to_owned()]), None);
            }
        };
        let data = surface_data::attach(&mut detector, options);
        let mut audit = Self::of_detector(&name, &detector, options);
        if let Some(fault) = data {
            audit.findings.push(fault);
            audit = Self::new(name, options, audit.findings, audit.left_out);
        }
        (audit, Some(detector))
    }

    /// Audits a detector.
    pub fn of_detector(name: &str, detector: &Detector, options: &AuditOptions) -> Self {
        let mut findings = reading::warnings(detector);
        let mut left_out = Vec::new();
        // Surfaces lie between materials, whose faults are not theirs.
        let sound = with_sound_materials(detector.clone());
        findings.extend(surfaces::findings(&sound, options.surface_model));
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

/// What needs the scene, with stand-ins for the surfaces and properties that are refused.
fn geometry(
    detector: &Detector,
    options: &AuditOptions,
    findings: &mut Vec<Finding>,
    left_out: &mut Vec<String>,
) {
    let (detector, _) = &with_stand_ins(detector.clone(), options.surface_model);
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
    let places = Places::new(detector, scene.geometry());
    findings.extend(materials::findings(detector, &places, &reach, options.surface_model));
    findings.extend(sensors::findings(detector, &scene, &places, &reach));
    findings.extend(overlaps::findings(&places, &contacts, points, tolerance_mm));
}
