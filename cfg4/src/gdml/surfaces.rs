//! `opticalsurface`: model, type, finish, value and properties; words or Geant4's numbers.

use crate::detector::{Detector, Named, OpticalSurface, SurfaceFinish, SurfaceModel, SurfaceType};

use super::define::Definitions;
use super::error::{GdmlError, GdmlErrorKind};
use super::properties;
use super::tag::Tag;

/// Reads one surface.
pub(super) fn read(
    tag: Tag<'_>,
    definitions: &Definitions,
    detector: &mut Detector,
) -> Result<OpticalSurface, GdmlError> {
    if let Some(child) = tag.children().find(|child| child.name() != "property") {
        return Err(child.unknown());
    }
    let model = word(
        tag,
        "model",
        SurfaceModel::ALL.map(|model| (model.name(), model)),
        "glisur, unified, LUT, DAVIS, dichroic, 0 .. 4",
    )?;
    let kind = word(
        tag,
        "type",
        SurfaceType::ALL.map(|kind| (kind.name(), kind)),
        "dielectric_metal, dielectric_dielectric, ..., 0 .. 7",
    )?;
    let value = tag.number_or(&definitions.evaluator, "value", 1.0)?;
    if value < 0.0 {
        let message = format!("value is {value}; polish and sigma_alpha are not negative");
        return Err(tag.fail(GdmlErrorKind::Structure(message)));
    }
    let name = tag.required("name")?.to_owned();
    detector.places.note(Named::Surface, &name, tag.place());
    Ok(OpticalSurface {
        name,
        model: model.unwrap_or(SurfaceModel::Glisur),
        kind: kind.unwrap_or(SurfaceType::DielectricDielectric),
        finish: finish(tag)?,
        value,
        properties: properties::read(tag, definitions, detector)?,
        measured: None,
    })
}

/// The meaning of an attribute that holds a word or its number; `None` if it is absent.
fn word<T: Copy, const N: usize>(
    tag: Tag<'_>,
    attribute: &'static str,
    words: [(&str, T); N],
    allowed: &'static str,
) -> Result<Option<T>, GdmlError> {
    let Some(text) = tag.attribute(attribute).map(str::trim) else { return Ok(None) };
    let by_number = || text.parse::<usize>().ok().and_then(|number| words.get(number));
    let found = words.iter().find(|(word, _)| *word == text).or_else(by_number);
    match found {
        Some((_, meaning)) => Ok(Some(*meaning)),
        None => Err(tag.fail(GdmlErrorKind::UnknownWord { attribute, value: text.to_owned(), allowed })),
    }
}

fn finish(tag: Tag<'_>) -> Result<SurfaceFinish, GdmlError> {
    let text = tag.attribute("finish").map_or("polished", str::trim);
    let by_number = || text.parse().ok().and_then(SurfaceFinish::from_number);
    SurfaceFinish::from_name(text).or_else(by_number).ok_or_else(|| {
        let allowed = "polished, ground, polishedfrontpainted, ..., 0 .. 38";
        tag.fail(GdmlErrorKind::UnknownWord { attribute: "finish", value: text.to_owned(), allowed })
    })
}
