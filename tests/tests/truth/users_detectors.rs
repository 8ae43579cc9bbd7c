//! Detectors of real users run as they are, and their light ends where it can.

use optixrap::engine::End;
use optixrap::scene::{SceneData, SurfaceModel};

use super::run::{config, point_source, run, shared};

/// Files, and the ends that light from inside has in them.
const DETECTORS: [(&str, &[End]); 6] = [
    ("CerenkovMinimal", &[End::SurfaceDetect, End::Miss]),
    ("G4Opticks_50", &[End::BulkAbsorb, End::SurfaceDetect, End::Miss]),
    ("LArTPC_optical", &[End::BulkAbsorb, End::SurfaceDetect, End::NoRindex]),
    ("crystalcal_pbwo", &[End::NoRindex]),
    ("crystalcal_pbwo_4x4x4", &[End::BulkAbsorb, End::Miss]),
    ("singlecrystal_PbF2_painted", &[End::BulkAbsorb, End::SurfaceDetect, End::SurfaceAbsorb]),
];

#[test]
fn every_users_detector_runs() {
    for (name, ends) in DETECTORS {
        let Some(file) = shared(&format!("gdml/{name}.gdml")) else { continue };
        let detector = cfg4::gdml::read(&file).unwrap();
        let scene = SceneData::build(&detector, SurfaceModel::Opticks).unwrap();
        let ours = run(&scene, &point_source(20_000, [1.0, 2.0, 3.0], 430.0), &config());
        let s = &ours.summary;
        println!("{name}: {:?}", s.ends.iter().collect::<Vec<_>>());
        assert_eq!(s.ends.total(), 20_000, "{name}");
        assert!(s.corrections <= 1, "{name}: {} corrections", s.corrections);
        for end in ends {
            assert!(s.ends.get(*end) > 0, "{name}: no photon ends as {}", end.code());
        }
        for accident in [End::NanAbort, End::BounceLimit, End::TimeLimit] {
            assert_eq!(s.ends.get(accident), 0, "{name}: {}", accident.code());
        }
    }
}
