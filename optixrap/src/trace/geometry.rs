//! The flat geometry that both engines read: volumes, their placements, the tree of touchables, borders.

use bytemuck::{Pod, Zeroable};

use super::array::ArrayRecord;
use super::bvh::BvhNode;
use super::frame::Frame;
use super::solid::Solids;
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

/// A touchable: one placement under one particular mother touchable. The children of a node lie contiguously,
/// in the order of the volume's daughters. Node 0 is the world.
#[repr(C)]
#[derive(Debug, Clone, Copy, PartialEq, Pod, Zeroable)]
pub struct NodeRecord {
    /// The mother's node, [`NONE`] for the world.
    pub parent: u32,
    /// Index of the placement.
    pub placement: u32,
    /// Node of the first daughter.
    pub first_child: u32,
    /// 1-based sensor index, 0 if this is no sensor.
    pub sensor: u32,
    /// 1-based index of the boundary (materials and surfaces on both sides) around this node.
    pub boundary: u32,
    /// Position of this node in a depth-first walk: the node index that users see.
    pub depth_first: u32,
    /// The volume of the placement.
    pub volume: u32,
    /// The material of the volume.
    pub material: u32,
    /// Bits of [`touch`], as of the placement.
    pub touches: u32,
    /// The surface met on the way from the mother into this node, or [`NONE`].
    pub surface_in: u32,
    /// The surface met on the way from this node to the mother, or [`NONE`].
    pub surface_out: u32,
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
    /// Touchables.
    pub nodes: &'a [NodeRecord],
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
}

impl<'a> Geometry<'a> {
    /// The placement of a node.
    #[inline(always)]
    pub fn placement_of(&self, node: u32) -> &'a PlacementRecord {
        &self.placements[self.nodes[node as usize].placement as usize]
    }

    /// The volume of a node.
    #[inline(always)]
    pub fn volume_of(&self, node: u32) -> &'a VolumeRecord {
        &self.volumes[self.nodes[node as usize].volume as usize]
    }

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

    /// The frame of a node, which must not be the world's, to its mother's.
    #[inline(always)]
    pub fn to_mother(&self, node: u32) -> Frame {
        let placement = self.placement_of(node);
        if EVERYTHING && placement.touches & touch::ARRAY != 0 {
            return self.frame_of_copy(node);
        }
        placement.to_mother()
    }

    /// The frame of a node's mother to the node's.
    #[inline(always)]
    pub fn to_daughter(&self, node: u32) -> Frame {
        self.to_mother(node).inverse()
    }

    #[inline(never)]
    fn frame_of_copy(&self, node: u32) -> Frame {
        let parent = self.nodes[node as usize].parent;
        let copy = node - self.nodes[parent as usize].first_child;
        self.arrays[self.volume_of(parent).array as usize].frame(copy)
    }

    /// The surface that a photon meets from node `from` to node `to`, or [`NONE`].
    #[inline(always)]
    pub fn surface_between(&self, from: u32, to: u32) -> u32 {
        let (a, b) = (&self.nodes[from as usize], &self.nodes[to as usize]);
        if a.parent == to {
            a.surface_out
        } else if b.parent == from {
            b.surface_in
        } else {
            self.find_surface(from, to)
        }
    }

    /// Finds the surface from node `from` to node `to`, or [`NONE`]: the border of the two placements first; then, entering a daughter, its skin and the mother's; else the skin of the volume
    /// being left and the other's (the order of Geant4's `G4OpBoundaryProcess`).
    pub fn find_surface(&self, from: u32, to: u32) -> u32 {
        let (a, b) = (self.placement_of(from), self.placement_of(to));
        if a.touches & touch::BORDER_FROM != 0 && b.touches & touch::BORDER_TO != 0 {
            let border = self.border(a.source, b.source);
            if border != NONE {
                return border;
            }
        }
        let skin = |p: &PlacementRecord| self.volumes[p.volume as usize].skin_surface;
        let (first, second) = if self.nodes[to as usize].parent == from { (b, a) } else { (a, b) };
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
        while self.nodes[at as usize].parent != NONE {
            frame = frame.then(&self.to_mother(at));
            at = self.nodes[at as usize].parent;
        }
        frame
    }
}
