//! Files of numbers, plain or compressed by zlib.

use std::io::Read;
use std::path::{Path, PathBuf};

use flate2::read::ZlibDecoder;

use super::SurfaceDataError;

/// No file of the data set has more than this when it is decompressed.
const MAX_BYTES: u64 = 1 << 30;

/// The folder of data files, asked on behalf of a surface.
pub(super) struct Folder<'a> {
    pub(super) path: &'a Path,
    pub(super) surface: &'a str,
}

impl Folder<'_> {
    /// The numbers of `NAME.z` or `NAME.dat`.
    pub(super) fn numbers(&self, name: &str) -> Result<(PathBuf, Vec<f32>), SurfaceDataError> {
        self.first_of(&[format!("{name}.z"), format!("{name}.dat")])
    }

    /// The numbers of the first of these files that is there.
    pub(super) fn first_of(&self, names: &[String]) -> Result<(PathBuf, Vec<f32>), SurfaceDataError> {
        let Some(path) = names.iter().map(|name| self.path.join(name)).find(|path| path.is_file()) else {
            return Err(SurfaceDataError::Missing {
                surface: self.surface.to_owned(),
                names: names.to_vec(),
                folder: self.path.to_owned(),
            });
        };
        let text = read(&path).map_err(|source| SurfaceDataError::Unreadable {
            surface: self.surface.to_owned(),
            path: path.clone(),
            source,
        })?;
        let mut numbers = Vec::new();
        for word in text.split_ascii_whitespace() {
            match word.parse::<f32>() {
                Ok(number) if number.is_finite() => numbers.push(number),
                _ => return Err(self.bad(path, format!("'{word}' is no number"))),
            }
        }
        Ok((path, numbers))
    }

    /// The error of a file that is something else.
    pub(super) fn bad(&self, path: PathBuf, fault: String) -> SurfaceDataError {
        SurfaceDataError::Bad { surface: self.surface.to_owned(), path, fault }
    }
}

fn read(path: &Path) -> std::io::Result<String> {
    let file = std::fs::File::open(path)?;
    let mut text = String::new();
    let read = if path.extension().is_some_and(|extension| extension == "z") {
        ZlibDecoder::new(file).take(MAX_BYTES).read_to_string(&mut text)?
    } else {
        file.take(MAX_BYTES).read_to_string(&mut text)?
    };
    if read as u64 == MAX_BYTES {
        return Err(std::io::Error::other("it is larger than 1 GiB"));
    }
    Ok(text)
}
