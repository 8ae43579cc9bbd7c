//! Choosing items, and joining arrays.

use crate::shape::shape_error;
use crate::{Element, NPY, NpyError};

impl<T: Element> NPY<T> {
    /// Copy of the items whose element (j,k), read as unsigned integer, shares any bit with the mask. The original's
    /// rule on the CPU; a mask of 0 takes none.
    ///
    /// # Errors
    /// As [`NPY::element_bits`].
    #[doc(alias = "make_selection")]
    pub fn select_any_bit(&self, j: u64, k: u64, mask: u32) -> Result<NPY<T>, NpyError> {
        self.select_bits(j, k, |bits| bits & mask != 0)
    }

    /// Copy of the items whose element (j,k), read as unsigned integer, has all bits of the mask. The original's rule
    /// on the GPU; a mask of 0 takes all.
    ///
    /// # Errors
    /// As [`NPY::element_bits`].
    #[doc(alias = "TIsHit")]
    pub fn select_all_bits(&self, j: u64, k: u64, mask: u32) -> Result<NPY<T>, NpyError> {
        self.select_bits(j, k, |bits| bits & mask == mask)
    }

    fn select_bits(&self, j: u64, k: u64, keep: impl Fn(u32) -> bool) -> Result<NPY<T>, NpyError> {
        let bits = self.element_bits(j, k)?;
        Ok(self.gather(bits.zip(0..).filter(|&(bits, _)| keep(bits)).map(|(_, index)| index)))
    }

    /// Copy of the items at these indices, in this order.
    ///
    /// # Errors
    /// [`NpyError::Shape`] for an index beyond the last item.
    #[doc(alias = "make_masked")]
    pub fn select_indices(&self, indices: &[u64]) -> Result<NPY<T>, NpyError> {
        if let Some(index) = indices.iter().find(|&&index| index >= self.num_items()) {
            return Err(shape_error(&self.shape(), format!("has no item {index} to select")));
        }
        Ok(self.gather(indices.iter().copied()))
    }

    /// Copy of every item whose index leaves `remainder` when divided by `modulo`; empty for a modulo of 0.
    #[doc(alias = "make_modulo_selection")]
    pub fn select_modulo(&self, modulo: u64, remainder: u64) -> NPY<T> {
        self.gather((0..self.num_items()).filter(|index| index.checked_rem(modulo) == Some(remainder)))
    }

    /// Items of several arrays one after the other.
    ///
    /// # Errors
    /// [`NpyError::Shape`] without arrays or where their items differ in shape.
    pub fn concat(arrays: &[&NPY<T>]) -> Result<NPY<T>, NpyError> {
        let Some(first) = arrays.first() else {
            return Err(shape_error(&[], "no arrays to join"));
        };
        if let Some(other) = arrays.iter().find(|array| array.item_shape() != first.item_shape()) {
            return Err(shape_error(
                &other.shape(),
                format!("cannot be joined to shape ({})", first.shape_text()),
            ));
        }
        let values = arrays.iter().map(|array| array.values()).collect::<Vec<_>>().concat();
        Ok(first.like_with(values, arrays.iter().map(|array| array.num_items() as usize).sum()))
    }

    /// Copy of the items at the given indices, which must be there.
    pub(crate) fn gather(&self, indices: impl Iterator<Item = u64>) -> NPY<T> {
        let mut values = Vec::new();
        let mut count = 0;
        for item in indices.filter_map(|index| self.item(index)) {
            values.extend_from_slice(item);
            count += 1;
        }
        self.like_with(values, count)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Photons whose flag in the last element is 0, 1, 2, 3, ...
    fn photons(count: u32) -> NPY<f32> {
        let mut array = NPY::make(&[0, 4, 4]).unwrap();
        for flags in 0..count {
            let mut photon = [flags as f32; 16];
            photon[15] = f32::from_bits(flags);
            array.add(&photon).unwrap();
        }
        array
    }

    fn firsts(array: &NPY<f32>) -> Vec<f32> {
        array.items().map(|item| item[0]).collect()
    }

    #[test]
    fn any_bit_and_all_bits_differ_for_two_bits() {
        let photons = photons(8);
        assert_eq!(firsts(&photons.select_any_bit(3, 3, 0b011).unwrap()), [1.0, 2.0, 3.0, 5.0, 6.0, 7.0]);
        assert_eq!(firsts(&photons.select_all_bits(3, 3, 0b011).unwrap()), [3.0, 7.0]);
        let (any, all) = (photons.select_any_bit(3, 3, 4), photons.select_all_bits(3, 3, 4));
        assert_eq!(any.unwrap().values()[..16], all.unwrap().values()[..16]);
        assert_eq!(photons.select_any_bit(3, 3, 0).unwrap().num_items(), 0);
        assert_eq!(photons.select_all_bits(3, 3, 0).unwrap().num_items(), 8);
        assert_eq!(photons.select_any_bit(3, 3, 0).unwrap().shape_text(), "0,4,4");
    }

    #[test]
    fn indices_modulo_and_joining() {
        let photons = photons(7);
        assert_eq!(firsts(&photons.select_indices(&[6, 0, 6]).unwrap()), [6.0, 0.0, 6.0]);
        assert!(photons.select_indices(&[7]).is_err());
        assert_eq!(firsts(&photons.select_modulo(3, 1)), [1.0, 4.0]);
        assert_eq!(photons.select_modulo(0, 0).num_items(), 0);
        let joined = NPY::concat(&[&photons.select_modulo(3, 1), &photons.select_modulo(3, 0)]).unwrap();
        assert_eq!(firsts(&joined), [1.0, 4.0, 0.0, 3.0, 6.0]);
        assert!(NPY::<f32>::concat(&[]).is_err());
        assert!(NPY::concat(&[&photons, &NPY::make(&[1, 6, 4]).unwrap()]).is_err());
    }
}
