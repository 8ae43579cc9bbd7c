//! `divisionvol`: a volume cut into slices, whose solids follow from that of the mother.
//!
//! Read as `G4PVDivision` does: with a number, a width, or both; the number that fits where there is only a width. The
//! volume's own solid counts for its kind alone, which must be that of the mother (a trap may divide a trd). Rho divisions
//! have widths in mm; Geant4 wants an angle as their unit there, by mistake, and `rad` is taken for 1 mm.
//!
//! Geant4 11.3.0 refuses a width without a number ("Illegal number of replicas"), and it turns the slices in phi further
//! each time that it looks at them, so that one point is in another slice at every call; here they stay where its
//! parameterisation puts them first.

use super::slices::{Cut, Slices};
use super::{Axis, Repeated, slices, word};
use crate::detector::{Copies, PlacedCopy, RegularCopies, Shape, Transform};
use crate::gdml::error::{GdmlError, GdmlErrorKind};
use crate::gdml::module::Module;
use crate::gdml::properties::warn;
use crate::gdml::session::Session;
use crate::gdml::tag::Tag;
use crate::gdml::units;

/// By how much slices may exceed the mother, mm or rad: Geant4's tolerance.
const TOLERANCE: f64 = 1e-9;

impl Module<'_> {
    /// The frame of copy 0, and all copies.
    pub(super) fn divisions(
        &self,
        repeated: Repeated<'_>,
        session: &mut Session<'_>,
    ) -> Result<(Transform, Copies), GdmlError> {
        let tag = repeated.tag;
        if let Some(child) = tag.children().find(|child| child.name() != "volumeref") {
            return Err(child.unknown());
        }
        let axis = axis(tag)?;
        let (mother, cell) = (repeated.mother_shape(session), repeated.cell(session));
        let (of_mother, of_cell) = (word(&mother), word(&cell));
        if of_mother != of_cell && (of_mother, of_cell) != ("trd", "trap") {
            return repeated.fail(format!(
                "the slices of a {of_mother} have that shape too, but the volume is of the shape {of_cell}"
            ));
        }
        let planes = self.polyhedra.get(&session.detector.volume(repeated.mother).solid);
        let Some(extent) = slices::extent(&mother, planes, axis) else {
            let axis = axis.name();
            return repeated.fail(format!("a {of_mother} cannot be divided along {axis}, in Geant4 neither"));
        };
        let cut = self.cut(repeated, axis, extent, &mother)?;
        let made = match &mother {
            Shape::Polyhedra { .. } => super::polyhedra::divided(&mother, planes, &cut),
            _ => slices::divided(&mother, &cell, &cut),
        };
        let slices = made.or_else(|message| repeated.fail(message))?;
        if cut.offset != 0.0 && axis == Axis::Phi && matches!(mother, Shape::Tube { .. } | Shape::Cone { .. })
        {
            let message =
                "Geant4 applies the offset twice to segments of tubes and cones; they lie where it puts them";
            warn(tag, message.to_owned(), &mut session.detector);
        }
        copies(repeated, slices, session)
    }

    fn cut(
        &self,
        repeated: Repeated<'_>,
        axis: Axis,
        extent: slices::Extent,
        mother: &Shape,
    ) -> Result<Cut, GdmlError> {
        let tag = repeated.tag;
        let factor = match (axis, tag.attribute("unit")) {
            (Axis::Phi, _) => units::ANGLE.factor(tag, "unit")?,
            (Axis::Rho, Some("rad" | "radian")) => 1.0,
            _ => units::LENGTH.factor(tag, "unit")?,
        };
        let evaluator = &self.definitions.evaluator;
        let width = tag.number_or(evaluator, "width", 0.0)? * factor;
        let offset = tag.number_or(evaluator, "offset", 0.0)? * factor;
        let number = tag.integer(evaluator, "number")?.unwrap_or(0);
        if offset < 0.0 || offset >= extent.whole {
            let whole = extent.whole;
            return repeated.fail(format!(
                "offset is {offset}; it should be from 0 to below {whole}, the mother's extent"
            ));
        }
        if width < 0.0 || (width == 0.0 && number == 0) {
            return repeated.fail("a number or a width above 0 is needed".to_owned());
        }
        let by_width = number == 0;
        let number = if by_width { ((extent.divided - offset) / width) as i64 } else { number };
        let sides = match mother {
            Shape::Polyhedra { n_sides, .. } if axis == Axis::Phi => Some(i64::from(*n_sides)),
            _ => None,
        };
        let number = if by_width { sides.unwrap_or(number) } else { number };
        if let Some(sides) = sides.filter(|sides| *sides != number) {
            return repeated
                .fail(format!("number is {number}; a polyhedra is divided in phi into its {sides} sides"));
        }
        let number = repeated.checked_number(number)?;
        let by_number = width == 0.0;
        let width = if by_number { (extent.divided - offset) / f64::from(number) } else { width };
        if !by_number && !by_width && offset + width * f64::from(number) - extent.whole > TOLERANCE {
            let end = offset + width * f64::from(number);
            return repeated.fail(format!(
                "its slices reach to {end}, beyond the mother's extent of {}; take fewer or thinner ones",
                extent.whole
            ));
        }
        Ok(Cut { axis, number, width, offset, by_number })
    }
}

fn axis(tag: Tag<'_>) -> Result<Axis, GdmlError> {
    let value = tag.required("axis")?;
    let known = [
        ("kXAxis", Axis::X),
        ("kYAxis", Axis::Y),
        ("kZAxis", Axis::Z),
        ("kRho", Axis::Rho),
        ("kPhi", Axis::Phi),
    ];
    known.iter().find(|(name, _)| *name == value).map(|(_, axis)| *axis).ok_or_else(|| {
        let allowed = "kXAxis, kYAxis, kZAxis, kRho, kPhi";
        tag.fail(GdmlErrorKind::UnknownWord { attribute: "axis", value: value.to_owned(), allowed })
    })
}

/// Slices as copies of the volume.
pub(super) fn copies(
    repeated: Repeated<'_>,
    slices: Slices,
    session: &mut Session<'_>,
) -> Result<(Transform, Copies), GdmlError> {
    match slices {
        Slices::Alike { shape, first, number, step } => {
            let solid = repeated.solid(*shape, 0, session)?;
            Ok((first, Copies::Regular(RegularCopies { number, step, solid })))
        }
        Slices::Different(list) => {
            let list = list.into_iter().enumerate().map(|(k, (shape, transform))| {
                Ok(PlacedCopy { solid: repeated.solid(shape, k, session)?, transform })
            });
            let list = list.collect::<Result<Vec<_>, GdmlError>>()?;
            Ok((list.first().map_or(Transform::IDENTITY, |copy| copy.transform), Copies::Each(list)))
        }
    }
}
