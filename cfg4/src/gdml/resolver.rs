//! Where the text of `file` references and external entities comes from.

use std::fs::File;
use std::io::{self, Read};
use std::path::Path;

use super::limits;

/// Opens the files that a GDML file refers to.
pub trait Resolver {
    /// The name and the bytes of the file that `reference` means inside the file named `from`.
    fn open(&self, from: &str, reference: &str) -> io::Result<(String, Vec<u8>)>;
}

/// References are paths, relative to the folder of the file that they stand in.
#[derive(Debug, Clone, Copy, Default)]
pub struct Files;

impl Resolver for Files {
    fn open(&self, from: &str, reference: &str) -> io::Result<(String, Vec<u8>)> {
        let reference = reference.strip_prefix("file://").unwrap_or(reference);
        let folder = Path::new(from).parent().unwrap_or(Path::new(""));
        let path = folder.join(reference);
        let bytes = read_limited(&path)?;
        Ok((path.to_string_lossy().into_owned(), bytes))
    }
}

/// Refuses every reference: for text that must stand alone.
#[derive(Debug, Clone, Copy, Default)]
pub struct NoFiles;

impl Resolver for NoFiles {
    fn open(&self, _from: &str, reference: &str) -> io::Result<(String, Vec<u8>)> {
        let message = format!("this text may not refer to other files ('{reference}')");
        Err(io::Error::new(io::ErrorKind::PermissionDenied, message))
    }
}

/// The bytes of `path`, up to one more than may be read.
pub(super) fn read_limited(path: &Path) -> io::Result<Vec<u8>> {
    let file = File::open(path)?;
    let length = file.metadata()?.len();
    let mut bytes = Vec::new();
    if length <= limits::BYTES as u64 {
        file.take(limits::BYTES as u64 + 1).read_to_end(&mut bytes)?;
        return Ok(bytes);
    }
    let message = format!("{length} bytes are more than the {} that a GDML file may have", limits::BYTES);
    Err(io::Error::new(io::ErrorKind::FileTooLarge, message))
}
