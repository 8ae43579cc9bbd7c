//! Saving an array: to a file, or as the bytes of one.

use std::io::Write;
use std::path::{Path, PathBuf};

use crate::header::header_bytes;
use crate::{AtomicFile, Element, NPY, NpyError};

impl<T: Element> NPY<T> {
    /// Saves the array as an .npy file, and its metadata beside it (`.npy` becomes `.json`) unless that is empty.
    ///
    /// Missing directories are made. The file is complete or absent; an existing one is replaced.
    ///
    /// # Errors
    /// [`NpyError::Io`] where the file cannot be written, a full disk included.
    pub fn save(&self, path: impl AsRef<Path>) -> Result<(), NpyError> {
        let path = path.as_ref();
        let header = header_bytes::<T>(&self.shape(), 0)?;
        let mut file = AtomicFile::create(path)?;
        let write =
            |file: &mut AtomicFile| file.write_all(&header).and_then(|()| file.write_all(self.bytes()));
        write(&mut file).map_err(NpyError::io("write", path))?;
        if !self.metadata().is_empty() {
            let beside = metadata_path(path);
            let mut json = AtomicFile::create(&beside)?;
            json.write_all(self.metadata().to_json().as_bytes()).map_err(NpyError::io("write", &beside))?;
            json.finish()?;
        }
        file.finish()
    }

    /// The bytes of the .npy file that [`NPY::save`] writes.
    ///
    /// # Errors
    /// [`NpyError::Shape`] where the dimensions are too many for a header.
    #[doc(alias = "saveToBuffer")]
    pub fn to_bytes(&self) -> Result<Vec<u8>, NpyError> {
        let mut bytes = header_bytes::<T>(&self.shape(), 0)?;
        bytes.extend_from_slice(self.bytes());
        Ok(bytes)
    }
}

/// Where the metadata of an array file is kept.
pub(crate) fn metadata_path(path: &Path) -> PathBuf {
    path.with_extension("json")
}
