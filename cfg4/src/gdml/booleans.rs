//! Unions, subtractions and intersections of two solids.

use crate::detector::{BooleanOperator, Shape, SolidId, Transform};

use super::define::Definitions;
use super::error::GdmlError;
use super::tag::Tag;

/// The operator that an element stands for.
pub(super) fn operator(name: &str) -> Option<BooleanOperator> {
    match name {
        "union" => Some(BooleanOperator::Union),
        "subtraction" => Some(BooleanOperator::Subtraction),
        "intersection" => Some(BooleanOperator::Intersection),
        _ => None,
    }
}

/// Combines the two solids of `tag`; `find` looks up the operands.
pub(super) fn read(
    tag: Tag<'_>,
    operator: BooleanOperator,
    definitions: &Definitions,
    find: impl Fn(Tag<'_>) -> Result<SolidId, GdmlError>,
) -> Result<Shape, GdmlError> {
    const KNOWN: &[&str] = &[
        "first",
        "second",
        "position",
        "positionref",
        "rotation",
        "rotationref",
        "firstposition",
        "firstpositionref",
        "firstrotation",
        "firstrotationref",
    ];
    if let Some(child) = tag.children().find(|child| !KNOWN.contains(&child.name())) {
        return Err(child.unknown());
    }
    Ok(Shape::Boolean {
        operator,
        first: find(tag.required_child("first")?)?,
        first_to_frame: operand(tag, definitions, "first")?,
        second: find(tag.required_child("second")?)?,
        second_to_frame: operand(tag, definitions, "")?,
    })
}

/// The frame of an operand, from the children of `tag` whose names start with `prefix`.
pub(super) fn operand(tag: Tag<'_>, definitions: &Definitions, prefix: &str) -> Result<Transform, GdmlError> {
    let position_mm = definitions.position_of(tag, prefix)?.unwrap_or_default();
    let rotation_rad = definitions.rotation_of(tag, prefix)?.unwrap_or_default();
    Ok(Transform::gdml_operand(rotation_rad, position_mm))
}

/// The rotation and position among the children of `tag` whose names start with `prefix`.
pub(super) fn transform(
    tag: Tag<'_>,
    definitions: &Definitions,
    prefix: &str,
) -> Result<Transform, GdmlError> {
    let position_mm = definitions.position_of(tag, prefix)?.unwrap_or_default();
    let rotation_rad = definitions.rotation_of(tag, prefix)?.unwrap_or_default();
    Ok(Transform::gdml(rotation_rad, position_mm))
}
