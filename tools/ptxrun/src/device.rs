//! A simulated device with one module.

use crate::device_memory::DeviceMemory;
use crate::error::LaunchError;
use crate::module::Module;

/// Address of a device buffer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct DevPtr(pub u64);

/// A simulated device with one loaded module.
pub struct Device<'m> {
    pub(crate) module: &'m Module,
    pub(crate) memory: DeviceMemory,
}

impl<'m> Device<'m> {
    /// A device with `module` loaded and its variables initialised.
    pub fn new(module: &'m Module) -> Self {
        let mut memory = DeviceMemory::default();
        let loaded = memory.load(module);
        debug_assert!(loaded.is_ok(), "the variables of a module alone start at the first region");
        Device { module, memory }
    }

    /// A buffer with unspecified contents (a poison pattern).
    pub fn alloc(&mut self, bytes: usize) -> DevPtr {
        self.memory.alloc(bytes)
    }

    /// A buffer of zeros.
    pub fn alloc_zeroed(&mut self, bytes: usize) -> DevPtr {
        self.memory.alloc_zeroed(bytes)
    }

    /// A new buffer with a copy of `data`.
    pub fn upload(&mut self, data: &[u8]) -> DevPtr {
        self.memory.upload(data)
    }

    /// Releases a buffer; accesses to it fault from now on.
    pub fn free(&mut self, p: DevPtr) {
        self.memory.free(p);
    }

    /// Contents of a buffer.
    ///
    /// # Errors
    /// If `p` is not the start of a buffer of this device.
    pub fn download(&self, p: DevPtr) -> Result<Vec<u8>, LaunchError> {
        self.memory.download(p)
    }

    /// Overwrites `data.len()` bytes from `offset` of a buffer.
    ///
    /// # Errors
    /// If `p` is not the start of a buffer, or the range is outside it.
    pub fn write(&mut self, p: DevPtr, offset: usize, data: &[u8]) -> Result<(), LaunchError> {
        self.memory.write(p, offset, data)
    }

    /// Address of a module variable in global or const memory.
    pub fn symbol(&self, name: &str) -> Option<DevPtr> {
        self.module.symbol(name).map(|(address, _)| address)
    }
}
