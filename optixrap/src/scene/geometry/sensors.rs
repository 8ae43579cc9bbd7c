//! Which touchables are sensors.

use std::collections::HashMap;

use cfg4::detector::{Detector, PlacementId};

use crate::trace::geometry::{Geometry, NONE};

/// The nodes that are sensors, in depth-first order: those around or at which a surface detects.
///
/// A border surface with EFFICIENCY makes the placement that it leads into a sensor, or, where it leads out to
/// the mother, the placement that it leads out of; a skin with EFFICIENCY makes its volume's placements sensors.
pub(crate) fn find(geometry: &Geometry, detector: &Detector, detects: impl Fn(u32) -> bool) -> Vec<u32> {
    let (mut into, mut out_of) = (HashMap::<u32, Vec<u32>>::new(), HashMap::<u32, Vec<u32>>::new());
    for border in geometry.borders.iter().filter(|b| detects(b.surface)) {
        into.entry(border.to).or_default().push(border.from);
        out_of.entry(border.from).or_default().push(border.to);
    }
    let nodes = geometry.nodes;
    let placement = |source: u32| detector.placement(PlacementId(source));
    let is_sensor = |at: u32| {
        let node = &nodes[at as usize];
        let skin = geometry.volume_of(at).skin_surface;
        if skin != NONE && detects(skin) {
            return true;
        }
        if node.parent == NONE {
            return false;
        }
        let [own, mother] = [at, node.parent].map(|node| geometry.placement_of(node).source);
        let is_sister = |from: u32| placement(from).mother == Some(placement(mother).volume);
        let from_beside = |from: &u32| *from == mother || is_sister(*from);
        into.get(&own).is_some_and(|f| f.iter().any(from_beside))
            || out_of.get(&own).is_some_and(|to| to.contains(&mother))
    };
    let mut sensors: Vec<u32> = (0..nodes.len() as u32).filter(|&at| is_sensor(at)).collect();
    sensors.sort_by_key(|&n| nodes[n as usize].depth_first);
    sensors
}
