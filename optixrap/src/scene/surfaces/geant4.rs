//! The surface model of `G4OpBoundaryProcess`.

use cfg4::detector::{SurfaceFinish, SurfaceModel as Geant4Model, SurfaceType};

use super::Parts;
use super::measured;
use super::properties::SurfaceProperties;
use crate::physics::surface::{kind, need};
use crate::physics::surface_detail::{SurfaceDetail, facets, process, rule};
use crate::physics::tables::NONE;
use crate::scene::SceneError;
use crate::scene::property_tables::{Curve, PropertyTables};

/// Tilts of facets wider than this (rad) are uniform anyway.
const WIDEST_SIGMA_ALPHA: f64 = 100.0;

/// Reflectivity, transmittance and efficiency with Geant4's defaults, and what the type and the finish need.
pub(super) fn parts(
    tables: &mut PropertyTables,
    surface: SurfaceProperties<'_>,
) -> Result<Parts, SceneError> {
    let (kind, mut needs) = kind_and_needs(surface)?;
    if is_back_painted(surface.surface.finish) && !surface.has("RINDEX") {
        needs |= need::GAP;
    }
    let constant = |value| move || Curve::constant(value);
    let curves = [
        surface.probability("REFLECTIVITY")?.unwrap_or_else(constant(1.0)),
        surface.probability("TRANSMITTANCE")?.unwrap_or_else(constant(0.0)),
        surface.efficiency()?,
        Curve::constant(0.0),
    ];
    let detail = detail(tables, surface, kind)?;
    Ok(Parts { kind, needs, curves, detail })
}

fn kind_and_needs(surface: SurfaceProperties<'_>) -> Result<(u32, u32), SceneError> {
    const ADVICE: &str = "use another type and finish, or the opticks surface model";
    use SurfaceFinish::{Ground, GroundFrontPainted, LookUpTable, Polished, PolishedFrontPainted};
    let finish = surface.surface.finish;
    Ok(match (surface.surface.kind, finish) {
        (SurfaceType::XRay | SurfaceType::Firsov, _) => {
            let what = "type x_ray or firsov, which is not for optical photons,".to_owned();
            return Err(surface.unsupported(what, "geant4", ADVICE));
        }
        (SurfaceType::DielectricMetal, _) => (kind::METAL, 0),
        (SurfaceType::DielectricDielectric, LookUpTable(_)) => {
            let what = format!("type dielectric_dielectric with finish {}", finish.name());
            return Err(surface.unsupported(what, "geant4", ADVICE));
        }
        (SurfaceType::DielectricDielectric, Polished | Ground) => {
            (kind::DIELECTRIC, need::RINDEX_BEHIND | need::TWO_MATERIALS)
        }
        (SurfaceType::DielectricDielectric, PolishedFrontPainted) => (kind::PAINTED_SPECULAR, 0),
        (SurfaceType::DielectricDielectric, GroundFrontPainted) => (kind::PAINTED_DIFFUSE, 0),
        (SurfaceType::Coated, _) => (kind::DETAILED, need::RINDEX_BEHIND),
        _ => (kind::DETAILED, 0),
    })
}

fn is_back_painted(finish: SurfaceFinish) -> bool {
    matches!(finish, SurfaceFinish::PolishedBackPainted | SurfaceFinish::GroundBackPainted)
}

/// What a surface has beyond a simple one of its kind; `None` for a simple one.
fn detail(
    tables: &mut PropertyTables,
    surface: SurfaceProperties<'_>,
    kind: u32,
) -> Result<Option<SurfaceDetail>, SceneError> {
    let mut detail = SurfaceDetail::new(process_of(surface.surface.kind, surface.surface.finish));
    (detail.facets, detail.roughness) = facets_of(surface);
    detail.rules = rules(surface);
    let roughness = surface.number("SURFACEROUGHNESS", "zero or more", |v| v >= 0.0)?;
    detail.roughness_nm = roughness.map_or(0.0, |mm| (mm * 1e6) as f32);
    if surface.has("REALRINDEX") && surface.has("IMAGINARYRINDEX") {
        let real = surface.add_curve(tables, "REALRINDEX", "zero or more", |v| v >= 0.0)?;
        let imaginary = surface.add_curve(tables, "IMAGINARYRINDEX", "zero or more", |v| v >= 0.0)?;
        detail.complex_rindex = [real, imaginary];
    }
    if surface.surface.model == Geant4Model::Unified {
        for (id, name) in detail.lobes.iter_mut().zip([
            "SPECULARSPIKECONSTANT",
            "SPECULARLOBECONSTANT",
            "BACKSCATTERCONSTANT",
        ]) {
            *id = surface.add_curve(tables, name, "from 0 to 1", |v| (0.0..=1.0).contains(&v))?;
        }
    }
    match detail.process {
        process::BACK_PAINTED => {
            detail.rindex = surface.add_curve(tables, "RINDEX", "positive", |v| v > 0.0)?;
        }
        process::COATED => coat(tables, surface, &mut detail)?,
        process::DICHROIC | process::MEASURED | process::RECORDED => {
            measured::attach(tables, surface, &mut detail)?;
        }
        _ => {}
    }
    if let Some(grid) = surface.add_efficiency_map(tables) {
        if detail.process == process::DICHROIC {
            return Err(surface.incomplete("a dichroic surface detects nothing; take EFFICIENCY_MAP away"));
        }
        detail.grid = grid;
    }
    Ok((!is_simple(kind, &detail)).then_some(detail))
}

fn process_of(kind: SurfaceType, finish: SurfaceFinish) -> u32 {
    match kind {
        SurfaceType::DielectricMetal => process::METAL,
        SurfaceType::Coated => process::COATED,
        SurfaceType::DielectricDichroic => process::DICHROIC,
        SurfaceType::DielectricLut => process::MEASURED,
        SurfaceType::DielectricLutDavis => process::RECORDED,
        _ if is_back_painted(finish) => process::BACK_PAINTED,
        _ => match finish {
            SurfaceFinish::PolishedFrontPainted | SurfaceFinish::GroundFrontPainted => process::FRONT_PAINTED,
            _ => process::DIELECTRIC,
        },
    }
}

/// The facets of a finish that is not polished. Painted finishes have them, too; a glisur metal only if it is ground.
/// `value` is the polish of glisur and sigma_alpha of all other models; the model dichroic has the polish 0.
fn facets_of(surface: SurfaceProperties<'_>) -> (u32, f32) {
    let s = surface.surface;
    let by_vector = s.kind == SurfaceType::DielectricMetal || s.kind == SurfaceType::DielectricDichroic;
    let smooth_glisur = by_vector && s.model == Geant4Model::Glisur && s.finish != SurfaceFinish::Ground;
    if s.finish == SurfaceFinish::Polished || smooth_glisur {
        return (facets::NONE, 0.0);
    }
    match s.model {
        Geant4Model::Glisur if s.value < 1.0 => (facets::BALL, (1.0 - s.value) as f32),
        Geant4Model::Dichroic => (facets::BALL, 1.0),
        Geant4Model::Unified | Geant4Model::Lut | Geant4Model::Davis if s.value > 0.0 => {
            (facets::GAUSSIAN, s.value.min(WIDEST_SIGMA_ALPHA) as f32)
        }
        _ => (facets::NONE, 0.0),
    }
}

fn rules(surface: SurfaceProperties<'_>) -> u32 {
    let s = surface.surface;
    // Metals and filters draw lobes in every model but glisur; without the constants of the unified one all are diffuse.
    let draws_lobes = match s.kind {
        SurfaceType::DielectricMetal | SurfaceType::DielectricDichroic => s.model != Geant4Model::Glisur,
        _ => s.model == Geant4Model::Unified,
    };
    let mut rules = 0;
    let mut set = |bit: u32, on: bool| rules |= if on { bit } else { 0 };
    set(rule::LOBES, draws_lobes && s.finish != SurfaceFinish::Polished);
    set(rule::GROUND, s.finish == SurfaceFinish::Ground);
    set(
        rule::DIFFUSE_PAINT,
        matches!(s.finish, SurfaceFinish::GroundFrontPainted | SurfaceFinish::GroundBackPainted),
    );
    set(rule::REFLECTIVITY, surface.has("REFLECTIVITY"));
    rules
}

/// Whether the surface is one of those that the loop over a photon's points does itself.
fn is_simple(kind: u32, detail: &SurfaceDetail) -> bool {
    let calculates = detail.has_complex_rindex() && !detail.has(rule::REFLECTIVITY);
    if kind == kind::DETAILED || detail.grid.n_x != 0 || calculates {
        return false;
    }
    let rough = detail.facets != facets::NONE || detail.has(rule::LOBES);
    match detail.process {
        process::FRONT_PAINTED => true,
        process::DIELECTRIC => !rough && detail.roughness_nm <= 0.0,
        _ => !rough,
    }
}

/// COATEDRINDEX, COATEDTHICKNESS, COATEDFRUSTRATEDTRANSMISSION (1 where it is not given).
fn coat(
    tables: &mut PropertyTables,
    surface: SurfaceProperties<'_>,
    detail: &mut SurfaceDetail,
) -> Result<(), SceneError> {
    detail.rindex = surface.add_curve(tables, "COATEDRINDEX", "positive", |v| v > 0.0)?;
    let Some(thickness_nm) = surface.thickness_nm("COATEDTHICKNESS")? else {
        return Err(surface.incomplete("the type coated needs COATEDTHICKNESS; give it one"));
    };
    if detail.rindex == NONE {
        return Err(surface.incomplete("the type coated needs COATEDRINDEX; give it one"));
    }
    detail.thickness_nm = thickness_nm as f32;
    let frustrated = surface.number("COATEDFRUSTRATEDTRANSMISSION", "0 or 1", |v| v == 0.0 || v == 1.0)?;
    if frustrated != Some(0.0) {
        detail.rules |= rule::FRUSTRATED;
    }
    Ok(())
}
