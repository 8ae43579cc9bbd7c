//! How many blocks a multiprocessor holds, by threads, blocks and shared memory.

use super::Driver;
use crate::attributes::{BLOCKS_PER_MULTIPROCESSOR, SHARED_PER_MULTIPROCESSOR, THREADS_PER_MULTIPROCESSOR};
use crate::device::Handle;
use crate::error::{Answer, CudaError};

/// Shared memory that a block takes beside its own, in bytes.
const RESERVED_PER_BLOCK: usize = 1 << 10;

impl Driver {
    /// `cuOccupancyMaxActiveBlocksPerMultiprocessor`.
    pub(crate) fn active_blocks(&self, function: Handle, threads: i32, dynamic_shared: usize) -> Answer<i32> {
        let f = self.known_function(function)?;
        let threads = u32::try_from(threads).ok().filter(|n| *n > 0).ok_or(CudaError::InvalidValue)?;
        if threads > f.max_threads() {
            return Ok(0);
        }
        let by_threads = THREADS_PER_MULTIPROCESSOR / threads.next_multiple_of(32);
        let shared = f.shared_bytes as usize + dynamic_shared + RESERVED_PER_BLOCK;
        let by_shared = (SHARED_PER_MULTIPROCESSOR as usize / shared).min(1 << 10) as u32;
        Ok(by_threads.min(by_shared).min(BLOCKS_PER_MULTIPROCESSOR) as i32)
    }

    /// `cuOccupancyMaxPotentialBlockSize`: blocks of a grid that fills the device, and threads per block.
    pub(crate) fn block_size(
        &self,
        function: Handle,
        dynamic_shared: usize,
        limit: i32,
    ) -> Answer<(i32, i32)> {
        let most = self.known_function(function)?.max_threads() as i32;
        let limit = if limit > 0 { limit.min(most) } else { most };
        let threads = if limit >= 32 { limit / 32 * 32 } else { limit };
        let blocks = self.active_blocks(function, threads, dynamic_shared)?;
        Ok((blocks * self.settings.multiprocessors, threads))
    }

    /// `cuOccupancyAvailableDynamicSMemPerBlock`.
    pub(crate) fn available_shared(&self, function: Handle, blocks: i32, threads: i32) -> Answer<usize> {
        let f = self.known_function(function)?;
        let blocks = usize::try_from(blocks).ok().filter(|n| *n > 0).ok_or(CudaError::InvalidValue)?;
        if threads <= 0 {
            return Err(CudaError::InvalidValue);
        }
        let of_one = SHARED_PER_MULTIPROCESSOR as usize / blocks;
        let free = of_one.saturating_sub(f.shared_bytes as usize + RESERVED_PER_BLOCK);
        Ok(free.min(f.dynamic_limit as usize))
    }
}
