//! Copies. Those without a stream are in the default stream; those that touch host memory wait for it.

use super::pointers::HostMemory;
use crate::device::Handle;
use crate::driver::Driver;
use crate::error::Answer;

/// The default stream.
const DEFAULT: Handle = 0;

fn to_device(driver: &mut Driver, to: u64, from: HostMemory, bytes: usize, stream: Handle) -> Answer<()> {
    if driver.is_pinned(from.address(), bytes) {
        driver.copy_pinned_to_device(to, from.address(), bytes, stream)
    } else {
        driver.copy_to_device(to, from.bytes(bytes)?, stream)
    }
}

fn to_host(driver: &mut Driver, to: HostMemory, from: u64, bytes: usize, stream: Handle) -> Answer<()> {
    if driver.is_pinned(to.address(), bytes) {
        driver.copy_to_pinned(to.address(), from, bytes, stream)
    } else {
        to.put(&driver.copy_to_host(from, bytes, stream)?)
    }
}

shells! {
    fn cuMemcpyHtoD_v2(to: u64, from: HostMemory, bytes: usize) |driver| {
        to_device(driver, to, from, bytes, DEFAULT)?;
        driver.synchronize_stream(DEFAULT)
    }

    fn cuMemcpyHtoDAsync_v2(to: u64, from: HostMemory, bytes: usize, stream: Handle) |driver| {
        to_device(driver, to, from, bytes, stream)
    }

    fn cuMemcpyDtoH_v2(to: HostMemory, from: u64, bytes: usize) |driver| {
        to_host(driver, to, from, bytes, DEFAULT)?;
        driver.synchronize_stream(DEFAULT)
    }

    fn cuMemcpyDtoHAsync_v2(to: HostMemory, from: u64, bytes: usize, stream: Handle) |driver| {
        to_host(driver, to, from, bytes, stream)
    }

    fn cuMemcpyDtoD_v2(to: u64, from: u64, bytes: usize) |driver| {
        driver.copy_on_device(to, from, bytes, DEFAULT)
    }

    fn cuMemcpyDtoDAsync_v2(to: u64, from: u64, bytes: usize, stream: Handle) |driver| {
        driver.copy_on_device(to, from, bytes, stream)
    }

    fn cuMemcpyPeer(to: u64, _to_context: Handle, from: u64, _from_context: Handle, bytes: usize) |driver| {
        driver.copy_in_turn_of_all(to, from, bytes)
    }

    fn cuMemcpyPeerAsync(
        to: u64,
        _to_context: Handle,
        from: u64,
        _from_context: Handle,
        bytes: usize,
        stream: Handle,
    ) |driver| {
        driver.copy_on_device(to, from, bytes, stream)
    }
}
