//! Touchables: every placement under every one of its mother's touchables, by number.
//!
//! A touchable outside all arrays has a record of its own, at its number. The copies of an array, and all that stands in
//! them, have one record for all instances: the number of an instance holds that of the record in its low bits, and
//! above them which instance it is, counted through the copies of the arrays around it, the outermost slowest. So an array
//! of arrays takes the memory of one copy, and what differs between instances (mother, daughters, place in the order of
//! the tree, sensor) follows from the number.
//!
//! Node 0 is the world.

use bytemuck::{Pod, Zeroable};

use super::frame::Frame;
use super::geometry::{Geometry, NONE, PlacementRecord, VolumeRecord, touch};
use crate::repertoire::EVERYTHING;

/// What is the same for all instances of a touchable, and, of what differs, that of the first.
#[repr(C)]
#[derive(Debug, Clone, Copy, PartialEq, Pod, Zeroable)]
pub struct NodeRecord {
    /// The mother's node, [`NONE`] for the world; of the first instance.
    pub(crate) parent: u32,
    /// Index of the placement.
    pub placement: u32,
    /// Node of the first daughter; of the first instance.
    pub(crate) first_child: u32,
    /// 1 and the number of sensors that come before this node in a depth-first walk; of the first instance.
    pub(crate) sensor: u32,
    /// 1-based index of the boundary (materials and surfaces on both sides) around this node.
    pub boundary: u32,
    /// Position of this node in a depth-first walk: the node index that users see; of the first instance.
    pub(crate) depth_first: u32,
    /// The volume of the placement.
    pub volume: u32,
    /// The material of the volume.
    pub material: u32,
    /// Bits of [`touch`]: those of the placement, and [`touch::SENSOR`].
    pub touches: u32,
    /// The surface met on the way from the mother into this node, or [`NONE`].
    pub surface_in: u32,
    /// The surface met on the way from this node to the mother, or [`NONE`].
    pub surface_out: u32,
}

impl NodeRecord {
    /// Whether this is a sensor.
    #[inline(always)]
    pub fn is_sensor(&self) -> bool {
        self.touches & touch::SENSOR != 0
    }
}

/// What more there is to know of a touchable in the copies of arrays, or of such a copy itself; one record for all
/// instances.
#[repr(C)]
#[derive(Debug, Clone, Copy, PartialEq, Pod, Zeroable)]
pub struct InstancesRecord {
    /// How many there are: the product of the numbers of copies of the arrays around.
    pub instances: u32,
    /// The array that this is a copy of, or [`NONE`].
    pub array: u32,
    /// Copies of that array; 1 if there is none.
    pub copies: u32,
    /// Which daughter of its mother this is; of the first copy.
    pub daughter: u32,
    /// The record of the nearest array's copy around this touchable, or [`NONE`].
    pub around: u32,
    /// Touchables that a copy is and holds; 0 if this is no copy.
    pub nodes_per_copy: u32,
    /// Sensors among those.
    pub sensors_per_copy: u32,
}

impl<'a> Geometry<'a> {
    /// Whether a node has a record of its own.
    #[inline(always)]
    pub(super) fn is_outside_arrays(&self, node: u32) -> bool {
        !EVERYTHING || node < self.outside_arrays
    }

    /// Where the record of a node is.
    #[inline(always)]
    fn index(&self, node: u32) -> usize {
        let outside = self.outside_arrays;
        if self.is_outside_arrays(node) {
            return node as usize;
        }
        (outside + ((node - outside) & ((1 << self.instance_shift) - 1))) as usize
    }

    /// What more is known of a node in an array.
    #[inline(always)]
    fn instances_of(&self, node: u32) -> &'a InstancesRecord {
        &self.instances[self.index(node) - self.outside_arrays as usize]
    }

    /// Which instance a node in an array is.
    #[inline(always)]
    fn instance(&self, node: u32) -> u32 {
        (node - self.outside_arrays) >> self.instance_shift
    }

    /// The record of a node.
    #[inline(always)]
    pub fn record(&self, node: u32) -> &'a NodeRecord {
        &self.nodes[self.index(node)]
    }

    /// The mother's node, [`NONE`] for the world.
    #[inline(always)]
    pub fn parent(&self, node: u32) -> u32 {
        let first = self.record(node).parent;
        if self.is_outside_arrays(node) {
            return first;
        }
        let instance = self.instance(node) / self.instances_of(node).copies;
        first + (instance << self.instance_shift)
    }

    /// The node of a daughter, numbered as in the volume.
    #[inline(always)]
    pub fn child(&self, node: u32, daughter: u32) -> u32 {
        let record = self.record(node);
        if !EVERYTHING || self.instances.is_empty() {
            return record.first_child + daughter;
        }
        let instance = if self.is_outside_arrays(node) { 0 } else { self.instance(node) };
        let volume = &self.volumes[record.volume as usize];
        if volume.is_array() {
            record.first_child + ((instance * volume.n_daughters + daughter) << self.instance_shift)
        } else {
            record.first_child + daughter + (instance << self.instance_shift)
        }
    }

    /// Which daughter of its mother's volume a node is, which must not be the world.
    #[inline(always)]
    pub fn daughter_number(&self, node: u32) -> u32 {
        if self.is_outside_arrays(node) {
            return node - self.nodes[self.nodes[node as usize].parent as usize].first_child;
        }
        self.instances_of(node).daughter + self.copy(node)
    }

    /// Which daughter of the node `mother` a node is, or [`NONE`] if it is none of its daughters.
    #[inline(always)]
    pub fn daughter_of(&self, node: u32, mother: u32) -> u32 {
        if self.parent(node) == mother { self.daughter_number(node) } else { NONE }
    }

    /// Which copy of its array a node is, from 0; 0 if it is none.
    #[inline(always)]
    pub fn copy(&self, node: u32) -> u32 {
        if self.is_outside_arrays(node) {
            return 0;
        }
        self.instance(node) % self.instances_of(node).copies
    }

    /// 1-based sensor index, 0 if the node is no sensor.
    #[inline(always)]
    pub fn sensor(&self, node: u32) -> u32 {
        if self.record(node).is_sensor() { self.next_sensor(node) } else { 0 }
    }

    /// 1 and the number of sensors before a node in a depth-first walk.
    #[inline(always)]
    pub fn next_sensor(&self, node: u32) -> u32 {
        let first = self.record(node).sensor;
        if self.is_outside_arrays(node) { first } else { first + self.in_copies_before(node, true) }
    }

    /// Position of a node in a depth-first walk: the node index that users see.
    #[inline(always)]
    pub fn depth_first(&self, node: u32) -> u32 {
        let first = self.record(node).depth_first;
        if self.is_outside_arrays(node) { first } else { first + self.in_copies_before(node, false) }
    }

    /// Touchables, or sensors, in the copies before those that a node in an array is in.
    #[inline(never)]
    fn in_copies_before(&self, node: u32, sensors: bool) -> u32 {
        let (mut record, mut instance) = (self.instances_of(node), self.instance(node));
        let mut sum = 0;
        loop {
            let per_copy = if sensors { record.sensors_per_copy } else { record.nodes_per_copy };
            sum += instance % record.copies * per_copy;
            instance /= record.copies;
            match self.instances.get(record.around as usize) {
                Some(around) => record = around,
                None => return sum,
            }
        }
    }

    /// The placement of a node.
    #[inline(always)]
    pub fn placement_of(&self, node: u32) -> &'a PlacementRecord {
        &self.placements[self.record(node).placement as usize]
    }

    /// The volume of a node.
    #[inline(always)]
    pub fn volume_of(&self, node: u32) -> &'a VolumeRecord {
        &self.volumes[self.record(node).volume as usize]
    }

    /// The frame of a node, which must not be the world's, to its mother's.
    #[inline(always)]
    pub fn to_mother(&self, node: u32) -> Frame {
        let placement = self.placement_of(node);
        if EVERYTHING && placement.touches & touch::ARRAY != 0 {
            return self.frame_of_copy(node);
        }
        placement.to_mother()
    }

    #[inline(never)]
    fn frame_of_copy(&self, node: u32) -> Frame {
        self.arrays[self.instances_of(node).array as usize].frame(self.copy(node))
    }
}
