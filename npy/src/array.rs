//! The array: items of one shape in one piece of memory.

use crate::shape::{addressable_values, checked_product, infer_shape, shape_error, shape_text};
use crate::{Element, Growth, Metadata, NpyError};

/// Growable array of items of one shape, row-major.
///
/// The first dimension counts the items, the others are the shape of an item. See the crate's overview for an
/// example.
#[derive(Debug, Clone)]
#[doc(alias = "NPYBase")]
pub struct NPY<T: Element> {
    pub(crate) values: Vec<T>,
    /// The number of items where an item has no values; else it follows from the number of values.
    pub(crate) hollow_items: usize,
    pub(crate) item_values: usize,
    item_shape: Vec<u64>,
    pub(crate) reservation: i64,
    pub(crate) growth: Growth,
    metadata: Metadata,
}

impl<T: Element> NPY<T> {
    /// An array of the given shape, zeros where the first dimension is not 0. An empty one allocates nothing.
    ///
    /// # Errors
    /// [`NpyError::Shape`] without dimensions or with more values than addressable,
    /// [`NpyError::OutOfMemory`] where the memory is not there.
    pub fn make(shape: &[u64]) -> Result<Self, NpyError> {
        let count = addressable_values(shape, size_of::<T>())?;
        let mut values = Vec::new();
        let bytes = (count * size_of::<T>()) as u64;
        values.try_reserve_exact(count).map_err(|_| NpyError::OutOfMemory { bytes })?;
        values.resize(count, T::zeroed());
        Self::from_vec(values, shape)
    }

    /// An array of existing values in row-major order; takes the vector over without copying.
    ///
    /// # Errors
    /// [`NpyError::Shape`] where the shape has no dimensions or does not hold exactly these values.
    #[doc(alias = "make_from_vec")]
    pub fn from_vec(values: Vec<T>, shape: &[u64]) -> Result<Self, NpyError> {
        let Some((&num_items, item_shape)) = shape.split_first() else {
            return Err(shape_error(shape, "an array needs at least one dimension"));
        };
        let count = addressable_values(shape, size_of::<T>())?;
        let item_values = addressable_values(item_shape, size_of::<T>())?;
        if count != values.len() {
            return Err(shape_error(shape, format!("does not hold {} values", values.len())));
        }
        let growth = Growth { capacity: values.capacity() as u64, ..Growth::default() };
        Ok(NPY {
            values,
            hollow_items: usize::try_from(num_items).map_err(|_| shape_error(shape, "too many items"))?,
            item_values,
            item_shape: item_shape.to_vec(),
            reservation: 0,
            growth,
            metadata: Metadata::default(),
        })
    }

    /// An empty array with items as those of `self`.
    pub fn make_like(&self) -> Self {
        NPY {
            values: Vec::new(),
            hollow_items: 0,
            item_values: self.item_values,
            item_shape: self.item_shape.clone(),
            reservation: 0,
            growth: Growth::default(),
            metadata: Metadata::default(),
        }
    }

    /// An array of whole items as those of `self`, with the given values.
    pub(crate) fn like_with(&self, values: Vec<T>, num_items: usize) -> Self {
        let growth = Growth { capacity: values.capacity() as u64, ..Growth::default() };
        NPY { values, hollow_items: num_items, growth, ..self.make_like() }
    }

    /// The values, row-major, taken out without copying.
    pub fn into_vec(self) -> Vec<T> {
        self.values
    }

    /// All values, row-major.
    #[doc(alias = "getValues")]
    pub fn values(&self) -> &[T] {
        &self.values
    }

    /// All values, row-major, to change.
    pub fn values_mut(&mut self) -> &mut [T] {
        &mut self.values
    }

    /// The values as bytes, as they go to a file.
    pub fn bytes(&self) -> &[u8] {
        bytemuck::cast_slice(&self.values)
    }

    /// Number of items, the first dimension.
    #[doc(alias = "getNumItems")]
    #[inline]
    pub fn num_items(&self) -> u64 {
        self.values.len().checked_div(self.item_values).unwrap_or(self.hollow_items) as u64
    }

    /// Whether there are no items.
    pub fn is_empty(&self) -> bool {
        self.num_items() == 0
    }

    /// Number of values, the product of all dimensions.
    #[doc(alias = "getNumValues")]
    pub fn num_values(&self) -> u64 {
        self.values.len() as u64
    }

    /// Number of values of an item.
    pub fn item_values(&self) -> u64 {
        self.item_values as u64
    }

    /// All dimensions, the number of items first.
    pub fn shape(&self) -> Vec<u64> {
        let mut shape = vec![self.num_items()];
        shape.extend_from_slice(&self.item_shape);
        shape
    }

    /// Dimensions of an item.
    pub fn item_shape(&self) -> &[u64] {
        &self.item_shape
    }

    /// Dimensions joined by commas, `3500,6,4`.
    #[doc(alias = "getShapeString")]
    pub fn shape_text(&self) -> String {
        shape_text(&self.shape())
    }

    /// Whether the dimensions are these, -1 standing for any.
    #[doc(alias = "hasShape")]
    pub fn has_shape(&self, shape: &[i64]) -> bool {
        let own = self.shape();
        let matches = |(&own, &wanted): (&u64, &i64)| wanted == -1 || i64::try_from(own) == Ok(wanted);
        own.len() == shape.len() && own.iter().zip(shape).all(matches)
    }

    /// The values of one item; `None` beyond the last.
    pub fn item(&self, index: u64) -> Option<&[T]> {
        let start = self.start_of(index)?;
        Some(&self.values[start..start + self.item_values])
    }

    /// The values of one item to change; `None` beyond the last.
    pub fn item_mut(&mut self, index: u64) -> Option<&mut [T]> {
        let start = self.start_of(index)?;
        let end = start + self.item_values;
        Some(&mut self.values[start..end])
    }

    /// The items in order, each as a slice of its values.
    pub fn items(&self) -> impl ExactSizeIterator<Item = &[T]> {
        (0..self.num_items() as usize).map(|i| &self.values[i * self.item_values..(i + 1) * self.item_values])
    }

    /// Where an item starts in the values.
    fn start_of(&self, index: u64) -> Option<usize> {
        (index < self.num_items()).then(|| index as usize * self.item_values)
    }

    /// The four values of row `j` of item `i`, for arrays whose last dimension is 4; `None` otherwise or outside.
    #[doc(alias = "getQuad_")]
    pub fn quad(&self, i: u64, j: u64) -> Option<[T; 4]> {
        if self.item_shape.last() != Some(&4) {
            return None;
        }
        let item = self.item(i)?;
        item.chunks_exact(4).nth(usize::try_from(j).ok()?)?.try_into().ok()
    }

    /// The value at one index per dimension, negative ones counted from the end; `None` outside.
    #[doc(alias = "getValue")]
    #[doc(alias = "getValueIndex")]
    pub fn get(&self, indices: &[i64]) -> Option<T> {
        let shape = self.shape();
        if indices.len() != shape.len() {
            return None;
        }
        let mut position = 0u64;
        for (&index, &dim) in indices.iter().zip(&shape) {
            let from_start = if index < 0 { dim.checked_add_signed(index)? } else { index.unsigned_abs() };
            if from_start >= dim {
                return None;
            }
            position = position * dim + from_start;
        }
        self.values.get(usize::try_from(position).ok()?).copied()
    }

    /// Changes the dimensions, one of which may be -1 to be inferred; the values stay.
    ///
    /// # Errors
    /// [`NpyError::Shape`] where the new dimensions do not hold the same number of values.
    pub fn reshape(&mut self, shape: &[i64]) -> Result<(), NpyError> {
        let shape = infer_shape(shape, self.num_values())?;
        let item_values = checked_product(&shape[1..])?;
        self.hollow_items = shape[0] as usize;
        self.item_values = item_values as usize;
        self.item_shape = shape[1..].to_vec();
        Ok(())
    }

    /// Sets every value.
    pub fn fill(&mut self, value: T) {
        self.values.fill(value);
    }

    /// Metadata that is saved beside the array.
    pub fn metadata(&self) -> &Metadata {
        &self.metadata
    }

    /// Metadata to change.
    pub fn metadata_mut(&mut self) -> &mut Metadata {
        &mut self.metadata
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn counting() -> NPY<f32> {
        NPY::from_vec((0..48u8).map(f32::from).collect(), &[2, 6, 4]).unwrap()
    }

    #[test]
    fn row_major_access() {
        let array = counting();
        assert_eq!(array.get(&[1, 2, 3]), Some(24.0 + 2.0 * 4.0 + 3.0));
        assert_eq!(array.get(&[-1, -1, -1]), Some(47.0));
        assert_eq!(array.quad(1, 0), Some([24.0, 25.0, 26.0, 27.0]));
        assert_eq!(array.item(1).unwrap()[0], 24.0);
        assert_eq!((array.get(&[2, 0, 0]), array.get(&[0, 0]), array.get(&[-3, 0, 0])), (None, None, None));
        assert_eq!((array.quad(2, 0), array.quad(0, 6), array.item(2)), (None, None, None));
        assert_eq!(array.items().map(|item| item[23]).collect::<Vec<_>>(), [23.0, 47.0]);
    }

    #[test]
    fn shapes_are_checked() {
        assert!(NPY::<f32>::make(&[]).is_err());
        assert!(NPY::from_vec(vec![0.0f32; 5], &[2, 3]).is_err());
        assert!(NPY::<u8>::make(&[1 << 40, 1 << 40]).is_err());
        assert!(matches!(NPY::<u8>::make(&[1 << 62]), Err(NpyError::OutOfMemory { .. })));
        assert!(counting().has_shape(&[-1, 6, 4]) && !counting().has_shape(&[-1, 4]));
        assert_eq!(NPY::<i16>::make(&[3, 2]).unwrap().values(), [0; 6]);
    }

    #[test]
    fn reshape_keeps_the_values() {
        let mut array = counting();
        array.reshape(&[-1, 4]).unwrap();
        assert_eq!((array.shape_text().as_str(), array.item_values()), ("12,4", 4));
        assert!(array.reshape(&[-1, 5]).is_err());
        assert_eq!(array.values()[47], 47.0);
    }

    #[test]
    fn vectors_go_in_and_out_without_copying() {
        let values = vec![1i64; 12];
        let address = values.as_ptr();
        let back = NPY::from_vec(values, &[3, 4]).unwrap().into_vec();
        assert_eq!(back.as_ptr(), address);
    }

    #[test]
    fn items_without_values_are_counted() {
        let array = NPY::<f32>::make(&[3, 0, 4]).unwrap();
        assert_eq!((array.num_items(), array.num_values(), array.items().count()), (3, 0, 3));
    }
}
