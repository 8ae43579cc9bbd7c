//! `auxiliary` elements: remarks about a volume, two of which the simulation understands.

use crate::detector::{Auxiliary, Volume};

use super::error::{GdmlError, GdmlErrorKind};
use super::expression::Evaluator;
use super::tag::Tag;
use super::units;

/// Adds one auxiliary to `volume`, and what `SensDet` and `StepLimit` mean.
pub(super) fn read(tag: Tag<'_>, evaluator: &Evaluator, volume: &mut Volume) -> Result<(), GdmlError> {
    let auxiliary = tree(tag)?;
    match auxiliary.kind.as_str() {
        "SensDet" => volume.sensitive_detector = Some(auxiliary.value.clone()),
        "StepLimit" => {
            let limit = tag.evaluate(evaluator, "auxvalue", &auxiliary.value)?;
            let limit_mm = limit * units::LENGTH.factor(tag, "auxunit")?;
            if !(limit_mm > 0.0 && limit_mm.is_finite()) {
                let message = format!("StepLimit is {limit_mm} mm; it should be above 0");
                return Err(tag.fail(GdmlErrorKind::Structure(message)));
            }
            volume.step_limit_mm = Some(limit_mm);
        }
        _ => {}
    }
    volume.auxiliaries.push(auxiliary);
    Ok(())
}

/// The element with those inside it; the depth of nesting is bounded by that of the document.
fn tree(tag: Tag<'_>) -> Result<Auxiliary, GdmlError> {
    let mut children = Vec::new();
    for child in tag.children() {
        if child.name() != "auxiliary" {
            return Err(child.unknown());
        }
        children.push(tree(child)?);
    }
    Ok(Auxiliary {
        kind: tag.required("auxtype")?.to_owned(),
        value: tag.attribute("auxvalue").unwrap_or_default().to_owned(),
        unit: tag.attribute("auxunit").filter(|unit| !unit.is_empty()).map(str::to_owned),
        children,
    })
}
