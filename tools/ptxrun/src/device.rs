//! A simulated device: its memory.

use crate::error::LaunchError;
use crate::exec::ctx::POISON;
use crate::exec::memory::{GlobalMap, Region};
use crate::module::Module;
use crate::program::layout;
use std::collections::HashMap;
use std::sync::atomic::AtomicU64;

/// Address of a device buffer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct DevPtr(pub u64);

struct Buffer {
    words: Box<[AtomicU64]>,
    len: usize,
    shadow: Box<[u8]>,
    /// Regions the buffer takes, guard included.
    slots: usize,
}

impl Buffer {
    fn bytes(&self) -> &[u8] {
        // SAFETY: `len` bytes lie within the words, and `&Device` excludes a
        // running launch.
        unsafe { std::slice::from_raw_parts(self.words.as_ptr().cast(), self.len) }
    }

    fn bytes_mut(&mut self) -> &mut [u8] {
        // SAFETY: as above, and `&mut self` is exclusive.
        unsafe { std::slice::from_raw_parts_mut(self.words.as_mut_ptr().cast(), self.len) }
    }
}

/// A simulated device with one loaded module.
pub struct Device<'m> {
    pub(crate) module: &'m Module,
    buffers: HashMap<u64, Buffer>,
    pub(crate) map: GlobalMap,
}

impl<'m> Device<'m> {
    /// A device with `module` loaded and its variables initialised.
    pub fn new(module: &'m Module) -> Self {
        let mut d = Device { module, buffers: HashMap::new(), map: GlobalMap::default() };
        let none = Region {
            base: 0,
            len: 0,
            ptr: std::ptr::null_mut(),
            shadow: std::ptr::null_mut(),
            read_only: false,
        };
        d.map.regions = vec![none; layout::FIRST_REGION as usize];
        for v in &module.program.vars {
            let p = d.map_buffer(v.image.len(), &v.image, v.initialised, v.read_only);
            debug_assert_eq!(p.0, v.addr, "module variables are laid out in order");
        }
        d
    }

    fn map_buffer(&mut self, len: usize, data: &[u8], init: bool, read_only: bool) -> DevPtr {
        let slot = self.map.regions.len();
        let words = len.div_ceil(8);
        let mut b = Buffer {
            words: (0..words).map(|_| AtomicU64::new(u64::from_ne_bytes([POISON; 8]))).collect(),
            len,
            shadow: vec![u8::from(init); len].into_boxed_slice(),
            slots: (len >> 32) + 1,
        };
        b.bytes_mut()[..data.len()].copy_from_slice(data);
        let base = (slot as u64) << 32;
        let region = Region {
            base,
            len: len as u64,
            ptr: b.words.as_mut_ptr().cast(),
            shadow: b.shadow.as_mut_ptr(),
            read_only,
        };
        self.map.regions.extend(std::iter::repeat_n(region, b.slots));
        self.buffers.insert(base, b);
        DevPtr(base)
    }

    /// A buffer with unspecified contents (a poison pattern).
    pub fn alloc(&mut self, bytes: usize) -> DevPtr {
        self.map_buffer(bytes, &[], false, false)
    }

    /// A buffer of zeros.
    pub fn alloc_zeroed(&mut self, bytes: usize) -> DevPtr {
        self.map_buffer(bytes, &vec![0; bytes], true, false)
    }

    /// A new buffer with a copy of `data`.
    pub fn upload(&mut self, data: &[u8]) -> DevPtr {
        self.map_buffer(data.len(), data, true, false)
    }

    /// Releases a buffer; accesses to it fault from now on.
    pub fn free(&mut self, p: DevPtr) {
        if let Some(b) = self.buffers.remove(&p.0) {
            let first = (p.0 >> 32) as usize;
            for r in &mut self.map.regions[first..first + b.slots] {
                r.len = 0;
            }
        }
    }

    /// Contents of a buffer.
    ///
    /// # Errors
    /// If `p` is not the start of a buffer of this device.
    pub fn download(&self, p: DevPtr) -> Result<Vec<u8>, LaunchError> {
        let buffer = self.buffers.get(&p.0).ok_or(LaunchError::NoBuffer { address: p.0 })?;
        Ok(buffer.bytes().to_vec())
    }

    /// Overwrites `data.len()` bytes from `offset` of a buffer.
    ///
    /// # Errors
    /// If `p` is not the start of a buffer, or the range is outside it.
    pub fn write(&mut self, p: DevPtr, offset: usize, data: &[u8]) -> Result<(), LaunchError> {
        let b = self.buffers.get_mut(&p.0).ok_or(LaunchError::NoBuffer { address: p.0 })?;
        let (len, end) = (b.len, offset.saturating_add(data.len()));
        let outside = LaunchError::OutsideBuffer { address: p.0, offset, bytes: data.len(), len };
        b.bytes_mut().get_mut(offset..end).ok_or(outside)?.copy_from_slice(data);
        b.shadow[offset..end].fill(1);
        Ok(())
    }

    /// Address of a module variable in global or const memory.
    pub fn symbol(&self, name: &str) -> Option<DevPtr> {
        let v = self.module.program.vars.iter().find(|v| v.name == name)?;
        Some(DevPtr(v.addr))
    }
}
