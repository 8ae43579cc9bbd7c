//! Four-byte elements read as unsigned integers: flags, codes and counts that ride in float arrays.

use std::collections::BTreeMap;

use crate::shape::shape_text;
use crate::{Element, NPY, NpyError};

impl<T: Element> NPY<T> {
    /// Position within an item of element (j,k), for items of two dimensions, or of one with `j` 0.
    fn element_position(&self, j: u64, k: u64) -> Result<usize, NpyError> {
        let problem = |problem| {
            let item_shape = shape_text(self.item_shape());
            NpyError::ItemElement { j, k, item_shape, dtype: T::DESCR, problem }
        };
        if size_of::<T>() != 4 {
            return Err(problem("only four-byte elements can be read as 32-bit integers"));
        }
        let (rows, columns) = match *self.item_shape() {
            [columns] => (1, columns),
            [rows, columns] => (rows, columns),
            _ => return Err(problem("items must have one or two dimensions")),
        };
        if j >= rows || k >= columns {
            return Err(problem("there is no such element"));
        }
        Ok((j * columns + k) as usize)
    }

    /// Bits of element (j,k) of each item as unsigned integers.
    ///
    /// # Errors
    /// [`NpyError::ItemElement`] where items have no such element or elements have not four bytes.
    pub fn element_bits(&self, j: u64, k: u64) -> Result<impl Iterator<Item = u32> + '_, NpyError> {
        let position = self.element_position(j, k)?;
        let bits: &[u32] = bytemuck::cast_slice(&self.values);
        let item_values = self.item_values;
        Ok((0..self.num_items() as usize).map(move |i| bits[i * item_values + position]))
    }

    /// Sum over the items of element (j,k) read as unsigned integer; (0,3) of gensteps is the number of photons.
    ///
    /// # Errors
    /// As [`NPY::element_bits`].
    #[doc(alias = "getUSum")]
    pub fn get_u_sum(&self, j: u64, k: u64) -> Result<u64, NpyError> {
        Ok(self.element_bits(j, k)?.map(u64::from).sum())
    }

    /// How many items have each value of element (j,k), read as unsigned integer.
    ///
    /// # Errors
    /// As [`NPY::element_bits`].
    #[doc(alias = "count_uniquei")]
    pub fn count_unique(&self, j: u64, k: u64) -> Result<BTreeMap<u32, u64>, NpyError> {
        let mut counts = BTreeMap::new();
        for bits in self.element_bits(j, k)? {
            *counts.entry(bits).or_default() += 1;
        }
        Ok(counts)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn photon_numbers_are_summed_beyond_32_bits() {
        let mut gensteps = NPY::<f32>::make(&[3, 6, 4]).unwrap();
        for (i, photons) in [4_000_000_000u32, 4_000_000_000, 7].into_iter().enumerate() {
            gensteps.item_mut(i as u64).unwrap()[3] = f32::from_bits(photons);
        }
        assert_eq!(gensteps.get_u_sum(0, 3).unwrap(), 8_000_000_007);
        assert_eq!(gensteps.get_u_sum(5, 3).unwrap(), 0);
        let counts = gensteps.count_unique(0, 3).unwrap();
        assert_eq!(counts.into_iter().collect::<Vec<_>>(), [(7, 1), (4_000_000_000, 2)]);
    }

    #[test]
    fn elements_that_are_not_there() {
        let array = NPY::<f32>::make(&[1, 6, 4]).unwrap();
        for (j, k) in [(6, 0), (0, 4), (u64::MAX, u64::MAX)] {
            assert!(matches!(array.get_u_sum(j, k), Err(NpyError::ItemElement { .. })));
        }
        assert!(NPY::<f64>::make(&[1, 6, 4]).unwrap().get_u_sum(0, 0).is_err());
        assert!(NPY::<f32>::make(&[1]).unwrap().get_u_sum(0, 0).is_err());
    }
}
