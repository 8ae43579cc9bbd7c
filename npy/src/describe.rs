//! One line about an .npy file of any type.

use std::fmt;
use std::fs::File;
use std::io::Read;
use std::path::Path;

use md5::{Digest, Md5};

use crate::NpyError;
use crate::digest::hex;
use crate::header::{FileHeader, format_error};
use crate::load::{check_length, open_regular, seek_to};
use crate::shape::checked_product;

/// Bytes read at a time.
const CHUNK_BYTES: usize = 1 << 20;

/// What an .npy file holds. `Display` is the line that np.py printed, with the type added.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ArrayDescription {
    /// Path as given.
    pub name: String,
    /// All dimensions.
    pub shape: Vec<u64>,
    /// Type name, as `<f4`, or the description of a structured type.
    pub dtype: String,
    /// MD5 of the data, 32 hexadecimal digits.
    pub digest: String,
    /// When the file was last changed, local `YYYYMMDD-HHMM`.
    pub date: String,
}

/// Describes an .npy file of any element type; memory does not depend on its size.
///
/// # Errors
/// [`NpyError::Io`] where it cannot be read, [`NpyError::Format`] where it is not an .npy file,
/// [`NpyError::Truncated`] where data are missing, [`NpyError::TrailingBytes`] where something follows them.
#[doc(alias = "np.py")]
pub fn describe(path: impl AsRef<Path>) -> Result<ArrayDescription, NpyError> {
    let path = path.as_ref();
    let name = path.display().to_string();
    let (mut file, file_bytes) = open_regular(path)?;
    let header = FileHeader::read(&mut file, &name)?;
    seek_to(&mut file, header.data_offset, path)?;
    let found = file_bytes.saturating_sub(header.data_offset);
    let expected = match header.element_bytes {
        Some(element_bytes) => checked_product(&header.shape)?
            .checked_mul(element_bytes as u64)
            .ok_or_else(|| format_error(&name, "its data would have more than 2^64 bytes"))?,
        // Python objects: their bytes are whatever follows.
        None => found,
    };
    check_length(expected, found, &name)?;
    let digest = digest_of(file.try_clone().map_err(NpyError::io("read", path))?, expected, path)?;
    let modified = file.metadata().and_then(|metadata| metadata.modified());
    let date = modified.map(sysrap::local_minute_text).map_err(NpyError::io("read", path))?;
    Ok(ArrayDescription { name, shape: header.shape, dtype: header.descr, digest, date })
}

fn digest_of(file: File, data_bytes: u64, path: &Path) -> Result<String, NpyError> {
    let mut data = file.take(data_bytes);
    let mut chunk = vec![0; CHUNK_BYTES.min(usize::try_from(data_bytes).unwrap_or(CHUNK_BYTES)).max(1)];
    let mut md5 = Md5::new();
    loop {
        match data.read(&mut chunk).map_err(NpyError::io("read", path))? {
            0 => return Ok(hex(&md5.finalize())),
            count => md5.update(&chunk[..count]),
        }
    }
}

impl ArrayDescription {
    /// Dimensions in Python's spelling, `(1000, 4)`.
    pub fn shape_tuple(&self) -> String {
        match self.shape[..] {
            [only] => format!("({only},)"),
            _ => format!("({})", self.shape.iter().map(u64::to_string).collect::<Vec<_>>().join(", ")),
        }
    }

    /// The line with a label in front, as np.py names arrays a, b, c.
    pub fn line(&self, label: &str) -> String {
        let ArrayDescription { name, dtype, digest, date, .. } = self;
        format!("{label} : {name:>60} : {:>20} : {dtype:>5} : {digest} : {date}", self.shape_tuple())
    }
}

impl fmt::Display for ArrayDescription {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.line("a"))
    }
}
