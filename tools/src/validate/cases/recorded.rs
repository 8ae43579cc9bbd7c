//! Records of Geant4 as cases: those built in, and files.

use std::path::{Path, PathBuf};

use cfg4::detector::Detector;
use cfg4::gdml::{self, DEFAULT_GEOMETRY, NoFiles};
use g4ok::G4OpticksError;
use optixrap::scene::SceneData;

use super::CaseOptions;
use crate::ToolsError;
use crate::validate::compare::of_chi2;
use crate::validate::reference::{Reference, ReferenceError, sensor_names};
use crate::validate::sample::run_event;
use crate::validate::{Comparison, ValidateError};

/// A tank of water with a glass plate: the names, places and properties that `CerenkovMinimal_430nm` needs.
const WATER_TANK: &str = include_str!("../../../data/water_tank.gdml");

/// The built-in records: name, JSON, detector. Geant4 10.6.3; `tools/data/photons/README.md` tells where they are from.
const BUILT_IN: [(&str, &str, &str); 4] = [
    ("feb2021_430nm", include_str!("../../../data/photons/feb2021_430nm.json"), DEFAULT_GEOMETRY),
    (
        "feb2021_430nm_as_given",
        include_str!("../../../data/photons/feb2021_430nm_as_given.json"),
        DEFAULT_GEOMETRY,
    ),
    (
        "feb2021_scintillation",
        include_str!("../../../data/photons/feb2021_scintillation.json"),
        DEFAULT_GEOMETRY,
    ),
    ("CerenkovMinimal_430nm", include_str!("../../../data/photons/CerenkovMinimal_430nm.json"), WATER_TANK),
];

/// A record and its detector.
pub(super) struct Recorded {
    path: PathBuf,
    reference: Reference,
    detector: Detector,
}

/// A built-in record; `None` if there is none of that name.
pub(super) fn built_in(name: &str) -> Option<Recorded> {
    let (name, json, detector) = BUILT_IN.iter().find(|case| case.0 == name)?;
    let reference = Reference::parse(json).ok()?;
    let detector = gdml::read_str(detector, name, &NoFiles).ok()?;
    Some(Recorded { path: PathBuf::from(name), reference, detector })
}

/// Compares a run of ours with a record of Geant4 in a file. The detector is `geometry`, or the file that the record
/// names, beside it or in `../../gdml`, or, where it names none, that of the built-in case of its name.
///
/// # Errors
/// A record or detector that cannot be read, or an engine that fails.
pub fn validate_reference(
    path: &Path,
    geometry: Option<&Path>,
    options: &CaseOptions,
) -> Result<Comparison, ToolsError> {
    let text = std::fs::read_to_string(path)
        .map_err(|error| ValidateError::What(format!("{} ({error})", path.display())))?;
    let reference = Reference::parse(&text)
        .map_err(|source| ValidateError::Reference { path: path.to_owned(), source })?;
    let mut detector = match geometry.map(Path::to_owned).or_else(|| beside(path, &reference)) {
        Some(file) => gdml::read(&file)?,
        None => match built_in(reference.case()) {
            Some(case) => case.detector,
            None => {
                let geometry = reference.geometry().unwrap_or("not named").to_owned();
                return Err(ValidateError::Geometry { path: path.to_owned(), geometry }.into());
            }
        },
    };
    if let Some(folder) = &options.surface_data {
        cfg4::surface_data::attach(&mut detector, folder).map_err(G4OpticksError::from)?;
    }
    run(&Recorded { path: path.to_owned(), reference, detector }, options)
}

fn beside(path: &Path, reference: &Reference) -> Option<PathBuf> {
    let name = Path::new(reference.geometry()?).file_name()?;
    let folder = path.parent()?;
    [folder.join(name), folder.join("../../gdml").join(name)].into_iter().find(|file| file.is_file())
}

/// Makes the same source shine and compares.
pub(super) fn run(case: &Recorded, options: &CaseOptions) -> Result<Comparison, ToolsError> {
    let Recorded { path, reference, detector } = case;
    let fault = |source: ReferenceError| ValidateError::Reference { path: path.clone(), source };
    let scene = SceneData::build(detector, reference.surface_model()).map_err(ValidateError::from)?;
    let source = reference.source(options.photons, options.seed).map_err(fault)?;
    let config = reference.config(options.seed);
    let ours = run_event(&scene, &source, &config, options.threads).map_err(ValidateError::from)?;
    let names = sensor_names(detector, &scene);
    let tests = reference.compare(&ours, &names).map_err(fault)?.into_iter().map(of_chi2).collect();
    let geant4 = format!("Geant4 {}", reference.json()["geant4"].as_str().unwrap_or("(version not named)"));
    let photons = [reference.json()["n"].as_u64().unwrap_or(0), ours.summary.photons];
    let sides = [geant4.as_str(), "this program"];
    let mut comparison = Comparison::new(reference.case(), sides, photons, tests, options.significance);
    comparison.overlays = reference.overlays(&ours, &geant4);
    Ok(comparison)
}
