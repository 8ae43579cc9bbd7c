//! Optical surfaces: what acts on photons there, as exactly as in Geant4 or otherwise, or why nothing does.

use cfg4::detector::{Detector, OpticalSurface, Property, SurfaceFinish, without_pointer};
use optixrap::scene::SurfaceModel;
use optixrap::scene::surface_models::{ModelCase, ModelComparison, Shares, compare_all_models};

use super::finding::{Check, Finding, Grade};
use crate::info::surface_words;
use crate::number::short;
use crate::stand_ins::surface_fault;

/// Shares of the light, in the order of [`Shares::array`].
const FATES: [&str; 6] = ["absorbed", "detected", "specular", "diffuse", "transmitted", "stopped (NR)"];

/// A line for each surface.
pub(super) fn findings(detector: &Detector, model: SurfaceModel) -> Vec<Finding> {
    let compared = compare_all_models(detector);
    detector.surfaces.iter().zip(&compared).map(|(s, both)| finding(s, both.as_ref(), model)).collect()
}

fn finding(surface: &OpticalSurface, both: Option<&ModelComparison>, model: SurfaceModel) -> Finding {
    let subject = without_pointer(&surface.name);
    let words = surface_words(surface);
    let new =
        |grade, message: String| Finding::new(Check::Surface, grade, subject, format!("{words}; {message}"));
    let Some(both) = both else {
        return new(Grade::Note, "lies nowhere, so that it plays no part".to_owned());
    };
    let [chosen, other] = match model {
        SurfaceModel::Opticks => [&both.opticks_error, &both.geant4_error],
        SurfaceModel::Geant4 => [&both.geant4_error, &both.opticks_error],
    };
    match (chosen, other, both.worst()) {
        (Some(error), _, _) => {
            let takes = other.is_none().then(|| name(other_model(model)));
            let advice = takes.map(|m| format!("; the model {m} takes it (--surface-model {m})"));
            new(Grade::Refused, surface_fault(surface, error) + &advice.unwrap_or_default())
        }
        (None, _, Some((case, largest))) => {
            compared(surface, case, (largest, largest <= both.noise()), model, new)
        }
        (None, refused, None) => {
            alone(refused.as_ref().map(|error| surface_fault(surface, error)), model, new)
        }
    }
}

/// What the chosen model does alone, because the other refuses the surface.
fn alone(refused: Option<String>, model: SurfaceModel, new: impl Fn(Grade, String) -> Finding) -> Finding {
    let grade = if model == SurfaceModel::Geant4 { Grade::Exact } else { Grade::Approximated };
    let why = refused.unwrap_or_else(|| "there is no light".to_owned());
    let other = name(other_model(model));
    new(grade, format!("by {}; not to be compared with --surface-model {other}: {why}", rules(model)))
}

/// Both models side by side, at the energy and angle where they differ most.
fn compared(
    surface: &OpticalSurface,
    case: &ModelCase,
    (largest, is_same): (f64, bool),
    model: SurfaceModel,
    new: impl Fn(Grade, String) -> Finding,
) -> Finding {
    let (Some(opticks), Some(geant4)) = (case.opticks, case.geant4) else {
        return alone(None, model, new);
    };
    let [here, there] = match model {
        SurfaceModel::Opticks => [opticks, geant4],
        SurfaceModel::Geant4 => [geant4, opticks],
    };
    let rough = !matches!(surface.finish, SurfaceFinish::Polished | SurfaceFinish::PolishedFrontPainted);
    let at = format!("at {} eV and {} degrees", short(case.energy_ev, 4), short(case.angle_deg, 3));
    let other = name(other_model(model));
    let message = if is_same {
        format!("by {}: {} {at}; --surface-model {other} does the same", rules(model), words(&here, rough))
    } else {
        format!(
            "by {}: {} {at}; --surface-model {other}: {}; here they differ most, by {}",
            rules(model),
            words(&here, rough),
            words(&there, rough),
            short(largest, 2)
        )
    };
    let silent = detects_nothing(surface) && geant4.detected == 0.0;
    let remark =
        if silent { "; in Geant4 its REFLECTIVITY is 1, so that its EFFICIENCY detects nothing" } else { "" };
    let grade = match model {
        // EFFICIENCY that never detects is hardly meant.
        SurfaceModel::Geant4 if silent => Grade::Warning,
        SurfaceModel::Opticks if !is_same => Grade::Approximated,
        _ => Grade::Exact,
    };
    new(grade, message + remark)
        .with("model_difference", largest)
        .with("energy_ev", case.energy_ev)
        .with("angle_deg", case.angle_deg)
        .with("opticks_detected", opticks.detected)
        .with("geant4_detected", geant4.detected)
}

/// `detected 0.25, absorbed 0.75`: what is above 0, the most first.
fn words(shares: &Shares, rough: bool) -> String {
    let mut parts: Vec<(&str, f64)> =
        FATES.into_iter().zip(shares.array()).filter(|(_, p)| *p > 0.0).collect();
    parts.sort_by(|a, b| b.1.total_cmp(&a.1));
    parts
        .iter()
        .map(|(name, p)| match *name {
            "specular" if rough => format!("specular from facets {}", short(*p, 2)),
            _ => format!("{name} {}", short(*p, 2)),
        })
        .collect::<Vec<_>>()
        .join(", ")
}

/// Whether a surface with EFFICIENCY reflects all light, so that there is none to detect.
fn detects_nothing(surface: &OpticalSurface) -> bool {
    let range = |name: &str| surface.properties.0.get(name).map(Property::range);
    let detects = |name: &str| range(name).is_some_and(|(_, high)| high > 0.0);
    let has_efficiency = detects("EFFICIENCY") || detects("EFFICIENCY_MAP");
    has_efficiency && range("REFLECTIVITY").is_none_or(|(low, _)| low >= 1.0)
}

fn rules(model: SurfaceModel) -> &'static str {
    match model {
        SurfaceModel::Opticks => "the rules of 2021",
        SurfaceModel::Geant4 => "Geant4's rules",
    }
}

fn other_model(model: SurfaceModel) -> SurfaceModel {
    match model {
        SurfaceModel::Opticks => SurfaceModel::Geant4,
        SurfaceModel::Geant4 => SurfaceModel::Opticks,
    }
}

fn name(model: SurfaceModel) -> &'static str {
    match model {
        SurfaceModel::Opticks => "opticks",
        SurfaceModel::Geant4 => "geant4",
    }
}
