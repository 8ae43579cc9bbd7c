//! A stack of thin films with a photocathode, from the properties of a surface.
//!
//! `LAYER1_RINDEX`, `LAYER1_KINDEX` (0 where it is not given) and `LAYER1_THICKNESS` to `LAYER16_...`, or, for two
//! layers, `ARC_...` and `PHC_...`. `PHOTOCATHODE_LAYER` says which of them detects (PHC; else the only one that absorbs).
//! Layer 1 is the first that a photon meets on its way along a border surface, or into the volume of a skin surface.

use cfg4::detector::{Detector, OpticalSurface, SurfaceFinish, VolumeId};

use super::Parts;
use super::properties::SurfaceProperties;
use crate::physics::surface::{kind, need};
use crate::physics::surface_detail::{FilmLayer, SurfaceDetail, process};
use crate::physics::tables::NONE;
use crate::scene::SceneError;
use crate::scene::property_tables::{Curve, PropertyTables};

/// The most layers of a film.
const MAX_LAYERS: usize = 16;

/// Whether a surface is a film.
pub(in crate::scene) fn is_film(surface: &OpticalSurface) -> bool {
    surface.properties.0.contains_key("LAYER1_RINDEX") || surface.properties.0.contains_key("ARC_RINDEX")
}

/// The film of surface `index`.
pub(super) fn parts(
    tables: &mut PropertyTables,
    detector: &Detector,
    index: usize,
) -> Result<Parts, SceneError> {
    let surface = SurfaceProperties { surface: &detector.surfaces[index] };
    if surface.surface.finish != SurfaceFinish::Polished {
        return Err(surface.incomplete("a stack of thin films must have the finish polished"));
    }
    let layers = layers(tables, surface)?;
    let mut detail = SurfaceDetail::new(process::FILM);
    detail.layer_first = tables.film_layers.len() as u32;
    detail.layer_count = layers.len() as u32;
    detail.photocathode = photocathode(surface, &layers)?;
    detail.inner_volume = inner_volume(detector, index)?;
    if let Some(grid) = surface.add_efficiency_map(tables) {
        detail.grid = grid;
    }
    tables.film_layers.extend(layers);
    let zero = || Curve::constant(0.0);
    let curves = [zero(), zero(), surface.efficiency()?, zero()];
    Ok(Parts { kind: kind::DETAILED, needs: need::RINDEX_BEHIND, curves, detail: Some(detail) })
}

fn layers(tables: &mut PropertyTables, surface: SurfaceProperties<'_>) -> Result<Vec<FilmLayer>, SceneError> {
    if surface.has("ARC_RINDEX") {
        return ["ARC", "PHC"].iter().map(|name| layer(tables, surface, name)).collect();
    }
    let names = (1..=MAX_LAYERS).map(|number| format!("LAYER{number}"));
    let given: Vec<String> =
        names.filter(|name| surface.surface.properties.0.keys().any(|key| is_of(key, name))).collect();
    for (at, name) in given.iter().enumerate() {
        if *name != format!("LAYER{}", at + 1) {
            return Err(
                surface.incomplete(format!("it has {name}, but no LAYER{}; number them from 1", at + 1))
            );
        }
    }
    given.iter().map(|name| layer(tables, surface, name)).collect()
}

/// Whether a property belongs to a layer.
fn is_of(property: &str, layer: &str) -> bool {
    property.strip_prefix(layer).is_some_and(|rest| rest.starts_with('_'))
}

fn layer(
    tables: &mut PropertyTables,
    surface: SurfaceProperties<'_>,
    name: &str,
) -> Result<FilmLayer, SceneError> {
    let missing = |what: &str| surface.incomplete(format!("{name} has no {name}_{what}; give it one"));
    let rindex = surface.add_curve(tables, &format!("{name}_RINDEX"), "positive", |v| v > 0.0)?;
    let kindex = surface.add_curve(tables, &format!("{name}_KINDEX"), "zero or more", |v| v >= 0.0)?;
    let thickness = surface.thickness_nm(&format!("{name}_THICKNESS"))?;
    if rindex == NONE {
        return Err(missing("RINDEX"));
    }
    let thickness_nm = thickness.ok_or_else(|| missing("THICKNESS"))? as f32;
    Ok(FilmLayer { rindex, kindex, thickness_nm, pad: 0 })
}

/// The layer, from 0, of which EFFICIENCY is detected; [`NONE`] where nothing is detected.
fn photocathode(surface: SurfaceProperties<'_>, layers: &[FilmLayer]) -> Result<u32, SceneError> {
    let count = layers.len();
    let allowed = |v: f64| v.fract() == 0.0 && v >= 1.0 && v <= count as f64;
    if let Some(number) = surface.number("PHOTOCATHODE_LAYER", "the number of one of the layers", allowed)? {
        return Ok(number as u32 - 1);
    }
    if surface.has("PHC_RINDEX") {
        return Ok(1);
    }
    let absorbing: Vec<usize> = (0..count).filter(|&at| layers[at].kindex != NONE).collect();
    match absorbing[..] {
        [only] => Ok(only as u32),
        _ if !surface.detects()? => Ok(NONE),
        _ => Err(surface.incomplete(format!(
            "{} of its layers have a KINDEX, so that PHOTOCATHODE_LAYER must say which of them detects",
            absorbing.len()
        ))),
    }
}

/// The volume from which the layers are met last to first: the one that the first border leads to, or that of the skin.
fn inner_volume(detector: &Detector, index: usize) -> Result<u32, SceneError> {
    let volume = |placement| detector.placement(placement).volume;
    let borders = detector.borders.iter().filter(|b| b.surface.index() == index);
    let sides: Vec<(VolumeId, VolumeId)> = borders.map(|b| (volume(b.from), volume(b.to))).collect();
    let skin = detector.skins.iter().find(|s| s.surface.index() == index).map(|s| s.volume);
    let Some(inner) = sides.first().map(|(_, to)| *to).or(skin) else { return Ok(NONE) };
    let surface = SurfaceProperties { surface: &detector.surfaces[index] };
    if sides.iter().any(|(from, to)| (*from == inner) == (*to == inner)) {
        let name = &detector.volume(inner).name;
        return Err(surface.incomplete(format!(
            "its borders do not all lie around the volume {name}, so that it is not clear in which order the layers of \
             the film are met; give each kind of border an optical surface of its own"
        )));
    }
    Ok(inner.0)
}
