//! Optical surfaces as tables, by the rules of either surface model.

use cfg4::detector::{OpticalSurface, SurfaceFinish, SurfaceModel as Geant4Model, SurfaceType};

use super::SceneError;
use super::materials::{bad_property, checked};
use super::property_tables::{Curve, PropertyTables};
use crate::physics::surface::{SurfaceRecord, kind};

/// Which rules surfaces follow.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum SurfaceModel {
    /// Those of the original: a surface with EFFICIENCY > 0 detects with EFFICIENCY and otherwise absorbs; any other
    /// reflects with REFLECTIVITY, specularly if polished and diffusely if ground, and otherwise absorbs.
    #[default]
    Opticks,
    /// Those of `G4OpBoundaryProcess`, for metals, dielectrics and front paint.
    Geant4,
}

/// Adds the record and the table of `surface`. A surface that sits nowhere may be of any kind: it absorbs.
pub(super) fn add_surface(
    tables: &mut PropertyTables,
    surface: &OpticalSurface,
    model: SurfaceModel,
    used: bool,
) -> Result<(), SceneError> {
    let parts = match model {
        SurfaceModel::Opticks => opticks(surface),
        SurfaceModel::Geant4 => geant4(surface),
    };
    let parts = match parts {
        Err(_) if !used => {
            Ok(Parts { kind: kind::OPTICKS, polish: 1.0, curves: [0.0, 1.0, 0.0, 0.0].map(Curve::constant) })
        }
        other => other,
    }?;
    let table = tables.add_surface_values(parts.curves.each_ref());
    let is_sensor = u32::from(efficiency(surface).is_ok_and(|e| is_sensor(&e)));
    tables.surfaces.push(SurfaceRecord { table, kind: parts.kind, polish: parts.polish, is_sensor, pad: 0 });
    Ok(())
}

/// What a record is made from.
struct Parts {
    kind: u32,
    polish: f32,
    curves: [Curve; 4],
}

/// Detection, absorption, specular and diffuse reflection.
fn opticks(surface: &OpticalSurface) -> Result<Parts, SceneError> {
    let efficiency = efficiency(surface)?;
    let nothing = Curve::constant(0.0);
    let complement = |c: &Curve| Curve::new(c.x().to_vec(), c.y().iter().map(|y| 1.0 - y).collect());
    let curves = if is_sensor(&efficiency) {
        let absorb = complement(&efficiency);
        [efficiency, absorb, nothing.clone(), nothing]
    } else {
        let Some(reflectivity) = probability(surface, "REFLECTIVITY")? else {
            return Err(SceneError::MissingReflectivity { surface: surface.name.clone() });
        };
        let absorb = complement(&reflectivity);
        match surface.finish {
            SurfaceFinish::Polished | SurfaceFinish::PolishedFrontPainted => {
                [nothing.clone(), absorb, reflectivity, nothing]
            }
            SurfaceFinish::Ground | SurfaceFinish::GroundFrontPainted => {
                [nothing.clone(), absorb, nothing, reflectivity]
            }
            finish => {
                let advice = "use the finish polished, ground, polishedfrontpainted or groundfrontpainted";
                return Err(unsupported(
                    surface,
                    format!("finish {}", finish_name(finish)),
                    "opticks",
                    advice,
                ));
            }
        }
    };
    Ok(Parts { kind: kind::OPTICKS, polish: 1.0, curves })
}

/// Reflectivity, transmittance and efficiency with Geant4's defaults.
fn geant4(surface: &OpticalSurface) -> Result<Parts, SceneError> {
    let unsupported = |what: String| {
        unsupported(surface, what, "geant4", "use the opticks surface model or a simpler surface")
    };
    for name in ["REALRINDEX", "IMAGINARYRINDEX", "SURFACEROUGHNESS"] {
        if surface.properties.0.contains_key(name) {
            return Err(unsupported(format!("the property {name}")));
        }
    }
    let kind = match (surface.kind, surface.finish) {
        (SurfaceType::DielectricMetal, SurfaceFinish::Polished | SurfaceFinish::Ground) => kind::METAL,
        (SurfaceType::DielectricDielectric, SurfaceFinish::Polished | SurfaceFinish::Ground) => {
            kind::DIELECTRIC
        }
        (SurfaceType::DielectricDielectric, SurfaceFinish::PolishedFrontPainted) => kind::PAINTED_SPECULAR,
        (SurfaceType::DielectricDielectric, SurfaceFinish::GroundFrontPainted) => kind::PAINTED_DIFFUSE,
        (other, finish) => {
            return Err(unsupported(format!("type {other:?} with finish {}", finish_name(finish))));
        }
    };
    let ground = surface.finish == SurfaceFinish::Ground;
    let polish = match surface.model {
        Geant4Model::Glisur if ground => surface.value.clamp(0.0, 1.0) as f32,
        Geant4Model::Unified if ground => {
            return Err(unsupported("finish ground of the unified model".into()));
        }
        Geant4Model::Glisur | Geant4Model::Unified => 1.0,
        other => return Err(unsupported(format!("model {other:?}"))),
    };
    let reflectivity = probability(surface, "REFLECTIVITY")?.unwrap_or_else(|| Curve::constant(1.0));
    let transmittance = probability(surface, "TRANSMITTANCE")?.unwrap_or_else(|| Curve::constant(0.0));
    let curves = [reflectivity, transmittance, efficiency(surface)?, Curve::constant(0.0)];
    Ok(Parts { kind, polish, curves })
}

fn unsupported(
    surface: &OpticalSurface,
    what: String,
    model: &'static str,
    advice: &'static str,
) -> SceneError {
    SceneError::UnsupportedSurface { surface: surface.name.clone(), what, model, advice }
}

fn efficiency(surface: &OpticalSurface) -> Result<Curve, SceneError> {
    Ok(probability(surface, "EFFICIENCY")?.unwrap_or_else(|| Curve::constant(0.0)))
}

fn is_sensor(efficiency: &Curve) -> bool {
    efficiency.y().iter().any(|&y| y > 0.0)
}

/// A property that is a probability over photon energy in eV.
fn probability(surface: &OpticalSurface, name: &str) -> Result<Option<Curve>, SceneError> {
    const RULE: &str = "from 0 to 1";
    let allowed = |v: f64| (0.0..=1.0).contains(&v);
    let owner = format!("optical surface {}", surface.name);
    if let Some(vector) = surface.properties.vector(name) {
        return checked(&owner, name, vector, (RULE, &allowed)).map(Some);
    }
    match surface.properties.constant(name) {
        Some(value) if !allowed(value) => Err(bad_property(&owner, name, value, (0.0, RULE))),
        other => Ok(other.map(Curve::constant)),
    }
}

/// Geant4's name of a finish.
fn finish_name(finish: SurfaceFinish) -> String {
    match finish {
        SurfaceFinish::Polished => "polished".into(),
        SurfaceFinish::PolishedFrontPainted => "polishedfrontpainted".into(),
        SurfaceFinish::PolishedBackPainted => "polishedbackpainted".into(),
        SurfaceFinish::Ground => "ground".into(),
        SurfaceFinish::GroundFrontPainted => "groundfrontpainted".into(),
        SurfaceFinish::GroundBackPainted => "groundbackpainted".into(),
        SurfaceFinish::LookUpTable(number) => format!("{number} (measured look-up table)"),
    }
}
