//! Sensors: which of them photons can reach.
//!
//! A photon is detected by a surface with EFFICIENCY, on its way from a volume with RINDEX. A border surface acts in its
//! own direction only; one that is given the wrong way round detects nothing.

use std::collections::{BTreeMap, HashSet};

use cfg4::detector::{Detector, without_pointer};
use optixrap::scene::SceneData;

use super::finding::{Check, Finding, Grade};
use super::places::Places;
use super::reach::Reach;
use crate::number::{counted, grouped};

/// Sensors of one volume.
#[derive(Debug, Default)]
struct Sensors {
    all: u64,
    unreachable: u64,
    /// One that no photon can reach.
    example: String,
}

/// A line for each volume whose placements are sensors, and for each that is named sensitive and is none.
pub(super) fn findings(
    detector: &Detector,
    scene: &SceneData,
    places: &Places<'_>,
    reach: &Reach,
) -> Vec<Finding> {
    let geometry = scene.geometry();
    let detects = |surface: usize| scene.view().tables.surfaces[surface].is_sensor != 0;
    let mut reached = HashSet::new();
    reach.passages(|passage| {
        if reach.is_lit(passage.from) && passage.surface.is_some_and(detects) {
            reached.extend([passage.from, passage.to]);
        }
    });
    let mut volumes: BTreeMap<usize, Sensors> = BTreeMap::new();
    for node in scene.sensors() {
        let sensors = volumes.entry(places.volume(geometry.record(node).volume as usize)).or_default();
        sensors.all += 1;
        if !reached.contains(&node) {
            sensors.unreachable += 1;
            if sensors.example.is_empty() {
                sensors.example = path(detector, scene, node);
            }
        }
    }
    let mut findings: Vec<Finding> =
        volumes.iter().map(|(volume, sensors)| finding(detector, *volume, sensors)).collect();
    findings.extend(without_efficiency(detector, &volumes));
    if scene.num_sensors() == 0 {
        let message =
            "there is none: no surface that is somewhere has EFFICIENCY above 0, so that nothing is detected";
        findings.push(Finding::new(Check::Sensor, Grade::Warning, "sensors", message));
    }
    findings
}

fn finding(detector: &Detector, volume: usize, sensors: &Sensors) -> Finding {
    let subject = without_pointer(&detector.volumes[volume].name);
    let (grade, message) = match sensors.unreachable {
        0 => (Grade::Exact, format!("{}, light can reach each", counted(sensors.all, "sensor", "sensors"))),
        n => (
            Grade::Warning,
            format!(
                "no photon can reach {} of {} sensors, as {}: no volume with RINDEX touches them through their surface; \
                 is a border given the wrong way round, or RINDEX missing outside?",
                grouped(n),
                grouped(sensors.all),
                sensors.example
            ),
        ),
    };
    Finding::new(Check::Sensor, grade, subject, message)
        .with("sensors", sensors.all as f64)
        .with("unreachable", sensors.unreachable as f64)
}

/// Names of the placements from the world down to a node.
fn path(detector: &Detector, scene: &SceneData, node: u32) -> String {
    let mut names = Vec::new();
    let mut at = node;
    while at != optixrap::trace::geometry::NONE {
        let placement = detector.placement(scene.source_placement(at));
        let copy = placement.copy_number_of(scene.copy(at));
        names.push(format!("{}#{copy}", without_pointer(&placement.name)));
        at = scene.geometry().parent(at);
    }
    names.reverse();
    names.join("/")
}

fn without_efficiency(detector: &Detector, sensors: &BTreeMap<usize, Sensors>) -> Vec<Finding> {
    let volumes = detector.volumes.iter().enumerate();
    let named = volumes.filter(|(v, volume)| volume.sensitive_detector.is_some() && !sensors.contains_key(v));
    let finding = |(_, volume): (usize, &cfg4::detector::Volume)| {
        let message = "is named a sensitive detector (SensDet), but no surface with EFFICIENCY lies on it: no photon is \
                       detected there";
        Finding::new(Check::Sensor, Grade::Note, without_pointer(&volume.name), message)
    };
    named.map(finding).collect()
}
