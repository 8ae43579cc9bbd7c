//! Optical surfaces: what acts on photons there, as exactly as in Geant4 or otherwise, or why nothing does.

use cfg4::detector::{
    BorderSurface, Detector, OpticalSurface, PlacementId, Property, SurfaceId, without_pointer,
};
use optixrap::scene::property_tables::{PropertyTables, TableOptions};
use optixrap::scene::{SceneError, SurfaceModel};

use super::finding::{Check, Finding, Grade};
use super::surface_models::{Difference, difference};
use crate::info::surface_words;
use crate::number::short;

/// Differences of probabilities below this are rounding.
const ROUNDING: f64 = 1e-6;

/// A line for each surface.
pub(super) fn findings(detector: &Detector, model: SurfaceModel) -> Vec<Finding> {
    detector.surfaces.iter().enumerate().map(|(index, s)| finding(detector, index, s, model)).collect()
}

fn finding(detector: &Detector, index: usize, surface: &OpticalSurface, model: SurfaceModel) -> Finding {
    let name = without_pointer(&surface.name);
    let words = surface_words(surface);
    let new =
        |grade, message: String| Finding::new(Check::Surface, grade, name, format!("{words}; {message}"));
    if !is_somewhere(detector, index) {
        return new(Grade::Note, "lies nowhere, so that it plays no part".to_owned());
    }
    match (refusal(surface, model), model) {
        (Some(error), _) => {
            let other = other_model(model);
            let advice = match refusal(surface, other) {
                None => format!("; the model {} takes it (--surface-model {0})", model_name(other)),
                Some(_) => String::new(),
            };
            new(Grade::Refused, format!("{error}{advice}"))
        }
        (None, SurfaceModel::Geant4) => of_geant4(surface, new),
        (None, SurfaceModel::Opticks) => of_opticks(surface, new),
    }
}

/// By the rules of 2021: exact where Geant4's give the same probabilities.
fn of_opticks(surface: &OpticalSurface, new: impl Fn(Grade, String) -> Finding) -> Finding {
    match difference(surface) {
        None => new(
            Grade::Approximated,
            "by the rules of 2021; Geant4's are others (--surface-model geant4 refuses it)".to_owned(),
        ),
        Some(d) if d.largest <= ROUNDING => {
            new(Grade::Exact, "by the rules of 2021, which are Geant4's here".to_owned())
        }
        Some(d) => {
            let message = format!(
                "by the rules of 2021: {}; Geant4 (--surface-model geant4): {}; largest difference {} at {} eV",
                d.opticks.words(),
                d.geant4.words(),
                short(d.largest, 3),
                short(d.energy_ev, 4)
            );
            numbers(new(Grade::Approximated, message), &d)
        }
    }
}

/// By Geant4's rules, and what those of 2021 would do. EFFICIENCY that never detects is hardly meant.
fn of_geant4(surface: &OpticalSurface, new: impl Fn(Grade, String) -> Finding) -> Finding {
    let (grade, rules) = if detects_nothing(surface) {
        (Grade::Warning, "by Geant4's rules: its REFLECTIVITY is 1, so that its EFFICIENCY detects nothing")
    } else {
        (Grade::Exact, "by Geant4's rules")
    };
    match difference(surface) {
        None => new(grade, rules.to_owned()),
        Some(d) if d.largest <= ROUNDING => numbers(new(grade, rules.to_owned()), &d),
        Some(d) => {
            let (here, there, energy) = (d.geant4.words(), d.opticks.words(), short(d.energy_ev, 4));
            let message = format!("{rules}: {here} at {energy} eV; by those of 2021: {there}");
            numbers(new(grade, message), &d)
        }
    }
}

fn numbers(finding: Finding, d: &Difference) -> Finding {
    finding
        .with("model_difference", d.largest)
        .with("energy_ev", d.energy_ev)
        .with("opticks_detected", d.opticks.detected)
        .with("geant4_detected", d.geant4.detected)
}

/// Whether a surface with EFFICIENCY reflects all light, so that there is none to detect.
fn detects_nothing(surface: &OpticalSurface) -> bool {
    let range = |name: &str| match surface.properties.0.get(name) {
        Some(Property::Constant(value)) => Some((*value, *value)),
        Some(Property::Vector(vector)) => Some(vector.range()),
        Some(Property::Grid(_)) | None => None,
    };
    let has_efficiency = range("EFFICIENCY").is_some_and(|(_, high)| high > 0.0);
    has_efficiency && range("REFLECTIVITY").is_none_or(|(low, _)| low >= 1.0)
}

/// Why a model refuses a surface.
pub(super) fn refusal(surface: &OpticalSurface, model: SurfaceModel) -> Option<SceneError> {
    // The surface alone, somewhere: what is nowhere is never refused.
    let border = BorderSurface {
        name: String::new(),
        from: PlacementId(0),
        to: PlacementId(0),
        surface: SurfaceId(0),
    };
    let alone = Detector { surfaces: vec![surface.clone()], borders: vec![border], ..Detector::default() };
    PropertyTables::new(&alone, &TableOptions { surface_model: model, reemission: true }).err()
}

/// Whether a border or a skin uses the surface.
pub(super) fn is_somewhere(detector: &Detector, index: usize) -> bool {
    detector.borders.iter().any(|b| b.surface.index() == index)
        || detector.skins.iter().any(|s| s.surface.index() == index)
}

fn other_model(model: SurfaceModel) -> SurfaceModel {
    match model {
        SurfaceModel::Opticks => SurfaceModel::Geant4,
        SurfaceModel::Geant4 => SurfaceModel::Opticks,
    }
}

fn model_name(model: SurfaceModel) -> &'static str {
    match model {
        SurfaceModel::Opticks => "opticks",
        SurfaceModel::Geant4 => "geant4",
    }
}
