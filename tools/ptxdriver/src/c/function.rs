//! Attributes and occupancy of kernels.

use super::pointers::{List, Out};
use crate::device::Handle;
use crate::error::CudaError;

shells! {
    fn cuFuncGetAttribute(value: Out<i32>, attribute: i32, function: Handle) |driver| {
        value.put(driver.function_attribute(attribute, function)?)
    }

    fn cuFuncSetAttribute(function: Handle, attribute: i32, value: i32) |driver| {
        driver.set_function_attribute(attribute, value, function)
    }

    fn cuFuncSetCacheConfig(function: Handle, _config: i32) |driver| { driver.module_of(function).map(|_| ()) }

    fn cuFuncGetModule(module: Out<Handle>, function: Handle) |driver| { module.put(driver.module_of(function)?) }

    fn cuOccupancyMaxActiveBlocksPerMultiprocessor(
        blocks: Out<i32>,
        function: Handle,
        threads: i32,
        dynamic_shared: usize,
    ) |driver| {
        blocks.put(driver.active_blocks(function, threads, dynamic_shared)?)
    }

    fn cuOccupancyMaxActiveBlocksPerMultiprocessorWithFlags(
        blocks: Out<i32>,
        function: Handle,
        threads: i32,
        dynamic_shared: usize,
        _flags: u32,
    ) |driver| {
        blocks.put(driver.active_blocks(function, threads, dynamic_shared)?)
    }

    // Shared memory that depends on the block size, told by a function of the host, is not supported.
    fn cuOccupancyMaxPotentialBlockSize(
        blocks: Out<i32>,
        threads: Out<i32>,
        function: Handle,
        shared_by_block: List<u8>,
        dynamic_shared: usize,
        limit: i32,
    ) |driver| {
        if !shared_by_block.is_null() {
            return Err(CudaError::NotSupported);
        }
        let (grid, block) = driver.block_size(function, dynamic_shared, limit)?;
        blocks.put(grid)?;
        threads.put(block)
    }

    fn cuOccupancyAvailableDynamicSMemPerBlock(
        bytes: Out<usize>,
        function: Handle,
        blocks: i32,
        threads: i32,
    ) |driver| {
        bytes.put(driver.available_shared(function, blocks, threads)?)
    }
}
