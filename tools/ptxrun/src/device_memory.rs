//! The memory of a simulated device, which kernels of several modules can share.

use crate::device::DevPtr;
use crate::error::LaunchError;
use crate::exec::ctx::POISON;
use crate::exec::memory::{GlobalMap, Region};
use crate::module::Module;
use crate::program::layout;
use std::collections::{HashMap, VecDeque};
use std::sync::atomic::AtomicU64;

/// Released regions that are kept unused, so that a pointer to what was released faults for long.
const QUARANTINE: usize = 1024;

struct Buffer {
    words: Box<[AtomicU64]>,
    len: usize,
    shadow: Box<[u8]>,
    /// Regions the buffer takes, guard included.
    slots: usize,
}

impl Buffer {
    fn bytes(&self) -> &[u8] {
        // SAFETY: `len` bytes lie within the words, and `&DeviceMemory` excludes a
        // running launch.
        unsafe { std::slice::from_raw_parts(self.words.as_ptr().cast(), self.len) }
    }

    fn bytes_mut(&mut self) -> &mut [u8] {
        // SAFETY: as above, and `&mut self` is exclusive.
        unsafe { std::slice::from_raw_parts_mut(self.words.as_mut_ptr().cast(), self.len) }
    }
}

/// Buffers and module variables of a device. [`crate::Device`] is one with a single module.
pub struct DeviceMemory {
    buffers: HashMap<u64, Buffer>,
    pub(crate) map: GlobalMap,
    released: VecDeque<u64>,
}

impl Default for DeviceMemory {
    fn default() -> Self {
        Self::starting_at(0)
    }
}

impl DeviceMemory {
    /// Memory with addresses from `region` * 4 GiB on: devices that start at different regions tell their addresses
    /// apart. The lowest regions are taken, so that addresses may start later.
    pub fn starting_at(region: u32) -> Self {
        let none = Region {
            base: 0,
            len: 0,
            ptr: std::ptr::null_mut(),
            shadow: std::ptr::null_mut(),
            read_only: false,
        };
        let first = u64::from(region).max(layout::FIRST_REGION) as usize;
        let map = GlobalMap { regions: vec![none; first] };
        DeviceMemory { buffers: HashMap::new(), map, released: VecDeque::new() }
    }

    /// The region that the next module's variables start at, for [`Module::parse_at`].
    pub fn next_region(&self) -> u64 {
        self.map.regions.len() as u64
    }

    /// Maps the variables of a module, with their initial contents.
    ///
    /// # Errors
    /// If the module was not parsed for [`Self::next_region`].
    pub fn load(&mut self, module: &Module) -> Result<(), LaunchError> {
        for v in &module.program.vars {
            if v.addr != self.next_region() << 32 {
                let name = &v.name;
                let why = format!("variable {name} is laid out elsewhere; parse the module at next_region");
                return Err(LaunchError::Invalid(why));
            }
            self.map_buffer(v.image.len(), &v.image, v.initialised, v.read_only);
        }
        Ok(())
    }

    /// Releases the variables of a module.
    pub fn unload(&mut self, module: &Module) {
        for v in &module.program.vars {
            self.free(DevPtr(v.addr));
        }
    }

    fn map_buffer(&mut self, len: usize, data: &[u8], init: bool, read_only: bool) -> DevPtr {
        let slot = self.map.regions.len() as u64;
        self.map_at(slot, len, (data, init), read_only)
    }

    fn map_at(&mut self, slot: u64, len: usize, (data, init): (&[u8], bool), read_only: bool) -> DevPtr {
        let words = len.div_ceil(8);
        let mut b = Buffer {
            words: (0..words).map(|_| AtomicU64::new(u64::from_ne_bytes([POISON; 8]))).collect(),
            len,
            shadow: vec![u8::from(init); len].into_boxed_slice(),
            slots: (len >> 32) + 1,
        };
        b.bytes_mut()[..data.len()].copy_from_slice(data);
        let base = slot << 32;
        let region = Region {
            base,
            len: len as u64,
            ptr: b.words.as_mut_ptr().cast(),
            shadow: b.shadow.as_mut_ptr(),
            read_only,
        };
        match self.map.regions.get_mut(slot as usize) {
            Some(reused) => *reused = region,
            None => self.map.regions.extend(std::iter::repeat_n(region, b.slots)),
        }
        self.buffers.insert(base, b);
        DevPtr(base)
    }

    /// A buffer with unspecified contents (a poison pattern).
    pub fn alloc(&mut self, bytes: usize) -> DevPtr {
        let reusable = bytes >> 32 == 0 && self.released.len() > QUARANTINE;
        let slot = if reusable { self.released.pop_front() } else { None };
        match slot {
            Some(slot) => self.map_at(slot, bytes, (&[], false), false),
            None => self.map_buffer(bytes, &[], false, false),
        }
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
            if b.slots == 1 {
                self.released.push_back(p.0 >> 32);
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

    /// Copies `out.len()` bytes from `offset` of a buffer on.
    ///
    /// # Errors
    /// If `p` is not the start of a buffer, or the range is outside it.
    pub fn read(&self, p: DevPtr, offset: usize, out: &mut [u8]) -> Result<(), LaunchError> {
        let b = self.buffers.get(&p.0).ok_or(LaunchError::NoBuffer { address: p.0 })?;
        let (len, bytes) = (b.len, out.len());
        let outside = LaunchError::OutsideBuffer { address: p.0, offset, bytes, len };
        out.copy_from_slice(b.bytes().get(offset..offset.saturating_add(bytes)).ok_or(outside)?);
        Ok(())
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
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Args, LaunchConfig};

    const ADD: &str = ".version 7.0\n.target sm_80\n.address_size 64\n
        .visible .global .align 4 .u32 step = 5;
        .visible .entry add(.param .u64 out) {
            .reg .b32 %r<4>; .reg .b64 %rd<3>;
            ld.param.b64 %rd1, [out];
            ld.global.u32 %r1, [step];
            ld.global.u32 %r2, [%rd1];
            add.s32 %r3, %r1, %r2;
            st.global.u32 [%rd1], %r3;
            ret;
        }";

    #[test]
    fn two_modules_work_on_one_buffer() {
        let mut memory = DeviceMemory::starting_at(1000);
        let out = memory.upload(&7u32.to_le_bytes());
        assert_eq!(out.0, 1000 << 32);
        let first = Module::parse_at(ADD, memory.next_region()).unwrap();
        memory.load(&first).unwrap();
        let second = Module::parse_at(&ADD.replace("= 5", "= 50"), memory.next_region()).unwrap();
        memory.load(&second).unwrap();
        let one = LaunchConfig::linear(1, 1);
        for module in [&first, &second, &first] {
            memory.launch(module, "add", &one, &Args::new().ptr(out).bytes()).unwrap();
        }
        let mut word = [0; 4];
        memory.read(out, 0, &mut word).unwrap();
        assert_eq!(u32::from_le_bytes(word), 7 + 5 + 50 + 5);
        memory.unload(&second);
        assert!(memory.launch(&second, "add", &one, &Args::new().ptr(out).bytes()).is_err());
        assert!(memory.load(&first).is_err(), "its addresses are taken");
    }

    #[test]
    fn reads_stay_inside_and_released_addresses_come_back_late() {
        let mut memory = DeviceMemory::default();
        let buffer = memory.upload(&[1, 2, 3, 4]);
        let mut two = [0; 2];
        memory.read(buffer, 1, &mut two).unwrap();
        assert_eq!(two, [2, 3]);
        assert!(matches!(
            memory.read(buffer, 3, &mut two),
            Err(LaunchError::OutsideBuffer { offset: 3, .. })
        ));
        memory.free(buffer);
        assert!(matches!(memory.read(buffer, 0, &mut two), Err(LaunchError::NoBuffer { .. })));
        for _ in 0..10 * QUARANTINE {
            let p = memory.alloc(8);
            memory.free(p);
        }
        assert!(memory.map.regions.len() < 3 * QUARANTINE, "{}", memory.map.regions.len());
    }
}
