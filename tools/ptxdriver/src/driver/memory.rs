//! Device memory and pinned host memory: getting and giving back.

use super::Driver;
use super::execute::Work;
use crate::device::{Device, Handle};
use crate::error::{Answer, CudaError};

impl Driver {
    /// `cuMemGetInfo`: free and total bytes.
    pub(crate) fn memory_info(&self) -> Answer<(usize, usize)> {
        let device = self.current_device()?;
        Ok((self.free_memory(device), self.settings.memory_bytes))
    }

    /// Bytes of a device that neither this process nor the other has taken.
    pub(super) fn free_memory(&self, device: usize) -> usize {
        let taken = self.devices[device].used().saturating_add(self.settings.other_memory_bytes);
        self.settings.memory_bytes.saturating_sub(taken)
    }

    /// `cuMemAlloc`.
    pub(crate) fn allocate(&mut self, bytes: usize) -> Answer<u64> {
        let context = self.here()?;
        self.allocate_in(context, bytes)
    }

    /// `cuMemAllocAsync`.
    pub(crate) fn allocate_async(&mut self, bytes: usize, stream: Handle) -> Answer<u64> {
        if !self.settings.memory_pools {
            return Err(CudaError::NotSupported);
        }
        let context = self.context_of(self.stream(stream)?)?;
        self.allocate_in(context, bytes)
    }

    fn allocate_in(&mut self, context: Handle, bytes: usize) -> Answer<u64> {
        if bytes == 0 {
            return Err(CudaError::InvalidValue);
        }
        self.calls.allocations += 1;
        if let Some(error) = self.settings.failing_allocations.failure(self.calls.allocations) {
            return Err(error);
        }
        let device = self.usable(context)?.device;
        if Device::taken_by(bytes) > self.free_memory(device) {
            // Streams may have buffers to release.
            self.finish_device(device);
            self.usable(context)?;
        }
        if Device::taken_by(bytes) > self.free_memory(device) {
            return Err(CudaError::OutOfMemory);
        }
        self.devices[device].allocate(bytes, context)
    }

    /// `cuMemFree`: waits for the device, as a driver does. Null is nothing.
    pub(crate) fn release(&mut self, address: u64) -> Answer<()> {
        let context = self.here()?;
        if address == 0 {
            return Ok(());
        }
        let ordinal = Device::of_address(address);
        if !self.devices.get(ordinal).is_some_and(|device| device.owns(address)) {
            return Err(CudaError::InvalidValue);
        }
        self.finish_device(ordinal);
        self.usable(context)?;
        self.devices[ordinal].release(address)
    }

    /// `cuMemFreeAsync`: the stream releases it in its turn; the host may not name it any more.
    pub(crate) fn release_async(&mut self, address: u64, stream: Handle) -> Answer<()> {
        let stream = self.stream(stream)?;
        if address == 0 {
            return Ok(());
        }
        let device = self.devices.get_mut(Device::of_address(address)).ok_or(CudaError::InvalidValue)?;
        device.announce_release(address)?;
        self.submit(stream, Work::Release { address })?;
        Ok(())
    }

    /// `cuMemGetAddressRange`: start and size of the buffer at an address.
    pub(crate) fn address_range(&self, address: u64) -> Answer<(u64, usize)> {
        self.here()?;
        let device = self.devices.get(Device::of_address(address)).ok_or(CudaError::NotFound)?;
        device.buffer_at(address, 1).map_err(|_| CudaError::NotFound)
    }

    /// `cuMemHostAlloc`.
    pub(crate) fn allocate_pinned(&mut self, bytes: usize) -> Answer<usize> {
        self.here()?;
        self.calls.host_allocations += 1;
        match self.settings.failing_host_allocations.failure(self.calls.host_allocations) {
            Some(error) => Err(error),
            None => self.pinned.allocate(bytes),
        }
    }

    /// `cuMemFreeHost`: waits for what the streams do with it.
    pub(crate) fn release_pinned(&mut self, address: usize) -> Answer<()> {
        self.ready()?;
        for device in 0..self.devices.len() {
            self.finish_device(device);
        }
        self.pinned.release(address)
    }

    /// Whether bytes of the host are pinned.
    pub(crate) fn is_pinned(&self, address: usize, bytes: usize) -> bool {
        self.pinned.holds(address, bytes)
    }

    /// Handle of a device's memory pool, the one that there is.
    pub(crate) fn memory_pool(&self, device: i32) -> Answer<Handle> {
        let device = self.device(device)?;
        if self.settings.memory_pools { Ok(0x100 + device) } else { Err(CudaError::NotSupported) }
    }

    /// Bytes in use in a pool.
    pub(crate) fn pool_bytes(&self, pool: Handle) -> Answer<usize> {
        let device = pool.checked_sub(0x100).and_then(|ordinal| self.devices.get(ordinal));
        Ok(device.ok_or(CudaError::InvalidValue)?.used())
    }
}
