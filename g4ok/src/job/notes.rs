//! What the user of a run should know beside its numbers.

use std::collections::{BTreeMap, BTreeSet};

use cfg4::detector::{Detector, UnusedProperty, without_pointer};
use optixrap::engine::{End, EndCounts};

/// How many materials are named.
const MATERIALS_SHOWN: usize = 8;

/// Warnings of the reader, and properties that nothing here uses, a line for each material or surface that has some.
pub(super) fn of_detector(detector: &Detector) -> Vec<String> {
    let mut notes: Vec<String> = detector.warnings.iter().map(ToString::to_string).collect();
    let mut owners: BTreeMap<(bool, &str), Vec<&UnusedProperty>> = BTreeMap::new();
    for property in &detector.unused_properties {
        owners.entry((property.on_surface, &property.owner)).or_default().push(property);
    }
    for ((on_surface, owner), properties) in owners {
        let what = if on_surface { "surface" } else { "material" };
        let names: Vec<&str> = properties.iter().map(|p| p.name.as_str()).collect();
        let names = names.join(", ");
        notes.push(format!("{what} {} has properties that are not used: {names}", without_pointer(owner)));
    }
    notes
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
            "stopped (NR) at a material without RINDEX, here {dark}; give it one, or a surface, if photons should go on"
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
    use cfg4::gdml;

    use super::*;

    #[test]
    fn unused_properties_are_grouped_by_their_owner() {
        let mut detector = gdml::read_str(gdml::DEFAULT_GEOMETRY, "cube", &gdml::NoFiles).unwrap();
        for (owner, on_surface, name) in [
            ("LS0x4b61c70", false, "PPOABSLENGTH"),
            ("Wrap", true, "BACKSCATTERCONSTANT"),
            ("LS0x4b61c70", false, "GammaYIELDRATIO"),
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
            "material LS has properties that are not used: PPOABSLENGTH, GammaYIELDRATIO",
            "surface Wrap has properties that are not used: BACKSCATTERCONSTANT",
        ];
        assert_eq!(of_detector(&detector), expected);
    }
}
