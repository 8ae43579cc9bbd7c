//! The surface model of the original.

use cfg4::detector::SurfaceFinish;

use super::Parts;
use super::properties::SurfaceProperties;
use crate::physics::surface::kind;
use crate::physics::surface_detail::{SurfaceDetail, process};
use crate::scene::SceneError;
use crate::scene::property_tables::{Curve, PropertyTables};

/// Detection, absorption, specular and diffuse reflection.
pub(super) fn parts(
    tables: &mut PropertyTables,
    surface: SurfaceProperties<'_>,
) -> Result<Parts, SceneError> {
    let efficiency = surface.efficiency()?;
    let nothing = Curve::constant(0.0);
    let complement = |c: &Curve| Curve::new(c.x().to_vec(), c.y().iter().map(|y| 1.0 - y).collect());
    let mut detail = None;
    let curves = if surface.detects()? {
        if let Some(grid) = surface.add_efficiency_map(tables) {
            detail = Some(SurfaceDetail { grid, ..SurfaceDetail::new(process::SENSOR) });
        }
        let absorb = complement(&efficiency);
        [efficiency, absorb, nothing.clone(), nothing]
    } else {
        let Some(reflectivity) = surface.probability("REFLECTIVITY")? else {
            return Err(SceneError::MissingReflectivity { surface: surface.surface.name.clone() });
        };
        let absorb = complement(&reflectivity);
        match surface.surface.finish {
            SurfaceFinish::Polished | SurfaceFinish::PolishedFrontPainted => {
                [nothing.clone(), absorb, reflectivity, nothing]
            }
            SurfaceFinish::Ground | SurfaceFinish::GroundFrontPainted => {
                [nothing.clone(), absorb, nothing, reflectivity]
            }
            finish => {
                let advice = "use the geant4 surface model, or the finish polished, ground, polishedfrontpainted or groundfrontpainted";
                return Err(surface.unsupported(format!("finish {}", finish.name()), "opticks", advice));
            }
        }
    };
    Ok(Parts { kind: kind::OPTICKS, needs: 0, curves, detail })
}
