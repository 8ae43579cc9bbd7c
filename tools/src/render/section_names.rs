//! What is in a cross-section, by its names.

use std::collections::{BTreeMap, BTreeSet};

use cfg4::detector::{VolumeId, without_pointer};
use g4ok::DetectorGeometry;
use optixrap::trace::geometry::NONE;

use super::MaterialColours;
use super::legend::Entry;
use super::node_map::NodeMap;
use super::painter::{is_sensor, surface_colour};
use crate::number::grouped;

/// The name of an optical surface.
pub(super) fn surface_name(geometry: &DetectorGeometry, surface: u32) -> String {
    let surfaces = &geometry.detector().surfaces;
    surfaces.get(surface as usize).map(|s| without_pointer(&s.name).to_owned()).unwrap_or_default()
}

/// The name of the volume of a node.
pub(super) fn volume_name(geometry: &DetectorGeometry, node: u32) -> String {
    let volume = source_volume(geometry, node);
    without_pointer(&geometry.detector().volume(volume).name).to_owned()
}

/// The detector's volume of a node; the scene has more volumes where one is placed with several solids.
fn source_volume(geometry: &DetectorGeometry, node: u32) -> VolumeId {
    geometry.detector().placement(geometry.scene().source_placement(node)).volume
}

/// Name, material and number of touchables of every volume in the picture, the largest area first.
pub(super) fn volumes(geometry: &DetectorGeometry, map: &NodeMap) -> Vec<(String, String, usize)> {
    let mut cells: BTreeMap<u32, usize> = BTreeMap::new();
    map.nodes.iter().filter(|&&node| node != NONE).for_each(|&node| *cells.entry(node).or_default() += 1);
    let mut volumes: BTreeMap<VolumeId, (usize, usize)> = BTreeMap::new();
    for (&node, &n) in &cells {
        let volume = volumes.entry(source_volume(geometry, node)).or_default();
        *volume = (volume.0 + n, volume.1 + 1);
    }
    let mut list: Vec<_> = volumes.into_iter().collect();
    list.sort_by_key(|&(volume, (area, _))| (std::cmp::Reverse(area), volume));
    let detector = geometry.detector();
    let words = |(volume, (_, copies)): (VolumeId, (usize, usize))| {
        let volume = detector.volume(volume);
        let material = without_pointer(&detector.material(volume.material).name).to_owned();
        (without_pointer(&volume.name).to_owned(), material, copies)
    };
    list.into_iter().map(words).collect()
}

/// The legend: materials, surfaces, volumes.
pub(super) fn entries(
    geometry: &DetectorGeometry,
    map: &NodeMap,
    surfaces: &[u32],
    volumes: &[(String, String, usize)],
) -> Vec<Entry> {
    let scene = geometry.scene().geometry();
    let colours = MaterialColours::of(geometry.detector());
    let material = |&node: &u32| (node != NONE).then(|| scene.record(node).material);
    let materials: BTreeSet<u32> = map.nodes.iter().filter_map(material).collect();
    let mut entries = vec![Entry::Heading("materials".into())];
    for material in materials {
        let name = &geometry.detector().materials[material as usize].name;
        entries.push(Entry::Fill(colours.colour(material), without_pointer(name).to_owned()));
    }
    if !surfaces.is_empty() {
        entries.push(Entry::Heading("surfaces".into()));
    }
    for &surface in surfaces {
        let kind = if is_sensor(geometry, surface) { " (sensor)" } else { "" };
        let words = surface_name(geometry, surface) + kind;
        entries.push(Entry::Line(surface_colour(geometry, surface), words));
    }
    entries.push(Entry::Heading("volumes".into()));
    for (name, material, copies) in volumes {
        let times = if *copies > 1 { format!(" x {}", grouped(*copies as u64)) } else { String::new() };
        entries.push(Entry::Words(format!("{name}{times}: {material}")));
    }
    entries
}

/// The paths of touchables that claim the same points.
pub(super) fn disputed_names(
    geometry: &DetectorGeometry,
    disputed: &BTreeMap<usize, [u32; 2]>,
) -> Vec<[String; 2]> {
    let name = |node: u32| if node == NONE { "outside the world".to_owned() } else { geometry.path(node) };
    let pairs: BTreeSet<[u32; 2]> = disputed.values().map(|&[a, b]| [a.min(b), a.max(b)]).collect();
    pairs.into_iter().map(|pair| pair.map(name)).collect()
}
