//! Device memory and pinned host memory.

use super::pointers::Out;
use crate::device::Handle;

shells! {
    fn cuMemGetInfo_v2(free: Out<usize>, total: Out<usize>) |driver| {
        let (free_bytes, total_bytes) = driver.memory_info()?;
        free.put_if_wanted(free_bytes);
        total.put_if_wanted(total_bytes);
        Ok(())
    }

    fn cuMemAlloc_v2(address: Out<u64>, bytes: usize) |driver| {
        address.check()?;
        address.put(driver.allocate(bytes)?)
    }

    fn cuMemAllocAsync(address: Out<u64>, bytes: usize, stream: Handle) |driver| {
        address.check()?;
        address.put(driver.allocate_async(bytes, stream)?)
    }

    fn cuMemFree_v2(address: u64) |driver| { driver.release(address) }

    fn cuMemFreeAsync(address: u64, stream: Handle) |driver| { driver.release_async(address, stream) }

    fn cuMemGetAddressRange_v2(start: Out<u64>, bytes: Out<usize>, address: u64) |driver| {
        let (base, size) = driver.address_range(address)?;
        start.put_if_wanted(base);
        bytes.put_if_wanted(size);
        Ok(())
    }

    fn cuMemHostAlloc(memory: Out<usize>, bytes: usize, _flags: u32) |driver| {
        memory.check()?;
        memory.put(driver.allocate_pinned(bytes)?)
    }

    fn cuMemAllocHost_v2(memory: Out<usize>, bytes: usize) |driver| {
        memory.check()?;
        memory.put(driver.allocate_pinned(bytes)?)
    }

    fn cuMemFreeHost(memory: usize) |driver| { driver.release_pinned(memory) }
}
