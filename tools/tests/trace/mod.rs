//! `g4opticks trace`

mod bad_input;
mod closed_forms;
mod interruption;
mod recorded;

use std::path::{Path, PathBuf};

use npy::NPY;
use serde_json::Value;

use crate::command::{Answer, g4opticks};

/// Runs `g4opticks trace GDML RAYS --out FOLDER ARGS`.
fn trace(gdml: &Path, rays: &Path, folder: &Path, args: &[&str]) -> Answer {
    let words = ["trace", text(gdml), text(rays), "--out", text(folder)];
    g4opticks(words.iter().chain(args))
}

fn text(path: &Path) -> &str {
    path.to_str().unwrap()
}

/// The built-in cube of 1 m as a file.
fn default_cube(folder: &Path) -> PathBuf {
    let path = folder.join("cube.gdml");
    std::fs::write(&path, cfg4::gdml::DEFAULT_GEOMETRY).unwrap();
    path
}

/// 40 plates of water of 10 mm, 20 mm apart along x, in air.
fn plates(folder: &Path) -> PathBuf {
    let gdml = folder.join("plates.gdml");
    let plates: String = (0..40)
        .map(|i| {
            format!(
                r#"<physvol name="p{i}" copynumber="{i}"><volumeref ref="Plate"/><position name="q{i}" x="{}" unit="mm"/></physvol>"#,
                20 * i - 390
            )
        })
        .collect();
    let text = format!(
        r#"<gdml><define/><materials/><solids><box name="W" x="1000" y="1000" z="1000"/><box name="P" x="10" y="100" z="100"/></solids>
        <structure><volume name="Plate"><materialref ref="G4_WATER"/><solidref ref="P"/></volume>
        <volume name="World"><materialref ref="G4_AIR"/><solidref ref="W"/>{plates}</volume></structure>
        <setup name="Default" version="1.0"><world ref="World"/></setup></gdml>"#
    );
    std::fs::write(&gdml, text).unwrap();
    gdml
}

/// Saves rays as float64.
fn save_rays(folder: &Path, rays: &[[f64; 6]]) -> PathBuf {
    let path = folder.join("rays.npy");
    NPY::from_vec(rays.concat(), &[rays.len() as u64, 6]).unwrap().save(&path).unwrap();
    path
}

/// The files of a scan.
struct Scan {
    distances: Vec<Vec<f32>>,
    volumes: Vec<Vec<f32>>,
    normals: Vec<Vec<f32>>,
    json: Value,
}

impl Scan {
    fn read(folder: &Path) -> Self {
        Self::named(folder, "normal.npy")
    }

    fn named(folder: &Path, normal: &str) -> Self {
        let load = |name: &str, columns: u64| -> Vec<Vec<f32>> {
            let array = NPY::<f32>::load_items(folder.join(name), &[columns]).unwrap();
            array.items().map(<[f32]>::to_vec).collect()
        };
        let json = std::fs::read_to_string(folder.join("scan.json")).unwrap();
        Self {
            distances: load("distance.npy", 24),
            volumes: load("volume.npy", 25),
            normals: load(normal, 3),
            json: serde_json::from_str(&json).unwrap(),
        }
    }

    fn paths(&self) -> Vec<&str> {
        self.json["volume_paths"].as_array().unwrap().iter().map(|p| p.as_str().unwrap()).collect()
    }

    /// Distances of a ray up to the first NaN; only NaN follow.
    fn distances_of(&self, ray: usize) -> Vec<f32> {
        let row = &self.distances[ray];
        let n = row.iter().position(|d| d.is_nan()).unwrap_or(row.len());
        assert!(row[n..].iter().all(|d| d.is_nan()), "{row:?}");
        row[..n].to_vec()
    }

    /// The volumes of a ray by their paths, `-` for none, as many as there are boundaries and one more.
    fn paths_of(&self, ray: usize) -> Vec<String> {
        let paths = self.paths();
        let n = self.distances_of(ray).len() + 1;
        let name =
            |v: &f32| paths.get(*v as usize).filter(|_| *v >= 0.0).map_or("-", |path| *path).to_owned();
        assert!(self.volumes[ray][n..].iter().all(|v| *v == -1.0));
        self.volumes[ray][..n].iter().map(name).collect()
    }
}
