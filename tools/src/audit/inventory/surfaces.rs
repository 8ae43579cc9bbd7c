//! Optical surfaces: types, models and finishes.

use optixrap::scene::SurfaceModel;

use super::probe::Probe;
use super::{Entry, Group};

/// What of `G4OpticalSurface`: name, attributes, properties beside REFLECTIVITY and EFFICIENCY.
const SURFACES: [(&str, &str, &[&str]); 17] = [
    ("metal, polished", r#"model="glisur" type="dielectric_metal" finish="polished""#, &[]),
    ("metal, ground (glisur)", r#"model="glisur" type="dielectric_metal" finish="ground" value="0.8""#, &[]),
    ("metal, ground (unified)", r#"model="unified" type="dielectric_metal" finish="ground" value="0.1""#, &[]),
    (
        "metal with a complex index",
        r#"model="glisur" type="dielectric_metal" finish="polished""#,
        &["REALRINDEX", "IMAGINARYRINDEX"],
    ),
    ("dielectric, polished", r#"model="glisur" type="dielectric_dielectric" finish="polished""#, &[]),
    (
        "dielectric, ground (glisur)",
        r#"model="glisur" type="dielectric_dielectric" finish="ground" value="0.8""#,
        &[],
    ),
    (
        "dielectric, ground (unified)",
        r#"model="unified" type="dielectric_dielectric" finish="ground" value="0.1""#,
        &[],
    ),
    (
        "front paint, polished",
        r#"model="glisur" type="dielectric_dielectric" finish="polishedfrontpainted""#,
        &[],
    ),
    (
        "front paint, ground",
        r#"model="unified" type="dielectric_dielectric" finish="groundfrontpainted""#,
        &[],
    ),
    (
        "back paint, polished",
        r#"model="unified" type="dielectric_dielectric" finish="polishedbackpainted""#,
        &["RINDEX"],
    ),
    (
        "back paint, ground",
        r#"model="unified" type="dielectric_dielectric" finish="groundbackpainted""#,
        &["RINDEX"],
    ),
    (
        "surface roughness",
        r#"model="glisur" type="dielectric_dielectric" finish="polished""#,
        &["SURFACEROUGHNESS"],
    ),
    ("LUT tables", r#"model="LUT" type="dielectric_LUT" finish="polishedair""#, &[]),
    ("DAVIS tables", r#"model="DAVIS" type="dielectric_LUTDAVIS" finish="Rough_LUT""#, &[]),
    ("dichroic filters", r#"model="dichroic" type="dielectric_dichroic" finish="polished""#, &[]),
    ("thin coatings", r#"model="glisur" type="coated" finish="polished""#, &["COATEDRINDEX"]),
    ("Firsov and X-ray surfaces", r#"model="glisur" type="firsov" finish="polished""#, &[]),
];

/// Each of them under both surface models.
pub(super) fn entries() -> Vec<Entry> {
    let models =
        [(Group::OpticksSurface, SurfaceModel::Opticks), (Group::Geant4Surface, SurfaceModel::Geant4)];
    let both = models.into_iter().flat_map(|(group, model)| {
        SURFACES.iter().map(move |surface| Entry {
            group,
            name: surface.0.to_owned(),
            reason: refusal(surface, model),
        })
    });
    both.collect()
}

fn refusal((_, attributes, properties): &(&str, &str, &[&str]), model: SurfaceModel) -> Option<String> {
    let named = ["REFLECTIVITY"].iter().chain(*properties);
    let properties: String =
        named.map(|name| format!(r#"<property name="{name}" ref="half"/>"#)).collect();
    let solids = format!(r#"<opticalsurface name="o" {attributes}>{properties}</opticalsurface>"#);
    let after = r#"<skinsurface name="k" surfaceproperty="o"><volumeref ref="P"/></skinsurface>"#;
    let probe = Probe { solids: &solids, after, ..Probe::default() };
    if let Some(reason) = probe.refusal(model) {
        return Some(reason);
    }
    // The properties that make it what it is must play a part.
    let unused = probe.read().map(|detector| detector.unused_properties).unwrap_or_default();
    let ignored: Vec<String> = unused.into_iter().map(|property| property.name).collect();
    (!ignored.is_empty()).then(|| format!("{} plays no part", ignored.join(", ")))
}
