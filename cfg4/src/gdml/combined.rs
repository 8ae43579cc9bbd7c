//! Solids made of others but booleans of two: `multiUnion`, `scaledSolid`, `reflectedSolid`.

use crate::detector::{Shape, SolidId, Transform};

use super::booleans;
use super::define::Definitions;
use super::error::{GdmlError, GdmlErrorKind};
use super::tag::Tag;
use super::units;

/// The shape that `tag` describes with the solids in it, `None` if it is not one of these; `find` looks up what a tag's
/// `ref` names, `named` a solid by its name.
pub(super) fn read(
    tag: Tag<'_>,
    definitions: &Definitions,
    find: impl Fn(Tag<'_>) -> Result<SolidId, GdmlError>,
    named: impl Fn(&str) -> Result<SolidId, GdmlError>,
) -> Result<Option<(Shape, Vec<SolidId>)>, GdmlError> {
    match tag.name() {
        "multiUnion" => multi_union(tag, definitions, find).map(Some),
        "scaledSolid" => {
            let solid = find(tag.required_child("solidref")?)?;
            let scale = definitions.scale_of(tag)?;
            let scale = scale.ok_or_else(|| tag.fail(GdmlErrorKind::MissingElement("scale")))?;
            scaled(tag, solid, scale).map(Some)
        }
        "reflectedSolid" => reflected(tag, definitions, named).map(Some),
        _ => Ok(None),
    }
}

fn multi_union(
    tag: Tag<'_>,
    definitions: &Definitions,
    find: impl Fn(Tag<'_>) -> Result<SolidId, GdmlError>,
) -> Result<(Shape, Vec<SolidId>), GdmlError> {
    let mut nodes = Vec::new();
    for node in tag.children() {
        if node.name() != "multiUnionNode" {
            return Err(node.unknown());
        }
        let solid = find(node.required_child("solid")?)?;
        nodes.push((solid, booleans::operand(node, definitions, "")?));
    }
    if nodes.is_empty() {
        return Err(tag.fail(GdmlErrorKind::MissingElement("multiUnionNode")));
    }
    let operands = nodes.iter().map(|(solid, _)| *solid).collect();
    Ok((Shape::MultiUnion { nodes }, operands))
}

/// As Geant4 takes it: mirroring, turning (as an operand of a boolean) and moving a point, in this order, leads from the
/// frame of the new solid to that of the old one, so that the new solid is moved, turned and mirrored back.
fn reflected(
    tag: Tag<'_>,
    definitions: &Definitions,
    named: impl Fn(&str) -> Result<SolidId, GdmlError>,
) -> Result<(Shape, Vec<SolidId>), GdmlError> {
    let (length, angle) = (units::LENGTH.factor(tag, "lunit")?, units::ANGLE.factor(tag, "aunit")?);
    let triple = |names: [&str; 3], default: f64, factor: f64| -> Result<[f64; 3], GdmlError> {
        let mut triple = [default; 3];
        for (value, name) in triple.iter_mut().zip(names) {
            *value = tag.number_or(&definitions.evaluator, name, default)? * factor;
        }
        Ok(triple)
    };
    let scale = triple(["sx", "sy", "sz"], 1.0, 1.0)?;
    if scale.iter().any(|factor| factor.abs() != 1.0) {
        let message = "sx, sy and sz should be 1 or -1; scale with a scaledSolid".to_owned();
        return Err(tag.fail(GdmlErrorKind::Dimension(message)));
    }
    let frame = Transform::gdml_operand(
        triple(["rx", "ry", "rz"], 0.0, angle)?,
        triple(["dx", "dy", "dz"], 0.0, length)?,
    );
    let to_solid = frame.scaled(scale);
    let solid = named(tag.required("solid")?)?;
    Ok((Shape::Transformed { solid, to_frame: to_solid.orthogonal_inverse() }, vec![solid]))
}

fn scaled(tag: Tag<'_>, solid: SolidId, scale: [f64; 3]) -> Result<(Shape, Vec<SolidId>), GdmlError> {
    if let Some(factor) = scale.iter().find(|factor| !(1e-12..1e12).contains(&factor.abs())) {
        let message = format!("a scale of {factor} leaves no solid of sensible size");
        return Err(tag.fail(GdmlErrorKind::Dimension(message)));
    }
    Ok((Shape::Transformed { solid, to_frame: Transform::IDENTITY.scaled(scale) }, vec![solid]))
}
