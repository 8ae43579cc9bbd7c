//! `replicavol`: slices that fill their mother, along x, y, z, rho or phi.
//!
//! Geant4 finds the slices from their width alone and never asks the solid of the volume, so a solid that is not the
//! slice is replaced by it here, with a warning. Along x, y and z the slices are centred in the mother and there is no
//! offset; in phi, each slice lies around the x axis of its own frame.

use std::f64::consts::TAU;

use super::{Axis, Repeated};
use crate::detector::{Copies, PlacedCopy, RegularCopies, Shape, Step, Transform};
use crate::gdml::error::GdmlError;
use crate::gdml::module::Module;
use crate::gdml::properties::warn;
use crate::gdml::session::Session;
use crate::gdml::solids::ANGLE_TOLERANCE;
use crate::gdml::tag::Tag;
use crate::gdml::units;

/// Widths closer than this are the same, mm or rad.
const SAME: f64 = 1e-9;

impl Module<'_> {
    /// The frame of copy 0, and all copies.
    pub(super) fn replicas(
        &self,
        repeated: Repeated<'_>,
        session: &mut Session<'_>,
    ) -> Result<(Transform, Copies), GdmlError> {
        let tag = repeated.tag;
        tag.required("number")?;
        let number = tag.integer(&self.definitions.evaluator, "number")?.unwrap_or_default();
        let number = repeated.checked_number(number)?;
        if let Some(child) =
            tag.children().find(|c| !["volumeref", "replicate_along_axis"].contains(&c.name()))
        {
            return Err(child.unknown());
        }
        let along = tag.required_child("replicate_along_axis")?;
        const KNOWN: &[&str] =
            &["direction", "width", "offset", "position", "positionref", "rotation", "rotationref"];
        if let Some(child) = along.children().find(|child| !KNOWN.contains(&child.name())) {
            return Err(child.unknown());
        }
        let axis = self.axis(along.required_child("direction")?)?;
        let width = self.quantity_of(along.required_child("width")?, axis)?;
        let offset = along.child("offset").map(|tag| self.quantity_of(tag, axis)).transpose()?.unwrap_or(0.0);
        if width <= 0.0 {
            return repeated.fail(format!("width is {width}; it should be above 0"));
        }
        match axis {
            Axis::Rho => rings(repeated, number, (width, offset), session),
            Axis::Phi => segments(repeated, number, (width, offset), session),
            _ => layers(repeated, axis, number, width, session),
        }
    }

    /// The one of x, y, z, rho and phi that is 1.
    fn axis(&self, tag: Tag<'_>) -> Result<Axis, GdmlError> {
        let mut chosen = None;
        for axis in [Axis::X, Axis::Y, Axis::Z, Axis::Rho, Axis::Phi] {
            if tag.number(&self.definitions.evaluator, axis.name())? == Some(1.0) {
                chosen = Some(axis);
            }
        }
        chosen.ok_or_else(|| {
            let message = "one of x, y, z, rho and phi should be 1".to_owned();
            tag.fail(crate::gdml::error::GdmlErrorKind::Structure(message))
        })
    }

    /// A width or offset along `axis`, mm or rad.
    fn quantity_of(&self, tag: Tag<'_>, axis: Axis) -> Result<f64, GdmlError> {
        let dimension = if axis == Axis::Phi { &units::ANGLE } else { &units::LENGTH };
        Ok(tag.required_number(&self.definitions.evaluator, "value")? * dimension.factor(tag, "unit")?)
    }
}

fn layers(
    repeated: Repeated<'_>,
    axis: Axis,
    number: u32,
    width: f64,
    session: &mut Session<'_>,
) -> Result<(Transform, Copies), GdmlError> {
    let i = axis.coordinate().unwrap_or(2);
    let mut cell = repeated.cell(session);
    let own = match &mut cell {
        Shape::Box { half_mm } => Some(&mut half_mm[i]),
        Shape::Tube { half_z_mm, .. } if i == 2 => Some(half_z_mm),
        _ => None,
    };
    correct(repeated, own, width / 2.0, "half length along the axis, mm", session);
    let mother = match repeated.mother_shape(session) {
        Shape::Box { half_mm } => Some(2.0 * half_mm[i]),
        Shape::Tube { half_z_mm, .. } if i == 2 => Some(2.0 * half_z_mm),
        _ => None,
    };
    if let Some(mother) = mother {
        fill(repeated, (number, width), f64::from(number) * width, mother, session)?;
    }
    let mut shift = [0.0; 3];
    shift[i] = width;
    let first = shift.map(|step| -step * 0.5 * f64::from(number - 1));
    let solid = repeated.solid(cell, 0, session)?;
    let copies = RegularCopies { number, step: Step::Shift(shift), solid };
    Ok((Transform::translation(first), Copies::Regular(copies)))
}

/// Slices that leave a part of their mother empty are odd; more than fit are refused. Geant4 checks neither: it enters
/// only what lies inside the mother, where here all slices are traced.
fn fill(
    repeated: Repeated<'_>,
    (number, width): (u32, f64),
    length: f64,
    mother: f64,
    session: &mut Session<'_>,
) -> Result<(), GdmlError> {
    let excess = length - mother;
    if excess.abs() <= 1e-6 * length {
        return Ok(());
    }
    let message = format!("{number} slices of {width} mm have {length} mm, the mother has {mother} mm");
    if excess > 0.0 {
        return repeated
            .fail(format!("{message}, so that slices stick out of it; correct number, width or the mother"));
    }
    warn(repeated.tag, format!("{message}; replicas should fill it"), &mut session.detector);
    Ok(())
}

fn segments(
    repeated: Repeated<'_>,
    number: u32,
    (width, offset): (f64, f64),
    session: &mut Session<'_>,
) -> Result<(Transform, Copies), GdmlError> {
    let mut mother = repeated.mother_shape(session);
    let extent = super::slices::phi_of(&mut mother).map_or(TAU, |(_, extent)| *extent);
    if f64::from(number) * width > extent * (1.0 + 1e-6) {
        return repeated.fail(format!(
            "{number} segments of {width} rad have {} rad, the mother has {extent} rad; correct number, width or the mother",
            f64::from(number) * width
        ));
    }
    let mut cell = repeated.cell(session);
    let whole = width >= TAU - ANGLE_TOLERANCE;
    let (start, extent) = if whole { (0.0, TAU) } else { (-width / 2.0, width) };
    if let Some((own_start, own_extent)) = super::slices::phi_of(&mut cell) {
        correct(repeated, Some(own_start), start, "start in phi, rad", session);
        correct(repeated, Some(own_extent), extent, "extent in phi, rad", session);
    }
    let solid = repeated.solid(cell, 0, session)?;
    let copies = RegularCopies { number, step: Step::Turn(width), solid };
    Ok((super::slices::turned(offset + 0.5 * width), Copies::Regular(copies)))
}

fn rings(
    repeated: Repeated<'_>,
    number: u32,
    (width, offset): (f64, f64),
    session: &mut Session<'_>,
) -> Result<(Transform, Copies), GdmlError> {
    let cell = repeated.cell(session);
    if !matches!(cell, Shape::Tube { .. }) {
        let word = super::word(&cell);
        return repeated.fail(format!("replicas along rho are traced as tubes only; the volume is a {word}"));
    }
    let outer = offset + f64::from(number) * width;
    if let Shape::Tube { rmax_mm, .. } = repeated.mother_shape(session)
        && outer > rmax_mm * (1.0 + 1e-6)
    {
        return repeated.fail(format!(
            "{number} rings of {width} mm reach a radius of {outer} mm, the mother has {rmax_mm} mm; correct number, \
             width, offset or the mother"
        ));
    }
    let list = (0..number).map(|k| {
        let mut shape = cell.clone();
        if let Shape::Tube { rmin_mm, rmax_mm, .. } = &mut shape {
            let inner = offset + f64::from(k) * width;
            (*rmin_mm, *rmax_mm) = (inner, inner + width);
        }
        let solid = repeated.solid(shape, k as usize, session)?;
        Ok(PlacedCopy { solid, transform: Transform::IDENTITY })
    });
    let list = list.collect::<Result<Vec<_>, GdmlError>>()?;
    Ok((Transform::IDENTITY, Copies::Each(list)))
}

/// Sets a dimension to that of the slice, and says so where it was another.
fn correct(repeated: Repeated<'_>, own: Option<&mut f64>, slice: f64, what: &str, session: &mut Session<'_>) {
    let Some(own) = own else { return };
    if (*own - slice).abs() > SAME * slice.abs().max(1.0) {
        let message = format!(
            "the solid of the replica has a {what}, of {own}; the slice has {slice}, and that counts, as in Geant4"
        );
        warn(repeated.tag, message, &mut session.detector);
    }
    *own = slice;
}
