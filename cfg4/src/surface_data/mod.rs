//! Data files of measured surfaces: the formats of Geant4's RealSurface data set and of its dichroic filters.
//!
//! | type | files in the folder |
//! |---|---|
//! | `dielectric_LUT` | `PolishedTyvek.z` or `PolishedTyvek.dat`, ...: 91 x 45 x 37 relative probabilities by angle of incidence (fastest), theta and phi |
//! | `dielectric_LUTDAVIS` | `Rough_LUT.z` or `.dat`, ...: 7 280 001 angles; `Rough_LUTR.z` or `.dat`: 90 reflectivities |
//! | `dielectric_dichroic` | `NAME.dichroic` with the name of the surface, else `dichroic.dat`: a number, the numbers of wavelengths and of angles, the wavelengths nm, the angles degrees, then for each angle the transmittances in per cent |
//!
//! Numbers are separated by white space; a `.z` file is the same, compressed by zlib.

mod error;
mod file;
mod names;

use std::collections::{HashMap, HashSet};
use std::path::Path;
use std::sync::Arc;

pub use error::SurfaceDataError;

use crate::detector::{Detector, MeasuredData, OpticalSurface, SurfaceType, without_pointer};
use file::Folder;

/// Numbers of a `dielectric_LUT` table.
pub const ANGULAR_DISTRIBUTION: usize = 91 * 45 * 37;
/// Numbers of a `dielectric_LUTDAVIS` table.
pub const DIRECTIONS: usize = 7_280_001;
/// How many of them are ever looked at.
const DIRECTIONS_USED: usize = 7_240_000;
/// Numbers of its reflectivities.
pub const REFLECTIVITIES: usize = 90;

/// The names (without extension) of the files that a surface needs; none for a surface that is not measured.
///
/// # Errors
/// If Geant4 has no table for its finish.
pub fn needed_files(surface: &OpticalSurface) -> Result<Vec<String>, SurfaceDataError> {
    let no_table = || SurfaceDataError::NoTable {
        surface: without_pointer(&surface.name).to_owned(),
        kind: surface.kind.name(),
    };
    match surface.kind {
        SurfaceType::DielectricLut => {
            let name = names::angular_distribution(surface.finish).ok_or_else(no_table)?;
            Ok(vec![name.to_owned()])
        }
        SurfaceType::DielectricLutDavis => {
            let name = names::directions(surface.finish).ok_or_else(no_table)?;
            Ok(vec![name.to_owned(), format!("{name}R")])
        }
        SurfaceType::DielectricDichroic => {
            Ok(vec![format!("{}.dichroic", without_pointer(&surface.name)), "dichroic.dat".to_owned()])
        }
        _ => Ok(Vec::new()),
    }
}

/// Reads from `folder` what the measured surfaces of a detector need; surfaces that share a table share its memory, and
/// those that sit nowhere need nothing.
///
/// # Errors
/// If a file is missing, cannot be read or is not what it should be; the error names it and the surface.
pub fn attach(detector: &mut Detector, folder: &Path) -> Result<(), SurfaceDataError> {
    let mut read: HashMap<String, MeasuredData> = HashMap::new();
    let borders = detector.borders.iter().map(|border| border.surface.index());
    let used: HashSet<usize> =
        borders.chain(detector.skins.iter().map(|skin| skin.surface.index())).collect();
    for (index, surface) in detector.surfaces.iter_mut().enumerate() {
        if !used.contains(&index) {
            continue;
        }
        let names = needed_files(surface)?;
        let Some(name) = names.first().cloned() else { continue };
        let folder = Folder { path: folder, surface: without_pointer(&surface.name) };
        let data = match read.get(&name) {
            Some(data) => data.clone(),
            None => data(&folder, surface.kind, &names)?,
        };
        surface.measured = Some(data.clone());
        read.insert(name, data);
    }
    Ok(())
}

fn data(folder: &Folder<'_>, kind: SurfaceType, names: &[String]) -> Result<MeasuredData, SurfaceDataError> {
    match (kind, names) {
        (SurfaceType::DielectricLut, [name, ..]) => angular_distribution(folder, name),
        (_, [directions, reflectivities]) if kind == SurfaceType::DielectricLutDavis => {
            recorded(folder, directions, reflectivities)
        }
        (_, names) => dichroic(folder, names),
    }
}

fn angular_distribution(folder: &Folder<'_>, name: &str) -> Result<MeasuredData, SurfaceDataError> {
    let (path, numbers) = folder.numbers(name)?;
    if numbers.len() != ANGULAR_DISTRIBUTION {
        let fault = format!("it has {} numbers, not 91 x 45 x 37 = {ANGULAR_DISTRIBUTION}", numbers.len());
        return Err(folder.bad(path, fault));
    }
    // As in Geant4 what is above 1 counts as 1.
    if let Some(value) = numbers.iter().find(|v| **v < 0.0) {
        return Err(folder.bad(path, format!("it has {value}, and probabilities are not negative")));
    }
    // The last theta and phi are never drawn, and at 90 degrees hardly any light comes.
    let some = |incident: usize| {
        (0..36).any(|phi| (0..44).any(|theta| numbers[incident + 91 * (theta + 45 * phi)] > 0.0))
    };
    match (0..90).find(|incident| !some(*incident)) {
        Some(incident) => Err(folder.bad(path, format!("at {incident} degrees all its probabilities are 0"))),
        None => Ok(MeasuredData::AngularDistribution(numbers.into())),
    }
}

fn recorded(
    folder: &Folder<'_>,
    directions: &str,
    reflectivities: &str,
) -> Result<MeasuredData, SurfaceDataError> {
    let (path, mut angles) = folder.numbers(directions)?;
    if !(DIRECTIONS_USED..=DIRECTIONS).contains(&angles.len()) {
        let fault = format!("it has {} numbers, not {DIRECTIONS}", angles.len());
        return Err(folder.bad(path, fault));
    }
    if let Some(angle) = angles.iter().find(|a| !(-7.0..=7.0).contains(*a)) {
        return Err(folder.bad(path, format!("it has {angle}, which is no angle in rad")));
    }
    angles.resize(DIRECTIONS, 0.0);
    let (path, reflectivity) = folder.numbers(reflectivities)?;
    if reflectivity.len() < REFLECTIVITIES {
        let fault = format!("it has {} numbers, not {REFLECTIVITIES}", reflectivity.len());
        return Err(folder.bad(path, fault));
    }
    let reflectivity = &reflectivity[..REFLECTIVITIES];
    if let Some(value) = reflectivity.iter().find(|v| !(0.0..=1.0).contains(*v)) {
        return Err(folder.bad(path, format!("it has {value}, and reflectivities are from 0 to 1")));
    }
    Ok(MeasuredData::Recorded { directions: angles.into(), reflectivity: Arc::from(reflectivity) })
}

fn dichroic(folder: &Folder<'_>, names: &[String]) -> Result<MeasuredData, SurfaceDataError> {
    let (path, numbers) = folder.first_of(names)?;
    let count = |at: usize| numbers.get(at).map_or(0, |n| *n as usize);
    let (n_x, n_y) = (count(1), count(2));
    let expected = n_x.saturating_mul(n_y).saturating_add(3).saturating_add(n_x).saturating_add(n_y);
    if n_x < 2 || n_y < 2 || numbers.len() < expected {
        let fault = format!(
            "it should have a number, the numbers of wavelengths and angles (at least 2 each) and then the tables, but has {} numbers",
            numbers.len()
        );
        return Err(folder.bad(path, fault));
    }
    let (x, rest) = numbers[3..].split_at(n_x);
    let (y, values) = rest.split_at(n_y);
    let ascends = |v: &[f32]| v.windows(2).all(|pair| pair[0] < pair[1]);
    if !ascends(x) || !ascends(y) {
        return Err(folder.bad(path, "its wavelengths and its angles should ascend".to_owned()));
    }
    let values = &values[..n_x * n_y];
    if let Some(value) = values.iter().find(|v| !(0.0..=100.0).contains(*v)) {
        return Err(
            folder.bad(path, format!("it has {value}, and transmittances are from 0 to 100 per cent"))
        );
    }
    Ok(MeasuredData::Dichroic {
        wavelengths_nm: x.to_vec(),
        angles_deg: y.to_vec(),
        transmittance_percent: values.to_vec(),
    })
}

#[cfg(test)]
mod tests;
