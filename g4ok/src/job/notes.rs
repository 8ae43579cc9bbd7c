//! What the user of a run should know beside its numbers.

use std::collections::{BTreeMap, BTreeSet};

use cfg4::detector::{Detector, Material, OpticalSurface, Property, SurfaceType, without_pointer};
use optixrap::engine::{End, EndCounts};
use optixrap::physics::photon::flag;
use optixrap::scene::SurfaceModel;

use crate::OpticksConfig;

/// How many materials are named.
const MATERIALS_SHOWN: usize = 8;
/// How many properties are named.
const PROPERTIES_SHOWN: usize = 4;

/// That a run ended before all of its events were complete; `events` are complete and asked for.
pub(super) fn of_early_end(interrupted: bool, failure: Option<&str>, events: [u32; 2]) -> Option<String> {
    let how = match failure {
        Some(_) => "failed",
        None if interrupted => "was interrupted",
        None => return None,
    };
    let [complete, requested] = events;
    Some(format!("the run {how} after {complete} of {requested} events: all numbers are of those {complete}"))
}

/// Names of the properties that nothing here uses, by `material NAME` or `surface NAME`.
pub(super) fn unused_properties(detector: &Detector) -> BTreeMap<String, Vec<String>> {
    let mut owners: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for property in &detector.unused_properties {
        let what = if property.on_surface { "surface" } else { "material" };
        let owner = format!("{what} {}", without_pointer(&property.owner));
        owners.entry(owner).or_default().push(property.name.clone());
    }
    owners
}

/// Warnings of the reader, and properties that nothing here uses, a line for each material or surface that has some.
pub(super) fn of_detector(detector: &Detector, unused: &BTreeMap<String, Vec<String>>) -> Vec<String> {
    let mut notes: Vec<String> = detector.warnings.iter().map(ToString::to_string).collect();
    for (owner, names) in unused {
        let shown = names[..names.len().min(PROPERTIES_SHOWN)].join(", ");
        let more = names.len().saturating_sub(PROPERTIES_SHOWN);
        let more = if more > 0 { format!(" and {more} more") } else { String::new() };
        notes.push(format!("{owner} has properties that are not used: {shown}{more}"));
    }
    if detector.materials.iter().any(scatters_as_water) {
        let note =
            "material Water has no RAYLEIGH: it scatters with the length that Geant4 gives to water of 10 C";
        notes.push(note.to_owned());
    }
    notes
}

/// Whether Geant4's own compressibility of water decides how far light flies in a material.
fn scatters_as_water(material: &Material) -> bool {
    let has = |name| material.properties.0.contains_key(name);
    without_pointer(&material.name) == "Water" && has("RINDEX") && !has("RAYLEIGH")
}

/// What of the configuration keeps photons from being hits.
pub(super) fn of_config(config: &OpticksConfig, detector: &Detector, has_sensor_data: bool) -> Vec<String> {
    let mut notes = Vec::new();
    let needs_data = flag::EFFICIENCY_COLLECT | flag::EFFICIENCY_CULL;
    if config.propagate.hit_mask & needs_data != 0 && !has_sensor_data {
        notes.push(
            "no photon fulfils the hit mask: EC and EX need sensor data, which an application gives to the facade"
                .to_owned(),
        );
    }
    if config.surface_model == SurfaceModel::Geant4 {
        for surface in detector.surfaces.iter().filter(|surface| reflects_all(surface)) {
            notes.push(format!(
                "surface {} has EFFICIENCY, but reflects all light (REFLECTIVITY 1) and detects none, as in Geant4",
                without_pointer(&surface.name)
            ));
        }
    }
    notes
}

/// Whether a surface has EFFICIENCY, and no light that it could detect.
fn reflects_all(surface: &OpticalSurface) -> bool {
    let has = |name: &str| surface.properties.0.contains_key(name);
    let calculates = has("REALRINDEX") && has("IMAGINARYRINDEX") && !has("REFLECTIVITY");
    let is_film = has("LAYER1_RINDEX") || has("ARC_RINDEX");
    let asks = !matches!(surface.kind, SurfaceType::Coated | SurfaceType::DielectricLutDavis);
    if calculates || is_film || !asks {
        return false;
    }
    let range = |name: &str| surface.properties.0.get(name).map(Property::range);
    let efficiency = range("EFFICIENCY_MAP").or_else(|| range("EFFICIENCY")).unwrap_or((0.0, 0.0));
    let reflectivity = range("REFLECTIVITY").unwrap_or((1.0, 1.0));
    efficiency.1 > 0.0 && reflectivity.0 >= 1.0
}

/// What unusual end states mean.
pub(super) fn of_ends(ends: &EndCounts, detector: &Detector) -> Vec<String> {
    let mut notes = Vec::new();
    let mut note = |end: End, meaning: &str| {
        if ends.get(end) > 0 {
            notes.push(format!("{} photons {meaning}", ends.get(end)));
        }
    };
    let dark = without_rindex(detector);
    note(
        End::NoRindex,
        &format!(
            "stopped (NR) at a material without RINDEX (this detector has {dark}; `g4opticks audit` tells which of them light can reach); give it one, or a surface, if photons should go on"
        ),
    );
    note(End::BounceLimit, "were cut (BL) by --bouncemax");
    note(End::NanAbort, "were aborted (NA): please report the seed and the geometry");
    if ends.total() == 0 {
        let advice = "does the source lie inside the world, in a material with RINDEX or SCINTILLATIONYIELD?";
        notes.push(format!("no photons were made: {advice}"));
    }
    notes
}

/// The materials without RINDEX that volumes are made of.
fn without_rindex(detector: &Detector) -> String {
    let used = detector.volumes.iter().map(|volume| detector.material(volume.material));
    let dark = used.filter(|material| material.properties.vector("RINDEX").is_none());
    let names: BTreeSet<&str> = dark.map(|material| without_pointer(&material.name)).collect();
    let mut shown: Vec<&str> = names.iter().copied().take(MATERIALS_SHOWN).collect();
    if names.len() > shown.len() {
        shown.push("...");
    }
    shown.join(" or ")
}

#[cfg(test)]
mod tests {
    use cfg4::detector::UnusedProperty;
    use cfg4::gdml;

    use super::*;

    #[test]
    fn unused_properties_are_grouped_by_their_owner() {
        let mut detector = gdml::read_str(gdml::DEFAULT_GEOMETRY, "cube", &gdml::NoFiles).unwrap();
        for (owner, on_surface, name) in [
            ("LS0x4b61c70", false, "PPOABSLENGTH"),
            ("Wrap", true, "BACKSCATTERCONSTANT"),
            ("LS0x4b61c70", false, "GammaYIELDRATIO"),
            ("LS0x4b61c70", false, "A"),
            ("LS0x4b61c70", false, "B"),
            ("LS0x4b61c70", false, "C"),
            ("LS0x4b61c70", false, "D"),
        ] {
            detector.unused_properties.push(UnusedProperty {
                owner: owner.to_owned(),
                on_surface,
                name: name.to_owned(),
                known_to_geant4: false,
                looks_like: None,
                file: "cube.gdml".to_owned(),
                line: 7,
            });
        }
        let expected = [
            "material LS has properties that are not used: PPOABSLENGTH, GammaYIELDRATIO, A, B and 2 more",
            "surface Wrap has properties that are not used: BACKSCATTERCONSTANT",
        ];
        let unused = unused_properties(&detector);
        assert_eq!(of_detector(&detector, &unused), expected);
        detector.materials[0].name = "Water0x4b61c70".to_owned();
        detector.materials[0].properties.0.remove("RAYLEIGH");
        assert!(of_detector(&detector, &unused)[2].contains("material Water has no RAYLEIGH"));
        assert_eq!(unused["material LS"].len(), 6);
    }
}
