//! Genstep files that somebody else wrote.

use std::ffi::OsStr;
use std::path::{Path, PathBuf};

use npy::{NPY, NpyError};

use super::{Genstep, GenstepCode, GenstepFault, MaterialFault, MaterialLookup};

/// A genstep file that cannot be used.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum GenstepFileError {
    /// A folder without genstep files.
    #[error(
        "{}: no genstep files in this folder; they are called gensteps_00.npy, gensteps_01.npy, ... or event_000/gensteps.npy, ...",
        folder.display()
    )]
    NoFiles {
        /// The folder.
        folder: PathBuf,
    },
    /// A file or folder cannot be read.
    #[error("{}: cannot read the gensteps: {source}", path.display())]
    Io {
        /// The file or folder.
        path: PathBuf,
        /// What the system said.
        source: std::io::Error,
    },
    /// The file is no (n,6,4) array of f32.
    #[error("gensteps are arrays (n,6,4) of 4-byte floats: {0}")]
    Array(#[from] NpyError),
    /// A word of a genstep is wrong.
    #[error("{} row {row}: {fault}", path.display())]
    Record {
        /// The file.
        path: PathBuf,
        /// The genstep, from 0.
        row: u64,
        /// What is wrong with which word.
        fault: GenstepFault,
    },
    /// A material index leads nowhere.
    #[error("{} row {row}: quad 0 z (material): {fault}", path.display())]
    Material {
        /// The file.
        path: PathBuf,
        /// The genstep, from 0.
        row: u64,
        /// What is wrong.
        fault: MaterialFault,
    },
    /// A genstep whose photons are elsewhere.
    #[error(
        "{} row {row}: quad 0 x (code): {} ({code}) asks for photons that are not in a genstep file; give them as input photons",
        path.display(), code.number()
    )]
    PhotonsElsewhere {
        /// The file.
        path: PathBuf,
        /// The genstep, from 0.
        row: u64,
        /// Its code.
        code: GenstepCode,
    },
}

/// The gensteps of one event, read from a file and checked.
#[derive(Debug, Clone)]
pub struct GenstepEvent {
    /// The file.
    pub path: PathBuf,
    array: NPY<f32>,
}

impl GenstepEvent {
    /// The gensteps, in file order.
    pub fn gensteps(&self) -> &[Genstep] {
        Genstep::slice_from_words(self.array.values())
    }

    /// Photons that they ask for.
    pub fn num_photons(&self) -> u64 {
        self.gensteps().iter().map(|genstep| u64::from(genstep.num_photons())).sum()
    }

    /// The gensteps as an array (n,6,4).
    pub fn into_array(self) -> NPY<f32> {
        self.array
    }
}

/// The genstep files that paths stand for: a file for itself, a folder for its `gensteps_N.npy` in the order of
/// their numbers, or for its `event_N/gensteps.npy` (what a run with `--save gensteps` writes), or for its
/// `gensteps.npy`.
///
/// # Errors
/// A path that does not exist, and a folder without such files.
pub fn genstep_files<P: AsRef<Path>>(paths: &[P]) -> Result<Vec<PathBuf>, GenstepFileError> {
    let mut files = Vec::new();
    for path in paths.iter().map(AsRef::as_ref) {
        let io = |source| GenstepFileError::Io { path: path.to_owned(), source };
        if std::fs::metadata(path).map_err(io)?.is_dir() {
            files.extend(files_of_folder(path)?);
        } else {
            files.push(path.to_owned());
        }
    }
    Ok(files)
}

fn files_of_folder(folder: &Path) -> Result<Vec<PathBuf>, GenstepFileError> {
    let io = |source| GenstepFileError::Io { path: folder.to_owned(), source };
    let (mut files, mut events) = (Vec::new(), Vec::new());
    for entry in std::fs::read_dir(folder).map_err(io)? {
        let path = entry.map_err(io)?.path();
        let name = path.file_name().and_then(OsStr::to_str).unwrap_or_default();
        if let Some(number) = number_in(name, "gensteps_", ".npy") {
            files.push((number, path));
        } else if let Some(number) = number_in(name, "event_", "") {
            events.push((number, path.join("gensteps.npy")));
        }
    }
    events.retain(|(_, path)| path.is_file());
    let mut numbered = if files.is_empty() { events } else { files };
    numbered.sort();
    let single = folder.join("gensteps.npy");
    match numbered.is_empty() {
        false => Ok(numbered.into_iter().map(|(_, path)| path).collect()),
        true if single.is_file() => Ok(vec![single]),
        true => Err(GenstepFileError::NoFiles { folder: folder.to_owned() }),
    }
}

/// The number between a name's start and its end.
fn number_in(name: &str, start: &str, end: &str) -> Option<u64> {
    name.strip_prefix(start)?.strip_suffix(end)?.parse().ok()
}

/// Reads and checks the gensteps of one event.
///
/// With `materials`, the material index of every charged step becomes ours; without, it becomes
/// [`Genstep::MATERIAL_AT_STEP`].
///
/// # Errors
/// A file that is no (n,6,4) array of f32; the first genstep with a wrong word, with its row and word.
pub fn read_genstep_file(
    path: &Path,
    materials: Option<&MaterialLookup>,
) -> Result<GenstepEvent, GenstepFileError> {
    let mut array = NPY::<f32>::load_items(path, &[6, 4])?;
    let records: &mut [Genstep] = bytemuck::cast_slice_mut(array.values_mut());
    for (row, genstep) in (0..).zip(records) {
        let fault = |fault| GenstepFileError::Record { path: path.to_owned(), row, fault };
        genstep.validate().map_err(fault)?;
        let code = genstep.code();
        if matches!(code, GenstepCode::Fabricated | GenstepCode::EmitSource) {
            return Err(GenstepFileError::PhotonsElsewhere { path: path.to_owned(), row, code });
        }
        if !code.is_machinery() {
            let ours = our_material(genstep, materials).map_err(|fault| GenstepFileError::Material {
                path: path.to_owned(),
                row,
                fault,
            })?;
            genstep.set_int(0, 2, ours);
        }
    }
    Ok(GenstepEvent { path: path.to_owned(), array })
}

fn our_material(genstep: &Genstep, materials: Option<&MaterialLookup>) -> Result<i32, MaterialFault> {
    match materials {
        Some(lookup) if !genstep.code().is_torch_like() => lookup.translate(genstep.material()),
        _ => Ok(Genstep::MATERIAL_AT_STEP),
    }
}

/// Reads and checks all events of files and folders, in order.
///
/// # Errors
/// As [`genstep_files`] and [`read_genstep_file`].
pub fn read_gensteps<P: AsRef<Path>>(
    paths: &[P],
    materials: Option<&MaterialLookup>,
) -> Result<Vec<GenstepEvent>, GenstepFileError> {
    genstep_files(paths)?.iter().map(|path| read_genstep_file(path, materials)).collect()
}
