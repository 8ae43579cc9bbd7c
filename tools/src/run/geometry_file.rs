//! `geometry.json`: what the numbers in the arrays of a run stand for.

use cfg4::detector::without_pointer;
use g4ok::DetectorGeometry;
use serde::{Serialize, Serializer};

/// The sensors and boundaries of a detector.
#[derive(Debug, Serialize)]
pub(super) struct GeometryFile<'a> {
    geometry_digest: &'a str,
    sensors: Sensors<'a>,
    boundaries: Vec<Boundary>,
}

/// A sensor, in the order of the sensor indices.
#[derive(Debug, Serialize)]
struct Sensor {
    /// Sensor index of hits, from 1.
    index: usize,
    /// Node index of hits.
    node: u32,
    name: String,
    path: String,
    copy_number: i32,
    /// Where its origin is in the world, mm.
    position_mm: [f64; 3],
}

/// Two materials that meet, and the surfaces between them.
#[derive(Debug, Serialize)]
struct Boundary {
    /// The number of hits without its sign, from 1.
    number: usize,
    outer_material: String,
    /// The surface met from outside.
    surface_in: Option<String>,
    /// The surface met from inside.
    surface_out: Option<String>,
    inner_material: String,
}

impl<'a> GeometryFile<'a> {
    pub(super) fn new(geometry: &'a DetectorGeometry) -> Self {
        let scene = geometry.scene();
        let boundaries = scene.boundaries().iter().enumerate();
        let boundaries = boundaries.map(|(at, key)| boundary(geometry, at + 1, key)).collect();
        Self { geometry_digest: scene.digest(), sensors: Sensors(geometry), boundaries }
    }
}

/// All sensors, each made when it is written: there may be millions.
#[derive(Debug)]
struct Sensors<'a>(&'a DetectorGeometry);

impl Serialize for Sensors<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let names = self.0.sensor_names();
        let sensors = self.0.scene().sensors().zip(names.iter()).enumerate();
        serializer.collect_seq(sensors.map(|(at, (node, name))| Sensor::new(self.0, (at + 1, node), name)))
    }
}

impl Sensor {
    fn new(geometry: &DetectorGeometry, (index, node): (usize, u32), name: String) -> Self {
        Self {
            index,
            node: geometry.scene().geometry().depth_first(node),
            name,
            path: geometry.path(node),
            copy_number: geometry.copy_number(node),
            position_mm: geometry.to_world(node).translation_mm,
        }
    }
}

fn boundary(geometry: &DetectorGeometry, number: usize, key: &[u32; 4]) -> Boundary {
    let detector = geometry.detector();
    let material = |id: u32| {
        let material = detector.materials.get(id as usize);
        material.map_or_else(|| "outside the world".to_owned(), |m| without_pointer(&m.name).to_owned())
    };
    let surface = |id: u32| detector.surfaces.get(id as usize).map(|s| without_pointer(&s.name).to_owned());
    let [outer, surface_in, surface_out, inner] = *key;
    Boundary {
        number,
        outer_material: material(outer),
        surface_in: surface(surface_in),
        surface_out: surface(surface_out),
        inner_material: material(inner),
    }
}
