//! The flat geometry that both engines read: volumes, their placements, the tree of touchables, borders.

use bytemuck::{Pod, Zeroable};

use super::array::ArrayRecord;
use super::bvh::BvhNode;
use super::frame::Frame;
use super::solid::Solids;
use super::touchable::{InstancesRecord, NodeRecord};
use crate::physics::vec3::Vec3;
use crate::repertoire::EVERYTHING;

/// "None" in a field that holds an index.
pub const NONE: u32 = u32::MAX;

/// A logical volume. Its daughters' placements lie contiguously.
#[repr(C)]
#[derive(Debug, Clone, Copy, PartialEq, Pod, Zeroable)]
pub struct VolumeRecord {
    /// Index of the solid.
    pub solid: u32,
    /// Index of the material.
    pub material: u32,
    /// First daughter's placement.
    pub first_daughter: u32,
    /// Number of daughters.
    pub n_daughters: u32,
    /// Root of the hierarchy over the daughters, [`NONE`] without daughters and where they are an array.
    pub bvh_root: u32,
    /// The array that the daughters are, all of the one placement `first_daughter`, or [`NONE`].
    pub array: u32,
    /// Skin surface, or [`NONE`].
    pub skin_surface: u32,
    /// Distances below this are zero here, mm: a few roundings of the volume's extent.
    pub tolerance_mm: f32,
    /// What daughters may do to this volume's own boundary: [`touch::MOTHER`] and [`touch::OVERLAP`] of any of them.
    pub daughters_touch: u32,
    /// Low corner of the box around all daughters, mm.
    pub daughters_low: Vec3,
    /// High corner of the box around all daughters, mm.
    pub daughters_high: Vec3,
}

impl VolumeRecord {
    /// Whether the daughters are the copies of an array.
    #[inline(always)]
    pub fn is_array(&self) -> bool {
        EVERYTHING && self.array != NONE
    }
}

/// The bits of [`PlacementRecord::touches`].
pub mod touch {
    /// A face may coincide with one of the mother's.
    pub const MOTHER: u32 = 1;
    /// A face may coincide with one of a sister's.
    pub const SISTER: u32 = 2;
    /// Some border surface starts at this placement.
    pub const BORDER_FROM: u32 = 4;
    /// Some border surface ends at this placement.
    pub const BORDER_TO: u32 = 8;
    /// The rotation is not the identity.
    pub const ROTATED: u32 = 16;
    /// The placement is an array: where a copy is depends on its number.
    pub const ARRAY: u32 = 32;
    /// It may overlap a sister, or stick out of the mother: what no sound geometry does, but real ones do.
    pub const OVERLAP: u32 = 64;
    /// A surface around it detects; of nodes alone.
    pub const SENSOR: u32 = 128;
}

/// One placement of a volume in its mother.
#[repr(C)]
#[derive(Debug, Clone, Copy, PartialEq, Pod, Zeroable)]
pub struct PlacementRecord {
    /// Rows of the rotation of the daughter's frame to the mother's.
    pub rows: [Vec3; 3],
    /// Daughter's origin in the mother's frame, mm.
    pub translation: Vec3,
    /// The volume placed.
    pub volume: u32,
    /// Bits of [`touch`].
    pub touches: u32,
    /// The number of the detector's placement, by which borders know it; that of all its copies.
    pub source: u32,
}

impl PlacementRecord {
    /// The daughter's frame to the mother's, of a placement that is no array.
    #[inline(always)]
    pub fn to_mother(&self) -> Frame {
        Frame::new(self.rows, self.translation, self.touches & touch::ROTATED != 0)
    }
}

/// A border surface between an ordered pair of placements; the list is sorted by (from, to).
#[repr(C)]
#[derive(Debug, Clone, Copy, PartialEq, Pod, Zeroable)]
pub struct BorderRecord {
    /// [`PlacementRecord::source`] of the placement left.
    pub from: u32,
    /// [`PlacementRecord::source`] of the placement entered.
    pub to: u32,
    /// Surface.
    pub surface: u32,
}

/// Everything that navigation reads.
#[repr(C)]
#[derive(Debug, Clone, Copy)]
pub struct Geometry<'a> {
    /// Touchables outside arrays, and behind them the first instances of those in arrays.
    pub nodes: &'a [NodeRecord],
    /// More on those in arrays.
    pub instances: &'a [InstancesRecord],
    /// Placements, daughters of one volume side by side.
    pub placements: &'a [PlacementRecord],
    /// Logical volumes.
    pub volumes: &'a [VolumeRecord],
    /// Hierarchies over daughters.
    pub bvh: &'a [BvhNode],
    /// Border surfaces.
    pub borders: &'a [BorderRecord],
    /// Arrays of daughters.
    pub arrays: &'a [ArrayRecord],
    /// Solids.
    pub solids: Solids<'a>,
    /// How far up in a node's number it says which instance it is.
    pub instance_shift: u32,
    /// How many touchables are outside arrays.
    pub outside_arrays: u32,
}

impl<'a> Geometry<'a> {
    /// The placement of a volume's daughter, that of all daughters in an array.
    #[inline(always)]
    pub fn daughter(&self, volume: &VolumeRecord, daughter: u32) -> &'a PlacementRecord {
        let offset = if volume.is_array() { 0 } else { daughter };
        &self.placements[(volume.first_daughter + offset) as usize]
    }

    /// The frame of a volume's daughter to the volume's.
    #[inline(always)]
    pub fn frame_of_daughter(&self, volume: &VolumeRecord, daughter: u32) -> Frame {
        if volume.is_array() {
            return self.arrays[volume.array as usize].frame(daughter);
        }
        self.placements[(volume.first_daughter + daughter) as usize].to_mother()
    }

    /// The frame of a node's mother to the node's.
    #[inline(always)]
    pub fn to_daughter(&self, node: u32) -> Frame {
        self.to_mother(node).inverse()
    }

    /// The surface that a photon meets from node `from` to node `to`, or [`NONE`].
    #[inline(always)]
    pub fn surface_between(&self, from: u32, to: u32) -> u32 {
        if self.is_outside_arrays(from) && self.is_outside_arrays(to) {
            let (a, b) = (&self.nodes[from as usize], &self.nodes[to as usize]);
            if a.parent == to {
                return a.surface_out;
            }
            if b.parent == from {
                return b.surface_in;
            }
        }
        self.find_surface(from, to)
    }

    /// Finds the surface from node `from` to node `to`, or [`NONE`]: the border of the two placements first; then,
    /// entering a daughter, its skin and the mother's; else the skin of the volume being left and the other's (the order
    /// of Geant4's `G4OpBoundaryProcess`).
    #[inline(never)]
    pub fn find_surface(&self, from: u32, to: u32) -> u32 {
        let (a, b) = (self.placement_of(from), self.placement_of(to));
        if a.touches & touch::BORDER_FROM != 0 && b.touches & touch::BORDER_TO != 0 {
            let border = self.border(a.source, b.source);
            if border != NONE {
                return border;
            }
        }
        let skin = |p: &PlacementRecord| self.volumes[p.volume as usize].skin_surface;
        let (first, second) = if self.parent(to) == from { (b, a) } else { (a, b) };
        if skin(first) != NONE { skin(first) } else { skin(second) }
    }

    /// Binary search in the sorted list of borders.
    fn border(&self, from: u32, to: u32) -> u32 {
        let (mut low, mut high) = (0usize, self.borders.len());
        while low < high {
            let middle = low + (high - low) / 2;
            let b = &self.borders[middle];
            if (b.from, b.to) < (from, to) { low = middle + 1 } else { high = middle }
        }
        match self.borders.get(low) {
            Some(b) if b.from == from && b.to == to => b.surface,
            _ => NONE,
        }
    }

    /// The motion from a node's frame to the world's.
    pub fn to_world(&self, node: u32) -> Frame {
        let mut frame = Frame::IDENTITY;
        let mut at = node;
        while self.parent(at) != NONE {
            frame = frame.then(&self.to_mother(at));
            at = self.parent(at);
        }
        frame
    }
}
