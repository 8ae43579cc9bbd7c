//! A simulated device: its memory and the accounts of it.

use std::collections::BTreeMap;

use ptxrun::{DevPtr, DeviceMemory};

use crate::error::{Answer, CudaError};

/// The number of a context, stream, event, module or function: what C gets as a pointer.
pub(crate) type Handle = usize;

/// Regions of 4 GiB of address space per device, so that a pointer tells its device.
const REGIONS_PER_DEVICE: u32 = 1 << 14;
/// Allocations take multiples of this, in bytes.
const GRANULE: usize = 512;

/// A buffer that the host allocated.
#[derive(Clone, Debug)]
struct Allocation {
    bytes: usize,
    context: Handle,
    /// Whether a stream is to release it, so that the host may use it no more.
    leaving: bool,
}

/// Memory of one device.
pub(crate) struct Device {
    pub(crate) memory: DeviceMemory,
    allocations: BTreeMap<u64, Allocation>,
    /// Module variables: address, bytes.
    variables: BTreeMap<u64, usize>,
    /// What events tell: seconds that the device has worked.
    pub(crate) clock_s: f64,
    /// Where the address space of the device ends, in regions.
    end_region: u64,
    /// The primary context, if it is retained, and how often.
    pub(crate) primary: Option<(Handle, u32)>,
    /// Flags of the primary context.
    pub(crate) flags: u32,
}

impl Device {
    pub(crate) fn new(ordinal: usize) -> Self {
        let region = 16 + REGIONS_PER_DEVICE * ordinal as u32;
        Device {
            memory: DeviceMemory::starting_at(region),
            allocations: BTreeMap::new(),
            variables: BTreeMap::new(),
            clock_s: 0.0,
            end_region: u64::from(region + REGIONS_PER_DEVICE),
            primary: None,
            flags: 0,
        }
    }

    /// The device that an address belongs to, if it is one of theirs.
    pub(crate) fn of_address(address: u64) -> usize {
        ((address >> 32).saturating_sub(16) / u64::from(REGIONS_PER_DEVICE)) as usize
    }

    /// A new buffer.
    pub(crate) fn allocate(&mut self, bytes: usize, context: Handle) -> Answer<u64> {
        if self.memory.next_region() >= self.end_region {
            return Err(CudaError::OutOfMemory);
        }
        let address = self.memory.alloc(bytes).0;
        self.allocations.insert(address, Allocation { bytes, context, leaving: false });
        Ok(address)
    }

    /// Says that a stream will release a buffer.
    pub(crate) fn announce_release(&mut self, address: u64) -> Answer<()> {
        let allocation = self.allocations.get_mut(&address).filter(|a| !a.leaving);
        allocation.ok_or(CudaError::InvalidValue)?.leaving = true;
        Ok(())
    }

    /// Releases a buffer.
    pub(crate) fn release(&mut self, address: u64) -> Answer<()> {
        self.allocations.remove(&address).ok_or(CudaError::InvalidValue)?;
        self.memory.free(DevPtr(address));
        Ok(())
    }

    /// Whether the host may release this address.
    pub(crate) fn owns(&self, address: u64) -> bool {
        self.allocations.get(&address).is_some_and(|a| !a.leaving)
    }

    /// Releases everything of a context; how many buffers the host had left.
    pub(crate) fn release_all_of(&mut self, context: Handle) -> usize {
        let of_it = self.allocations.iter().filter(|(_, a)| a.context == context);
        let addresses: Vec<(u64, bool)> = of_it.map(|(address, a)| (*address, a.leaving)).collect();
        for (address, _) in &addresses {
            self.allocations.remove(address);
            self.memory.free(DevPtr(*address));
        }
        addresses.iter().filter(|(_, leaving)| !leaving).count()
    }

    /// Notes a variable of a module that was loaded.
    pub(crate) fn note_variable(&mut self, address: u64, bytes: usize) {
        self.variables.insert(address, bytes);
    }

    /// Forgets a variable of a module that was unloaded.
    pub(crate) fn forget_variable(&mut self, address: u64) {
        self.variables.remove(&address);
    }

    /// Start and size of the buffer or variable that holds `bytes` bytes from `address` on.
    pub(crate) fn buffer_at(&self, address: u64, bytes: usize) -> Answer<(u64, usize)> {
        let buffer = self.allocations.range(..=address).next_back().map(|(start, a)| (*start, a.bytes));
        let variable = self.variables.range(..=address).next_back().map(|(start, n)| (*start, *n));
        let (start, size) = buffer.max(variable).ok_or(CudaError::InvalidValue)?;
        let inside = ((address - start) as usize).checked_add(bytes).is_some_and(|end| end <= size);
        if inside { Ok((start, size)) } else { Err(CudaError::InvalidValue) }
    }

    /// Whether the host may name these bytes in a call.
    pub(crate) fn may_name(&self, address: u64, bytes: usize) -> Answer<()> {
        let (start, _) = self.buffer_at(address, bytes)?;
        let leaving = self.allocations.get(&start).is_some_and(|a| a.leaving);
        if leaving { Err(CudaError::InvalidValue) } else { Ok(()) }
    }

    /// The bytes at an address.
    pub(crate) fn read(&self, address: u64, out: &mut [u8]) -> Answer<()> {
        let (start, _) = self.buffer_at(address, out.len()).map_err(|_| CudaError::IllegalAddress)?;
        let read = self.memory.read(DevPtr(start), (address - start) as usize, out);
        read.map_err(|_| CudaError::IllegalAddress)
    }

    /// Overwrites the bytes at an address.
    pub(crate) fn write(&mut self, address: u64, bytes: &[u8]) -> Answer<()> {
        let (start, _) = self.buffer_at(address, bytes.len()).map_err(|_| CudaError::IllegalAddress)?;
        let written = self.memory.write(DevPtr(start), (address - start) as usize, bytes);
        written.map_err(|_| CudaError::IllegalAddress)
    }

    /// Bytes that allocations take.
    pub(crate) fn used(&self) -> usize {
        self.allocations.values().map(|a| Self::taken_by(a.bytes)).sum()
    }

    /// Bytes that an allocation of `bytes` bytes takes.
    pub(crate) fn taken_by(bytes: usize) -> usize {
        bytes.div_ceil(GRANULE).saturating_mul(GRANULE)
    }

    /// Live allocations and their bytes.
    pub(crate) fn live(&self) -> (usize, usize) {
        (self.allocations.len(), self.allocations.values().map(|a| a.bytes).sum())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_tell_their_device() {
        for ordinal in [0, 1, 7] {
            let mut device = Device::new(ordinal);
            let first = device.allocate(100, 1).unwrap();
            let second = device.allocate(100, 1).unwrap();
            assert_ne!(first, second);
            assert_eq!([first, second + 99].map(Device::of_address), [ordinal; 2]);
        }
    }

    #[test]
    fn accounts_follow_allocations() {
        let mut device = Device::new(0);
        let (first, second) = (device.allocate(1, 1).unwrap(), device.allocate(513, 2).unwrap());
        assert_eq!((device.used(), device.live()), (512 + 1024, (2, 514)));
        assert_eq!(device.buffer_at(second + 500, 13), Ok((second, 513)));
        assert_eq!(device.buffer_at(second + 500, 14), Err(CudaError::InvalidValue));
        assert_eq!(device.buffer_at(second + 4, usize::MAX), Err(CudaError::InvalidValue));
        assert_eq!(device.release(first + 1), Err(CudaError::InvalidValue));
        assert_eq!((device.release(first), device.release(first)), (Ok(()), Err(CudaError::InvalidValue)));
        assert_eq!(device.release_all_of(2), 1);
        assert_eq!((device.used(), device.live()), (0, (0, 0)));
        assert_eq!(device.write(second, &[0]), Err(CudaError::IllegalAddress));
    }
}
