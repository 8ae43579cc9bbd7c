//! Loading an array: from a file, or from the bytes of one.

use std::cmp::Ordering;
use std::fs::{self, File};
use std::io::{BufReader, Read};
use std::path::Path;

use crate::header::{FileHeader, format_error};
use crate::save::metadata_path;
use crate::{Element, Metadata, NPY, NpyError};

/// Bytes read at a time: small enough to stay in the cache between clearing and filling.
const CHUNK_BYTES: usize = 256 << 10;

/// Longest metadata file that is read, in bytes.
const MAX_METADATA_BYTES: u64 = 16 << 20;

impl<T: Element> NPY<T> {
    /// Loads an .npy file of exactly this element type, and the metadata beside it if there are any.
    ///
    /// # Errors
    /// [`NpyError::Io`] where the file cannot be read; [`NpyError::Format`], [`NpyError::Dtype`],
    /// [`NpyError::FortranOrder`], [`NpyError::Truncated`] or [`NpyError::TrailingBytes`] where it is not just one such
    /// array.
    pub fn load(path: impl AsRef<Path>) -> Result<Self, NpyError> {
        Self::load_checked(path.as_ref(), None)
    }

    /// Loads an .npy file whose items must have the given shape, for example `&[6, 4]` for gensteps.
    ///
    /// # Errors
    /// As [`NPY::load`], and [`NpyError::ItemShape`] for other items.
    pub fn load_items(path: impl AsRef<Path>, item_shape: &[u64]) -> Result<Self, NpyError> {
        Self::load_checked(path.as_ref(), Some(item_shape))
    }

    fn load_checked(path: &Path, item_shape: Option<&[u64]>) -> Result<Self, NpyError> {
        let place = path.display().to_string();
        let (mut file, file_bytes) = open_regular(path)?;
        let header = FileHeader::read(&mut BufReader::with_capacity(64, &mut file), &place)?;
        if let Some(item_shape) = item_shape {
            header.values_of::<T>(&place)?;
            header.check_item_shape(item_shape, &place)?;
        }
        seek_to(&mut file, header.data_offset, path)?;
        let available = file_bytes.saturating_sub(header.data_offset);
        let values = read_values(&mut file, &header, available, &place)?;
        let mut array = Self::from_vec(values, &header.shape)?;
        if let Some(metadata) = load_metadata(path) {
            *array.metadata_mut() = metadata;
        }
        Ok(array)
    }

    /// An array from the bytes of an .npy file.
    ///
    /// # Errors
    /// As [`NPY::load`], without [`NpyError::Io`].
    #[doc(alias = "loadFromBuffer")]
    pub fn from_bytes(bytes: &[u8]) -> Result<Self, NpyError> {
        let place = "array in memory";
        let mut rest = bytes;
        let header = FileHeader::read(&mut rest, place)?;
        let available = rest.len() as u64;
        let values = read_values(&mut rest, &header, available, place)?;
        Self::from_vec(values, &header.shape)
    }
}

/// Opens a file for reading and tells its length in bytes; directories and devices are an error.
pub(crate) fn open_regular(path: &Path) -> Result<(File, u64), NpyError> {
    let file = File::open(path).map_err(NpyError::io("open", path))?;
    let metadata = file.metadata().map_err(NpyError::io("read", path))?;
    if metadata.is_file() {
        return Ok((file, metadata.len()));
    }
    Err(format_error(&path.display().to_string(), "it is a directory or a device, not a file"))
}

/// Moves to a byte of a file.
pub(crate) fn seek_to(file: &mut File, offset: u64, path: &Path) -> Result<(), NpyError> {
    use std::io::{Seek, SeekFrom};
    file.seek(SeekFrom::Start(offset)).map(|_| ()).map_err(NpyError::io("read", path))
}

/// Checks that there are just as many bytes after the header as it promises. `numpy.load` takes what it needs and is
/// silent about the rest; here the rest would be lost events.
pub(crate) fn check_length(expected: u64, found: u64, place: &str) -> Result<(), NpyError> {
    let place = || place.to_owned();
    match found.cmp(&expected) {
        Ordering::Less => Err(NpyError::Truncated { place: place(), expected, found }),
        Ordering::Equal => Ok(()),
        Ordering::Greater => Err(NpyError::TrailingBytes { place: place(), extra: found - expected }),
    }
}

/// Reads the data after a header. Allocates only what is known to be there.
fn read_values<T: Element>(
    reader: &mut impl Read,
    header: &FileHeader,
    available: u64,
    place: &str,
) -> Result<Vec<T>, NpyError> {
    let count = header.values_of::<T>(place)?;
    let expected = (count * size_of::<T>()) as u64;
    check_length(expected, available, place)?;
    let truncated = |found| NpyError::Truncated { place: place.to_owned(), expected, found };
    let mut values: Vec<T> = Vec::new();
    values.try_reserve_exact(count).map_err(|_| NpyError::OutOfMemory { bytes: expected })?;
    while values.len() < count {
        let start = values.len();
        let chunk = (CHUNK_BYTES / size_of::<T>()).min(count - start);
        values.resize(start + chunk, T::zeroed());
        let filled = reader.read_exact(bytemuck::cast_slice_mut(&mut values[start..]));
        filled.map_err(|_| truncated((start * size_of::<T>()) as u64))?;
    }
    Ok(values)
}

/// The metadata beside an array file; `None` where there are none, or that file is something else.
fn load_metadata(path: &Path) -> Option<Metadata> {
    let beside = metadata_path(path);
    if beside == path || fs::metadata(&beside).ok()?.len() > MAX_METADATA_BYTES {
        return None;
    }
    let metadata = Metadata::from_json(&fs::read_to_string(&beside).ok()?);
    if metadata.is_none() {
        log::warn!(target: "NPY::load", "{} is not a JSON object : array metadata left empty", beside.display());
    }
    metadata
}
