//! The tree of touchables: every placement under every one of its mother's touchables.

use std::collections::HashMap;

use cfg4::detector::Detector;

use super::FlatPlacements;
use crate::scene::SceneError;
use crate::trace::geometry::{NONE, VolumeRecord};
use crate::trace::touchable::{InstancesRecord, NodeRecord};

/// More records of touchables than this are refused: 44 bytes each.
const MAX_RECORDS: usize = 100_000_000;

/// The four names around a boundary: outer material, outer surface (met from outside), inner surface (met from
/// inside) and inner material, as indices; `u32::MAX` where there is no surface.
pub type BoundaryKey = [u32; 4];

/// Touchables and the boundaries around them.
#[derive(Debug)]
pub(crate) struct TouchableTree {
    /// The touchables outside arrays, and behind them the first instances of those in arrays: the index is the node.
    pub(crate) nodes: Vec<NodeRecord>,
    /// More on those in arrays.
    pub(crate) instances: Vec<InstancesRecord>,
    /// How far up in a node's number it says which instance it is.
    pub(crate) instance_shift: u32,
    pub(crate) boundaries: Vec<BoundaryKey>,
}

impl TouchableTree {
    /// Expands the placements breadth-first, so that siblings lie side by side; first those outside arrays, then, of the
    /// copies of arrays and what they hold, one for all.
    pub(crate) fn build(detector: &Detector, flat: &FlatPlacements) -> Result<Self, SceneError> {
        let mut growing = Growing::new(detector, flat);
        let arrays = growing.grow_outside_arrays()?;
        growing.grow_in_arrays(arrays)?;
        let instance_shift = growing.instance_shift()?;
        let Growing { nodes, instances, .. } = growing;
        let mut tree = Self { nodes, instances, instance_shift, boundaries: Vec::new() };
        tree.number_depth_first(flat);
        Ok(tree)
    }

    /// How many touchables are outside arrays.
    pub(crate) fn outside_arrays(&self) -> usize {
        self.nodes.len() - self.instances.len()
    }

    /// How many touchables there are.
    pub(crate) fn num_nodes(&self) -> u32 {
        self.outside_arrays() as u32 + self.instances.iter().map(|record| record.instances).sum::<u32>()
    }

    /// All nodes: those outside arrays, then those in arrays, record by record.
    pub(crate) fn all(&self) -> impl Iterator<Item = u32> + '_ {
        let outside = self.outside_arrays() as u32;
        let instances = move |(at, record): (usize, &InstancesRecord)| {
            (0..record.instances).map(move |k| outside + at as u32 + (k << self.instance_shift))
        };
        (0..outside).chain(self.instances.iter().enumerate().flat_map(instances))
    }

    /// The records of the daughters of a record's volume, one for all copies of an array.
    fn children(&self, record: usize, flat: &FlatPlacements) -> std::ops::Range<usize> {
        let node = &self.nodes[record];
        let n = flat.volumes[node.volume as usize].records_of_daughters() as usize;
        if n == 0 { 0..0 } else { node.first_child as usize..node.first_child as usize + n }
    }

    fn copies(&self, record: usize) -> u32 {
        record.checked_sub(self.outside_arrays()).map_or(1, |at| self.instances[at].copies)
    }

    /// Of every record, the sum of a quantity over a first instance and all that it holds. Daughters come behind mothers.
    fn sums(&self, flat: &FlatPlacements, own: impl Fn(&NodeRecord) -> u32) -> Vec<u32> {
        let mut sums = vec![0; self.nodes.len()];
        for record in (0..self.nodes.len()).rev() {
            let below = self.children(record, flat).map(|child| sums[child] * self.copies(child));
            sums[record] = own(&self.nodes[record]) + below.sum::<u32>();
        }
        sums
    }

    /// Numbers the records from the world's `first` on by a quantity: calls `set(record, number)`, where a node's number
    /// is its mother's with the quantities of the mother itself and the sisters before it.
    fn number(
        &mut self,
        flat: &FlatPlacements,
        (first, sums): (u32, &[u32]),
        own: impl Fn(&NodeRecord) -> u32,
        set: impl Fn(&mut NodeRecord, u32),
    ) {
        let mut numbers = vec![first; self.nodes.len()];
        for record in 0..self.nodes.len() {
            let mut next = numbers[record] + own(&self.nodes[record]);
            for child in self.children(record, flat) {
                numbers[child] = next;
                next += sums[child] * self.copies(child);
            }
            set(&mut self.nodes[record], numbers[record]);
        }
    }

    /// The copies of arrays and, of each, one of the sums of all records.
    fn copies_with<'a>(
        &'a mut self,
        sums: &'a [u32],
    ) -> impl Iterator<Item = (&'a mut InstancesRecord, u32)> {
        let sums = &sums[self.outside_arrays()..];
        let with_sums = self.instances.iter_mut().zip(sums.iter().copied());
        with_sums.filter(|(record, _)| record.array != NONE)
    }

    fn number_depth_first(&mut self, flat: &FlatPlacements) {
        let sums = self.sums(flat, |_| 1);
        self.number(flat, (0, &sums), |_| 1, |node, number| node.depth_first = number);
        self.copies_with(&sums).for_each(|(copy, sum)| copy.nodes_per_copy = sum);
    }

    /// Numbers the sensors from 1, in depth-first order; returns how many there are.
    pub(crate) fn number_sensors(&mut self, flat: &FlatPlacements) -> u32 {
        let own = |node: &NodeRecord| u32::from(node.is_sensor());
        let sums = self.sums(flat, own);
        self.number(flat, (1, &sums), own, |node, number| node.sensor = number);
        self.copies_with(&sums).for_each(|(copy, sum)| copy.sensors_per_copy = sum);
        sums[0]
    }

    /// Numbers the distinct boundaries from 1; `keys` are those of the records from 1 on.
    pub(crate) fn number_boundaries(&mut self, keys: &[BoundaryKey]) {
        let mut known: HashMap<BoundaryKey, u32> = HashMap::new();
        for (node, &key) in self.nodes[1..].iter_mut().zip(keys) {
            [_, node.surface_in, node.surface_out, _] = key;
            let boundaries = &mut self.boundaries;
            node.boundary = *known.entry(key).or_insert_with(|| {
                boundaries.push(key);
                boundaries.len() as u32
            });
        }
    }
}

impl VolumeRecord {
    /// How many records of touchables the daughters have in each touchable of this volume.
    fn records_of_daughters(&self) -> u32 {
        if self.is_array() { 1 } else { self.n_daughters }
    }
}

/// A tree on its way.
struct Growing<'a> {
    detector: &'a Detector,
    flat: &'a FlatPlacements,
    nodes: Vec<NodeRecord>,
    instances: Vec<InstancesRecord>,
}

impl<'a> Growing<'a> {
    fn new(detector: &'a Detector, flat: &'a FlatPlacements) -> Self {
        Self { detector, flat, nodes: vec![node(flat, NONE, 0)], instances: Vec::new() }
    }

    /// Returns the nodes whose daughters are arrays.
    fn grow_outside_arrays(&mut self) -> Result<Vec<usize>, SceneError> {
        let mut arrays = Vec::new();
        let mut at = 0;
        while at < self.nodes.len() {
            let volume = &self.flat.volumes[self.nodes[at].volume as usize];
            if volume.is_array() {
                arrays.push(at);
            } else {
                self.nodes[at].first_child = self.nodes.len() as u32;
                let daughters = (0..volume.n_daughters).map(|k| volume.first_daughter + k);
                let flat = self.flat;
                self.nodes.extend(daughters.map(|placement| node(flat, at as u32, placement)));
            }
            at += 1;
            self.check()?;
        }
        Ok(arrays)
    }

    /// Adds the records of what the daughters of `arrays` are and hold.
    fn grow_in_arrays(&mut self, arrays: Vec<usize>) -> Result<(), SceneError> {
        let outside = self.nodes.len();
        for at in arrays {
            self.push_daughters(at, (1, NONE))?;
        }
        let mut at = 0;
        while at < self.instances.len() {
            let InstancesRecord { instances, array, around, .. } = self.instances[at];
            self.push_daughters(outside + at, (instances, if array == NONE { around } else { at as u32 }))?;
            at += 1;
        }
        Ok(())
    }

    /// Adds the records of the daughters of a record with so many instances, which is the copy of an array `around`, or
    /// in it.
    fn push_daughters(&mut self, mother: usize, (instances, around): (u32, u32)) -> Result<(), SceneError> {
        let volume = &self.flat.volumes[self.nodes[mother].volume as usize];
        let copies = if volume.is_array() { volume.n_daughters } else { 1 };
        let instances = instances.checked_mul(copies).ok_or_else(|| self.too_many())?;
        self.nodes[mother].first_child = self.nodes.len() as u32;
        for daughter in 0..volume.records_of_daughters() {
            self.nodes.push(node(self.flat, mother as u32, volume.first_daughter + daughter));
            let (nodes_per_copy, sensors_per_copy) = (0, 0);
            let array = volume.array;
            self.instances.push(InstancesRecord {
                instances,
                array,
                copies,
                daughter,
                around,
                nodes_per_copy,
                sensors_per_copy,
            });
        }
        self.check()
    }

    /// How far up in a node's number it says which instance it is: the records in arrays have to fit below, the instances
    /// above.
    fn instance_shift(&self) -> Result<u32, SceneError> {
        let records = self.instances.len() as u64;
        let shift = records.next_power_of_two().trailing_zeros();
        let most = self.instances.iter().map(|record| u64::from(record.instances)).max().unwrap_or(0);
        let end = (self.nodes.len() as u64).checked_add(most << shift);
        let all: u64 = self.instances.iter().map(|record| u64::from(record.instances)).sum();
        let fits = |n: u64| n < u64::from(NONE);
        if end.is_some_and(fits) && fits(self.nodes.len() as u64 + all) {
            Ok(shift)
        } else {
            Err(self.too_many())
        }
    }

    fn check(&self) -> Result<(), SceneError> {
        if self.nodes.len() > MAX_RECORDS { Err(self.too_many()) } else { Ok(()) }
    }

    fn too_many(&self) -> SceneError {
        SceneError::TooManyTouchables { world: self.detector.world().name.clone() }
    }
}

/// A node of `placement` below `parent`, without what is numbered later.
fn node(flat: &FlatPlacements, parent: u32, placement: u32) -> NodeRecord {
    let volume = flat.placements[placement as usize].volume;
    NodeRecord {
        parent,
        placement,
        first_child: NONE,
        sensor: 0,
        boundary: 0,
        depth_first: 0,
        volume,
        material: flat.volumes[volume as usize].material,
        touches: flat.placements[placement as usize].touches,
        surface_in: NONE,
        surface_out: NONE,
    }
}
