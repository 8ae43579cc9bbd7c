//! Address spaces: checks, loads and stores.

use super::ctx::{Ctx, Slot};
use crate::error::FaultKind;
use crate::program::{Inst, layout};
use std::sync::atomic::*;

/// A contiguous buffer of global or const memory.
#[derive(Clone, Copy)]
pub(crate) struct Region {
    pub base: u64,
    pub len: u64,
    pub ptr: *mut u8,
    /// One byte per byte: 1 where written.
    pub shadow: *mut u8,
    pub read_only: bool,
}

/// Regions by the high half of their addresses.
#[derive(Default)]
pub(crate) struct GlobalMap {
    pub regions: Vec<Region>,
}

// SAFETY: the pointers lead to memory owned by the `DeviceMemory`, which outlives
// every launch, and all accesses through them are atomic.
unsafe impl Sync for GlobalMap {}
// SAFETY: as above.
unsafe impl Send for GlobalMap {}

/// What an access does.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Access {
    Read,
    Write,
    ReadWrite,
}

/// An address space an instruction can name.
pub(crate) trait SpaceOps {
    /// Host pointer for `size` bytes at `addr`, or a recorded fault.
    fn locate(c: &mut Ctx<'_>, i: &Inst, addr: u64, size: u64, acc: Access) -> Option<*mut u8>;
}

pub(crate) struct Global;
pub(crate) struct Generic;
pub(crate) struct SharedMem;
pub(crate) struct LocalMem;
/// Local memory, addresses relative to the current frame.
pub(crate) struct FrameMem;
/// Kernel parameters, addresses are offsets.
pub(crate) struct ParamMem;

impl SpaceOps for Global {
    #[inline(always)]
    fn locate(c: &mut Ctx<'_>, i: &Inst, addr: u64, size: u64, acc: Access) -> Option<*mut u8> {
        if let Some(r) = c.sh.mem.regions.get((addr >> 32) as usize) {
            let off = addr.wrapping_sub(r.base);
            if off < r.len && r.len - off >= size && addr & (size - 1) == 0 {
                if (c.sh.track || r.read_only) && !check_slow(c, i, *r, off, size, acc) {
                    return None;
                }
                // SAFETY: `off + size <= len`.
                return Some(unsafe { r.ptr.add(off as usize) });
            }
        }
        fail_global(c, i, addr, size, acc);
        None
    }
}

impl SpaceOps for Generic {
    #[inline(always)]
    fn locate(c: &mut Ctx<'_>, i: &Inst, addr: u64, size: u64, acc: Access) -> Option<*mut u8> {
        match addr & !0xffff_ffff {
            layout::LOCAL => LocalMem::locate(c, i, addr - layout::LOCAL, size, acc),
            layout::SHARED => SharedMem::locate(c, i, addr - layout::SHARED, size, acc),
            layout::PARAM => ParamMem::locate(c, i, addr - layout::PARAM, size, acc),
            _ => Global::locate(c, i, addr, size, acc),
        }
    }
}

impl SpaceOps for SharedMem {
    #[inline(always)]
    fn locate(c: &mut Ctx<'_>, i: &Inst, addr: u64, size: u64, acc: Access) -> Option<*mut u8> {
        let off = addr.wrapping_sub(layout::SPACE_START);
        if off >= c.shared_len || c.shared_len - off < size || addr & (size - 1) != 0 {
            fail_space(c, i, (addr, size, acc), ("shared", c.shared_len));
            return None;
        }
        if c.sh.track {
            let (r, base) = (c.shared_shadow, off as usize);
            // SAFETY: the shadow is as long as shared memory.
            let s = unsafe { std::slice::from_raw_parts_mut(r.add(base), size as usize) };
            if acc == Access::Write {
                s.fill(1);
            } else if s.contains(&0) {
                fail_uninit(c, i, addr, "shared");
                return None;
            }
        }
        // SAFETY: `off + size <= shared_len`.
        Some(unsafe { c.shared.add(off as usize) })
    }
}

impl SpaceOps for LocalMem {
    #[inline(always)]
    fn locate(c: &mut Ctx<'_>, i: &Inst, addr: u64, size: u64, acc: Access) -> Option<*mut u8> {
        if addr < layout::SPACE_START
            || addr >= c.local_top
            || c.local_top - addr < size
            || addr & (size - 1) != 0
        {
            let len = c.local_top - layout::SPACE_START;
            fail_space(c, i, (addr, size, acc), ("local", len));
            return None;
        }
        let at = addr as usize;
        if c.sh.track {
            let s = &mut c.local_shadow[at..at + size as usize];
            if acc == Access::Write {
                s.fill(1);
            } else if s.contains(&0) {
                fail_uninit(c, i, addr, "local");
                return None;
            }
        }
        // SAFETY: `addr + size <= local_top`.
        Some(unsafe { c.local_ptr().add(at) })
    }
}

impl SpaceOps for FrameMem {
    #[inline(always)]
    fn locate(c: &mut Ctx<'_>, i: &Inst, addr: u64, size: u64, acc: Access) -> Option<*mut u8> {
        LocalMem::locate(c, i, c.local_base.wrapping_add(addr), size, acc)
    }
}

impl SpaceOps for ParamMem {
    #[inline(always)]
    fn locate(c: &mut Ctx<'_>, i: &Inst, addr: u64, size: u64, acc: Access) -> Option<*mut u8> {
        let len = c.sh.param_bytes;
        if addr >= len || len - addr < size || addr & (size - 1) != 0 || acc != Access::Read {
            fail_space(c, i, (addr, size, acc), ("kernel parameter", len));
            return None;
        }
        // SAFETY: in bounds, as `param_bytes` fits in `params`.
        Some(unsafe { c.sh.params.as_ptr().cast::<u8>().cast_mut().add(addr as usize) })
    }
}

#[cold]
#[inline(never)]
fn check_slow(c: &mut Ctx<'_>, i: &Inst, r: Region, off: u64, size: u64, acc: Access) -> bool {
    if r.read_only && acc != Access::Read {
        let addr = r.base + off;
        let msg = format!("store to read-only memory at {addr:#x}");
        c.fail(i.line, FaultKind::ReadOnly, Some(addr), msg);
        return false;
    }
    if c.sh.track {
        for k in off..off + size {
            // SAFETY: the shadow is as long as the region.
            let s = unsafe { AtomicU8::from_ptr(r.shadow.add(k as usize)) };
            if acc == Access::Write {
                s.store(1, Ordering::Relaxed);
            } else if s.load(Ordering::Relaxed) == 0 {
                fail_uninit(c, i, r.base + k, "global");
                return false;
            }
        }
    }
    true
}

fn verb(acc: Access) -> &'static str {
    match acc {
        Access::Read => "read",
        Access::Write => "write",
        Access::ReadWrite => "atomic",
    }
}

#[cold]
#[inline(never)]
fn fail_global(c: &mut Ctx<'_>, i: &Inst, addr: u64, size: u64, acc: Access) {
    let v = verb(acc);
    let slot = addr >> 32;
    let region = c.sh.mem.regions.get(slot as usize).filter(|r| r.len > 0).copied();
    let above = c.sh.mem.regions.get(slot as usize + 1);
    let before = above.filter(|r| r.len > 0 && r.base > addr && r.base - addr < 1 << 31).copied();
    let (kind, msg) = match region {
        _ if slot == 0 => (FaultKind::OutOfBounds, "null or truncated pointer".into()),
        Some(r) if addr.wrapping_sub(r.base) < r.len && addr & (size - 1) != 0 => {
            (FaultKind::Misaligned, "misaligned".into())
        }
        Some(r) => (
            FaultKind::OutOfBounds,
            format!("offset {} of the buffer of {} bytes at {:#x}", addr - r.base, r.len, r.base),
        ),
        None if before.is_some() => {
            let base = before.map_or(0, |r| r.base);
            (FaultKind::OutOfBounds, format!("{} bytes before the buffer at {base:#x}", base - addr))
        }
        None if slot < layout::FIRST_REGION => {
            (FaultKind::WrongSpace, "not an address of global memory".into())
        }
        None => (FaultKind::OutOfBounds, "outside every buffer".into()),
    };
    c.fail(i.line, kind, Some(addr), format!("{v} of {size} bytes at {addr:#x}: {msg}"));
}

#[cold]
#[inline(never)]
fn fail_space(c: &mut Ctx<'_>, i: &Inst, (addr, size, acc): (u64, u64, Access), (what, len): (&str, u64)) {
    let v = verb(acc);
    let kind = if addr & (size - 1) != 0 { FaultKind::Misaligned } else { FaultKind::OutOfBounds };
    let why = if kind == FaultKind::Misaligned { "misaligned" } else { "out of bounds" };
    let msg = format!("{v} of {size} bytes at {what} address {addr:#x}: {why} ({len} bytes in use)");
    c.fail(i.line, kind, Some(addr), msg);
}

#[cold]
#[inline(never)]
fn fail_uninit(c: &mut Ctx<'_>, i: &Inst, addr: u64, what: &str) {
    let msg = format!("read of uninitialised {what} memory at {addr:#x}");
    c.fail(i.line, FaultKind::Uninitialised, Some(addr), msg);
}

/// A type loads and stores can move.
pub(crate) trait MemTy: Slot {
    const SIZE: u64;
    /// # Safety
    /// `p` must be valid for this size and aligned.
    unsafe fn load(p: *mut u8) -> Self;
    /// # Safety
    /// As for `load`.
    unsafe fn store(p: *mut u8, v: Self);
    /// The value as a 64-bit pattern, sign-extended for signed types.
    fn extend(self) -> u64;
}

macro_rules! mem_ty {
    ($($t:ty, $a:ty, $u:ty);*) => {$(
        impl MemTy for $t {
            const SIZE: u64 = std::mem::size_of::<$t>() as u64;
            #[inline(always)]
            unsafe fn load(p: *mut u8) -> Self {
                // SAFETY: the caller vouches for the pointer.
                unsafe { <$a>::from_ptr(p as *mut $u) }.load(Ordering::Acquire) as $t
            }
            #[inline(always)]
            unsafe fn store(p: *mut u8, v: Self) {
                // SAFETY: the caller vouches for the pointer.
                unsafe { <$a>::from_ptr(p as *mut $u) }.store(v as $u, Ordering::Release)
            }
            #[inline(always)]
            fn extend(self) -> u64 { self as i64 as u64 }
        }
    )*};
}
mem_ty!(
    u8, AtomicU8, u8; i8, AtomicU8, u8; u16, AtomicU16, u16; i16, AtomicU16, u16;
    u32, AtomicU32, u32; i32, AtomicU32, u32; u64, AtomicU64, u64
);

/// Address of a memory operand: slot `a` plus the offset in `b`.
#[inline(always)]
pub(crate) fn address(r: super::ctx::Regs, i: &Inst) -> u64 {
    r.get::<u64>(i.a).wrapping_add(i.b as i32 as i64 as u64)
}
