//! Surfaces with measured data: what was read from files becomes tables.

use cfg4::detector::MeasuredData;
use cfg4::surface_data;

use super::properties::SurfaceProperties;
use crate::physics::surface_detail::SurfaceDetail;
use crate::scene::SceneError;
use crate::scene::property_tables::PropertyTables;

/// Adds the data of a measured surface.
pub(super) fn attach(
    tables: &mut PropertyTables,
    surface: SurfaceProperties<'_>,
    detail: &mut SurfaceDetail,
) -> Result<(), SceneError> {
    match &surface.surface.measured {
        None => {
            let names = surface_data::needed_files(surface.surface).map_err(|_| {
                let (kind, finish) = (surface.surface.kind.name(), surface.surface.finish.name());
                surface.incomplete(format!(
                    "there is no table for the finish {finish} of {kind}; give it another"
                ))
            })?;
            Err(surface.incomplete(format!(
                "its data file {} has not been read; name the folder that holds it: --surface-data DIR, or surface_data of the facade's configuration",
                names[0]
            )))
        }
        Some(MeasuredData::AngularDistribution(numbers)) => {
            detail.data_first = tables.add_shared_data(&[numbers]);
            Ok(())
        }
        Some(MeasuredData::Recorded { directions, reflectivity }) => {
            detail.data_first = tables.add_shared_data(&[directions, reflectivity]);
            Ok(())
        }
        Some(MeasuredData::Dichroic { wavelengths_nm, angles_deg, transmittance_percent }) => {
            detail.grid = tables.add_grid(wavelengths_nm, angles_deg, transmittance_percent);
            Ok(())
        }
    }
}
