//! Properties of materials and surfaces: which process uses each, and what is lost where none does.

use std::collections::HashMap;

use cfg4::detector::{Detector, without_pointer};
use optixrap::scene::SurfaceModel;

use super::finding::{Check, Finding, Grade};
use super::inventory::properties::{self as known, Owner};
use crate::info::{GeometrySummary, PropertySummary, Usage};
use crate::number::short;
use crate::stand_ins::property_faults;

/// Which material has the process that Geant4 has not.
const REEMISSION_PROBABILITY: &str = "REEMISSIONPROB";
/// That process.
const REEMISSION: &str = "reemission";

/// A line for each property of each material and surface.
pub(super) fn findings(detector: &Detector, model: SurfaceModel) -> Vec<Finding> {
    let summary = GeometrySummary::of(detector);
    let mut findings = Vec::new();
    for (material, source) in summary.materials.iter().zip(&detector.materials) {
        let subject = |name: &str| format!("material {}: {name}", without_pointer(&material.name));
        let unused = material.volumes == 0;
        let faults = property_faults(source);
        let reemits = source.properties.0.contains_key(REEMISSION_PROBABILITY);
        for property in &material.properties {
            let refused =
                faults.iter().find(|(name, _)| *name == property.name).map(|(_, fault)| fault.clone());
            let finding = of_property(subject(&property.name), property, Owner::Material, refused);
            let finding = if reemits { finding } else { without_reemission(finding, &property.name) };
            findings.push(if unused { in_no_volume(finding) } else { finding });
        }
    }
    // Materials and surfaces share names, RINDEX for one, that the reader knows of either.
    let mut acts: HashMap<&str, bool> = HashMap::new();
    for surface in &summary.surfaces {
        let subject = |name: &str| format!("surface {}: {name}", without_pointer(&surface.name));
        let is_sensor = surface.properties.iter().any(|p| p.name == "EFFICIENCY" && p.values[1] > 0.0);
        for property in &surface.properties {
            let acts = *acts.entry(&property.name).or_insert_with(|| known::surfaces_use(&property.name));
            let mut property = property.clone();
            if property.usage == Usage::Used && !acts {
                property.usage = Usage::UsedByGeant4Only;
            }
            let finding = of_property(subject(&property.name), &property, Owner::Surface, None);
            findings.push(by_model(finding, &property.name, is_sensor, model));
        }
    }
    findings
}

fn of_property(
    subject: String,
    property: &PropertySummary,
    owner: Owner,
    refused: Option<String>,
) -> Finding {
    let entry = known::of(&property.name, owner);
    let new = |grade, message: String| {
        Finding::new(Check::Property, grade, subject.clone(), message)
            .with("lowest", property.values[0])
            .with("highest", property.values[1])
    };
    if let Some(error) = refused {
        return new(Grade::Refused, error);
    }
    let loss = entry.map_or("what Geant4 does with it does not happen", |entry| entry.ignored);
    match property.usage {
        Usage::Used => {
            let process = entry.map_or("the simulation", |entry| entry.process);
            let used = format!("used by {process}, {}", range(property));
            if process == REEMISSION {
                new(
                    Grade::Note,
                    format!("{used}; Geant4 has no such process: --no-reemission does as it does"),
                )
            } else {
                new(Grade::Exact, used)
            }
        }
        Usage::Misspelt { looks_like } => {
            new(Grade::Warning, format!("not used: its name is close to {looks_like}; is that meant?"))
        }
        Usage::UsedByGeant4Only => new(Grade::Warning, format!("not used, though Geant4 does: {loss}")),
        Usage::Unused => new(Grade::Note, "not used, nor by Geant4".to_owned()),
    }
}

fn range(property: &PropertySummary) -> String {
    let [low, high] = property.values.map(|x| short(x, 5));
    let unit = if property.unit.is_empty() { String::new() } else { format!(" {}", property.unit) };
    let values = if low == high { format!("{low}{unit}") } else { format!("{low} .. {high}{unit}") };
    match property.energy_ev {
        Some([from, to]) if property.points > 1 && low != high && from > 0.0 => {
            format!("{values} over {} .. {} eV, constant beyond", short(from, 3), short(to, 3))
        }
        _ => values,
    }
}

/// What reemission would use in a material that has none.
fn without_reemission(mut finding: Finding, name: &str) -> Finding {
    if finding.grade == Grade::Refused {
        return finding;
    }
    match known::of(name, Owner::Material).map(|entry| entry.process) {
        Some(REEMISSION) => {
            finding.grade = Grade::Note;
            finding.message = format!("not used: the material has no {REEMISSION_PROBABILITY}");
        }
        Some(_) => finding.message = finding.message.replace(", reemission, ", ", "),
        None => {}
    }
    finding
}

/// The same for a material that no volume is made of.
fn in_no_volume(mut finding: Finding) -> Finding {
    if finding.grade != Grade::Refused {
        finding.grade = finding.grade.min(Grade::Note);
        finding.message += "; no volume is of this material";
    }
    finding
}

/// The model of 2021 looks at EFFICIENCY, and at REFLECTIVITY only without it, and never at TRANSMITTANCE.
fn by_model(mut finding: Finding, name: &str, is_sensor: bool, model: SurfaceModel) -> Finding {
    let ignored = match name {
        "TRANSMITTANCE" => true,
        "REFLECTIVITY" => is_sensor,
        _ => false,
    };
    if ignored && model == SurfaceModel::Opticks && finding.grade == Grade::Exact {
        finding.grade = Grade::Note;
        finding.message += "; plays no part in the model of 2021, see the surface";
    }
    finding
}
