//! Solids as Geant4 defines them: lengths in mm, angles in rad, symmetric about their own origin.

use super::{SolidId, Transform};

/// A named solid.
#[derive(Debug, Clone, PartialEq)]
pub struct Solid {
    /// Name as in the file.
    pub name: String,
    /// Shape and dimensions.
    pub shape: Shape,
}

/// A z plane of a polycone.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct ZPlane {
    /// Position along z, mm.
    pub z_mm: f64,
    /// Inner radius, mm.
    pub rmin_mm: f64,
    /// Outer radius, mm.
    pub rmax_mm: f64,
}

/// A corner of a contour in the plane of r and z.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct RzCorner {
    /// Distance from the axis, mm.
    pub r_mm: f64,
    /// Position along z, mm.
    pub z_mm: f64,
}

/// How a boolean combines its two operands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum BooleanOperator {
    /// Inside either.
    Union,
    /// Inside the first and outside the second.
    Subtraction,
    /// Inside both.
    Intersection,
}

/// One of the two faces of a trapezoid (`trap`) at constant z.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct TrapFace {
    /// Half length along y, mm.
    pub half_y_mm: f64,
    /// Half length along x at low y, mm.
    pub half_x_low_mm: f64,
    /// Half length along x at high y, mm.
    pub half_x_high_mm: f64,
    /// Angle between y and the line through the middles of the two sides along x, rad.
    pub alpha_rad: f64,
}

/// A section of an extrusion (`xtru`).
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct ExtrusionSection {
    /// Position along z, mm.
    pub z_mm: f64,
    /// Shift along x and y, after scaling, mm.
    pub offset_mm: [f64; 2],
    /// Factor of the outline's x and y, above 0.
    pub scale: f64,
}

/// The shapes that are read. Validated: radii ordered and not negative, half lengths positive, angles finite.
#[derive(Debug, Clone, PartialEq)]
pub enum Shape {
    /// A box of these half lengths.
    Box {
        /// Half lengths along x, y, z, mm.
        half_mm: [f64; 3],
    },
    /// A tube or a segment of one (`tube`).
    Tube {
        /// Inner radius, mm.
        rmin_mm: f64,
        /// Outer radius, mm.
        rmax_mm: f64,
        /// Half length along z, mm.
        half_z_mm: f64,
        /// Start of the segment in phi, rad.
        start_phi_rad: f64,
        /// Extent in phi, rad; 2*pi for a full tube.
        delta_phi_rad: f64,
    },
    /// A full sphere (`orb`).
    Orb {
        /// Radius, mm.
        r_mm: f64,
    },
    /// A spherical shell or a segment of one.
    Sphere {
        /// Inner radius, mm.
        rmin_mm: f64,
        /// Outer radius, mm.
        rmax_mm: f64,
        /// Start in phi, rad.
        start_phi_rad: f64,
        /// Extent in phi, rad.
        delta_phi_rad: f64,
        /// Start in theta, rad, from +z.
        start_theta_rad: f64,
        /// Extent in theta, rad.
        delta_theta_rad: f64,
    },
    /// A cone or a segment of one.
    Cone {
        /// Inner radius at -z, mm.
        rmin1_mm: f64,
        /// Outer radius at -z, mm.
        rmax1_mm: f64,
        /// Inner radius at +z, mm.
        rmin2_mm: f64,
        /// Outer radius at +z, mm.
        rmax2_mm: f64,
        /// Half length along z, mm.
        half_z_mm: f64,
        /// Start in phi, rad.
        start_phi_rad: f64,
        /// Extent in phi, rad.
        delta_phi_rad: f64,
    },
    /// A stack of cone segments.
    Polycone {
        /// Start in phi, rad.
        start_phi_rad: f64,
        /// Extent in phi, rad.
        delta_phi_rad: f64,
        /// At least two planes, z monotonic (equal neighbours make a step in radius).
        planes: Vec<ZPlane>,
    },
    /// A box whose lengths along x and y differ at both ends of z (`trd`); one of the two may vanish.
    Trd {
        /// Half lengths along x at low and high z, mm.
        half_x_mm: [f64; 2],
        /// Half lengths along y at low and high z, mm.
        half_y_mm: [f64; 2],
        /// Half length along z, mm.
        half_z_mm: f64,
    },
    /// Two parallel trapezoids with planar sides between them.
    Trap {
        /// Half length along z, mm.
        half_z_mm: f64,
        /// Polar angle of the line through the middles of both trapezoids, rad.
        theta_rad: f64,
        /// Azimuth of that line, rad.
        phi_rad: f64,
        /// The trapezoids at low and high z.
        faces: [TrapFace; 2],
    },
    /// A sheared box.
    Para {
        /// Half lengths along x, y, z, mm.
        half_mm: [f64; 3],
        /// Angle by which the sides along y lean towards x, rad.
        alpha_rad: f64,
        /// Polar angle of the line through the middles of the faces at low and high z, rad.
        theta_rad: f64,
        /// Azimuth of that line, rad.
        phi_rad: f64,
    },
    /// A tetrahedron of these corners (either handedness), mm.
    Tet {
        /// The corners.
        corners_mm: [[f64; 3]; 4],
    },
    /// Four corners at low z joined to four at high z, sides of straight horizontal lines between them (`arb8`, Geant4's
    /// generic trap). Neighbouring corners may be equal.
    Arb8 {
        /// Half length along z, mm.
        half_z_mm: f64,
        /// x and y of the corners at low z, counterclockwise as seen from high z, then of those at high z, mm.
        corners_mm: [[f64; 2]; 8],
    },
    /// An outline swept around z in straight steps (`polyhedra`, `genericPolyhedra`).
    Polyhedra {
        /// Where the first edge is, rad.
        start_phi_rad: f64,
        /// Extent in phi, rad; 2*pi all around.
        delta_phi_rad: f64,
        /// Number of steps.
        n_sides: u32,
        /// Radius (of the edges, not of the flats between them) and z of the outline's corners, a simple polygon, mm.
        corners_mm: Vec<[f64; 2]>,
    },
    /// An outline shifted and scaled from section to section along z (`xtru`).
    Extruded {
        /// x and y of the corners of a simple polygon, counterclockwise, mm.
        outline_mm: Vec<[f64; 2]>,
        /// At least two, z ascending.
        sections: Vec<ExtrusionSection>,
    },
    /// A closed surface of triangles.
    Tessellated {
        /// The corners, all different, mm.
        vertices_mm: Vec<[f64; 3]>,
        /// Places of the corners of each triangle, counterclockwise as seen from outside. Each edge is met as often in one
        /// direction as in the other.
        facets: Vec<[u32; 3]>,
    },
    /// Any number of solids as one (`multiUnion`).
    MultiUnion {
        /// The solids, at least one, with the transform from each one's frame to the union's.
        nodes: Vec<(SolidId, Transform)>,
    },
    /// A solid scaled, mirrored, turned or moved (`scaledSolid`, `reflectedSolid`).
    Transformed {
        /// The solid.
        solid: SolidId,
        /// From its frame to that of this solid; its matrix can be inverted.
        to_frame: Transform,
    },
    /// A tube, or a segment of one, between two planes that may be inclined (`cutTube`).
    CutTube {
        /// Inner radius, mm.
        rmin_mm: f64,
        /// Outer radius, mm.
        rmax_mm: f64,
        /// Half length along z on the axis, mm.
        half_z_mm: f64,
        /// Start in phi, rad.
        start_phi_rad: f64,
        /// Extent in phi, rad.
        delta_phi_rad: f64,
        /// Unit normal, outwards, of the plane at -z.
        low_normal: [f64; 3],
        /// Unit normal, outwards, of the plane at +z.
        high_normal: [f64; 3],
    },
    /// An ellipsoid, whole or cut by two planes of z.
    Ellipsoid {
        /// Half axes along x, y, z, mm.
        half_axes_mm: [f64; 3],
        /// The cuts, -z and +z half axis where there are none, mm.
        z_cuts_mm: [f64; 2],
    },
    /// A tube of elliptical cross-section (`eltube`).
    EllipticalTube {
        /// Half axes along x and y and half length along z, mm.
        half_mm: [f64; 3],
    },
    /// A cone of elliptical cross-section with its apex up (`elcone`).
    EllipticalCone {
        /// Half axes along x and y that the ellipse gains per length below the apex.
        half_axes_per_length: [f64; 2],
        /// Height of the apex above z = 0, mm.
        height_mm: f64,
        /// Half length along z, at most the height, mm.
        half_z_mm: f64,
    },
    /// A paraboloid between two planes of z.
    Paraboloid {
        /// Radius at -z, mm.
        r_low_mm: f64,
        /// Radius at +z, the larger one, mm.
        r_high_mm: f64,
        /// Half length along z, mm.
        half_z_mm: f64,
    },
    /// A hyperboloid of one sheet with a hole (`hype`).
    Hyperboloid {
        /// Inner radius at z = 0, mm.
        rmin_mm: f64,
        /// Outer radius at z = 0, mm.
        rmax_mm: f64,
        /// Angle to the z axis that the inner surface reaches far out, rad.
        inner_stereo_rad: f64,
        /// Angle to the z axis that the outer surface reaches far out, rad.
        outer_stereo_rad: f64,
        /// Half length along z, mm.
        half_z_mm: f64,
    },
    /// A torus or a segment of one.
    Torus {
        /// Inner radius of the tube, mm.
        rmin_mm: f64,
        /// Outer radius of the tube, mm.
        rmax_mm: f64,
        /// Radius of the circle that the tube's centre follows, larger than rmax, mm.
        swept_mm: f64,
        /// Start in phi, rad.
        start_phi_rad: f64,
        /// Extent in phi, rad.
        delta_phi_rad: f64,
    },
    /// A closed contour in r and z revolved around z (`genericPolycone`).
    GenericPolycone {
        /// Start in phi, rad.
        start_phi_rad: f64,
        /// Extent in phi, rad.
        delta_phi_rad: f64,
        /// At least three corners, in either sense, without crossings.
        corners: Vec<RzCorner>,
    },
    /// A trap, trd or box whose cross-section turns with z (`twistedtrap`, `twistedtrd`, `twistedbox`).
    TwistedTrap {
        /// Angle between the lower and the upper end, below a right angle, rad.
        twist_rad: f64,
        /// Half length along z, mm.
        half_z_mm: f64,
        /// Polar angle of the line through the ends' centres, rad.
        theta_rad: f64,
        /// Azimuth of the line through the ends' centres, rad.
        phi_rad: f64,
        /// Half lengths in y at -z and +z, mm.
        half_y_mm: [f64; 2],
        /// Half lengths in x at -z: at -y and +y; at +z: at -y and +y, mm.
        half_x_mm: [f64; 4],
        /// Shear in y, rad.
        alpha_rad: f64,
    },
    /// A segment of a tube whose straight sides turn with z (`twistedtubs`).
    TwistedTube {
        /// Angle between the lower and the upper end, below half a turn, rad.
        twist_rad: f64,
        /// Inner radius at the ends, mm.
        end_rmin_mm: f64,
        /// Outer radius at the ends, mm.
        end_rmax_mm: f64,
        /// Half length along z, mm.
        half_z_mm: f64,
        /// Extent in phi, around phi = 0 at z = 0, rad.
        delta_phi_rad: f64,
    },
    /// Two solids combined; the frame is that of the GDML boolean.
    Boolean {
        /// How.
        operator: BooleanOperator,
        /// First operand.
        first: SolidId,
        /// First operand's frame to the boolean's.
        first_to_frame: Transform,
        /// Second operand.
        second: SolidId,
        /// Second operand's frame to the boolean's.
        second_to_frame: Transform,
    },
}
