//! Which touchables are sensors.

use std::collections::HashMap;

use cfg4::detector::{Detector, PlacementId};

use crate::trace::geometry::{Geometry, NONE};

/// The nodes that are sensors, in depth-first order: those around or at which a surface detects.
///
/// A border surface with EFFICIENCY makes the placement that it leads into a sensor, or, where it leads out to
/// the mother or further out, the placement that it leads out of; a skin with EFFICIENCY makes its volume's placements sensors.
pub(crate) fn find(geometry: &Geometry, detector: &Detector, detects: impl Fn(u32) -> bool) -> Vec<u32> {
    let (mut into, mut out_of) = (HashMap::<u32, Vec<u32>>::new(), HashMap::<u32, Vec<u32>>::new());
    for border in geometry.borders.iter().filter(|b| detects(b.surface)) {
        into.entry(border.to).or_default().push(border.from);
        out_of.entry(border.from).or_default().push(border.to);
    }
    let nodes = geometry.nodes;
    let is_sensor = |at: u32| {
        let node = &nodes[at as usize];
        let skin = geometry.volume_of(at).skin_surface;
        if skin != NONE && detects(skin) {
            return true;
        }
        if node.parent == NONE {
            return false;
        }
        let source = |node: u32| geometry.placement_of(node).source;
        let (own, mother) = (source(at), source(node.parent));
        into.get(&own).is_some_and(|f| f.iter().any(|&from| leads_in(detector, from, own, mother)))
            || out_of
                .get(&own)
                .is_some_and(|to| ancestors(geometry, at).any(|node| to.contains(&source(node))))
    };
    let mut sensors: Vec<u32> = (0..nodes.len() as u32).filter(|&at| is_sensor(at)).collect();
    sensors.sort_by_key(|&n| nodes[n as usize].depth_first);
    sensors
}

/// The touchables around a node, from its mother to the world.
fn ancestors<'a>(geometry: &'a Geometry, node: u32) -> impl Iterator<Item = u32> + 'a {
    let parent = |node: u32| Some(geometry.nodes[node as usize].parent).filter(|&parent| parent != NONE);
    std::iter::successors(parent(node), move |&node| parent(node))
}

/// Whether a border from placement `from` leads into placement `own` in this `mother`: from the mother itself, from a
/// sister, or from anywhere else but another placement of the mother's volume or the inside of `own`.
fn leads_in(detector: &Detector, from: u32, own: u32, mother: u32) -> bool {
    let [from_placement, own, mother_placement] =
        [from, own, mother].map(|source| detector.placement(PlacementId(source)));
    from == mother
        || from_placement.mother == Some(mother_placement.volume)
        || (from_placement.volume != mother_placement.volume
            && !detector.holds(own.volume, from_placement.volume))
}
