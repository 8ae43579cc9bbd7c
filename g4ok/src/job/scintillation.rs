//! What a macro's settings make of the scintillators of a detector.

use cfg4::detector::{Detector, Material, Property, without_pointer};
use cfg4::macros::{RunPlan, Settings};
use cfg4::track::YieldKind;

/// The detector with the scintillation of a run's settings: scaled yield, no rise time unless it is switched on.
pub(super) fn for_run(detector: &Detector, settings: &Settings) -> Detector {
    let mut detector = detector.clone();
    for material in &mut detector.materials {
        for (name, property) in &mut material.properties.0 {
            let factor = match name.as_str() {
                "SCINTILLATIONYIELD" => settings.yield_factor,
                n if n.contains("RISETIME") && settings.finite_rise_time != Some(true) => 0.0,
                _ => continue,
            };
            *property = match property {
                Property::Constant(x) => Property::Constant(*x * factor),
                Property::Vector(v) => Property::Constant(v.values()[0] * factor),
                Property::Grid(_) => continue,
            };
        }
    }
    detector
}

/// Which properties of scintillators play no part in any run of a plan, and the command that would change that.
pub(super) fn notes(detector: &Detector, plan: &RunPlan) -> Vec<String> {
    let never = |asks: fn(&Settings) -> bool| !plan.runs.iter().any(|run| asks(&run.settings));
    let mut notes = Vec::new();
    let mut note = |has: fn(&Material) -> bool, what: &str, command: &str| {
        let names: Vec<&str> =
            detector.materials.iter().filter(|m| has(m)).map(|m| without_pointer(&m.name)).collect();
        if !names.is_empty() {
            let (names, path) = (names.join(", "), "/process/optical/scintillation");
            notes.push(format!("{what} of {names} act only with {path}/{command} true, as in Geant4"));
        }
    };
    if never(|settings| settings.finite_rise_time == Some(true)) {
        note(has_rise_time, "scintillation rise times", "setFiniteRiseTime");
    }
    if never(|settings| settings.by_particle_type) {
        note(has_particle_yield, "scintillation yields by particle", "setByParticleType");
    }
    notes
}

fn has_rise_time(material: &Material) -> bool {
    let names = material.properties.0.keys().filter(|name| name.contains("SCINTILLATIONRISETIME"));
    names.into_iter().any(|name| material.properties.constant(name).is_some_and(|time_ns| time_ns > 0.0))
}

fn has_particle_yield(material: &Material) -> bool {
    YieldKind::ALL.iter().any(|kind| material.properties.vector(kind.property()).is_some())
}

#[cfg(test)]
mod tests {
    use super::*;
    use cfg4::macros::BeamOn;

    fn scintillator(constants: &[(&str, f64)]) -> Detector {
        let gdml = concat!(env!("CARGO_MANIFEST_DIR"), "/../cfg4/data/scintillator_cube.gdml");
        let mut detector = cfg4::gdml::read(std::path::Path::new(gdml)).unwrap();
        for (name, value) in constants {
            let value = Property::Constant(*value);
            detector.materials[0].properties.0.insert((*name).to_owned(), value);
        }
        detector
    }

    fn plan(settings: &Settings) -> RunPlan {
        let runs = vec![BeamOn { events: 1, settings: settings.clone() }];
        RunPlan { runs, ..RunPlan::default() }
    }

    #[test]
    fn rise_times_act_and_are_silent_only_where_asked_for() {
        let detector = scintillator(&[("SCINTILLATIONRISETIME1", 0.8)]);
        let rise = |settings: &Settings| {
            for_run(&detector, settings).materials[0].properties.constant("SCINTILLATIONRISETIME1")
        };
        let off = Settings::default();
        let on = Settings { finite_rise_time: Some(true), ..Settings::default() };
        assert_eq!((rise(&off), rise(&on)), (Some(0.0), Some(0.8)));
        let told = notes(&detector, &plan(&off));
        assert!(told.len() == 1 && told[0].contains("setFiniteRiseTime"), "{told:?}");
        assert!(notes(&detector, &plan(&on)).is_empty());
        assert!(notes(&scintillator(&[]), &plan(&off)).is_empty(), "the default has none");
    }
}
