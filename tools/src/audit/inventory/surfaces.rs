//! Optical surfaces: types, models and finishes.

use optixrap::scene::SurfaceModel;

use super::super::surface_models::difference;
use super::probe::Probe;
use super::{Entry, Group};

/// What of `G4OpticalSurface`: name, attributes, properties beside REFLECTIVITY and EFFICIENCY.
const SURFACES: [(&str, &str, &[&str]); 17] = [
    ("polished metal", r#"model="glisur" type="dielectric_metal" finish="polished""#, &[]),
    ("ground metal (glisur)", r#"model="glisur" type="dielectric_metal" finish="ground" value="0.8""#, &[]),
    ("ground metal (unified)", r#"model="unified" type="dielectric_metal" finish="ground" value="0.1""#, &[]),
    (
        "metal with a complex index",
        r#"model="glisur" type="dielectric_metal" finish="polished""#,
        &["REALRINDEX", "IMAGINARYRINDEX"],
    ),
    ("polished dielectric", r#"model="glisur" type="dielectric_dielectric" finish="polished""#, &[]),
    (
        "ground dielectric (glisur)",
        r#"model="glisur" type="dielectric_dielectric" finish="ground" value="0.8""#,
        &[],
    ),
    (
        "ground dielectric (unified)",
        r#"model="unified" type="dielectric_dielectric" finish="ground" value="0.1""#,
        &[],
    ),
    (
        "polished front paint",
        r#"model="glisur" type="dielectric_dielectric" finish="polishedfrontpainted""#,
        &[],
    ),
    (
        "ground front paint",
        r#"model="unified" type="dielectric_dielectric" finish="groundfrontpainted""#,
        &[],
    ),
    (
        "polished back paint",
        r#"model="unified" type="dielectric_dielectric" finish="polishedbackpainted""#,
        &["RINDEX"],
    ),
    (
        "ground back paint",
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
    let properties: String = named.map(|name| format!(r#"<property name="{name}" ref="half"/>"#)).collect();
    let solids = format!(r#"<opticalsurface name="o" {attributes}>{properties}</opticalsurface>"#);
    let after = r#"<skinsurface name="k" surfaceproperty="o"><volumeref ref="P"/></skinsurface>"#;
    let probe = Probe { solids: &solids, after, ..Probe::default() };
    if let Some(reason) = probe.refusal(model) {
        return Some(reason);
    }
    // What makes it what it is must play a part: its properties, and its type.
    let detector = probe.read().ok()?;
    let ignored: Vec<&str> = detector.unused_properties.iter().map(|p| p.name.as_str()).collect();
    if !ignored.is_empty() {
        return Some(format!("{} plays no part", ignored.join(", ")));
    }
    let takes_its_type = model == SurfaceModel::Geant4 || difference(&detector.surfaces[0]).is_some();
    (!takes_its_type).then(|| "its type plays no part".to_owned())
}
