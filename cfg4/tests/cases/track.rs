//! Charged tracks in the detectors that users wrote: skipped where their files are absent.

use std::path::PathBuf;

use cfg4::detector::{Detector, VolumeId};
use cfg4::gdml;
use cfg4::genstep::Genstep;
use cfg4::particle::Particle;
use cfg4::track::{
    Absorber, LightProcesses, Located, Primary, TrackGeometry, TrackSettings, TrackStepper, Vector,
};

/// A half space of one volume that ends at a plane of constant z, behind which the world ends.
struct Slab {
    volume: VolumeId,
    end_z_mm: f64,
}

impl TrackGeometry for Slab {
    fn locate(&self, position_mm: Vector) -> Option<Located> {
        (position_mm[2] < self.end_z_mm).then_some(Located { volume: self.volume, node: 0 })
    }

    fn distance_to_boundary(&self, _: Located, position_mm: Vector, direction: Vector, max_mm: f64) -> f64 {
        let distance = (self.end_z_mm - position_mm[2]) / direction[2];
        if distance >= 0.0 { distance.min(max_mm) } else { max_mm }
    }

    fn cross(&self, _: Located, _: Vector, _: Vector) -> Option<Located> {
        None
    }
}

fn shared_gdml() -> Option<PathBuf> {
    let folder = PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/../../shared/gdml"));
    if !folder.is_dir() {
        println!("skipped: {} is absent", folder.display());
        return None;
    }
    Some(folder)
}

fn volume_of(detector: &Detector, name: &str) -> VolumeId {
    VolumeId(detector.volumes.iter().position(|v| v.name == name).unwrap() as u32)
}

#[test]
fn every_material_of_the_users_files_stops_tracks() {
    let Some(folder) = shared_gdml() else { return };
    let mut checked = 0;
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.extension().is_none_or(|e| e != "gdml") {
            continue;
        }
        let detector = gdml::read(&path).unwrap();
        for volume in &detector.volumes {
            let material = detector.material(volume.material);
            let absorber = Absorber::new(material).unwrap();
            // Between hydrogen and lead gas: 1 mol of electrons per gram at most, I from 19 to 900 eV.
            assert!((0.38..=1.0).contains(&absorber.z_over_a), "{}: {}", material.name, absorber.z_over_a);
            assert!((19.0..900.0).contains(&absorber.mean_excitation_ev), "{}", material.name);
            checked += 1;
        }
    }
    assert!(checked > 10);
}

#[test]
fn muons_in_the_benchmark_file_make_geant4_s_photons() {
    let Some(folder) = shared_gdml() else { return };
    let detector = gdml::read(&folder.join("G4Opticks_50000.feb2021.gdml")).unwrap();
    let geometry = Slab { volume: volume_of(&detector, "Obj"), end_z_mm: 500.0 };
    let stepper =
        TrackStepper::new(&detector, &geometry, TrackSettings::default(), LightProcesses::default()).unwrap();
    let muon = Primary {
        particle: Particle::MuonPlus,
        kinetic_mev: 1000.0,
        position_mm: [0.0; 3],
        direction: [0.0, 0.0, 1.0],
        time_ns: 0.0,
    };
    let mut totals: Vec<u64> = (0..100)
        .map(|event| {
            let mut rows: Vec<Genstep> = Vec::new();
            let summary = stepper.run(&[muon], 3, event, |step| step.append_gensteps(&mut rows)).unwrap();
            assert!(rows.len() > 3 * 1250, "the file's step limit of 0.4 mm");
            assert_eq!(rows.iter().map(|r| u64::from(r.num_photons())).sum::<u64>(), summary.photons);
            summary.photons
        })
        .collect();
    totals.sort_unstable();
    let median = totals[50] as f64;
    assert!((median / 4.7e6 - 1.0).abs() < 0.05, "{median} photons");
}
