//! Names that tell sensors apart.

use std::collections::HashSet;
use std::hash::{DefaultHasher, Hash, Hasher};

use crate::DetectorGeometry;

/// The names of all sensors, made when asked for: `Det4#0` where that is unique among the sensors, else its whole path, and
/// where sisters share name and copy number the sensor index as well.
#[derive(Debug)]
pub struct SensorNames<'a> {
    geometry: &'a DetectorGeometry,
    repeated_names: HashSet<u64>,
    repeated_paths: HashSet<u64>,
}

impl<'a> SensorNames<'a> {
    pub(crate) fn new(geometry: &'a DetectorGeometry) -> Self {
        let sensors = || geometry.scene().sensors();
        let repeated_names = repeated(sensors().map(|node| geometry.name(node)));
        let repeated_paths = repeated(sensors().map(|node| geometry.path(node)));
        Self { geometry, repeated_names, repeated_paths }
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        self.geometry.num_sensors()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The name of a 1-based sensor index, if there is such a sensor.
    pub fn name(&self, index: usize) -> Option<String> {
        Some(self.name_of_node(index, self.geometry.sensor_node(index)?))
    }

    /// All names, in the order of the indices.
    pub fn iter(&self) -> impl Iterator<Item = String> + '_ {
        let sensors = self.geometry.scene().sensors();
        sensors.enumerate().map(|(at, node)| self.name_of_node(at + 1, node))
    }

    fn name_of_node(&self, index: usize, node: u32) -> String {
        let name = self.geometry.name(node);
        if !self.repeated_names.contains(&hash(&name)) {
            return name;
        }
        let path = self.geometry.path(node);
        if self.repeated_paths.contains(&hash(&path)) { format!("{path} (sensor {index})") } else { path }
    }
}

/// Hashes of the texts that come more than once. Two texts of one hash would be told apart with more words than they need.
fn repeated(texts: impl Iterator<Item = String>) -> HashSet<u64> {
    let (mut seen, mut repeated) = (HashSet::new(), HashSet::new());
    for text in texts {
        let hash = hash(&text);
        if !seen.insert(hash) {
            repeated.insert(hash);
        }
    }
    repeated
}

fn hash(text: &str) -> u64 {
    let mut hasher = DefaultHasher::new();
    text.hash(&mut hasher);
    hasher.finish()
}
