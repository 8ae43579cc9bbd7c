//! Optical surfaces as tables, by the rules of either surface model.

mod film;
mod geant4;
mod measured;
mod opticks;
mod properties;

use cfg4::detector::Detector;

use super::SceneError;
use super::property_tables::{Curve, PropertyTables};
use crate::physics::surface::{SurfaceRecord, kind};
use crate::physics::surface_detail::SurfaceDetail;
pub(super) use film::is_film;
use properties::SurfaceProperties;

/// Which rules surfaces follow.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum SurfaceModel {
    /// Those of the original: a surface with EFFICIENCY > 0 detects with EFFICIENCY and otherwise absorbs; any other
    /// reflects with REFLECTIVITY, specularly if polished and diffusely if ground, and otherwise absorbs.
    #[default]
    Opticks,
    /// Those of `G4OpBoundaryProcess`.
    Geant4,
}

/// Adds the record and the tables of the surface `index`. One that sits nowhere may be of any kind: it absorbs.
///
/// A stack of thin films does the same in both models.
pub(super) fn add_surface(
    tables: &mut PropertyTables,
    detector: &Detector,
    index: usize,
    model: SurfaceModel,
) -> Result<(), SceneError> {
    let surface = SurfaceProperties { surface: &detector.surfaces[index] };
    let used = detector.borders.iter().any(|b| b.surface.index() == index)
        || detector.skins.iter().any(|s| s.surface.index() == index);
    let parts = if is_film(surface.surface) {
        film::parts(tables, detector, index)
    } else if model == SurfaceModel::Opticks {
        opticks::parts(tables, surface)
    } else {
        geant4::parts(tables, surface)
    };
    let parts = match parts {
        Err(_) if !used => Ok(Parts::absorber()),
        other => other,
    }?;
    let is_sensor = u32::from(surface.detects().unwrap_or(false));
    let table = tables.add_surface_values(parts.curves.each_ref());
    let (mut kind, mut detail) = (parts.kind, 0);
    if let Some(more) = parts.detail {
        kind = kind::DETAILED;
        detail = tables.surface_details.len() as u32;
        tables.surface_details.push(more);
    }
    tables.surfaces.push(SurfaceRecord { table, kind, needs: parts.needs, is_sensor, detail });
    Ok(())
}

/// What a record is made from.
struct Parts {
    kind: u32,
    needs: u32,
    curves: [Curve; 4],
    /// For the surfaces that are not simple.
    detail: Option<SurfaceDetail>,
}

impl Parts {
    fn absorber() -> Self {
        let curves = [0.0, 1.0, 0.0, 0.0].map(Curve::constant);
        Self { kind: kind::OPTICKS, needs: 0, curves, detail: None }
    }
}
