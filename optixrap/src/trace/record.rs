//! Flat records of solids: what both engines read.

use bytemuck::{Pod, Zeroable};

use crate::physics::vec3::Vec3;

/// One solid in 64 bytes.
///
/// | kind | `params` | `first`, `count` |
/// |---|---|---|
/// | [`BOX`] | 0..3 half x, y, z | |
/// | [`TUBE`] | 0 rmax, 1 half z | |
/// | [`ORB`] | 0 r | |
/// | [`TUBE_SECTION`] | 0 rmax, 1 half z, 2 rmin | |
/// | [`SPHERE`] | 0 rmin, 1 rmax, 2..6 cosine and sine of the start and of the end in theta | |
/// | [`CONE`] | 0..6 a [`ConeSection`] | |
/// | [`POLYCONE`] | | its [`ConeSection`]s, z ascending |
/// | [`BOOLEAN`] | | its [`BooleanLeaf`]s |
/// | [`CONVEX`] | | the [`PlaneRecord`]s that it is behind |
/// | [`MESH`] | 0..3 centre, 3 radius of a sphere around it | its [`FacetRecord`]s; `parts` is the root of their hierarchy |
/// | [`RULED`] | 0 half z | its [`RuledSide`]s |
/// | [`CUT_TUBE`] | 0 rmax, 1 half z, 2 rmin, 3..5 slopes in x and y of the lower plane, 5..7 of the upper | |
/// | [`ELLIPSOID`] | 0..3 half axes, 3 lower and 4 upper cut in z | |
/// | [`ELLIPTICAL_TUBE`] | 0, 1 half axes in x and y, 2 half z | |
/// | [`ELLIPTICAL_CONE`] | 0, 1 half axes in x and y per length, 2 z of the apex, 3 half z | |
/// | [`PARABOLOID`] | 0, 1 radii at the lower and the upper end, 2 half z | |
/// | [`HYPERBOLOID`] | 0, 1 inner and outer radius at z = 0, 2, 3 tangents of their angles, 4 half z | |
/// | [`TORUS`] | 0 rmin, 1 rmax, 2 swept radius | |
/// | [`GENERIC_POLYCONE`] | | the edges of its contour, see `intersect_generic_polycone` |
/// | [`TWISTED_TRAP`] | see `intersect_twisted_trap` | |
/// | [`TWISTED_TUBE`] | 0, 1 inner and outer radius at z = 0, 2 half z, 3 tangent of the angle turned per z | |
///
/// Segments in phi have sine and cosine of their start and of their end in `params[8..12]`.
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

/// A cone's frustum with a hole, between two planes of z: all mm.
#[repr(C)]
#[derive(Debug, Clone, Copy, PartialEq, Pod, Zeroable)]
pub struct ConeSection {
    /// Lower plane.
    pub z1: f32,
    /// Upper plane.
    pub z2: f32,
    /// Inner radius at the lower plane.
    pub rmin1: f32,
    /// Outer radius at the lower plane.
    pub rmax1: f32,
    /// Inner radius at the upper plane.
    pub rmin2: f32,
    /// Outer radius at the upper plane.
    pub rmax2: f32,
}

/// A plane, and the half space behind it.
#[repr(C)]
#[derive(Debug, Clone, Copy, PartialEq, Pod, Zeroable)]
pub struct PlaneRecord {
    /// Unit normal, out of the half space.
    pub normal: [f64; 3],
    /// Distance of the plane from the origin along the normal, mm.
    pub offset: f64,
}

/// A triangle: its corners, counterclockwise as seen from outside.
#[repr(C)]
#[derive(Debug, Clone, Copy, PartialEq, Eq, Pod, Zeroable)]
pub struct FacetRecord {
    /// Places of the corners in the pool of vertices.
    pub corners: [u32; 3],
}

/// A side between two straight edges, made of the horizontal lines between them. All mm; `z` is 0 in the middle.
#[repr(C)]
#[derive(Debug, Clone, Copy, PartialEq, Pod, Zeroable)]
pub struct RuledSide {
    /// Where the line starts at height 0, x and y.
    pub start: [f64; 2],
    /// By how much the start moves per mm of height.
    pub start_slope: [f64; 2],
    /// Where the line leads at height 0, counterclockwise around the solid: x and y.
    pub edge: [f64; 2],
    /// By how much that changes per mm of height.
    pub edge_slope: [f64; 2],
}

/// A leaf of a boolean, and what its answer means: booleans are branching programs.
///
/// Leaf 0 is asked first. Where the point is inside it, the leaf `if_inside` is asked next, otherwise `if_outside`; both
/// lie further on, or are [`INSIDE`] or [`OUTSIDE`] and decide.
#[repr(C)]
#[derive(Debug, Clone, Copy, PartialEq, Pod, Zeroable)]
pub struct BooleanLeaf {
    /// Rows of the rotation from the boolean's frame to the leaf's; with [`BooleanLeaf::stretched`] of any matrix.
    pub rotation: [Vec3; 3],
    /// The leaf's origin in the boolean's frame, mm.
    pub origin: Vec3,
    /// Centre of a sphere around the leaf, in the boolean's frame, mm.
    pub centre: Vec3,
    /// Radius of that sphere, mm, rounded up.
    pub radius: f32,
    /// Record of the leaf; not itself a boolean.
    pub solid: u32,
    /// Next leaf, or decision, for a point inside.
    pub if_inside: u32,
    /// Next leaf, or decision, for a point outside.
    pub if_outside: u32,
    /// 1 where the leaf is taken away, so that its surface is seen from inside.
    pub subtracted: u32,
    /// 1 where the matrix also scales, so that lengths differ between the frames.
    pub stretched: u32,
}

/// Decision of a boolean: the point is inside.
pub const INSIDE: u32 = u32::MAX;
/// Decision of a boolean: the point is outside.
pub const OUTSIDE: u32 = u32::MAX - 1;

/// Bit of `parts`: a segment in phi.
pub const PHI: u32 = 1;
/// Bit of `parts`: the segment in phi is wider than half a turn.
pub const WIDE_PHI: u32 = 2;
/// Bit of `parts`: the segment in theta does not start at 0.
pub const THETA_STARTS: u32 = 4;
/// Bit of `parts`: the segment in theta does not end at pi.
pub const THETA_ENDS: u32 = 8;
/// Bit of `parts`: a hole around the axis or the centre.
pub const HOLE: u32 = 16;

/// A box.
pub const BOX: u32 = 0;
/// A full tube without hole.
pub const TUBE: u32 = 1;
/// A full sphere without hole.
pub const ORB: u32 = 2;
/// A tube with a hole or a segment in phi.
pub const TUBE_SECTION: u32 = 3;
/// A spherical shell or a segment of one.
pub const SPHERE: u32 = 4;
/// A cone.
pub const CONE: u32 = 5;
/// A stack of cones.
pub const POLYCONE: u32 = 6;
/// Solids combined.
pub const BOOLEAN: u32 = 7;
/// A convex solid with planar faces.
pub const CONVEX: u32 = 8;
/// A solid with planar faces, as triangles.
pub const MESH: u32 = 9;
/// A solid between two planes of z whose other sides are ruled.
pub const RULED: u32 = 10;
/// A tube cut by two inclined planes.
pub const CUT_TUBE: u32 = 20;
/// An ellipsoid, whole or cut in z.
pub const ELLIPSOID: u32 = 21;
/// A tube of elliptical cross-section.
pub const ELLIPTICAL_TUBE: u32 = 22;
/// A cone of elliptical cross-section.
pub const ELLIPTICAL_CONE: u32 = 23;
/// A paraboloid.
pub const PARABOLOID: u32 = 24;
/// A hyperboloid of one sheet, with or without a hole.
pub const HYPERBOLOID: u32 = 25;
/// A torus.
pub const TORUS: u32 = 26;
/// A contour in r and z revolved around z.
pub const GENERIC_POLYCONE: u32 = 27;
/// A twisted box, trd or trap.
pub const TWISTED_TRAP: u32 = 28;
/// A twisted segment of a tube.
pub const TWISTED_TUBE: u32 = 29;
