//! Optical surfaces: types, models and finishes.

use std::sync::Arc;

use cfg4::detector::{Detector, MeasuredData, SurfaceType};
use optixrap::scene::{SceneData, SurfaceModel};

use super::probe::{Probe, property};
use super::{Entry, Group};

/// A kind of surface.
struct Kind {
    name: &'static str,
    /// Model, type, finish, value.
    attributes: &'static str,
    /// What it needs, of which at least the properties after REFLECTIVITY must play a part.
    properties: &'static [&'static str],
}

const fn kind(name: &'static str, attributes: &'static str, properties: &'static [&'static str]) -> Kind {
    Kind { name, attributes, properties }
}

const R: &str = "REFLECTIVITY";

/// What of `G4OpticalSurface` and beyond.
const SURFACES: [Kind; 19] = [
    kind("polished metal", r#"model="glisur" type="dielectric_metal" finish="polished""#, &[R]),
    kind(
        "ground metal (glisur)",
        r#"model="glisur" type="dielectric_metal" finish="ground" value="0.8""#,
        &[R],
    ),
    kind(
        "ground metal (unified)",
        r#"model="unified" type="dielectric_metal" finish="ground" value="0.1""#,
        &[R],
    ),
    kind(
        "metal with a complex index",
        r#"model="glisur" type="dielectric_metal" finish="polished""#,
        &["REALRINDEX", "IMAGINARYRINDEX"],
    ),
    kind("polished dielectric", r#"model="glisur" type="dielectric_dielectric" finish="polished""#, &[R]),
    kind(
        "ground dielectric (glisur)",
        r#"model="glisur" type="dielectric_dielectric" finish="ground" value="0.8""#,
        &[R],
    ),
    kind(
        "ground dielectric (unified)",
        r#"model="unified" type="dielectric_dielectric" finish="ground" value="0.1""#,
        &[R],
    ),
    kind(
        "polished front paint",
        r#"model="glisur" type="dielectric_dielectric" finish="polishedfrontpainted""#,
        &[R],
    ),
    kind(
        "ground front paint",
        r#"model="unified" type="dielectric_dielectric" finish="groundfrontpainted""#,
        &[R],
    ),
    kind(
        "polished back paint",
        r#"model="unified" type="dielectric_dielectric" finish="polishedbackpainted""#,
        &[R, "RINDEX"],
    ),
    kind(
        "ground back paint",
        r#"model="unified" type="dielectric_dielectric" finish="groundbackpainted""#,
        &[R, "RINDEX"],
    ),
    kind(
        "surface roughness",
        r#"model="glisur" type="dielectric_dielectric" finish="polished""#,
        &[R, "SURFACEROUGHNESS"],
    ),
    kind(
        "LUT tables (with `--surface-data`)",
        r#"model="LUT" type="dielectric_LUT" finish="polishedtyvekair""#,
        &[R],
    ),
    kind(
        "DAVIS tables (with `--surface-data`)",
        r#"model="DAVIS" type="dielectric_LUTDAVIS" finish="Rough_LUT""#,
        &[R],
    ),
    kind(
        "dichroic filters (with `--surface-data`)",
        r#"model="dichroic" type="dielectric_dichroic" finish="polished""#,
        &[R],
    ),
    kind(
        "thin coatings",
        r#"model="glisur" type="coated" finish="polished""#,
        &[R, "COATEDRINDEX", "COATEDTHICKNESS", "COATEDFRUSTRATEDTRANSMISSION"],
    ),
    kind(
        "stacks of thin films (beyond Geant4)",
        r#"model="glisur" type="dielectric_dielectric" finish="polished""#,
        &["LAYER1_RINDEX", "LAYER1_KINDEX", "LAYER1_THICKNESS"],
    ),
    kind("Firsov surfaces", r#"model="glisur" type="firsov" finish="polished""#, &[R]),
    kind("X-ray surfaces", r#"model="glisur" type="x_ray" finish="polished""#, &[R]),
];

/// Each of them under both surface models.
pub(super) fn entries() -> Vec<Entry> {
    let models =
        [(Group::OpticksSurface, SurfaceModel::Opticks), (Group::Geant4Surface, SurfaceModel::Geant4)];
    let both = models.into_iter().flat_map(|(group, model)| {
        SURFACES.iter().map(move |kind| Entry {
            group,
            name: kind.name.to_owned(),
            reason: reason(kind, model),
        })
    });
    both.collect()
}

/// Why a kind is not simulated: it is refused, or what makes it what it is plays no part.
fn reason(kind: &Kind, model: SurfaceModel) -> Option<String> {
    let digest = match digest(kind.attributes, kind.properties, model) {
        Ok(digest) => digest,
        Err(reason) => return Some(reason),
    };
    let without = |left_out: &str| {
        let rest: Vec<&str> = kind.properties.iter().copied().filter(|name| *name != left_out).collect();
        self::digest(kind.attributes, &rest, model)
    };
    let own = kind.properties.iter().filter(|name| **name != R);
    let ignored: Vec<&str> = own.copied().filter(|name| without(name).as_ref() == Ok(&digest)).collect();
    if !ignored.is_empty() {
        return Some(format!("{} plays no part", ignored.join(", ")));
    }
    let plain = r#"model="glisur" type="dielectric_dielectric" finish="polished""#;
    let is_own_type =
        !["dielectric_metal", "dielectric_dielectric"].iter().any(|t| kind.attributes.contains(t));
    let takes_its_type = self::digest(plain, kind.properties, model).as_ref() != Ok(&digest);
    (is_own_type && !takes_its_type).then(|| "its type plays no part".to_owned())
}

/// The digest of the scene with such a surface, or why it is refused.
fn digest(attributes: &str, properties: &[&str], model: SurfaceModel) -> Result<String, String> {
    let properties: String = properties.iter().map(|name| property(name)).collect();
    let solids = format!(r#"<opticalsurface name="o" {attributes}>{properties}</opticalsurface>"#);
    let after = r#"<skinsurface name="k" surfaceproperty="o"><volumeref ref="P"/></skinsurface>"#;
    let probe = Probe { solids: &solids, after, ..Probe::default() };
    let mut detector = probe.read().map_err(|error| error.kind.to_string())?;
    measure(&mut detector);
    SceneData::build(&detector, model)
        .map(|scene| scene.digest().to_owned())
        .map_err(|error| error.to_string())
}

/// Gives measured surfaces data, of which nothing but the size matters here.
fn measure(detector: &mut Detector) {
    for surface in &mut detector.surfaces {
        let zeros = |n: usize| -> Arc<[f32]> { vec![0.0; n].into() };
        surface.measured = match surface.kind {
            SurfaceType::DielectricLut => Some(MeasuredData::AngularDistribution(zeros(91 * 45 * 37))),
            SurfaceType::DielectricLutDavis => {
                Some(MeasuredData::Recorded { directions: zeros(4 * 20_000 * 91), reflectivity: zeros(90) })
            }
            SurfaceType::DielectricDichroic => Some(MeasuredData::Dichroic {
                wavelengths_nm: vec![200.0, 800.0],
                angles_deg: vec![0.0, 90.0],
                transmittance_percent: vec![50.0; 4],
            }),
            _ => None,
        };
    }
}
