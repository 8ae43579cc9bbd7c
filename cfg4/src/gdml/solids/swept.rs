//! Solids made of an outline: `polyhedra`, `genericPolyhedra`, `xtru`.

use std::f64::consts::{PI, TAU};

use super::{ANGLE_TOLERANCE, Dimensions, outline};
use crate::detector::{ExtrusionSection, Shape};
use crate::gdml::error::{GdmlError, GdmlErrorKind};
use crate::gdml::limits;

/// The radius of the edges over that of the flats.
pub(super) fn flat_to_edge(delta_phi_rad: f64, n_sides: u32) -> f64 {
    1.0 / (delta_phi_rad / f64::from(n_sides) / 2.0).cos()
}

/// The radii of the file are those of the flats: edges are further out.
pub(super) fn polyhedra(dimensions: &Dimensions<'_>) -> Result<Shape, GdmlError> {
    let (phi, n_sides) = steps(dimensions)?;
    let planes = dimensions.zplanes()?;
    let to_edge = flat_to_edge(phi[1], n_sides);
    let outer = planes.iter().map(|plane| [plane.rmax_mm * to_edge, plane.z_mm]);
    let inner = planes.iter().rev().map(|plane| [plane.rmin_mm * to_edge, plane.z_mm]);
    swept(dimensions, phi, n_sides, outer.chain(inner).collect())
}

/// The radii of the file are those of the edges.
pub(super) fn generic_polyhedra(dimensions: &Dimensions<'_>) -> Result<Shape, GdmlError> {
    let (phi, n_sides) = steps(dimensions)?;
    let mut corners = Vec::new();
    for tag in dimensions.tag.children() {
        if tag.name() != "rzpoint" {
            return Err(tag.unknown());
        }
        let point = Dimensions { tag, ..*dimensions };
        tag.required("r")?;
        corners.push([point.radius("r")?, point.place("z")?]);
    }
    swept(dimensions, phi, n_sides, corners)
}

fn swept(
    dimensions: &Dimensions<'_>,
    [start_phi_rad, delta_phi_rad]: [f64; 2],
    n_sides: u32,
    corners: Vec<[f64; 2]>,
) -> Result<Shape, GdmlError> {
    let corners_mm = outline::simple(dimensions, corners)?;
    if corners_mm.len().saturating_mul(n_sides as usize) > limits::FACETS {
        let (what, limit) = ("faces of one solid", limits::FACETS);
        return Err(dimensions.tag.fail(GdmlErrorKind::Limit { what, limit }));
    }
    Ok(Shape::Polyhedra { start_phi_rad, delta_phi_rad, n_sides, corners_mm })
}

/// Start and extent in phi, rad, and the number of sides. As in Geant4 no extent is the whole turn.
fn steps(dimensions: &Dimensions<'_>) -> Result<([f64; 2], u32), GdmlError> {
    let (start, delta) = (dimensions.rotation("startphi")?, dimensions.rotation("deltaphi")?);
    let delta = if delta <= 0.0 || delta >= TAU - ANGLE_TOLERANCE { TAU } else { delta };
    dimensions.tag.required("numsides")?;
    let n_sides = dimensions.tag.integer(dimensions.evaluator, "numsides")?.unwrap_or_default();
    let Some(n_sides) = u32::try_from(n_sides).ok().filter(|n| *n > 0) else {
        return dimensions.fail(format!("numsides is {n_sides}; it should be above 0"));
    };
    if delta / f64::from(n_sides) >= PI - ANGLE_TOLERANCE {
        return dimensions.fail(format!("numsides is {n_sides}; a side may not turn by pi or more"));
    }
    Ok(([start, delta], n_sides))
}

/// Sections count in the order of the file (not of `zOrder`), as in Geant4.
pub(super) fn xtru(dimensions: &Dimensions<'_>) -> Result<Shape, GdmlError> {
    let mut corners = Vec::new();
    let mut sections: Vec<ExtrusionSection> = Vec::new();
    for tag in dimensions.tag.children() {
        let part = Dimensions { tag, ..*dimensions };
        match tag.name() {
            "twoDimVertex" => corners.push([part.place("x")?, part.place("y")?]),
            "section" => sections.push(section(&part, sections.last())?),
            _ => return Err(tag.unknown()),
        }
    }
    if sections.len() < 2 {
        return dimensions.fail(format!("{} section(s); an extrusion needs at least two", sections.len()));
    }
    let outline_mm = outline::simple(dimensions, corners)?;
    if outline_mm.len().saturating_mul(sections.len()) > limits::FACETS {
        let (what, limit) = ("faces of one solid", limits::FACETS);
        return Err(dimensions.tag.fail(GdmlErrorKind::Limit { what, limit }));
    }
    Ok(Shape::Extruded { outline_mm, sections })
}

fn section(part: &Dimensions<'_>, before: Option<&ExtrusionSection>) -> Result<ExtrusionSection, GdmlError> {
    let section = ExtrusionSection {
        z_mm: part.place("zPosition")?,
        offset_mm: [part.place("xOffset")?, part.place("yOffset")?],
        scale: part.tag.number_or(part.evaluator, "scalingFactor", 1.0)?,
    };
    if section.scale <= 0.0 {
        return part.fail(format!("scalingFactor is {}; it should be above 0", section.scale));
    }
    if let Some(before) = before
        && section.z_mm <= before.z_mm
    {
        return part.fail(format!(
            "zPosition is {} mm after {} mm; the sections should ascend, each above the one before",
            section.z_mm, before.z_mm
        ));
    }
    Ok(section)
}
