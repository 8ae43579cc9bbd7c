//! Where photons are detected: surfaces with an EFFICIENCY above 0.

use std::collections::HashMap;

use serde::Serialize;

use cfg4::detector::{BorderSurface, Detector, OpticalSurface, PlacementId, SurfaceId};

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

/// A placement that a surface makes a sensor.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Sensor {
    placement: PlacementId,
    surface: SurfaceId,
    /// How many of the placement's touchables.
    touchables: u64,
}

/// Sensors by volume and surface, in the order of their placements.
pub(super) fn summaries(detector: &Detector, copies: &[u64]) -> Vec<SensorSummary> {
    let mut position = HashMap::new();
    let mut sensors: Vec<SensorSummary> = Vec::new();
    for Sensor { placement, surface, touchables } in all(detector, copies) {
        let volume = detector.placement(placement).volume;
        let at = *position.entry((volume, surface)).or_insert(sensors.len());
        if at == sensors.len() {
            sensors.push(SensorSummary {
                volume: detector.volume(volume).name.clone(),
                surface: detector.surface(surface).name.clone(),
                touchables: 0,
                efficiency: efficiency(detector.surface(surface)).unwrap_or([0.0; 2]),
                sensitive_detector: detector.volume(volume).sensitive_detector.clone(),
            });
        }
        sensors[at].touchables = sensors[at].touchables.saturating_add(touchables);
    }
    sensors
}

/// The number of touchables that are sensors, each once.
pub(super) fn touchables(detector: &Detector, copies: &[u64]) -> u64 {
    let mut of_placement: HashMap<PlacementId, u64> = HashMap::new();
    for Sensor { placement, touchables, .. } in all(detector, copies) {
        let sum = of_placement.entry(placement).or_default();
        *sum = sum.saturating_add(touchables).min(copies::of_placement(detector, copies, placement));
    }
    of_placement.into_values().fold(0, u64::saturating_add)
}

/// Every placement with every surface that makes it a sensor: by a border, or by the skin of its volume.
fn all(detector: &Detector, copies: &[u64]) -> Vec<Sensor> {
    let detects = |surface: SurfaceId| efficiency(detector.surface(surface)).is_some();
    let borders = detector.borders.iter().filter(|b| detects(b.surface));
    let mut sensors: Vec<Sensor> = borders.filter_map(|border| at_border(detector, copies, border)).collect();
    for skin in detector.skins.iter().filter(|skin| detects(skin.surface)) {
        let placements = (0..).map(PlacementId).zip(&detector.placements);
        sensors.extend(placements.filter(|(_, p)| p.volume == skin.volume).map(|(placement, _)| {
            let touchables = copies::of_placement(detector, copies, placement);
            Sensor { placement, surface: skin.surface, touchables }
        }));
    }
    sensors.sort();
    sensors.dedup();
    sensors
}

/// The sensor at a border: the placement that it leads into; where it leads out to the mother or further out, the
/// placement that it leads out of. The world is no sensor.
fn at_border(detector: &Detector, copies: &[u64], border: &BorderSurface) -> Option<Sensor> {
    let [from, to] = [border.from, border.to].map(|id| detector.placement(id));
    let (placement, mother) = if to.mother == Some(from.volume) {
        (border.to, Some(border.from))
    } else if to.mother.is_some() && to.mother == from.mother {
        (border.to, None)
    } else if from.mother == Some(to.volume) {
        (border.from, Some(border.to))
    } else if detector.holds(to.volume, from.volume) {
        (border.from, None)
    } else if to.mother.is_some() {
        (border.to, None)
    } else {
        return None;
    };
    // In each touchable of the mother stand all copies of the placement.
    let touchables = match mother {
        Some(mother) => copies::of_placement(detector, copies, mother)
            .saturating_mul(detector.placement(placement).number_of_copies().into()),
        None => copies::of_placement(detector, copies, placement),
    };
    Some(Sensor { placement, surface: border.surface, touchables })
}

/// The range of a sensor's EFFICIENCY_MAP or EFFICIENCY; `None` where it is absent or nowhere above 0.
fn efficiency(surface: &OpticalSurface) -> Option<[f64; 2]> {
    let properties = &surface.properties;
    let (low, high) = match (properties.grid("EFFICIENCY_MAP"), properties.vector("EFFICIENCY")) {
        (Some(map), _) => map.range(),
        (None, Some(table)) => table.range(),
        (None, None) => properties.constant("EFFICIENCY").map(|x| (x, x))?,
    };
    (high > 0.0).then_some([low, high])
}
