//! A stripped-down array that tells every move of its storage, for memory tests.

use std::fmt;
use std::io::Write;

use crate::shape::{addressable_values, shape_text};
use crate::{Element, NpyError};

/// Growable array that reports reservations and moves of its storage to a writer, line by line.
///
/// Unlike [`crate::NPY`], which lets the allocator extend storage in place, growth here always takes a new block,
/// copies and frees the old one, as a C++ vector does. So the lines are the same in every run.
pub struct NPX<T: Element> {
    values: Vec<T>,
    item_shape: Vec<u64>,
    item_values: usize,
    reservation: i64,
    base_address: usize,
    output: Box<dyn Write + Send>,
}

impl<T: Element> fmt::Debug for NPX<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("NPX").field("shape", &self.shape_text()).field("capacity", &self.capacity()).finish()
    }
}

impl<T: Element> NPX<T> {
    /// An empty array of items of the given shape that reports to `output`.
    ///
    /// # Errors
    /// [`NpyError::Shape`] for items without values or with more than addressable.
    pub fn make(item_shape: &[u64], output: Box<dyn Write + Send>) -> Result<Self, NpyError> {
        let item_values = addressable_values(item_shape, size_of::<T>())?;
        if item_values == 0 {
            return Err(crate::shape::shape_error(item_shape, "items need values"));
        }
        let item_shape = item_shape.to_vec();
        Ok(NPX { values: Vec::new(), item_shape, item_values, reservation: 0, base_address: 0, output })
    }

    /// Sets the number of items to make room for when the first item is added; 0 and less: none.
    #[doc(alias = "setReservation")]
    pub fn set_reservation(&mut self, items: i64) {
        log::debug!(target: "NPYBase::setReservation", "items {items}");
        self.reservation = items;
    }

    /// Makes room for `items` items in total and reports the capacity before and after.
    ///
    /// # Errors
    /// [`NpyError::OutOfMemory`] where the memory is not there.
    pub fn reserve(&mut self, items: u64) -> Result<(), NpyError> {
        let too_many = NpyError::OutOfMemory { bytes: u64::MAX };
        let values =
            items.checked_mul(self.item_values as u64).and_then(|values| usize::try_from(values).ok());
        let values = values.ok_or(too_many)?;
        let before = self.capacity();
        if values > self.values.capacity() {
            self.move_to(values)?;
        }
        let (item_values, after) = (self.item_values, self.capacity());
        self.report(&format!(
            " reserve  items {items} itemvals {item_values} vals {values} cap0 {before} cap1 {after}"
        ));
        Ok(())
    }

    /// Appends whole items given as their values.
    ///
    /// # Errors
    /// As [`crate::NPY::add`].
    pub fn add(&mut self, values: &[T]) -> Result<(), NpyError> {
        if !values.len().is_multiple_of(self.item_values) {
            let (given, item_values) = (values.len() as u64, self.item_values as u64);
            return Err(NpyError::ItemSize { given, item_values });
        }
        if self.values.is_empty() && self.reservation > 0 {
            self.reserve(self.reservation.unsigned_abs())?;
        }
        self.grow(values)
    }

    fn grow(&mut self, values: &[T]) -> Result<(), NpyError> {
        let shape_before = self.shape_text();
        let needed = self.values.len().saturating_add(values.len());
        if needed > self.values.capacity() {
            self.move_to(needed.max(self.values.capacity().saturating_mul(2)))?;
        }
        self.values.extend_from_slice(values);
        let address = self.values.as_ptr().addr();
        if address != self.base_address {
            self.base_address = address;
            let (size, capacity) = (self.values.len(), self.capacity());
            self.report(&format!(
                "NPX<T>::grow base_ptr shift {shape_before} m_data->size() {size} m_data->capacity() {capacity}"
            ));
        }
        Ok(())
    }

    /// Takes a new block of `capacity` values, copies there and frees the old block.
    fn move_to(&mut self, capacity: usize) -> Result<(), NpyError> {
        let bytes = (capacity as u64).saturating_mul(size_of::<T>() as u64);
        let mut moved = Vec::new();
        moved.try_reserve_exact(capacity).map_err(|_| NpyError::OutOfMemory { bytes })?;
        moved.extend_from_slice(&self.values);
        self.values = moved;
        Ok(())
    }

    /// Drops all items and gives their memory back.
    pub fn reset(&mut self) {
        self.values = Vec::new();
        self.base_address = 0;
    }

    /// Values that fit before the storage moves.
    pub fn capacity(&self) -> u64 {
        self.values.capacity() as u64
    }

    /// Number of items.
    pub fn num_items(&self) -> u64 {
        (self.values.len() / self.item_values) as u64
    }

    /// Dimensions joined by commas, `3500,6,4`.
    pub fn shape_text(&self) -> String {
        let mut shape = vec![self.num_items()];
        shape.extend_from_slice(&self.item_shape);
        shape_text(&shape)
    }

    fn report(&mut self, line: &str) {
        // A closed output must not stop the program that is being measured.
        let _ = writeln!(self.output, "{line}");
    }
}
