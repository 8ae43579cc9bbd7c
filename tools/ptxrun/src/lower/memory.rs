//! Loads, stores and atomics.

use super::Global as Name;
use super::function::{FnLower, SINK, Sym};
use super::mods::Mods;
use crate::ast::{Arg, Space};
use crate::error::PResult;
use crate::exec::ctx::{Ctx, Regs, Slot};
use crate::exec::float::{flush, out32, out64};
use crate::exec::memory::*;
use crate::program::{Inst, OpFn, layout};
use crate::types::Ty;
use std::sync::atomic::{AtomicU16, AtomicU32, AtomicU64, Ordering::SeqCst};

/// Space as the generated code distinguishes it.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Place {
    Generic,
    Global,
    Shared,
    Local,
    Frame,
    Param,
}

/// `in_place!(place, S => expr)`: `expr` with the [`SpaceOps`] type `S`.
macro_rules! in_place {
    ($p:expr, $S:ident => $e:expr) => {
        match $p {
            Place::Generic => {
                #[allow(unused, reason = "not every expression names it")]
                type $S = Generic;
                $e
            }
            Place::Global => {
                #[allow(unused, reason = "not every expression names it")]
                type $S = Global;
                $e
            }
            Place::Shared => {
                #[allow(unused, reason = "not every expression names it")]
                type $S = SharedMem;
                $e
            }
            Place::Local => {
                #[allow(unused, reason = "not every expression names it")]
                type $S = LocalMem;
                $e
            }
            Place::Frame => {
                #[allow(unused, reason = "not every expression names it")]
                type $S = FrameMem;
                $e
            }
            Place::Param => {
                #[allow(unused, reason = "not every expression names it")]
                type $S = ParamMem;
                $e
            }
        }
    };
}

macro_rules! mem_type {
    ($ty:expr, $line:expr; $T:ident => $e:expr) => {
        for_ty!($ty, $line; [B8|U8 u8, S8 i8, B16|U16|F16|Bf16 u16, S16 i16,
            B32|U32|F32|F16x2|Bf16x2 u32, S32 i32, B64|U64|S64|F64 u64] $T => $e)
    };
}

/// Load: address in `a` and `b`, register width as a shift in `e`.
fn ld<S: SpaceOps, T: MemTy>(r: Regs, i: &Inst, c: &mut Ctx<'_>) {
    if let Some(p) = S::locate(c, i, address(r, i), T::SIZE, Access::Read) {
        // SAFETY: `locate` checked range and alignment.
        r.put(i.d, unsafe { T::load(p) }.extend() & u64::MAX >> i.e);
    }
}

/// Store of slot `c`.
fn st<S: SpaceOps, T: MemTy>(r: Regs, i: &Inst, c: &mut Ctx<'_>) {
    if let Some(p) = S::locate(c, i, address(r, i), T::SIZE, Access::Write) {
        // SAFETY: as above.
        unsafe { T::store(p, r.get(i.c)) };
    }
}

/// Vector load: `c` lanes into the slots `aux[d..]`.
fn ld_vec<S: SpaceOps, T: MemTy>(r: Regs, i: &Inst, c: &mut Ctx<'_>) {
    if let Some(p) = S::locate(c, i, address(r, i), T::SIZE * u64::from(i.c), Access::Read) {
        let slots = &c.sh.prog.aux[i.d as usize..(i.d + i.c) as usize];
        for (k, &d) in slots.iter().enumerate() {
            // SAFETY: `locate` checked all lanes.
            let v = unsafe { T::load(p.add(k * T::SIZE as usize)) };
            r.put(d, v.extend() & u64::MAX >> i.e);
        }
    }
}

/// Vector store.
fn st_vec<S: SpaceOps, T: MemTy>(r: Regs, i: &Inst, c: &mut Ctx<'_>) {
    if let Some(p) = S::locate(c, i, address(r, i), T::SIZE * u64::from(i.c), Access::Write) {
        let slots = &c.sh.prog.aux[i.d as usize..(i.d + i.c) as usize];
        for (k, &s) in slots.iter().enumerate() {
            // SAFETY: as above.
            unsafe { T::store(p.add(k * T::SIZE as usize), r.get(s)) };
        }
    }
}

/// A type with compare-and-swap.
trait Cas: Slot {
    const SIZE: u64;
    /// # Safety
    /// `p` must be valid and aligned. Replaces `v` by `f(v)`; returns `v`.
    unsafe fn update(p: *mut u8, f: impl FnMut(Self) -> Self) -> Self;
}

macro_rules! cas {
    ($($t:ty, $a:ty, $u:ty);*) => {$(
        impl Cas for $t {
            const SIZE: u64 = std::mem::size_of::<$t>() as u64;
            unsafe fn update(p: *mut u8, mut f: impl FnMut(Self) -> Self) -> Self {
                // SAFETY: the caller vouches for the pointer.
                let a = unsafe { <$a>::from_ptr(p.cast()) };
                let r = a.fetch_update(SeqCst, SeqCst, |v| {
                    Some(f(<$t>::from_slot(u64::from(v))).to_slot() as $u)
                });
                match r {
                    Ok(v) | Err(v) => <$t>::from_slot(u64::from(v)),
                }
            }
        }
    )*};
}
cas!(u16, AtomicU16, u16; u32, AtomicU32, u32; i32, AtomicU32, u32; u64, AtomicU64, u64;
    i64, AtomicU64, u64; f32, AtomicU32, u32; f64, AtomicU64, u64);

/// `atomic!(place, T, c; v, x, y => expr)`: replaces the value `v` in memory by
/// the expression of the operands `x` (slot `c`) and `y` (slot `e`).
macro_rules! atomic {
    ($place:expr, $T:ty, $c:ident; $v:ident, $x:ident, $y:ident => $e:expr) => {
        in_place!($place, S => {
            fn f(r: Regs, i: &Inst, $c: &mut Ctx<'_>) {
                let at = address(r, i);
                if let Some(p) = S::locate($c, i, at, <$T as Cas>::SIZE, Access::ReadWrite) {
                    let ($x, $y): ($T, $T) = (r.get(i.c), r.get(i.e));
                    let _ = ($x, $y, at);
                    // SAFETY: `locate` checked range and alignment.
                    let old = unsafe { <$T as Cas>::update(p, |$v| $e) };
                    r.put(i.d, old);
                }
            }
            f as OpFn
        })
    };
}

/// Single-precision atomic addition: global memory flushes subnormals.
fn atom_add_f32<S: SpaceOps>(r: Regs, i: &Inst, c: &mut Ctx<'_>) {
    let at = address(r, i);
    let Some(p) = S::locate(c, i, at, 4, Access::ReadWrite) else { return };
    let x: f32 = r.get(i.c);
    let is_shared = i.e == 1 || at & !0xffff_ffff == layout::SHARED;
    // SAFETY: `locate` checked range and alignment.
    let old = unsafe {
        f32::update(p, |v| {
            if is_shared {
                out32::<false, false>(v + x, c)
            } else {
                out32::<true, false>(flush(v) + flush(x), c)
            }
        })
    };
    r.put(i.d, old);
}

fn fence(_: Regs, _: &Inst, _: &mut Ctx<'_>) {
    std::sync::atomic::fence(SeqCst);
}

/// Ordering, scope and cache modifiers, which change nothing here: every
/// access is at least as strong.
fn is_hint(m: &str) -> bool {
    const HINTS: [&str; 27] = [
        "weak", "volatile", "relaxed", "acquire", "release", "acq_rel", "sc", "mmio", "cta", "gpu", "sys",
        "cluster", "gl", "nc", "ca", "cg", "cs", "lu", "cv", "wb", "wt", "L1", "L2", "proxy", "alias",
        "noftz", "unified",
    ];
    HINTS.contains(&m) || m.starts_with("L1::") || m.starts_with("L2::")
}

impl<'a> FnLower<'a, '_> {
    pub(super) fn memory(&mut self, op: &str, m: &mut Mods<'_>, args: &[Arg<'a>]) -> PResult<()> {
        m.drop_all(is_hint);
        let space = match m.one_of(&[
            "global",
            "const",
            "shared",
            "shared::cta",
            "local",
            "param",
            "param::entry",
            "param::func",
        ]) {
            None => Space::Generic,
            Some("global") => Space::Global,
            Some("const") => Space::Const,
            Some("local") => Space::Local,
            Some(s) if s.starts_with("param") => Space::Param,
            Some(_) => Space::Shared,
        };
        match op {
            "ld" | "ldu" | "st" => self.load_store(op == "st", space, m, args),
            "membar" | "fence" => {
                self.emit(fence, SINK, 0, 0, 0);
                Ok(())
            }
            _ => self.atom(op == "red", space, m, args),
        }
    }

    /// Where an address leads: the place, the slot of its base, its offset.
    fn place(&mut self, a: &Arg<'a>, space: Space) -> PResult<(Place, u32, u32)> {
        let Arg::Mem(base, off) = a else { return self.err("expected an address") };
        let mut place = match space {
            Space::Generic => Place::Generic,
            Space::Global | Space::Const => Place::Global,
            Space::Shared => Place::Shared,
            Space::Local => Place::Local,
            // Addresses of a device function's parameters are local ones.
            _ if self.is_entry => Place::Param,
            _ => Place::Local,
        };
        let name = match base {
            None => {
                let s = self.constant(*off as u64);
                return Ok((place, s, 0));
            }
            Some(n) => *n,
        };
        let window = if space == Space::Generic { layout::SHARED } else { 0 };
        let slot = match self.lookup(name) {
            Some(Sym::Reg { slot, .. }) => slot,
            Some(Sym::Frame { off, .. }) => {
                if !matches!(space, Space::Local | Space::Param) {
                    return self.err(format!("{name} is in local memory"));
                }
                place = Place::Frame;
                self.constant(u64::from(off))
            }
            Some(Sym::KernelParam { off }) => {
                if space != Space::Param {
                    return self.err(format!("{name} is a parameter"));
                }
                self.constant(u64::from(off))
            }
            Some(Sym::Shared(a)) => self.constant(a + window),
            None => match self.globals.get(name).copied() {
                Some(Name::Var(a)) => self.constant(a),
                Some(Name::Shared(a)) => self.constant(a + window),
                _ => return self.err(format!("unknown name {name}")),
            },
        };
        match i32::try_from(*off) {
            Ok(off) => Ok((place, slot, off as u32)),
            Err(_) => {
                let sum = self.temp();
                let k = self.constant(*off as u64);
                self.emit(op2!(x: u64, y: u64 => x.wrapping_add(y)), sum, slot, k, 0);
                Ok((place, sum, 0))
            }
        }
    }

    fn load_store(&mut self, store: bool, space: Space, m: &mut Mods<'_>, args: &[Arg<'a>]) -> PResult<()> {
        let line = self.line;
        let lanes = match m.one_of(&["v2", "v4", "v8"]) {
            Some("v2") => 2,
            Some("v4") => 4,
            Some(_) => 8,
            None => 1,
        };
        let ty = m.ty()?;
        let [x, y] = args else { return self.err("expected two operands") };
        let (addr, value) = if store { (x, y) } else { (y, x) };
        let (place, base, off) = self.place(addr, space)?;
        if lanes == 1 && !matches!(value, Arg::Vector(_)) {
            if store {
                let v = self.src(value, ty)?;
                let f = in_place!(place, S => mem_type!(ty, line; T => st::<S, T> as OpFn));
                self.emit(f, SINK, base, off, v);
                return Ok(());
            }
            let (d, reg) = self.dst_ty(value)?.unwrap_or((SINK, Ty::B64));
            let f = in_place!(place, S => mem_type!(ty, line; T => ld::<S, T> as OpFn));
            self.emit_wide(f, [d, base, off, 0, 64 - reg.bits()]);
            return Ok(());
        }
        let Arg::Vector(list) = value else { return self.err("expected {...}") };
        if list.len() != lanes {
            return self.err(format!("{} elements in a vector of {lanes}", list.len()));
        }
        let mut slots = Vec::new();
        let mut width = ty.bits();
        for v in list {
            if store {
                slots.push(self.src(v, ty)?);
            } else {
                let (d, reg) = self.dst_ty(v)?.unwrap_or((SINK, ty));
                slots.push(d);
                width = width.max(reg.bits());
            }
        }
        let first = self.prog.aux.len() as u32;
        self.prog.aux.extend(slots);
        let f = if store {
            in_place!(place, S => mem_type!(ty, line; T => st_vec::<S, T> as OpFn))
        } else {
            in_place!(place, S => mem_type!(ty, line; T => ld_vec::<S, T> as OpFn))
        };
        self.emit_wide(f, [first, base, off, lanes as u32, 64 - width]);
        Ok(())
    }

    fn atom(&mut self, red: bool, space: Space, m: &mut Mods<'_>, args: &[Arg<'a>]) -> PResult<()> {
        let Some(op) = m.one_of(&["add", "min", "max", "exch", "cas", "and", "or", "xor", "inc", "dec"])
        else {
            return self.err("no operation");
        };
        let ty = m.ty()?;
        let (d, args) = if red { (SINK, args) } else { (self.dst(&args[0])?, &args[1..]) };
        let want = if op == "cas" { 3 } else { 2 };
        if args.len() != want {
            return self.err(format!("{} operands", args.len()));
        }
        let (place, base, off) = self.place(&args[0], space)?;
        let x = self.src(&args[1], ty)?;
        let mut y = if op == "cas" { self.src(&args[2], ty)? } else { x };
        let f = match (op, ty) {
            ("add", Ty::U32 | Ty::S32) => atomic!(place, u32, c; v, x, y => v.wrapping_add(x)),
            ("add", Ty::U64) => atomic!(place, u64, c; v, x, y => v.wrapping_add(x)),
            ("add", Ty::F32) => {
                y = u32::from(place == Place::Shared);
                in_place!(place, S => atom_add_f32::<S> as OpFn)
            }
            ("add", Ty::F64) => atomic!(place, f64, c; v, x, y => out64(v + x, &[v, x], c)),
            ("min", Ty::U32) => atomic!(place, u32, c; v, x, y => v.min(x)),
            ("min", Ty::S32) => atomic!(place, i32, c; v, x, y => v.min(x)),
            ("min", Ty::U64) => atomic!(place, u64, c; v, x, y => v.min(x)),
            ("min", Ty::S64) => atomic!(place, i64, c; v, x, y => v.min(x)),
            ("max", Ty::U32) => atomic!(place, u32, c; v, x, y => v.max(x)),
            ("max", Ty::S32) => atomic!(place, i32, c; v, x, y => v.max(x)),
            ("max", Ty::U64) => atomic!(place, u64, c; v, x, y => v.max(x)),
            ("max", Ty::S64) => atomic!(place, i64, c; v, x, y => v.max(x)),
            ("exch", Ty::B32) => atomic!(place, u32, c; v, x, y => { let _ = v; x }),
            ("exch", Ty::B64) => atomic!(place, u64, c; v, x, y => { let _ = v; x }),
            ("cas", Ty::B16) => atomic!(place, u16, c; v, x, y => if v == x { y } else { v }),
            ("cas", Ty::B32) => atomic!(place, u32, c; v, x, y => if v == x { y } else { v }),
            ("cas", Ty::B64) => atomic!(place, u64, c; v, x, y => if v == x { y } else { v }),
            ("and", Ty::B32) => atomic!(place, u32, c; v, x, y => v & x),
            ("and", Ty::B64) => atomic!(place, u64, c; v, x, y => v & x),
            ("or", Ty::B32) => atomic!(place, u32, c; v, x, y => v | x),
            ("or", Ty::B64) => atomic!(place, u64, c; v, x, y => v | x),
            ("xor", Ty::B32) => atomic!(place, u32, c; v, x, y => v ^ x),
            ("xor", Ty::B64) => atomic!(place, u64, c; v, x, y => v ^ x),
            ("inc", Ty::U32) => atomic!(place, u32, c; v, x, y => if v >= x { 0 } else { v + 1 }),
            ("dec", Ty::U32) => {
                atomic!(place, u32, c; v, x, y => if v == 0 || v > x { x } else { v - 1 })
            }
            _ => return self.err(format!("atomic .{op} of {ty:?} is not supported")),
        };
        self.emit_wide(f, [d, base, off, x, y]);
        Ok(())
    }
}
