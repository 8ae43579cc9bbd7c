//! How an array grows: adding items, reservation, and giving the memory back.

use crate::{Element, NPY, NpyError};

/// What growing did to the storage of an array.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Growth {
    /// Values that fit before the storage grows again.
    pub capacity: u64,
    /// Times that the storage was (re)allocated since the array was made.
    pub reallocations: u64,
    /// Times that the storage moved to another address since the array was made.
    pub base_ptr_shifts: u64,
}

impl<T: Element> NPY<T> {
    /// Appends whole items given as their values.
    ///
    /// Storage doubles when it is full, so that adding costs a constant time on average; an empty array first
    /// reserves what [`NPY::set_reservation`] asked for.
    ///
    /// # Errors
    /// [`NpyError::ItemSize`] for a number of values that is not a multiple of an item's,
    /// [`NpyError::OutOfMemory`] where the storage cannot grow. The array is unchanged then.
    #[inline]
    pub fn add(&mut self, values: &[T]) -> Result<(), NpyError> {
        let spare = self.values.capacity() - self.values.len();
        if values.len() == self.item_values && values.len() <= spare {
            self.values.extend_from_slice(values);
            return Ok(());
        }
        self.add_and_grow(values)
    }

    #[cold]
    #[inline(never)]
    fn add_and_grow(&mut self, values: &[T]) -> Result<(), NpyError> {
        if self.item_values == 0 || !values.len().is_multiple_of(self.item_values) {
            let (given, item_values) = (values.len() as u64, self.item_values as u64);
            return Err(NpyError::ItemSize { given, item_values });
        }
        if self.is_empty() && self.has_reservation() && !values.is_empty() {
            log::debug!(target: "NPY::add", "adding on empty : setting reservation {}", self.reservation);
            self.reserve(self.reservation.unsigned_abs())?;
        }
        let needed = self.values.len().checked_add(values.len()).ok_or_else(too_many)?;
        if needed > self.values.capacity() {
            self.grow_to(needed.max(self.values.capacity().saturating_mul(2)))?;
        }
        self.values.extend_from_slice(values);
        Ok(())
    }

    /// Appends the items of another array with the same number of values per item.
    ///
    /// # Errors
    /// [`NpyError::ItemSize`] for other items, [`NpyError::OutOfMemory`] where the storage cannot grow.
    pub fn add_array(&mut self, other: &NPY<T>) -> Result<(), NpyError> {
        if other.item_values != self.item_values {
            let (given, item_values) = (other.item_values(), self.item_values());
            return Err(NpyError::ItemSize { given, item_values });
        }
        if other.is_empty() { Ok(()) } else { self.add(&other.values) }
    }

    /// Enlarges the storage to `capacity` values and notes what happened to it.
    fn grow_to(&mut self, capacity: usize) -> Result<(), NpyError> {
        let before = self.values.as_ptr();
        let bytes = (capacity as u64).saturating_mul(size_of::<T>() as u64);
        let additional = capacity - self.values.len();
        self.values.try_reserve_exact(additional).map_err(|_| NpyError::OutOfMemory { bytes })?;
        self.growth.capacity = self.values.capacity() as u64;
        self.growth.reallocations += 1;
        self.growth.base_ptr_shifts += u64::from(self.values.as_ptr() != before);
        Ok(())
    }

    /// Makes room for `items` items in total, so that adding up to them does not reallocate.
    ///
    /// # Errors
    /// [`NpyError::OutOfMemory`] where the memory is not there.
    pub fn reserve(&mut self, items: u64) -> Result<(), NpyError> {
        let (item_values, before) = (self.item_values(), self.capacity());
        let values = items.checked_mul(item_values).and_then(|values| usize::try_from(values).ok());
        let values = values.ok_or_else(too_many)?;
        if values > self.values.capacity() {
            self.grow_to(values)?;
        }
        log::debug!(
            target: "NPY::reserve",
            " reserve  items {items} itemvals {item_values} vals {values} cap0 {before} cap1 {}", self.capacity()
        );
        Ok(())
    }

    /// Sets the number of items to make room for when the first item is added to the empty array.
    ///
    /// More than 0: that many items, fixed. 0: none. -1: none of itself, but [`NPY::reserve_for_event`] makes room
    /// for exactly what each event brings. More items than reserved do no harm: the array then doubles.
    #[doc(alias = "setReservation")]
    pub fn set_reservation(&mut self, items: i64) {
        log::debug!(target: "NPYBase::setReservation", "items {items}");
        self.reservation = items;
    }

    /// The reservation as set, in items; 0 and negative numbers reserve nothing on the first addition.
    #[doc(alias = "getReservation")]
    pub fn reservation(&self) -> i64 {
        self.reservation
    }

    /// Whether the first addition reserves.
    #[doc(alias = "hasReservation")]
    pub fn has_reservation(&self) -> bool {
        self.reservation > 0
    }

    /// Reserves for an event that will bring `items` items: the fixed reservation where there is one, exactly
    /// `items` where it is negative, nothing where it is 0.
    ///
    /// # Errors
    /// As [`NPY::reserve`].
    pub fn reserve_for_event(&mut self, items: u64) -> Result<(), NpyError> {
        match self.reservation {
            0 => Ok(()),
            fixed if fixed > 0 => self.reserve(fixed.unsigned_abs()),
            _ => self.reserve(items),
        }
    }

    /// Values that fit before the storage grows again.
    pub fn capacity(&self) -> u64 {
        self.values.capacity() as u64
    }

    /// Capacity, reallocations and moves of the storage since the array was made.
    pub fn growth(&self) -> Growth {
        self.growth
    }

    /// Hands all items over with their memory and metadata, and leaves this array as after [`NPY::reset`].
    pub fn take(&mut self) -> Self {
        let values = std::mem::take(&mut self.values);
        let mut taken = self.like_with(values, self.hollow_items);
        taken.metadata_mut().clone_from(self.metadata());
        self.reset();
        taken
    }

    /// Drops all items and gives their memory back; shape of the items, reservation and metadata stay.
    #[doc(alias = "deallocate")]
    pub fn reset(&mut self) {
        self.values = Vec::new();
        self.hollow_items = 0;
        self.growth.capacity = 0;
    }
}

fn too_many() -> NpyError {
    NpyError::OutOfMemory { bytes: u64::MAX }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Capacities of 24-value items that double, as recorded for the original.
    const CAPACITIES: [u64; 15] =
        [24, 48, 96, 192, 384, 768, 1536, 3072, 6144, 12288, 24576, 49152, 98304, 196608, 393216];
    const SIZES: [u64; 15] =
        [24, 48, 72, 120, 216, 408, 792, 1560, 3096, 6168, 12312, 24600, 49176, 98328, 196632];

    fn gensteps() -> NPY<f32> {
        NPY::make(&[0, 6, 4]).unwrap()
    }

    #[test]
    fn capacity_doubles_as_recorded() {
        let mut array = gensteps();
        let mut seen = Vec::new();
        for _ in 0..8193 {
            let before = array.growth().reallocations;
            array.add(&[1.0; 24]).unwrap();
            if array.growth().reallocations > before {
                seen.push((array.num_values(), array.capacity()));
            }
        }
        let expected: Vec<_> = SIZES.into_iter().zip(CAPACITIES).collect();
        assert_eq!(seen, expected);
        let growth = array.growth();
        assert!((1..=15).contains(&growth.base_ptr_shifts), "{growth:?}");
    }

    #[test]
    fn fixed_reservation_allocates_once() {
        let mut array = gensteps();
        array.set_reservation(4000);
        for _event in 0..3 {
            for _ in 0..3500 {
                array.add(&[1.0; 24]).unwrap();
            }
            assert_eq!(array.capacity(), 96000);
            array.reset();
            assert_eq!((array.capacity(), array.num_items()), (0, 0));
        }
        assert_eq!(array.growth(), Growth { capacity: 0, reallocations: 3, base_ptr_shifts: 3 });
    }

    #[test]
    fn zero_and_negative_reservations_reserve_nothing_on_add() {
        for reservation in [0, -1] {
            let mut array = gensteps();
            array.set_reservation(reservation);
            assert!(!array.has_reservation());
            array.add(&[0.0; 24]).unwrap();
            assert_eq!(array.capacity(), 24);
        }
    }

    #[test]
    fn reservation_per_event_is_exact() {
        let mut array = gensteps();
        let mut capacity_for = |reservation, items| {
            array.reset();
            array.set_reservation(reservation);
            array.reserve_for_event(items).unwrap();
            array.capacity()
        };
        assert_eq!(capacity_for(-1, 3500), 84000);
        assert_eq!(capacity_for(4000, 3500), 96000);
        assert_eq!(capacity_for(0, 3500), 0);
    }

    #[test]
    fn too_small_reservation_is_outgrown() {
        let mut array = gensteps();
        array.set_reservation(2);
        for _ in 0..3 {
            array.add(&[0.0; 24]).unwrap();
        }
        assert_eq!((array.capacity(), array.growth().reallocations), (96, 2));
    }

    #[test]
    fn several_items_at_once_and_wrong_sizes() {
        let mut array = gensteps();
        array.add(&[1.0; 72]).unwrap();
        assert_eq!(array.num_items(), 3);
        assert!(matches!(array.add(&[1.0; 25]), Err(NpyError::ItemSize { given: 25, item_values: 24 })));
        array.add(&[]).unwrap();
        let copy = array.clone();
        array.add_array(&copy).unwrap();
        assert_eq!((array.num_items(), array.num_values()), (6, 144));
        assert!(array.add_array(&NPY::make(&[1, 4]).unwrap()).is_err());
    }

    #[test]
    fn items_are_handed_over_without_copying() {
        let mut array = gensteps();
        array.set_reservation(4000);
        array.add(&[7.0; 24]).unwrap();
        let address = array.values().as_ptr();
        let taken = array.take();
        assert_eq!((taken.values().as_ptr(), taken.num_items(), taken.capacity()), (address, 1, 96_000));
        assert_eq!((array.num_items(), array.capacity(), array.reservation()), (0, 0, 4000));
        array.add(&[7.0; 24]).unwrap();
        assert_eq!((array.capacity(), array.growth().reallocations), (96_000, 2));
    }

    #[test]
    fn unobtainable_memory_is_an_error() {
        let mut array = gensteps();
        array.add(&[1.0; 24]).unwrap();
        for items in [u64::MAX, 1 << 60, 1 << 55] {
            assert!(matches!(array.reserve(items), Err(NpyError::OutOfMemory { .. })), "{items}");
        }
        assert_eq!(array.values(), [1.0; 24]);
    }
}
