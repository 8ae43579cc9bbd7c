//! The gensteps of a muon in the default detector, as Geant4 10.6.3 made them, and the ends of their 4.9 M photons.

use cfg4::gdml::DEFAULT_GEOMETRY;
use cfg4::genstep::read_genstep_file;
use optixrap::engine::PropagateConfig;
use optixrap::scene::{SceneData, SurfaceModel};
use serde_json::Value;

use super::chi2::{AssertSame, together, two_samples};
use super::reference::{ends_at, ends_by_points, sensor_names};
use super::run::{Outcome, Source, config, detector, run, shared};

/// The first event, and what Geant4 says of it.
fn first_event() -> Option<(Source, Value)> {
    let folder = shared("reference/gensteps")?;
    let text = std::fs::read_to_string(folder.join("gensteps.json")).unwrap();
    let mut reference: Value = serde_json::from_str(&text).unwrap();
    let event = read_genstep_file(&folder.join("gensteps_00.npy"), None).unwrap();
    Some((Source::Gensteps(event.gensteps().to_vec()), reference["per_event"][0].take()))
}

#[test]
fn photons_of_a_muon_end_as_in_geant4() {
    let Some((source, reference)) = first_event() else { return };
    let detector = detector(DEFAULT_GEOMETRY);
    let scene = SceneData::build(&detector, SurfaceModel::Opticks).unwrap();
    let ours = run(&scene, &source, &PropagateConfig { photons: false, ..config() });
    assert_eq!(Some(ours.summary.photons), reference["photons"].as_u64());
    for (birth, key) in [("CK", "cerenkov_photons"), ("SI", "scintillation_photons")] {
        let n: u64 = ours.histories.iter().filter(|(h, _)| h.starts_with(birth)).map(|(_, n)| n).sum();
        assert_eq!(Some(n), reference[key].as_u64());
    }
    let ends = reference["tracked_ends"].as_object().unwrap().iter();
    let ends = ends.map(|(end, a)| (end.clone(), a.as_f64().unwrap(), ours.ends_by_points(end, |_| true)));
    let mut parts = vec![two_samples("ends", ends)];
    for limit in [9, 10] {
        parts.push(ends_at(&reference[format!("ends_at_{limit}_points")], &ours, limit).unwrap());
    }
    for (birth, key) in [("CK", "Cerenkov"), ("SI", "Scintillation")] {
        let of_birth = born(&ours, birth);
        let per_end =
            ends_by_points(&reference["ends_by_points"][key], |e, p| of_birth.ends_by_points(e, p)).unwrap();
        parts.extend(per_end);
    }
    let names = sensor_names(&detector, &scene);
    let sensors = reference["hits_per_sensor"].as_object().unwrap().iter().map(|(name, a)| {
        let name = name.split('#').next().unwrap();
        let b = ours.summary.hits_per_sensor.iter().filter(|(s, _)| names(**s) == name);
        (name.to_owned(), a.as_f64().unwrap(), b.map(|(_, n)| *n as f64).sum())
    });
    parts.push(two_samples("hits per sensor", sensors));
    parts.iter().for_each(|part| part.assert_same());
    let all = together("gensteps", &parts);
    all.assert_same();
    assert!(all.per_ndf() < 1.2, "{all}");
}

/// The histories that begin with this birth.
fn born(ours: &Outcome, birth: &str) -> Outcome {
    let histories = ours.histories.iter().filter(|(h, _)| h.starts_with(birth));
    Outcome { histories: histories.map(|(h, n)| (h.clone(), *n)).collect(), ..Outcome::default() }
}
