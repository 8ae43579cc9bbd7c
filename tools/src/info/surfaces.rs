//! Optical surfaces and where they are.

use serde::Serialize;

use cfg4::detector::{Detector, OpticalSurface, SurfaceId};

use super::PropertySummary;
use super::properties;
use crate::number::short;

/// One optical surface.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct SurfaceSummary {
    /// Name as in the file.
    pub name: String,
    /// `dielectric_metal`, ...
    #[serde(rename = "type")]
    pub kind: &'static str,
    /// `glisur`, `unified`, ...
    pub model: &'static str,
    /// `polished`, `ground`, ...
    pub finish: &'static str,
    /// Polish (glisur) or sigma_alpha in rad (unified).
    pub value: f64,
    /// Where it is; nowhere if empty.
    pub places: Vec<SurfacePlace>,
    /// REFLECTIVITY, EFFICIENCY, ...
    pub properties: Vec<PropertySummary>,
}

/// A place of a surface.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum SurfacePlace {
    /// Between two placements, in this direction.
    Border {
        /// Name of the placement that a photon leaves.
        from: String,
        /// Name of the placement that it enters.
        to: String,
    },
    /// Around every placement of a volume.
    Skin {
        /// Name of the volume.
        volume: String,
    },
}

/// All surfaces, in file order.
pub(super) fn summaries(detector: &Detector) -> Vec<SurfaceSummary> {
    let mut places = places(detector);
    let summary = |(i, surface): (usize, &OpticalSurface)| SurfaceSummary {
        name: surface.name.clone(),
        kind: surface.kind.name(),
        model: surface.model.name(),
        finish: surface.finish.name(),
        value: surface.value,
        places: std::mem::take(&mut places[i]),
        properties: properties::summaries(detector, &surface.name, true, &surface.properties),
    };
    detector.surfaces.iter().enumerate().map(summary).collect()
}

/// Type, model, finish and value in Geant4's words.
pub(crate) fn surface_words(surface: &OpticalSurface) -> String {
    let (kind, model) = (surface.kind.name(), surface.model.name());
    format!("{kind}, {model}, {}, value {}", surface.finish.name(), short(surface.value, 5))
}

/// The places of each surface, by its index.
fn places(detector: &Detector) -> Vec<Vec<SurfacePlace>> {
    let mut places = vec![Vec::new(); detector.surfaces.len()];
    let mut put = |surface: SurfaceId, place| places[surface.index()].push(place);
    for border in &detector.borders {
        let name = |id| detector.placement(id).name.clone();
        put(border.surface, SurfacePlace::Border { from: name(border.from), to: name(border.to) });
    }
    for skin in &detector.skins {
        put(skin.surface, SurfacePlace::Skin { volume: detector.volume(skin.volume).name.clone() });
    }
    places
}
