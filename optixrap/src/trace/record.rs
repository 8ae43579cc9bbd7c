//! Flat records of solids: what both engines read.

use bytemuck::{Pod, Zeroable};

/// One solid in 64 bytes.
///
/// | kind | `params` | `first`, `count` |
/// |---|---|---|
/// | [`BOX`] | half x, y, z | |
/// | [`ORB`] | r | |
/// | [`TUBE`] | rmax, half z | |
#[repr(C)]
#[derive(Debug, Clone, Copy, PartialEq, Pod, Zeroable)]
pub struct SolidRecord {
    /// One of the constants of this module.
    pub kind: u32,
    /// First entry in the shape's pool.
    pub first: u32,
    /// Number of entries in the shape's pool.
    pub count: u32,
    /// Bits: which parts the shape has.
    pub parts: u32,
    /// Dimensions, mm.
    pub params: [f32; 12],
}

/// A box.
pub const BOX: u32 = 0;
/// A full tube without hole.
pub const TUBE: u32 = 1;
/// A full sphere without hole.
pub const ORB: u32 = 2;
