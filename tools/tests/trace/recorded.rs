//! Walks that Geant4's navigator recorded, where they are at hand.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use npy::NPY;
use serde_json::Value;

use super::{Scan, save_rays, trace};

fn reference(part: &str) -> Option<PathBuf> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../shared/reference").join(part);
    if path.exists() {
        return Some(path);
    }
    println!("skipped: {} is not there", path.display());
    None
}

/// Distances beyond 1e-3 mm + 2e-6 of themselves, beyond 0.01 mm, and the largest deviation.
#[derive(Debug, Default)]
struct Deviations {
    compared: usize,
    fine: usize,
    coarse: usize,
    worst_mm: f64,
}

impl Deviations {
    fn add(&mut self, ours: &[f32], theirs: &[f32]) {
        for (a, b) in ours.iter().zip(theirs).map(|(a, b)| (f64::from(*a), f64::from(*b))) {
            let deviation = (a - b).abs();
            self.compared += 1;
            self.fine += usize::from(deviation > 1e-3 + 2e-6 * b);
            self.coarse += usize::from(deviation > 0.01);
            self.worst_mm = self.worst_mm.max(deviation);
        }
    }

    fn check(&self, name: &str) {
        println!("{name}: {self:?}");
        assert!(self.compared > 1000, "{name}: {self:?}");
        assert!(self.fine * 1000 <= self.compared && self.coarse == 0, "{name}: {self:?}");
    }
}

/// A volume without the name that Geant4 gives to the parts of assemblies, of which only the last part is the same.
fn comparable(path: &str) -> String {
    let part =
        |name: &str| if name.starts_with("av_") { "part of an assembly".to_owned() } else { name.to_owned() };
    path.split('/').map(part).collect::<Vec<_>>().join("/")
}

#[test]
fn scans_of_whole_geometries_are_reproduced() {
    let Some(scans) = reference("scans") else { return };
    let mut met = BTreeSet::new();
    for name in ["CerenkovMinimal", "G4Opticks_50000", "G4Opticks_50000.feb2021", "placements_a"] {
        let folder = scans.join(name);
        let recorded = Scan::named(&folder, "first_exit_normal.npy");
        let geometry = recorded.json["geometry"].as_str().unwrap();
        let gdml = if geometry.starts_with("gdml/") {
            scans.join(geometry)
        } else {
            scans.join("../../gdml").join(geometry)
        };
        if let Err(refused) = cfg4::gdml::read(&gdml) {
            println!("skipped: {name}: {refused}");
            continue;
        }
        let out = tempfile::tempdir().unwrap();
        let answer = trace(&gdml, &folder.join("rays.npy"), out.path(), &[]);
        assert_eq!(answer.code, Some(0), "{}", answer.stderr);
        let scan = Scan::read(out.path());
        let (mut deviations, mut other_normals) = (Deviations::default(), 0);
        for ray in 0..scan.distances.len() {
            let volumes = |scan: &Scan| scan.paths_of(ray).iter().map(|p| comparable(p)).collect::<Vec<_>>();
            assert_eq!(volumes(&scan), volumes(&recorded), "{name}, ray {ray}");
            deviations.add(&scan.distances_of(ray), &recorded.distances_of(ray));
            let off =
                (0..3).map(|i| (scan.normals[ray][i] - recorded.normals[ray][i]).abs()).fold(0.0, f32::max);
            other_normals += u32::from(off >= 1e-3);
        }
        // Geant4 turns the normal twice where a ray leaves a replica whose mother is turned, which is shown to be so
        // where the scene itself is compared with these scans.
        assert_eq!(other_normals, if name == "placements_a" { 4 } else { 0 }, "{name}");
        assert_eq!(scan.json["crossings_histogram"], recorded.json["crossings_histogram"], "{name}");
        assert_eq!((&scan.json["stuck_rays"], &scan.json["corrections"]), (&0.into(), &0.into()), "{name}");
        deviations.check(name);
        met.insert(name);
    }
    assert!(met.contains("CerenkovMinimal"));
}

/// Rays of which Geant4 is sure, into the frame of the solid, against the crossings that it found.
#[test]
fn crossings_of_single_solids_are_reproduced() {
    let Some(solids) = reference("solids") else { return };
    // Not those of which Geant4 misses crossings, nor the one whose frame Geant4 mirrors.
    let left_out = ["paraboloid", "hype", "reflected_placement"];
    let folders = std::fs::read_dir(&solids).unwrap().map(|entry| entry.unwrap().path());
    let mut folders: Vec<PathBuf> = folders.filter(|path| path.is_dir()).collect();
    folders.sort();
    for folder in folders {
        let name = folder.file_name().unwrap().to_str().unwrap();
        if left_out.contains(&name) {
            continue;
        }
        let gdml = folder.join(name).with_extension("gdml");
        let detector = cfg4::gdml::read(&gdml).unwrap();
        let placed = detector.placements.iter().find(|p| p.name == "pv").unwrap();
        let solid = detector.solid(detector.volume(placed.volume).solid).name.clone();
        let load = |file: &str| NPY::<f32>::load(folder.join(file)).unwrap();
        let (rays, crossings, first) = (load("rays.npy"), load("crossings.npy"), load("first.npy"));
        let summary: Value =
            serde_json::from_str(&std::fs::read_to_string(folder.join("summary.json")).unwrap()).unwrap();
        let entry = |i: usize, j: usize| summary["local_to_world"][i][j].as_f64().unwrap();
        let back = |v: [f64; 3]| [0, 1, 2].map(|i| (0..3).map(|k| entry(k, i) * v[k]).sum::<f64>());
        let local = |ray: &[f32]| {
            let [x, y, z, u, v, w] = [0, 1, 2, 3, 4, 5].map(|i| f64::from(ray[i]));
            let [a, b, c] = back([x - entry(0, 3), y - entry(1, 3), z - entry(2, 3)]);
            let [d, e, f] = back([u, v, w]);
            [a, b, c, d, e, f]
        };
        let (temporary, out) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
        let file = save_rays(temporary.path(), &rays.items().map(local).collect::<Vec<_>>());
        let answer = trace(&gdml, &file, out.path(), &["--solid", &solid]);
        assert_eq!(answer.code, Some(0), "{}", answer.stderr);
        let scan = Scan::read(out.path());
        let mut deviations = Deviations::default();
        for (ray, (expected, first)) in crossings.items().zip(first.items()).enumerate() {
            let flags = first[2] as u32;
            if flags & (1 | 4 | 8 | 16 | 32 | 64 | 128) != 0 {
                continue;
            }
            let expected: Vec<f32> = expected.iter().copied().filter(|d| !d.is_nan()).collect();
            let found = scan.distances_of(ray);
            assert_eq!(found.len(), expected.len(), "{name}, ray {ray}: {found:?} {expected:?}");
            assert_eq!(scan.volumes[ray][0], f32::from(u8::from(first[0] > 0.0)), "{name}, ray {ray}");
            deviations.add(&found, &expected);
            if !found.is_empty() {
                let outward = back([4, 5, 6].map(|i| f64::from(first[i])));
                let off =
                    (0..3).map(|i| (f64::from(scan.normals[ray][i]) - outward[i]).abs()).fold(0.0, f64::max);
                assert!(off < 1e-3, "{name}, ray {ray}");
            }
        }
        deviations.check(name);
    }
}
