//! Writing an .npy file of any length in bounded memory.

use std::io::{self, BufWriter, Read, Seek, SeekFrom, Write};
use std::marker::PhantomData;
use std::path::Path;

use crate::header::{FileHeader, header_bytes};
use crate::load::{check_length, open_regular, seek_to};
use crate::shape::addressable_values;
use crate::{AtomicFile, Element, NPY, NpyError};

/// Bytes collected before they are written.
const BUFFER_BYTES: usize = 256 << 10;

/// Digits of the largest 64-bit count.
const MAX_COUNT_DIGITS: usize = 20;

/// Appends items to an .npy file; memory does not depend on their number.
///
/// The file appears under its name when [`NPYAppender::finish`] is called. Dropped without that, or killed, there
/// is no new file of that name.
///
/// ```
/// # fn main() -> Result<(), npy::NpyError> {
/// # let directory = tempfile::tempdir().unwrap();
/// # let path = directory.path().join("hits.npy");
/// let mut hits = npy::NPYAppender::<f32>::create(&path, &[4, 4])?;
/// hits.add(&[0.0; 16])?;
/// hits.add(&[1.0; 32])?;
/// assert_eq!(hits.finish()?, 3);
/// assert_eq!(npy::NPY::<f32>::load(&path)?.shape_text(), "3,4,4");
/// # Ok(())
/// # }
/// ```
#[derive(Debug)]
pub struct NPYAppender<T: Element> {
    writer: BufWriter<AtomicFile>,
    item_shape: Vec<u64>,
    item_values: usize,
    num_items: u64,
    header_len: usize,
    element: PhantomData<T>,
}

impl<T: Element> NPYAppender<T> {
    /// Starts an .npy file of items of the given shape.
    ///
    /// # Errors
    /// [`NpyError::Io`] where the file cannot be made, [`NpyError::Shape`] for an impossible item shape.
    pub fn create(path: impl AsRef<Path>, item_shape: &[u64]) -> Result<Self, NpyError> {
        let item_values = addressable_values(item_shape, size_of::<T>())?;
        let mut empty = vec![0];
        empty.extend_from_slice(item_shape);
        // Room for any number of items, so that the header can be replaced at the end.
        let shortest = header_bytes::<T>(&empty, 0)?.len();
        let header = header_bytes::<T>(&empty, shortest + MAX_COUNT_DIGITS)?;
        let mut appender = NPYAppender {
            writer: BufWriter::with_capacity(BUFFER_BYTES, AtomicFile::create(path)?),
            item_shape: item_shape.to_vec(),
            item_values,
            num_items: 0,
            header_len: header.len(),
            element: PhantomData,
        };
        appender.write(&header)?;
        Ok(appender)
    }

    /// Starts from the items of an existing .npy file; it stays as it is until the appender finishes.
    ///
    /// # Errors
    /// As [`NPY::load`], and [`NpyError::Io`] where the new file cannot be written.
    pub fn append_to(path: impl AsRef<Path>) -> Result<Self, NpyError> {
        let path = path.as_ref();
        let place = path.display().to_string();
        let (mut file, file_bytes) = open_regular(path)?;
        let header = FileHeader::read(&mut file, &place)?;
        let expected = (header.values_of::<T>(&place)? * size_of::<T>()) as u64;
        let found = file_bytes.saturating_sub(header.data_offset);
        check_length(expected, found, &place)?;
        seek_to(&mut file, header.data_offset, path)?;
        let mut appender = Self::create(path, &header.shape[1..])?;
        let copied = io::copy(&mut file.take(expected), &mut appender.writer);
        let copied = copied.map_err(NpyError::io("copy", path))?;
        if copied < expected {
            return Err(NpyError::Truncated { place, expected, found: copied });
        }
        appender.num_items = header.shape[0];
        Ok(appender)
    }

    /// Appends whole items given as their values.
    ///
    /// # Errors
    /// [`NpyError::ItemSize`] for a number of values that is not a multiple of an item's, [`NpyError::Io`] where
    /// they cannot be written.
    pub fn add(&mut self, values: &[T]) -> Result<(), NpyError> {
        if self.item_values == 0 || !values.len().is_multiple_of(self.item_values) {
            let (given, item_values) = (values.len() as u64, self.item_values as u64);
            return Err(NpyError::ItemSize { given, item_values });
        }
        self.write(bytemuck::cast_slice(values))?;
        self.num_items += (values.len() / self.item_values) as u64;
        Ok(())
    }

    /// Appends the items of an array with the same number of values per item.
    ///
    /// # Errors
    /// As [`NPYAppender::add`].
    pub fn add_array(&mut self, array: &NPY<T>) -> Result<(), NpyError> {
        if array.item_values() != self.item_values as u64 {
            let (given, item_values) = (array.item_values(), self.item_values as u64);
            return Err(NpyError::ItemSize { given, item_values });
        }
        if array.is_empty() { Ok(()) } else { self.add(array.values()) }
    }

    /// Number of items so far.
    pub fn num_items(&self) -> u64 {
        self.num_items
    }

    /// Completes the file, gives it its name and returns its number of items.
    ///
    /// # Errors
    /// [`NpyError::Io`] where that fails, a full disk included; there is no new file then.
    pub fn finish(mut self) -> Result<u64, NpyError> {
        let mut shape = vec![self.num_items];
        shape.extend_from_slice(&self.item_shape);
        let header = header_bytes::<T>(&shape, self.header_len)?;
        let target = self.writer.get_ref().target().to_owned();
        self.writer.seek(SeekFrom::Start(0)).map_err(NpyError::io("write", &target))?;
        self.write(&header)?;
        let file = self.writer.into_inner().map_err(|error| error.into_error());
        file.map_err(NpyError::io("write", &target))?.finish()?;
        Ok(self.num_items)
    }

    fn write(&mut self, bytes: &[u8]) -> Result<(), NpyError> {
        let written = self.writer.write_all(bytes);
        written.map_err(|error| NpyError::io("write", self.writer.get_ref().target())(error))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn path_in(directory: &tempfile::TempDir) -> std::path::PathBuf {
        directory.path().join("out/items.npy")
    }

    #[test]
    fn appended_file_equals_the_saved_array_in_values() {
        let directory = tempfile::tempdir().unwrap();
        let path = path_in(&directory);
        let values: Vec<f32> = (0..160_000u32).map(|i| i as f32).collect();
        let mut appender = NPYAppender::create(&path, &[4, 4]).unwrap();
        for items in values.chunks(16 * 7) {
            appender.add(items).unwrap();
        }
        appender.add_array(&NPY::make(&[0, 4, 4]).unwrap()).unwrap();
        assert!(!path.exists());
        assert_eq!(appender.finish().unwrap(), 10_000);
        let array = NPY::<f32>::load(&path).unwrap();
        assert_eq!((array.shape_text().as_str(), array.values()), ("10000,4,4", &values[..]));
    }

    #[test]
    fn existing_file_is_continued() {
        let directory = tempfile::tempdir().unwrap();
        let path = path_in(&directory);
        NPY::from_vec(vec![1i32, 2, 3, 4], &[2, 2]).unwrap().save(&path).unwrap();
        let mut appender = NPYAppender::<i32>::append_to(&path).unwrap();
        appender.add(&[5, 6]).unwrap();
        assert_eq!(NPY::<i32>::load(&path).unwrap().num_items(), 2);
        assert_eq!(appender.finish().unwrap(), 3);
        assert_eq!(NPY::<i32>::load(&path).unwrap().values(), [1, 2, 3, 4, 5, 6]);
        assert!(matches!(NPYAppender::<f32>::append_to(&path), Err(NpyError::Dtype { .. })));
    }

    #[test]
    fn unfinished_file_does_not_appear_and_empty_one_does() {
        let directory = tempfile::tempdir().unwrap();
        let path = path_in(&directory);
        let mut appender = NPYAppender::<f32>::create(&path, &[4]).unwrap();
        appender.add(&[1.0; 8]).unwrap();
        assert!(matches!(appender.add(&[1.0; 3]), Err(NpyError::ItemSize { given: 3, item_values: 4 })));
        drop(appender);
        assert_eq!(std::fs::read_dir(path.parent().unwrap()).unwrap().count(), 0);
        assert_eq!(NPYAppender::<f32>::create(&path, &[6, 4]).unwrap().finish().unwrap(), 0);
        assert_eq!(NPY::<f32>::load(&path).unwrap().shape_text(), "0,6,4");
    }
}
