//! How far shapes reach.

use super::Shape;

impl Shape {
    /// Start and extent in phi of a shape that has them, rad.
    pub fn phi_rad(&self) -> Option<(f64, f64)> {
        match *self {
            Self::Tube { start_phi_rad, delta_phi_rad, .. }
            | Self::Cone { start_phi_rad, delta_phi_rad, .. }
            | Self::Sphere { start_phi_rad, delta_phi_rad, .. }
            | Self::Polycone { start_phi_rad, delta_phi_rad, .. }
            | Self::Polyhedra { start_phi_rad, delta_phi_rad, .. }
            | Self::Torus { start_phi_rad, delta_phi_rad, .. }
            | Self::CutTube { start_phi_rad, delta_phi_rad, .. }
            | Self::GenericPolycone { start_phi_rad, delta_phi_rad, .. } => {
                Some((start_phi_rad, delta_phi_rad))
            }
            _ => None,
        }
    }

    /// As [`Self::phi_rad`], to change them.
    pub fn phi_mut_rad(&mut self) -> Option<(&mut f64, &mut f64)> {
        match self {
            Self::Tube { start_phi_rad, delta_phi_rad, .. }
            | Self::Cone { start_phi_rad, delta_phi_rad, .. }
            | Self::Sphere { start_phi_rad, delta_phi_rad, .. }
            | Self::Polycone { start_phi_rad, delta_phi_rad, .. }
            | Self::Polyhedra { start_phi_rad, delta_phi_rad, .. }
            | Self::Torus { start_phi_rad, delta_phi_rad, .. }
            | Self::CutTube { start_phi_rad, delta_phi_rad, .. }
            | Self::GenericPolycone { start_phi_rad, delta_phi_rad, .. } => {
                Some((start_phi_rad, delta_phi_rad))
            }
            _ => None,
        }
    }

    /// A distance from the origin within which the shape lies, mm; `None` for shapes that are made of others.
    pub fn reach_mm(&self) -> Option<f64> {
        let norm = |v: [f64; 3]| v.iter().map(|x| x * x).sum::<f64>().sqrt();
        let of_points = |points: &[[f64; 3]]| points.iter().map(|&p| norm(p)).fold(0.0, f64::max);
        Some(match self {
            Self::Box { half_mm } | Self::EllipticalTube { half_mm } => norm(*half_mm),
            Self::Ellipsoid { half_axes_mm, .. } => norm(*half_axes_mm),
            Self::Tube { rmax_mm, half_z_mm, .. } => rmax_mm.hypot(*half_z_mm),
            Self::TwistedTube { end_rmax_mm, half_z_mm, .. } => end_rmax_mm.hypot(*half_z_mm),
            Self::Paraboloid { r_high_mm, half_z_mm, .. } => r_high_mm.hypot(*half_z_mm),
            Self::Orb { r_mm } => *r_mm,
            Self::Sphere { rmax_mm, .. } => *rmax_mm,
            Self::Torus { rmax_mm, swept_mm, .. } => rmax_mm + swept_mm,
            Self::Cone { rmax1_mm, rmax2_mm, half_z_mm, .. } => rmax1_mm.max(*rmax2_mm).hypot(*half_z_mm),
            Self::Polycone { planes, .. } => {
                planes.iter().map(|plane| plane.rmax_mm.hypot(plane.z_mm)).fold(0.0, f64::max)
            }
            Self::GenericPolycone { corners, .. } => {
                corners.iter().map(|corner| corner.r_mm.hypot(corner.z_mm)).fold(0.0, f64::max)
            }
            Self::Polyhedra { corners_mm, .. } => {
                corners_mm.iter().map(|[r, z]| r.hypot(*z)).fold(0.0, f64::max)
            }
            Self::CutTube { rmax_mm, half_z_mm, low_normal, high_normal, .. } => {
                let slope = |n: &[f64; 3]| (n[0].hypot(n[1]) / n[2]).abs();
                rmax_mm.hypot(half_z_mm + rmax_mm * slope(low_normal).max(slope(high_normal)))
            }
            Self::EllipticalCone { half_axes_per_length: [x, y], height_mm, half_z_mm } => {
                (x.max(*y) * (height_mm + half_z_mm)).hypot(*half_z_mm)
            }
            Self::Hyperboloid { rmax_mm, outer_stereo_rad, half_z_mm, .. } => {
                norm([*rmax_mm, half_z_mm * outer_stereo_rad.tan(), *half_z_mm])
            }
            Self::Tet { corners_mm } => of_points(corners_mm),
            Self::Tessellated { vertices_mm, .. } => of_points(vertices_mm),
            Self::Extruded { outline_mm, sections } => {
                let width = outline_mm.iter().map(|[x, y]| x.hypot(*y)).fold(0.0, f64::max);
                let section = |s: &super::ExtrusionSection| {
                    (width * s.scale + s.offset_mm[0].hypot(s.offset_mm[1])).hypot(s.z_mm)
                };
                sections.iter().map(section).fold(0.0, f64::max)
            }
            Self::TwistedTrap { half_z_mm, theta_rad, half_y_mm, half_x_mm, alpha_rad, .. } => {
                let (y, x) = (half_y_mm[0].max(half_y_mm[1]), half_x_mm.iter().copied().fold(0.0, f64::max));
                let across = (x + y * alpha_rad.tan().abs()).hypot(y) + half_z_mm * theta_rad.tan();
                across.hypot(*half_z_mm)
            }
            Self::Trd { .. } | Self::Trap { .. } | Self::Para { .. } | Self::Arb8 { .. } => {
                of_points(&self.corners_mm()?)
            }
            Self::Boolean { .. } | Self::MultiUnion { .. } | Self::Transformed { .. } => return None,
        })
    }
}
