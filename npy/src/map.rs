//! Reading a large .npy file in place.

use std::marker::PhantomData;
use std::path::Path;

use memmap2::Mmap;

use crate::header::{FileHeader, format_error};
use crate::load::{check_length, open_regular};
use crate::shape::shape_text;
use crate::{Element, NpyError};

/// An .npy file mapped into memory: its values are read from the file as they are touched, without a copy.
#[derive(Debug)]
pub struct NPYMap<T: Element> {
    map: Mmap,
    data_offset: usize,
    data_bytes: usize,
    shape: Vec<u64>,
    element: PhantomData<T>,
}

impl<T: Element> NPYMap<T> {
    /// Maps an .npy file of exactly this element type.
    ///
    /// The file must not be shortened while it is mapped: the operating system ends a program that then touches
    /// the missing part. Files written by this crate are replaced, never shortened.
    ///
    /// # Errors
    /// As [`crate::NPY::load`], and [`NpyError::Format`] where the data are not aligned for the type.
    pub fn open(path: impl AsRef<Path>) -> Result<Self, NpyError> {
        let path = path.as_ref();
        let place = path.display().to_string();
        let (mut file, _) = open_regular(path)?;
        let header = FileHeader::read(&mut file, &place)?;
        let expected = header.values_of::<T>(&place)? * size_of::<T>();
        // SAFETY: the map is read only and lives as long as this value. That nobody shortens the file meanwhile is
        // the condition in the documentation; changed contents give other numbers, every bit pattern is a `T`.
        let map = unsafe { Mmap::map(&file) }.map_err(NpyError::io("map", path))?;
        let data_offset = header.data_offset as usize;
        let found = map.len().saturating_sub(data_offset);
        check_length(expected as u64, found as u64, &place)?;
        let data = &map[data_offset..data_offset + expected];
        if bytemuck::try_cast_slice::<u8, T>(data).is_err() {
            return Err(format_error(&place, "its data are not aligned for mapping: load it instead"));
        }
        Ok(NPYMap { map, data_offset, data_bytes: expected, shape: header.shape, element: PhantomData })
    }

    /// All values, row-major.
    pub fn values(&self) -> &[T] {
        bytemuck::cast_slice(&self.map[self.data_offset..self.data_offset + self.data_bytes])
    }

    /// All dimensions, the number of items first.
    pub fn shape(&self) -> &[u64] {
        &self.shape
    }

    /// Dimensions joined by commas, `3500,6,4`.
    pub fn shape_text(&self) -> String {
        shape_text(&self.shape)
    }

    /// Number of items, the first dimension.
    pub fn num_items(&self) -> u64 {
        self.shape.first().copied().unwrap_or(0)
    }

    /// The values of one item; `None` beyond the last.
    pub fn item(&self, index: u64) -> Option<&[T]> {
        if index >= self.num_items() {
            return None;
        }
        let item_values = self.values().len() / usize::try_from(self.num_items()).ok()?;
        let start = usize::try_from(index).ok()? * item_values;
        self.values().get(start..start + item_values)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::NPY;

    #[test]
    fn mapped_values_are_those_saved() {
        let directory = tempfile::tempdir().unwrap();
        let path = directory.path().join("photons.npy");
        let values: Vec<f64> = (0..4800u32).map(f64::from).collect();
        NPY::from_vec(values.clone(), &[300, 4, 4]).unwrap().save(&path).unwrap();
        let map = NPYMap::<f64>::open(&path).unwrap();
        assert_eq!((map.shape_text().as_str(), map.values()), ("300,4,4", &values[..]));
        assert_eq!(map.item(299).unwrap()[15], 4799.0);
        assert_eq!(map.item(300), None);
        assert!(matches!(NPYMap::<f32>::open(&path), Err(NpyError::Dtype { .. })));
    }

    #[test]
    fn empty_and_truncated_files() {
        let directory = tempfile::tempdir().unwrap();
        let path = directory.path().join("x.npy");
        NPY::<f32>::make(&[0, 4]).unwrap().save(&path).unwrap();
        let map = NPYMap::<f32>::open(&path).unwrap();
        assert_eq!((map.values().len(), map.item(0)), (0, None));

        let mut bytes = NPY::<f32>::make(&[9, 4]).unwrap().to_bytes().unwrap();
        bytes.truncate(bytes.len() - 1);
        std::fs::write(&path, bytes).unwrap();
        let error = NPYMap::<f32>::open(&path).unwrap_err();
        assert!(matches!(error, NpyError::Truncated { expected: 144, found: 143, .. }), "{error}");
    }
}
