//! `replicavol`: slices of the mother, along x, y, z, rho or phi.
//!
//! A slice is what lies in the mother and within the slice's bounds along the axis. As in Geant4, which never asks it, the
//! solid of the volume does not count; where it is not the slice there is a warning.
//!
//! Where slices along z stand in a mirrored mother, Geant4 11.3.0 mirrors each of them but not their order, whatever the
//! axis of the mirror, so that it numbers them from the other end; here all that is in the mother is mirrored.

use super::replica_slices::{self, Replication};
use super::slices::Slices;
use super::{Axis, Repeated, division, word};
use crate::detector::{BooleanOperator, Copies, PlacedCopy, Shape, Solid, Transform};
use crate::gdml::error::{GdmlError, GdmlErrorKind};
use crate::gdml::limits;
use crate::gdml::module::Module;
use crate::gdml::properties::warn;
use crate::gdml::session::Session;
use crate::gdml::tag::Tag;
use crate::gdml::units;

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
        let replication = Replication { axis, number, width, offset };
        let mother = repeated.mother_shape(session);
        check_fit(repeated, &mother, &replication, session)?;
        match replica_slices::of(&mother, &replication) {
            Some(slices) => {
                check_own_solid(repeated, &slices, session);
                division::copies(repeated, slices, session)
            }
            None => cut_out(repeated, &mother, &replication, session),
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
            tag.fail(GdmlErrorKind::Structure(message))
        })
    }

    /// A width or offset along `axis`, mm or rad.
    fn quantity_of(&self, tag: Tag<'_>, axis: Axis) -> Result<f64, GdmlError> {
        let dimension = if axis == Axis::Phi { &units::ANGLE } else { &units::LENGTH };
        Ok(tag.required_number(&self.definitions.evaluator, "value")? * dimension.factor(tag, "unit")?)
    }
}

/// Slices that leave a part of their mother empty are odd; more than fit are refused. Geant4 checks neither: it enters
/// only what lies inside the mother. Mothers whose extent along the axis is not known here are cut, so that nothing
/// sticks out of them.
fn check_fit(
    repeated: Repeated<'_>,
    mother: &Shape,
    replication: &Replication,
    session: &mut Session<'_>,
) -> Result<(), GdmlError> {
    let Replication { axis, number, width, offset } = *replication;
    let length = f64::from(number) * width;
    let Some(extent) = replica_slices::extent(mother, axis) else { return Ok(()) };
    let (word, unit) = match axis {
        Axis::Rho => ("rings", "mm"),
        Axis::Phi => ("segments", "rad"),
        _ => ("slices", "mm"),
    };
    let end = if axis == Axis::Rho { offset + length } else { length };
    let reach = if axis == Axis::Rho { "reach a radius of" } else { "have" };
    let message =
        format!("{number} {word} of {width} {unit} {reach} {end} {unit}, the mother has {extent} {unit}");
    let excess = end - extent;
    if excess > 1e-6 * end {
        return repeated.fail(format!(
            "{message}, so that they stick out of it; correct number, width, offset or the mother"
        ));
    }
    if excess < -1e-6 * end && axis.coordinate().is_some() {
        warn(repeated.tag, format!("{message}; replicas should fill it"), &mut session.detector);
    }
    Ok(())
}

/// Says where the solid of the volume is not the slice.
fn check_own_solid(repeated: Repeated<'_>, slices: &Slices, session: &mut Session<'_>) {
    let own = repeated.cell(session);
    let is_one = match slices {
        Slices::Alike { shape, .. } => replica_slices::same(&own, shape),
        Slices::Different(list) => list.iter().any(|(shape, _)| replica_slices::same(&own, shape)),
    };
    if !is_one {
        let message = format!(
            "the solid of the replica, a {}, is not the slice of its mother; the slice counts, as in Geant4",
            word(&own)
        );
        warn(repeated.tag, message, &mut session.detector);
    }
}

/// Slices as intersections of the mother with a slab, a wedge or a ring.
fn cut_out(
    repeated: Repeated<'_>,
    mother: &Shape,
    replication: &Replication,
    session: &mut Session<'_>,
) -> Result<(Transform, Copies), GdmlError> {
    let (kind, axis) = (word(mother), replication.axis.name());
    let Some(reach_mm) = mother.reach_mm() else {
        return repeated.fail(format!(
            "replicas along {axis} are not cut from a solid that is made of others; take a mother of another shape"
        ));
    };
    if replication.number as usize > limits::CUT_SLICES {
        let (what, limit) = ("slices cut from one mother", limits::CUT_SLICES);
        return Err(repeated.tag.fail(GdmlErrorKind::Limit { what, limit }));
    }
    let message = format!(
        "replicas along {axis} are cut from their mother, a {kind}; the solid of the volume does not count, as in Geant4"
    );
    warn(repeated.tag, message, &mut session.detector);
    let whole = session.detector.volume(repeated.mother).solid;
    let name = session.detector.solid(repeated.cell_solid(session)).name.clone();
    let list = (0..replication.number).map(|k| {
        let slice = replication.slice(k, 1.01 * reach_mm);
        let slice = session.add_solid(
            repeated.tag,
            Solid { name: format!("{name}_{k}_bounds"), shape: slice },
            &[],
        )?;
        let shape = Shape::Boolean {
            operator: BooleanOperator::Intersection,
            first: whole,
            first_to_frame: replication.mother_to_copy(k),
            second: slice,
            second_to_frame: Transform::IDENTITY,
        };
        let solid =
            session.add_solid(repeated.tag, Solid { name: format!("{name}_{k}"), shape }, &[whole, slice])?;
        Ok(PlacedCopy { solid, transform: replication.copy_to_mother(k) })
    });
    let list = list.collect::<Result<Vec<_>, GdmlError>>()?;
    Ok((replication.copy_to_mother(0), Copies::Each(list)))
}
