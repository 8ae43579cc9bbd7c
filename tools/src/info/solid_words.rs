//! Solids in words.

use cfg4::detector::{BooleanOperator, Detector, Shape, SolidId, without_pointer};

use crate::number::short;

use super::curved_words::curved_words;

/// Shape and dimensions in a few words: `tube r 0..100 mm, length 2 mm`. Booleans name their operands.
pub(crate) fn solid_words(detector: &Detector, id: SolidId) -> String {
    match &detector.solid(id).shape {
        Shape::Box { half_mm } => {
            let [x, y, z] = half_mm.map(|half| mm(2.0 * half));
            format!("box {x} x {y} x {z} mm")
        }
        Shape::Tube { rmin_mm, rmax_mm, half_z_mm, delta_phi_rad, start_phi_rad } => {
            let segment = segment("phi", *start_phi_rad, *delta_phi_rad, 360.0);
            format!(
                "tube r {}..{} mm, length {} mm{segment}",
                mm(*rmin_mm),
                mm(*rmax_mm),
                mm(2.0 * half_z_mm)
            )
        }
        Shape::Orb { r_mm } => format!("orb r {} mm", mm(*r_mm)),
        Shape::Sphere {
            rmin_mm,
            rmax_mm,
            start_phi_rad,
            delta_phi_rad,
            start_theta_rad,
            delta_theta_rad,
        } => {
            let phi = segment("phi", *start_phi_rad, *delta_phi_rad, 360.0);
            let theta = segment("theta", *start_theta_rad, *delta_theta_rad, 180.0);
            format!("sphere r {}..{} mm{phi}{theta}", mm(*rmin_mm), mm(*rmax_mm))
        }
        Shape::Cone { rmin1_mm, rmax1_mm, rmin2_mm, rmax2_mm, half_z_mm, start_phi_rad, delta_phi_rad } => {
            let [a, b, c, d] = [rmin1_mm, rmax1_mm, rmin2_mm, rmax2_mm].map(|r| mm(*r));
            let segment = segment("phi", *start_phi_rad, *delta_phi_rad, 360.0);
            format!("cone r {a}..{b} to {c}..{d} mm, length {} mm{segment}", mm(2.0 * half_z_mm))
        }
        Shape::Polycone { start_phi_rad, delta_phi_rad, planes } => {
            let ends = [planes.first(), planes.last()].map(|plane| plane.map_or(0.0, |p| p.z_mm));
            let segment = segment("phi", *start_phi_rad, *delta_phi_rad, 360.0);
            format!("polycone of {} planes, z {}..{} mm{segment}", planes.len(), mm(ends[0]), mm(ends[1]))
        }
        Shape::MultiUnion { nodes } => format!("union of {} solids", nodes.len()),
        Shape::Transformed { solid, .. } => {
            format!("{}, scaled or mirrored", without_pointer(&detector.solid(*solid).name))
        }
        Shape::Boolean { operator, first, second, .. } => {
            let [first, second] = [first, second].map(|s| without_pointer(&detector.solid(*s).name));
            let operator = match operator {
                BooleanOperator::Union => "or",
                BooleanOperator::Subtraction => "without",
                BooleanOperator::Intersection => "and",
            };
            format!("{first} {operator} {second}")
        }
        shape => faceted_words(shape),
    }
}

/// Shapes with plane or ruled faces.
fn faceted_words(shape: &Shape) -> String {
    match shape {
        Shape::Trd { half_x_mm: x, half_y_mm: y, half_z_mm } => {
            let [x1, x2, y1, y2] = [x[0], x[1], y[0], y[1]].map(|half| mm(2.0 * half));
            format!("trd {x1} x {y1} to {x2} x {y2} mm, length {} mm", mm(2.0 * half_z_mm))
        }
        Shape::Trap { half_z_mm, faces, .. } => {
            let [low, high] = faces.map(|face| {
                let [y, a, b] =
                    [face.half_y_mm, face.half_x_low_mm, face.half_x_high_mm].map(|h| mm(2.0 * h));
                format!("x {a}..{b}, y {y}")
            });
            format!("trap {low} to {high} mm, length {} mm", mm(2.0 * half_z_mm))
        }
        Shape::Para { half_mm, .. } => {
            let [x, y, z] = half_mm.map(|half| mm(2.0 * half));
            format!("para {x} x {y} x {z} mm")
        }
        Shape::Tet { .. } => "tetrahedron".to_owned(),
        Shape::Arb8 { half_z_mm, .. } => format!("arb8 of length {} mm", mm(2.0 * half_z_mm)),
        Shape::Polyhedra { start_phi_rad, delta_phi_rad, n_sides, corners_mm } => {
            let segment = segment("phi", *start_phi_rad, *delta_phi_rad, 360.0);
            let (low, high) = range(corners_mm.iter().map(|[_, z]| *z));
            format!("polyhedra of {n_sides} sides, {} corners, z {low}..{high} mm{segment}", corners_mm.len())
        }
        Shape::Extruded { outline_mm, sections } => {
            let (low, high) = range(sections.iter().map(|section| section.z_mm));
            format!(
                "extrusion of {} corners, {} sections, z {low}..{high} mm",
                outline_mm.len(),
                sections.len()
            )
        }
        Shape::Tessellated { vertices_mm, facets } => {
            format!("{} triangles between {} corners", facets.len(), vertices_mm.len())
        }
        shape => curved_words(shape),
    }
}

pub(super) fn mm(length_mm: f64) -> String {
    short(length_mm, 6)
}

fn range(values: impl Iterator<Item = f64>) -> (String, String) {
    let (low, high) =
        values.fold((f64::INFINITY, f64::NEG_INFINITY), |(low, high), x| (low.min(x), high.max(x)));
    (mm(low), mm(high))
}

/// `, phi 0..90 deg`, or nothing for the whole turn.
pub(super) fn segment(angle: &str, start_rad: f64, delta_rad: f64, whole_deg: f64) -> String {
    if delta_rad.to_degrees() >= whole_deg - 1e-6 {
        return String::new();
    }
    let end = short((start_rad + delta_rad).to_degrees(), 5);
    format!(", {angle} {}..{end} deg", short(start_rad.to_degrees(), 5))
}
