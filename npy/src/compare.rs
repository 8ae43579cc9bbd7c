//! Comparing arrays.

use crate::shape::{shape_error, shape_text};
use crate::{Element, NPY, NpyError};

impl<T: Element> NPY<T> {
    /// Number of items with any value that differs from the other array's. NaN differs from everything.
    ///
    /// # Errors
    /// [`NpyError::Shape`] for arrays of different shapes.
    pub fn compare(&self, other: &NPY<T>) -> Result<u64, NpyError> {
        self.same_shape(other)?;
        Ok(self.items().zip(other.items()).filter(|(a, b)| a != b).count() as u64)
    }

    /// Number of items where the bits of element (j,k), four bytes, differ from the other array's.
    ///
    /// # Errors
    /// [`NpyError::Shape`] for different numbers of items, [`NpyError::ItemElement`] where either has no such element.
    pub fn compare_element_jk<U: Element>(&self, other: &NPY<U>, j: u64, k: u64) -> Result<u64, NpyError> {
        if self.num_items() != other.num_items() {
            let problem = format!("cannot be compared item by item with shape ({})", other.shape_text());
            return Err(shape_error(&self.shape(), problem));
        }
        let pairs = self.element_bits(j, k)?.zip(other.element_bits(j, k)?);
        Ok(pairs.filter(|(a, b)| a != b).count() as u64)
    }

    /// Largest absolute difference between values, 0 for empty arrays, NaN where any is.
    ///
    /// # Errors
    /// [`NpyError::Shape`] for arrays of different shapes.
    #[doc(alias = "maxdiff")]
    pub fn max_difference(&self, other: &NPY<T>) -> Result<f64, NpyError> {
        self.same_shape(other)?;
        let differences =
            self.values().iter().zip(other.values()).map(|(a, b)| (a.to_f64() - b.to_f64()).abs());
        Ok(differences.fold(0.0, |largest, d| if d > largest || d.is_nan() { d } else { largest }))
    }

    /// Smallest and largest value, leaving NaN aside; `None` where there are none.
    #[doc(alias = "minmax")]
    pub fn min_max(&self) -> Option<(T, T)> {
        let mut ordered = self.values().iter().copied().filter(|value| !value.to_f64().is_nan());
        let first = ordered.next()?;
        Some(ordered.fold((first, first), |(low, high), value| {
            (if value < low { value } else { low }, if value > high { value } else { high })
        }))
    }

    fn same_shape(&self, other: &NPY<T>) -> Result<(), NpyError> {
        if self.shape() == other.shape() {
            return Ok(());
        }
        Err(shape_error(
            &self.shape(),
            format!("cannot be compared with shape ({})", shape_text(&other.shape())),
        ))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn photons(change: impl Fn(&mut [f32])) -> NPY<f32> {
        let mut values: Vec<f32> = (0..48u8).map(f32::from).collect();
        change(&mut values);
        NPY::from_vec(values, &[3, 4, 4]).unwrap()
    }

    #[test]
    fn items_that_differ_are_counted_once() {
        let original = photons(|_| {});
        let changed = photons(|values| values[16..20].fill(-1.0));
        assert_eq!(original.compare(&original).unwrap(), 0);
        assert_eq!(original.compare(&changed).unwrap(), 1);
        assert_eq!(original.max_difference(&changed).unwrap(), 20.0);
        let undefined = photons(|values| values[47] = f32::NAN);
        assert_eq!(undefined.compare(&undefined.clone()).unwrap(), 1);
        assert!(original.max_difference(&undefined).unwrap().is_nan());
        assert_eq!(undefined.min_max(), Some((0.0, 46.0)));
        assert!(original.compare(&NPY::make(&[3, 16]).unwrap()).is_err());
    }

    #[test]
    fn elements_are_compared_by_bits() {
        // 0.0 and -0.0 are equal numbers and different bits.
        let (plus, minus) = (photons(|_| {}), photons(|values| values[0] = -0.0));
        assert_eq!(plus.compare(&minus).unwrap(), 0);
        assert_eq!(plus.compare_element_jk(&minus, 0, 0).unwrap(), 1);
        assert_eq!(plus.compare_element_jk(&minus, 3, 3).unwrap(), 0);
        let ways = NPY::<u32>::make(&[3, 2, 4]).unwrap();
        assert_eq!(plus.compare_element_jk(&ways, 1, 3).unwrap(), 3);
        assert!(plus.compare_element_jk(&ways, 2, 3).is_err());
        assert!(plus.compare_element_jk(&NPY::<u32>::make(&[2, 4, 4]).unwrap(), 0, 0).is_err());
    }
}
