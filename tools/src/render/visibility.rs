//! What is drawn of each volume, and how much light its faces let through.

use std::collections::BTreeSet;

use cfg4::detector::{Detector, Volume, without_pointer};
use cfg4::suggestion::did_you_mean;
use g4ok::DetectorGeometry;
use optixrap::trace::geometry::NONE;
use plotters::style::RGBColor;

use super::palette::{SENSOR, is_thin};
use super::{MaterialColours, RenderError};

/// How much of what is behind it a face of a volume that holds others hides.
const CONTAINER: f64 = 0.10;
/// The same of a gas.
const GAS: f64 = 0.05;
/// The same of a volume that holds none.
const SOLID: f64 = 1.0;
/// The same where photon paths are to be seen inside.
const SOLID_AROUND_PATHS: f64 = 0.3;

/// Colour and opacity of a touchable's faces.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Look {
    pub(super) colour: RGBColor,
    /// 0 lets everything through, 1 nothing.
    pub(super) opacity: f64,
    /// The same where it is cut open.
    pub(super) cut_opacity: f64,
}

/// The looks of all volumes.
pub(super) struct Visibility<'a> {
    geometry: &'a DetectorGeometry,
    colours: MaterialColours,
    volumes: Vec<f64>,
    hidden: BTreeSet<u32>,
}

impl<'a> Visibility<'a> {
    /// `hide` names volumes and placements; `see_inside` makes all of them translucent.
    pub(super) fn new(
        geometry: &'a DetectorGeometry,
        hide: &[String],
        see_inside: bool,
    ) -> Result<Self, RenderError> {
        let detector = geometry.detector();
        let solid = if see_inside { SOLID_AROUND_PATHS } else { SOLID };
        let contrasts = contrasting(detector);
        let opacity = |(volume, contrasts): (&Volume, bool)| {
            if is_thin(detector, volume.material.0) {
                return GAS;
            }
            if !volume.daughters.is_empty() || !contrasts { CONTAINER } else { solid }
        };
        let mut volumes: Vec<f64> = detector.volumes.iter().zip(contrasts).map(opacity).collect();
        let mut hidden = BTreeSet::new();
        for name in hide {
            hide_name(detector, name, &mut volumes, &mut hidden)?;
        }
        Ok(Self { geometry, colours: MaterialColours::of(detector), volumes, hidden })
    }

    /// The look of a node; the world is never seen.
    pub(super) fn look(&self, node: u32) -> Look {
        let record = self.geometry.scene().geometry().record(node);
        let colour = if record.is_sensor() { SENSOR } else { self.colours.colour(record.material) };
        let hidden =
            node == 0 || (!self.hidden.is_empty() && self.hidden.contains(&self.geometry.placement(node).0));
        // The scene has more volumes than the detector where one is placed with several solids.
        let volume = || self.geometry.detector().placement(self.geometry.placement(node)).volume;
        let opacity = if hidden { 0.0 } else { self.volumes[volume().index()] };
        let opacity = if record.is_sensor() && opacity > 0.0 { opacity.max(0.8) } else { opacity };
        let cut_opacity = if opacity > GAS { 0.97 } else { opacity };
        Look { colour, opacity, cut_opacity }
    }

    /// Whether a node lies in another, or is it.
    pub(super) fn is_in(&self, node: u32, other: u32) -> bool {
        let geometry = self.geometry.scene().geometry();
        let mut at = node;
        while at != other && at != NONE {
            at = geometry.parent(at);
        }
        at == other
    }
}

/// Of each volume, whether it is of another material than what it is placed in: the active part of a liquid is not.
fn contrasting(detector: &Detector) -> Vec<bool> {
    let mut contrasts = vec![false; detector.volumes.len()];
    for placement in &detector.placements {
        let around = placement.mother.map(|mother| detector.volume(mother).material);
        if around != Some(detector.volume(placement.volume).material) {
            contrasts[placement.volume.index()] = true;
        }
    }
    contrasts
}

fn hide_name(
    detector: &Detector,
    name: &str,
    volumes: &mut [f64],
    hidden: &mut BTreeSet<u32>,
) -> Result<(), RenderError> {
    let is = |other: &str| other == name || without_pointer(other) == without_pointer(name);
    let mut found = false;
    for (volume, opacity) in detector.volumes.iter().zip(volumes) {
        if is(&volume.name) {
            (*opacity, found) = (0.0, true);
        }
    }
    for (index, placement) in detector.placements.iter().enumerate() {
        if is(&placement.name) {
            found = true;
            hidden.insert(index as u32);
        }
    }
    if found {
        return Ok(());
    }
    let names = detector.volumes.iter().map(|v| v.name.as_str());
    let all = names.chain(detector.placements.iter().map(|p| p.name.as_str())).map(without_pointer);
    Err(RenderError::UnknownName { name: name.to_owned(), hint: did_you_mean(name, all) })
}
