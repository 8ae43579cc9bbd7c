//! Small detectors, random numbers that can be watched, and statistics.

use cfg4::detector::{
    BorderSurface, Detector, Material, OpticalSurface, PlacementId, Property, PropertyMap, PropertyVector,
    SurfaceId,
};
use optixrap::physics::genstep::GenstepRecord;
use optixrap::physics::photon::Photon;
use optixrap::physics::random::Uniform;
use optixrap::physics::vec3::{Vec3, vec3};
use optixrap::scene::property_tables::{PropertyTables, TableOptions};
use serde_json::Value;

/// Numbers given one by one; running out of them fails the test.
#[derive(Clone)]
pub(crate) struct Script {
    numbers: Vec<f32>,
    pub(crate) draws: usize,
}

impl Script {
    pub(crate) fn new(numbers: &[f32]) -> Self {
        Self { numbers: numbers.to_vec(), draws: 0 }
    }
}

impl Uniform for Script {
    fn uniform(&mut self) -> f32 {
        self.draws += 1;
        self.numbers[self.draws - 1]
    }
}

/// A property over photon energy in eV.
pub(crate) fn table(points: &[(f64, f64)]) -> Property {
    let (e, v) = points.iter().map(|&(e, v)| (e * 1e-6, v)).unzip();
    Property::Vector(PropertyVector::new(e, v).unwrap())
}

pub(crate) fn properties(list: &[(&str, &[(f64, f64)])]) -> PropertyMap {
    PropertyMap(list.iter().map(|(name, points)| ((*name).to_owned(), table(points))).collect())
}

pub(crate) fn material(list: &[(&str, &[(f64, f64)])]) -> Material {
    Material {
        name: "Test".into(),
        density_g_cm3: 1.0,
        temperature_k: 293.15,
        is_gas: false,
        components: vec![],
        mean_excitation_ev: None,
        properties: properties(list),
    }
}

/// The tables of one material, number 0.
pub(crate) fn material_tables(list: &[(&str, &[(f64, f64)])]) -> PropertyTables {
    let detector = Detector { materials: vec![material(list)], ..Detector::default() };
    PropertyTables::new(&detector, &TableOptions::default()).unwrap()
}

/// A detector with one surface that is in use.
pub(crate) fn surface_detector(surface: OpticalSurface) -> Detector {
    let border =
        BorderSurface { name: "b".into(), from: PlacementId(0), to: PlacementId(1), surface: SurfaceId(0) };
    Detector { surfaces: vec![surface], borders: vec![border], ..Detector::default() }
}

/// A genstep of these (word, float) values; the first four words are code, 0, 0, 1.
pub(crate) fn genstep(code: u32, floats: &[(usize, f32)]) -> GenstepRecord {
    let mut words = [0; 24];
    words[0] = code;
    words[3] = 1;
    for &(word, value) in floats {
        words[word] = value.to_bits();
    }
    GenstepRecord { words, material: 0, first_input_photon: 0, node: 0, pad: 0 }
}

/// A photon of 430 nm at the origin.
pub(crate) fn photon(direction: Vec3, polarization: Vec3) -> Photon {
    let position = vec3(0.0, 0.0, 0.0);
    Photon { position, time_ns: 0.0, direction, weight: 1.0, polarization, wavelength_nm: 430.0 }
}

/// Direction and polarization are unit vectors, perpendicular to each other.
#[track_caller]
pub(crate) fn assert_transverse(photon: &Photon, tolerance: f32) {
    assert!((photon.direction.length() - 1.0).abs() < tolerance, "{photon:?}");
    assert!((photon.polarization.length() - 1.0).abs() < tolerance, "{photon:?}");
    assert!(photon.direction.dot(photon.polarization).abs() < tolerance, "{photon:?}");
}

/// A reference file of Geant4, or `None` where the references are not there.
pub(crate) fn reference(path: &str) -> Option<Value> {
    let file = format!("{}/../../shared/reference/{path}", env!("CARGO_MANIFEST_DIR"));
    let Ok(text) = std::fs::read_to_string(&file) else {
        println!("skipped: {file} is not there");
        return None;
    };
    Some(serde_json::from_str(&text).unwrap())
}

pub(crate) fn floats(value: &Value) -> Vec<f64> {
    value.as_array().unwrap().iter().map(|v| v.as_f64().unwrap()).collect()
}

/// A list of pairs, as the references write tables.
pub(crate) fn pairs(value: &Value) -> Vec<(f64, f64)> {
    value.as_array().unwrap().iter().map(floats).map(|p| (p[0], p[1])).collect()
}

/// Counts of `samples` in the bins of `edges`.
pub(crate) fn histogram(edges: &[f64], samples: impl Iterator<Item = f64>) -> Vec<f64> {
    let mut counts = vec![0.0; edges.len() - 1];
    for x in samples {
        let above = edges.partition_point(|&e| e <= x);
        if above > 0 && above < edges.len() {
            counts[above - 1] += 1.0;
        }
    }
    counts
}

/// The Kolmogorov-Smirnov test of samples against a distribution function, significance 1e-5.
#[track_caller]
pub(crate) fn assert_follows(what: &str, mut samples: Vec<f64>, cdf: impl Fn(f64) -> f64) {
    samples.sort_by(f64::total_cmp);
    let n = samples.len() as f64;
    let distance = samples.iter().enumerate().map(|(i, &x)| {
        let c = cdf(x);
        (c - i as f64 / n).abs().max((c - (i + 1) as f64 / n).abs())
    });
    let scaled = distance.fold(0.0, f64::max) * n.sqrt();
    assert!(scaled < 2.47, "{what}: Kolmogorov-Smirnov distance times sqrt(n) is {scaled}");
}
