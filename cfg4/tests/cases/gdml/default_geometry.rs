//! The project's own geometry says what the benchmark of 2021 said.

use cfg4::detector::{Detector, Placement, PropertyVector, Shape};
use cfg4::gdml::{self, DEFAULT_GEOMETRY, NoFiles};

use super::shared;

fn default() -> Detector {
    gdml::read_str(DEFAULT_GEOMETRY, "default", &NoFiles).unwrap()
}

#[test]
fn it_is_a_cube_with_five_discs_that_touch_its_face() {
    let detector = default();
    let daughters = |name: &str| {
        let volume = detector.volumes.iter().find(|volume| volume.name == name).unwrap();
        volume.daughters.iter().map(|id| detector.placement(*id)).collect::<Vec<&Placement>>()
    };
    assert_eq!((daughters("World").len(), daughters("Obj").len(), daughters("Det").len()), (1, 5, 0));
    for disc in daughters("Obj") {
        let Shape::Tube { half_z_mm, .. } = detector.solid(detector.volume(disc.volume).solid).shape else {
            panic!("{disc:?}")
        };
        assert_eq!(disc.transform.apply([0.0, 0.0, half_z_mm])[0].abs(), 500.0, "{}", disc.name);
        assert!(disc.transform.is_rigid());
    }
    assert!(detector.warnings.is_empty() && detector.unused_properties.is_empty());
    let scintillator = detector.material(detector.material_by_name("LS").unwrap());
    assert_eq!(scintillator.mean_excitation_ev, Some(59.6228860352502));
    assert!((scintillator.properties.constant("SCINTILLATIONYIELD").unwrap() - 50_000.0).abs() < 1e-9);
}

/// Both tables have the same value at every energy of either.
fn same_curve(a: &PropertyVector, b: &PropertyVector) -> bool {
    let energies = a.energies_mev().iter().chain(b.energies_mev());
    let same_ends = a.energies_mev().first() == b.energies_mev().first()
        && a.energies_mev().last() == b.energies_mev().last();
    same_ends && energies.clone().all(|e| (a.value(*e) - b.value(*e)).abs() < 1e-12)
}

#[test]
fn it_has_the_facts_of_the_benchmark() {
    let Some(file) = shared("gdml/G4Opticks_50000.feb2021.gdml") else { return };
    let (ours, theirs) = (default(), gdml::read(&file).unwrap());
    for material in &ours.materials {
        let other = theirs.material(theirs.material_by_name(&material.name).unwrap());
        assert_eq!(
            (&material.components, material.density_g_cm3, material.is_gas, material.temperature_k),
            (&other.components, other.density_g_cm3, other.is_gas, other.temperature_k),
        );
        assert_eq!(material.mean_excitation_ev, other.mean_excitation_ev);
        let unused = |name: &str| theirs.unused_properties.iter().any(|property| property.name == name);
        // The default reemits at once, as the original does.
        let takes_time = |name: &str| name.starts_with("Reemission");
        let used = other.properties.0.keys().filter(|name| !unused(name) && !takes_time(name));
        assert!(used.eq(material.properties.0.keys()), "{}", material.name);
        for name in material.properties.0.keys() {
            match (material.properties.vector(name), other.properties.vector(name)) {
                (Some(a), Some(b)) => assert!(same_curve(a, b), "{} {name}", material.name),
                (None, None) => {
                    assert_eq!(material.properties.constant(name), other.properties.constant(name), "{name}");
                }
                _ => panic!("{} {name}", material.name),
            }
        }
    }
    for (a, b) in ours.placements.iter().zip(&theirs.placements) {
        assert_eq!((&a.name, a.copy_number, a.transform), (&b.name, b.copy_number, b.transform));
        let (volume_a, volume_b) = (ours.volume(a.volume), theirs.volume(b.volume));
        assert_eq!(ours.solid(volume_a.solid).shape, theirs.solid(volume_b.solid).shape);
        assert_eq!(volume_a.step_limit_mm, volume_b.step_limit_mm);
        assert_eq!(volume_a.sensitive_detector, volume_b.sensitive_detector);
    }
    assert_eq!(ours.placements.len(), theirs.placements.len());
    let pairs = |detector: &Detector| detector.borders.iter().map(|b| (b.from, b.to)).collect::<Vec<_>>();
    assert_eq!(pairs(&ours), pairs(&theirs));
    let (a, b) = (&ours.surfaces[0], &theirs.surfaces[0]);
    assert_eq!((a.model, a.kind, a.finish, a.value), (b.model, b.kind, b.finish, b.value));
    for name in ["REFLECTIVITY", "EFFICIENCY"] {
        assert!(same_curve(a.properties.vector(name).unwrap(), b.properties.vector(name).unwrap()), "{name}");
    }
}
