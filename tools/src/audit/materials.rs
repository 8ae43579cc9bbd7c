//! Materials without RINDEX that photons can reach: they stop there (NR), as in Geant4, and are seen by nobody.

use std::collections::BTreeMap;

use cfg4::detector::{Detector, OpticalSurface, SurfaceFinish, SurfaceType, without_pointer};
use optixrap::scene::SurfaceModel;

use super::finding::{Check, Finding, Grade};
use super::places::Places;
use super::reach::Reach;
use crate::number::counted;

/// Lit and dark volume that meet, and how often.
type Meetings = BTreeMap<(usize, usize), u64>;

/// A line for each material without RINDEX that light can run into, and for each that makes light and has none.
pub(super) fn findings(
    detector: &Detector,
    places: &Places<'_>,
    reach: &Reach,
    model: SurfaceModel,
) -> Vec<Finding> {
    let geometry = reach.geometry();
    let mut meetings: BTreeMap<usize, Meetings> = BTreeMap::new();
    reach.passages(|passage| {
        let stopped_before = passage.surface.is_some_and(|s| acts_first(&detector.surfaces[s], model));
        if reach.is_lit(passage.from) && !reach.is_lit(passage.to) && !stopped_before {
            let [from, to] = [passage.from, passage.to].map(|node| geometry.record(node).volume as usize);
            let [from, to] = [from, to].map(|volume| places.volume(volume));
            let material = detector.volumes[to].material.index();
            *meetings.entry(material).or_default().entry((from, to)).or_default() += 1;
        }
    });
    let mut findings: Vec<Finding> = meetings.iter().map(|(m, seen)| dark(detector, *m, seen)).collect();
    findings.extend(light_makers_without_rindex(detector));
    if findings.is_empty() {
        let message = "every boundary that light can reach has RINDEX behind it, or a surface before it";
        findings.push(Finding::new(Check::DarkMaterial, Grade::Exact, "boundaries", message));
    }
    findings
}

/// Whether a surface decides before the index behind it is asked for.
fn acts_first(surface: &OpticalSurface, model: SurfaceModel) -> bool {
    let painted =
        matches!(surface.finish, SurfaceFinish::PolishedFrontPainted | SurfaceFinish::GroundFrontPainted);
    model == SurfaceModel::Opticks || surface.kind == SurfaceType::DielectricMetal || painted
}

fn dark(detector: &Detector, material: usize, seen: &Meetings) -> Finding {
    let name = |volume: usize| without_pointer(&detector.volumes[volume].name);
    let touching: u64 = seen.values().sum();
    let (from, to) = seen.iter().max_by_key(|(_, n)| **n).map_or((0, 0), |(pair, _)| *pair);
    let message = format!(
        "photons stop (NR) where {} meets {}, {} in all; give the material an RINDEX, or the boundary a \
         surface, if they should go on or be reflected",
        name(from),
        name(to),
        counted(touching, "boundary", "boundaries")
    );
    let subject = without_pointer(&detector.materials[material].name).to_owned();
    Finding::new(Check::DarkMaterial, Grade::Warning, subject, message).with("boundaries", touching as f64)
}

fn light_makers_without_rindex(detector: &Detector) -> Vec<Finding> {
    let used = |index: usize| detector.volumes.iter().any(|v| v.material.index() == index);
    let makers = detector.materials.iter().enumerate().filter(|(index, m)| {
        let makes = m.properties.constant("SCINTILLATIONYIELD").is_some_and(|y| y > 0.0);
        used(*index) && makes && !m.properties.0.contains_key("RINDEX")
    });
    let finding = |(_, material): (usize, &cfg4::detector::Material)| {
        let message = "has SCINTILLATIONYIELD but no RINDEX: its light stops where it is made";
        let subject = without_pointer(&material.name);
        Finding::new(Check::DarkMaterial, Grade::Warning, subject, message)
    };
    makers.map(finding).collect()
}
