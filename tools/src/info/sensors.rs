//! Where photons are detected: surfaces with an EFFICIENCY above 0.

use std::collections::HashMap;

use serde::Serialize;

use cfg4::detector::{Detector, OpticalSurface, PlacementId, SurfaceId};

use super::copies;

/// The placements of a volume that one surface makes sensors.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct SensorSummary {
    /// Name of the volume.
    pub volume: String,
    /// Name of the surface.
    pub surface: String,
    /// Number of touchables that are sensors.
    pub touchables: u64,
    /// Smallest and largest EFFICIENCY.
    pub efficiency: [f64; 2],
    /// Name of the volume's sensitive detector.
    pub sensitive_detector: Option<String>,
}

/// A placement that a photon enters at a sensor's surface.
struct Entered {
    surface: SurfaceId,
    placement: PlacementId,
}

/// Sensors by volume and surface, in the order of borders, then skins.
pub(super) fn summaries(detector: &Detector, copies: &[u64]) -> Vec<SensorSummary> {
    let mut position = HashMap::new();
    let mut sensors: Vec<SensorSummary> = Vec::new();
    for Entered { surface, placement } in entered(detector) {
        let volume = detector.placement(placement).volume;
        let at = *position.entry((volume, surface)).or_insert(sensors.len());
        if at == sensors.len() {
            let efficiency = efficiency(detector.surface(surface)).unwrap_or([0.0; 2]);
            sensors.push(SensorSummary {
                volume: detector.volume(volume).name.clone(),
                surface: detector.surface(surface).name.clone(),
                touchables: 0,
                efficiency,
                sensitive_detector: detector.volume(volume).sensitive_detector.clone(),
            });
        }
        let touchables = copies::of_placement(detector, copies, placement);
        sensors[at].touchables = sensors[at].touchables.saturating_add(touchables);
    }
    sensors
}

/// The number of touchables that are sensors, each once.
pub(super) fn touchables(detector: &Detector, copies: &[u64]) -> u64 {
    let mut placements: Vec<PlacementId> = entered(detector).map(|e| e.placement).collect();
    placements.sort();
    placements.dedup();
    let each = placements.into_iter().map(|p| copies::of_placement(detector, copies, p));
    each.fold(0, u64::saturating_add)
}

/// The placements behind the sensors' surfaces: those that a border leads to, each once for a surface, and all
/// placements of a volume with a skin.
fn entered(detector: &Detector) -> impl Iterator<Item = Entered> {
    let detects = |surface: SurfaceId| efficiency(detector.surface(surface)).is_some();
    let borders = detector.borders.iter().filter(move |b| detects(b.surface));
    let mut ends: Vec<_> = borders.map(|b| (b.surface, b.to)).collect();
    ends.sort();
    ends.dedup();
    let skins: Vec<_> = detector.skins.iter().filter(move |s| detects(s.surface)).collect();
    let of_volume = |volume| {
        let all = (0..).map(PlacementId).zip(&detector.placements);
        all.filter(move |(_, p)| p.volume == volume).map(|(id, _)| id)
    };
    let skinned = skins.into_iter().flat_map(move |s| of_volume(s.volume).map(move |p| (s.surface, p)));
    ends.into_iter().chain(skinned).map(|(surface, placement)| Entered { surface, placement })
}

/// The range of a sensor's EFFICIENCY; `None` where it is absent or nowhere above 0.
fn efficiency(surface: &OpticalSurface) -> Option<[f64; 2]> {
    let (low, high) = match surface.properties.vector("EFFICIENCY") {
        Some(table) => table.range(),
        None => surface.properties.constant("EFFICIENCY").map(|x| (x, x))?,
    };
    (high > 0.0).then_some([low, high])
}
