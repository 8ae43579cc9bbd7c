//! Which touchables are sensors.

use std::collections::HashMap;

use cfg4::detector::{Detector, PlacementId};

use crate::trace::geometry::{Geometry, NONE};

/// Tells sensors: touchables around or at which a surface detects.
///
/// A border surface with EFFICIENCY makes the placement that it leads into a sensor, or, where it leads out to
/// the mother or further out, the placement that it leads out of; a skin with EFFICIENCY makes its volume's placements sensors.
pub(crate) struct SensorFinder<'a, F> {
    geometry: &'a Geometry<'a>,
    detector: &'a Detector,
    detects: F,
    /// Placements that borders which detect lead from, by that which they lead into, and the other way round.
    into: HashMap<u32, Vec<u32>>,
    out_of: HashMap<u32, Vec<u32>>,
}

impl<'a, F: Fn(u32) -> bool> SensorFinder<'a, F> {
    /// Of a geometry whose surfaces detect as told.
    pub(crate) fn new(geometry: &'a Geometry<'a>, detector: &'a Detector, detects: F) -> Self {
        let (mut into, mut out_of) = (HashMap::<u32, Vec<u32>>::new(), HashMap::<u32, Vec<u32>>::new());
        for border in geometry.borders.iter().filter(|b| detects(b.surface)) {
            into.entry(border.to).or_default().push(border.from);
            out_of.entry(border.from).or_default().push(border.to);
        }
        Self { geometry, detector, detects, into, out_of }
    }

    /// Whether a node is a sensor.
    pub(crate) fn is_sensor(&self, node: u32) -> bool {
        let skin = self.geometry.volume_of(node).skin_surface;
        if skin != NONE && (self.detects)(skin) {
            return true;
        }
        let parent = self.geometry.parent(node);
        if parent == NONE {
            return false;
        }
        let (own, mother) = (self.source(node), self.source(parent));
        let leads_in = |&from: &u32| leads_in(self.detector, from, own, mother);
        self.into.get(&own).is_some_and(|from| from.iter().any(leads_in))
            || self
                .out_of
                .get(&own)
                .is_some_and(|to| self.ancestors(node).any(|n| to.contains(&self.source(n))))
    }

    fn source(&self, node: u32) -> u32 {
        self.geometry.placement_of(node).source
    }

    /// The touchables around a node, from its mother to the world.
    fn ancestors(&self, node: u32) -> impl Iterator<Item = u32> {
        let parent = |node: u32| Some(self.geometry.parent(node)).filter(|&parent| parent != NONE);
        std::iter::successors(parent(node), move |&node| parent(node))
    }
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
