//! Pointers that C passes, checked for null where they are used.
//!
//! Only C makes values of these types. That a pointer which is not null leads to what the Driver API says (a place for
//! one value, so many bytes, a text with a zero at its end, for the length of the call) is the caller's part of the
//! contract, as with any driver.

use std::ffi::{CStr, c_char, c_void};

use crate::error::{Answer, CudaError};

/// Where an answer goes.
#[repr(transparent)]
#[derive(Clone, Copy)]
pub(super) struct Out<T>(*mut T);

impl<T> Out<T> {
    /// Writes the answer.
    pub(super) fn put(self, value: T) -> Answer<()> {
        if self.0.is_null() {
            return Err(CudaError::InvalidValue);
        }
        // SAFETY: the caller passes null or a place for a T.
        unsafe { self.0.write(value) };
        Ok(())
    }

    /// Writes the answer where one is wanted.
    pub(super) fn put_if_wanted(self, value: T) {
        if !self.0.is_null() {
            // SAFETY: as above.
            unsafe { self.0.write(value) };
        }
    }

    /// Fails where there is no place, before anything is done.
    pub(super) fn check(self) -> Answer<()> {
        if self.0.is_null() { Err(CudaError::InvalidValue) } else { Ok(()) }
    }
}

impl Out<c_char> {
    /// A number that was passed as a pointer.
    pub(super) fn as_number(self) -> usize {
        self.0 as usize
    }

    /// Writes a text, cut to `room` bytes with the zero at its end.
    pub(super) fn put_text(self, text: &str, room: i32) -> Answer<()> {
        let room = usize::try_from(room).ok().filter(|room| *room > 0).ok_or(CudaError::InvalidValue)?;
        self.check()?;
        let bytes = &text.as_bytes()[..text.len().min(room - 1)];
        // SAFETY: the caller passes `room` bytes, and no more than that are written.
        unsafe {
            std::ptr::copy_nonoverlapping(bytes.as_ptr(), self.0.cast(), bytes.len());
            self.0.add(bytes.len()).write(0);
        }
        Ok(())
    }
}

/// A text with a zero at its end.
#[repr(transparent)]
#[derive(Clone, Copy)]
pub(super) struct Text(*const c_char);

impl Text {
    /// A copy of its bytes, without the zero.
    pub(super) fn bytes(self) -> Answer<Vec<u8>> {
        if self.0.is_null() {
            return Err(CudaError::InvalidValue);
        }
        // SAFETY: the caller passes null or a text with a zero at its end.
        Ok(unsafe { CStr::from_ptr(self.0) }.to_bytes().to_vec())
    }

    /// The same, where it is UTF-8.
    pub(super) fn text(self) -> Answer<String> {
        String::from_utf8(self.bytes()?).map_err(|_| CudaError::InvalidValue)
    }
}

/// Host memory that is copied from or to.
#[repr(transparent)]
#[derive(Clone, Copy)]
pub(super) struct HostMemory(*mut c_void);

impl HostMemory {
    /// Its address.
    pub(super) fn address(self) -> usize {
        self.0 as usize
    }

    /// A copy of its first bytes.
    pub(super) fn bytes(self, bytes: usize) -> Answer<Vec<u8>> {
        let mut copy = vec![0; bytes];
        if bytes > 0 {
            if self.0.is_null() {
                return Err(CudaError::InvalidValue);
            }
            // SAFETY: the caller passes null or that many bytes.
            unsafe { std::ptr::copy_nonoverlapping(self.0.cast(), copy.as_mut_ptr(), bytes) };
        }
        Ok(copy)
    }

    /// Overwrites its first bytes.
    pub(super) fn put(self, bytes: &[u8]) -> Answer<()> {
        if !bytes.is_empty() {
            if self.0.is_null() {
                return Err(CudaError::InvalidValue);
            }
            // SAFETY: the caller passes null or room for that many bytes.
            unsafe { std::ptr::copy_nonoverlapping(bytes.as_ptr(), self.0.cast(), bytes.len()) };
        }
        Ok(())
    }
}

/// A list of values.
#[repr(transparent)]
#[derive(Clone, Copy)]
pub(super) struct List<T>(*const T);

impl<T: Copy> List<T> {
    /// Whether there is one.
    pub(super) fn is_null(self) -> bool {
        self.0.is_null()
    }

    /// Value `i`.
    pub(super) fn get(self, i: usize) -> Answer<T> {
        if self.0.is_null() {
            return Err(CudaError::InvalidValue);
        }
        // SAFETY: the caller passes null or a list that is longer than what the function reads of it.
        Ok(unsafe { self.0.add(i).read() })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn null_is_an_error() {
        let null = Err(CudaError::InvalidValue);
        assert_eq!(Out::<i32>(std::ptr::null_mut()).put(1), null);
        assert_eq!(Out::<c_char>(std::ptr::null_mut()).put_text("x", 2), null);
        assert_eq!(Text(std::ptr::null()).text().map(|_| ()), null);
        assert_eq!(HostMemory(std::ptr::null_mut()).bytes(1).map(|_| ()), null);
        assert_eq!(HostMemory(std::ptr::null_mut()).put(&[1]), null);
        assert_eq!(HostMemory(std::ptr::null_mut()).put(&[]), Ok(()));
        assert_eq!(List::<u8>(std::ptr::null()).get(0).map(|_| ()), null);
    }

    #[test]
    fn texts_are_cut_to_their_room() {
        let mut room = [7 as c_char; 4];
        Out(room.as_mut_ptr()).put_text("abcdef", 3).unwrap();
        assert_eq!(room.map(|c| c as u8), [b'a', b'b', 0, 7]);
        assert_eq!(Text(room.as_ptr()).text().unwrap(), "ab");
    }
}
