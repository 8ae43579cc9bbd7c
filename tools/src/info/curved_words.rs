//! Curved and twisted solids in words.

use cfg4::detector::Shape;

use super::solid_words::{mm, segment};

/// Shape and dimensions in a few words; empty for a shape that is not one of these.
pub(super) fn curved_words(shape: &Shape) -> String {
    match *shape {
        Shape::CutTube { rmin_mm, rmax_mm, half_z_mm, start_phi_rad, delta_phi_rad, .. } => {
            let phi = segment("phi", start_phi_rad, delta_phi_rad, 360.0);
            let [a, b, z] = [rmin_mm, rmax_mm, 2.0 * half_z_mm].map(mm);
            format!("cut tube r {a}..{b} mm, length {z} mm on the axis{phi}")
        }
        Shape::Ellipsoid { half_axes_mm, z_cuts_mm: [low, high] } => {
            let [a, b, c] = half_axes_mm.map(mm);
            let cut = if low > -half_axes_mm[2] || high < half_axes_mm[2] {
                format!(", z {}..{} mm", mm(low), mm(high))
            } else {
                String::new()
            };
            format!("ellipsoid of half axes {a}, {b}, {c} mm{cut}")
        }
        Shape::EllipticalTube { half_mm: [a, b, z] } => {
            format!("elliptical tube of half axes {}, {} mm, length {} mm", mm(a), mm(b), mm(2.0 * z))
        }
        Shape::EllipticalCone { half_axes_per_length, height_mm, half_z_mm } => {
            let ends = [height_mm + half_z_mm, height_mm - half_z_mm];
            let [low, high] = ends.map(|below| half_axes_per_length.map(|axis| mm(axis * below)).join(" x "));
            format!("elliptical cone of half axes {low} to {high} mm, length {} mm", mm(2.0 * half_z_mm))
        }
        Shape::Paraboloid { r_low_mm, r_high_mm, half_z_mm } => {
            format!(
                "paraboloid r {} to {} mm, length {} mm",
                mm(r_low_mm),
                mm(r_high_mm),
                mm(2.0 * half_z_mm)
            )
        }
        Shape::Hyperboloid { rmin_mm, rmax_mm, inner_stereo_rad, outer_stereo_rad, half_z_mm } => {
            let end = |r: f64, angle: f64| mm(r.hypot(half_z_mm * angle.tan()));
            format!(
                "hyperboloid r {}..{} mm in the middle, {}..{} mm at the ends, length {} mm",
                mm(rmin_mm),
                mm(rmax_mm),
                end(rmin_mm, inner_stereo_rad),
                end(rmax_mm, outer_stereo_rad),
                mm(2.0 * half_z_mm)
            )
        }
        Shape::Torus { rmin_mm, rmax_mm, swept_mm, start_phi_rad, delta_phi_rad } => {
            let phi = segment("phi", start_phi_rad, delta_phi_rad, 360.0);
            format!("torus r {}..{} mm around r {} mm{phi}", mm(rmin_mm), mm(rmax_mm), mm(swept_mm))
        }
        Shape::GenericPolycone { start_phi_rad, delta_phi_rad, ref corners } => {
            let phi = segment("phi", start_phi_rad, delta_phi_rad, 360.0);
            format!("generic polycone of {} corners{phi}", corners.len())
        }
        Shape::TwistedTrap { twist_rad, half_z_mm, half_y_mm, half_x_mm, .. } => {
            let [x1, x2, x3, x4] = half_x_mm.map(|x| mm(2.0 * x));
            let [y1, y2] = half_y_mm.map(|y| mm(2.0 * y));
            format!(
                "twisted trap x {x1}, {x2}, {x3}, {x4} mm, y {y1}, {y2} mm, length {} mm, twist {} deg",
                mm(2.0 * half_z_mm),
                mm(twist_rad.to_degrees())
            )
        }
        Shape::TwistedTube { twist_rad, end_rmin_mm, end_rmax_mm, half_z_mm, delta_phi_rad } => format!(
            "twisted tube r {}..{} mm at the ends, length {} mm, {} deg wide, twist {} deg",
            mm(end_rmin_mm),
            mm(end_rmax_mm),
            mm(2.0 * half_z_mm),
            mm(delta_phi_rad.to_degrees()),
            mm(twist_rad.to_degrees())
        ),
        _ => String::new(),
    }
}
