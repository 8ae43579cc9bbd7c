//! How much a GDML file may ask for. Real detectors stay far below; what is above would hang or exhaust memory.

/// Bytes of all files together, external entities expanded as often as they are used.
pub(super) const BYTES: usize = 256 << 20;
/// Elements inside elements.
pub(super) const DEPTH: usize = 256;
/// Tags, comments and the like, of all kinds, in one file.
pub(super) const TAGS: usize = 8_000_000;
/// Attributes of one element.
pub(super) const ATTRIBUTES: usize = 128;
/// Namespace declarations in one file (each costs time at every element below it).
pub(super) const NAMESPACES: usize = 64;
/// Entities or `file` references inside one another.
pub(super) const INCLUDES: usize = 16;
/// Bytes that entities may add to one document.
pub(super) const INCLUDED_BYTES: usize = 64 << 20;
/// Uses of entities in one document.
pub(super) const INCLUSIONS: usize = 10_000;
/// Bytes of the bodies of all loops together, counted once per pass.
pub(super) const LOOPED_BYTES: usize = 1 << 30;
/// Warnings that are kept.
pub(super) const WARNINGS: usize = 1000;
/// Placements, those of expanded assemblies included.
pub(super) const PLACEMENTS: usize = 20_000_000;
/// Copies of one replica or division.
pub(super) const COPIES: usize = 100_000_000;
/// Copies of a replica that are cut from a mother each on its own.
pub(super) const CUT_SLICES: usize = 100_000;
/// Booleans inside booleans.
pub(super) const BOOLEAN_DEPTH: usize = 1000;
/// Volumes inside volumes.
pub(super) const VOLUME_DEPTH: usize = 1000;
/// Points of one outline.
pub(super) const OUTLINE: usize = 10_000;
/// Faces of one solid.
pub(super) const FACETS: usize = 4_000_000;
