//! Face tokens: enough to find the exact normal at a crossing.
//!
//! | bits | meaning |
//! |---|---|
//! | 0..4 | the face of a part, one of the constants here |
//! | 4..16 | the section of a polycone |
//! | 16..31 | the leaf of a boolean |
//! | 31 | [`LOST`] |
//!
//! Faces of solids with many planar ones are numbered in the bits 0..16, or 0..31 where the solid is not in a boolean.

/// Flag: the ray's origin was outside the solid that it should have been inside.
pub const LOST: u32 = 1 << 31;
/// The face where x is least.
pub const MINUS_X: u32 = 0;
/// The face where x is greatest.
pub const PLUS_X: u32 = 1;
/// The face where y is least.
pub const MINUS_Y: u32 = 2;
/// The face where y is greatest.
pub const PLUS_Y: u32 = 3;
/// The face where z is least.
pub const MINUS_Z: u32 = 4;
/// The face where z is greatest.
pub const PLUS_Z: u32 = 5;
/// The outer curved surface.
pub const OUTER: u32 = 6;
/// The inner curved surface, around the hole.
pub const INNER: u32 = 7;
/// The half plane where the segment in phi starts.
pub const START_PHI: u32 = 8;
/// The half plane where the segment in phi ends.
pub const END_PHI: u32 = 9;
/// The half cone where the segment in theta starts.
pub const START_THETA: u32 = 10;
/// The half cone where the segment in theta ends.
pub const END_THETA: u32 = 11;

/// Mask of the face of a part.
pub(crate) const PART_MASK: u32 = 0xf;
/// Shift of a polycone's section.
pub(crate) const SECTION_SHIFT: u32 = 4;
/// Mask of face and section together: what one leaf of a boolean knows.
pub(crate) const LEAF_MASK: u32 = 0xffff;
/// Shift of a boolean's leaf.
pub(crate) const LEAF_SHIFT: u32 = 16;
/// The most sections a polycone can have.
pub const MAX_SECTIONS: usize = 1 << 12;
/// The most triangles that an operand of a boolean can have.
pub const MAX_OPERAND_FACETS: usize = 1 << LEAF_SHIFT;
/// The most leaves a boolean can have.
pub const MAX_LEAVES: usize = 1 << 15;
