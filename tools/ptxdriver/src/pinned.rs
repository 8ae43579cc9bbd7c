//! Pinned host memory: the one host memory that streams use while the host goes on.

use std::alloc::{Layout, alloc_zeroed, dealloc};
use std::collections::BTreeMap;

use crate::error::{Answer, CudaError};

/// Alignment of a block, a page as with a driver.
const PAGE: usize = 4096;

/// Blocks of pinned memory by their address.
#[derive(Default)]
pub(crate) struct Pinned {
    blocks: BTreeMap<usize, Layout>,
}

impl Pinned {
    /// A new block of zeros; its address.
    pub(crate) fn allocate(&mut self, bytes: usize) -> Answer<usize> {
        let layout = Layout::from_size_align(bytes, PAGE).map_err(|_| CudaError::InvalidValue)?;
        if bytes == 0 {
            return Err(CudaError::InvalidValue);
        }
        // SAFETY: the layout has a size.
        let address = unsafe { alloc_zeroed(layout) } as usize;
        if address == 0 {
            return Err(CudaError::OutOfMemory);
        }
        self.blocks.insert(address, layout);
        Ok(address)
    }

    /// Releases the block at an address.
    pub(crate) fn release(&mut self, address: usize) -> Answer<()> {
        let layout = self.blocks.remove(&address).ok_or(CudaError::InvalidValue)?;
        // SAFETY: the block came from `allocate` with this layout, and is no more in the list.
        unsafe { dealloc(address as *mut u8, layout) };
        Ok(())
    }

    /// Whether these bytes lie in one block.
    pub(crate) fn holds(&self, address: usize, bytes: usize) -> bool {
        let block = self.blocks.range(..=address).next_back();
        block.is_some_and(|(start, layout)| {
            (address - start).checked_add(bytes).is_some_and(|end| end <= layout.size())
        })
    }

    /// A copy of bytes in a block.
    pub(crate) fn read(&self, address: usize, bytes: usize) -> Answer<Vec<u8>> {
        if !self.holds(address, bytes) {
            return Err(CudaError::IllegalAddress);
        }
        let mut copy = vec![0; bytes];
        // SAFETY: the bytes lie in a live block, and were zeroed or written since; a host that writes them before
        // the stream has read them breaks the rules of the Driver API.
        unsafe { std::ptr::copy_nonoverlapping(address as *const u8, copy.as_mut_ptr(), bytes) };
        Ok(copy)
    }

    /// Overwrites bytes in a block.
    pub(crate) fn write(&mut self, address: usize, bytes: &[u8]) -> Answer<()> {
        if !self.holds(address, bytes.len()) {
            return Err(CudaError::IllegalAddress);
        }
        // SAFETY: the bytes lie in a live block; a host that uses them before the stream has written them breaks the
        // rules of the Driver API.
        unsafe { std::ptr::copy_nonoverlapping(bytes.as_ptr(), address as *mut u8, bytes.len()) };
        Ok(())
    }

    /// Live blocks.
    pub(crate) fn live(&self) -> usize {
        self.blocks.len()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn blocks_are_checked() {
        let mut pinned = Pinned::default();
        let block = pinned.allocate(10).unwrap();
        assert_eq!(block % PAGE, 0);
        pinned.write(block + 4, &[7, 8]).unwrap();
        assert_eq!(pinned.read(block + 3, 4), Ok(vec![0, 7, 8, 0]));
        assert_eq!(pinned.read(block + 8, 3), Err(CudaError::IllegalAddress));
        assert_eq!(pinned.write(block - 1, &[0]), Err(CudaError::IllegalAddress));
        assert_eq!(
            (pinned.release(block + 1), pinned.release(block)),
            (Err(CudaError::InvalidValue), Ok(()))
        );
        assert_eq!((pinned.release(block), pinned.live()), (Err(CudaError::InvalidValue), 0));
        assert_eq!(pinned.allocate(0), Err(CudaError::InvalidValue));
    }
}
