//! State of a running thread, and access to its registers.

use super::memory::GlobalMap;
use crate::error::{Fault, FaultKind};
use crate::program::{Inst, Program, layout};
use crate::stats::Path;
use std::sync::atomic::AtomicU64;

/// Frame of the running function: a pointer to its first slot.
///
/// Slots used by an instruction are checked against the function's frame size
/// when it is compiled, so that the accessors need no bounds check.
#[derive(Clone, Copy)]
#[repr(transparent)]
pub(crate) struct Regs(*mut u64);

impl Regs {
    /// Value of slot `i`.
    #[inline(always)]
    pub(crate) fn get<T: Slot>(self, i: u32) -> T {
        // SAFETY: the lowering pass hands out slot numbers below the frame size
        // only, and `Ctx` keeps that many slots alive for the running frame.
        T::from_slot(unsafe { *self.0.add(i as usize) })
    }

    /// Sets slot `i`.
    #[inline(always)]
    pub(crate) fn put<T: Slot>(self, i: u32, v: T) {
        // SAFETY: as in `get`.
        unsafe { *self.0.add(i as usize) = v.to_slot() }
    }
}

/// A type kept in a slot, zero-extended.
pub(crate) trait Slot: Copy {
    fn from_slot(v: u64) -> Self;
    fn to_slot(self) -> u64;
}

macro_rules! slot_int {
    ($($t:ty, $u:ty);*) => {$(
        impl Slot for $t {
            #[inline(always)]
            fn from_slot(v: u64) -> Self { v as $t }
            #[inline(always)]
            fn to_slot(self) -> u64 { self as $u as u64 }
        }
    )*};
}
slot_int!(u8, u8; i8, u8; u16, u16; i16, u16; u32, u32; i32, u32; u64, u64; i64, u64);

impl Slot for f32 {
    #[inline(always)]
    fn from_slot(v: u64) -> Self {
        f32::from_bits(v as u32)
    }
    #[inline(always)]
    fn to_slot(self) -> u64 {
        u64::from(self.to_bits())
    }
}

impl Slot for f64 {
    #[inline(always)]
    fn from_slot(v: u64) -> Self {
        f64::from_bits(v)
    }
    #[inline(always)]
    fn to_slot(self) -> u64 {
        self.to_bits()
    }
}

impl Slot for bool {
    #[inline(always)]
    fn from_slot(v: u64) -> Self {
        v != 0
    }
    #[inline(always)]
    fn to_slot(self) -> u64 {
        u64::from(self)
    }
}

/// Byte that fills memory nothing has written.
pub(crate) const POISON: u8 = 0xdb;

/// Alignment of stack frames: the largest a local variable can have.
const FRAME_ALIGN: u64 = 64;

/// Return information of a call.
#[derive(Clone, Copy)]
pub(crate) struct Frame {
    pub func: u32,
    pub call: u32,
    pub reg_base: usize,
    pub local_base: u64,
}

/// What all threads of a launch share.
#[derive(Clone, Copy)]
pub(crate) struct Shared<'p> {
    pub prog: &'p Program,
    pub mem: &'p GlobalMap,
    /// Argument block, and its length in bytes.
    pub params: &'p [AtomicU64],
    pub param_bytes: u64,
    pub kernel: u32,
    pub ntid: [u32; 3],
    pub nctaid: [u32; 3],
    pub dyn_shared: u32,
    pub budget: u64,
    pub max_local: u64,
    pub track: bool,
    /// The lanes of a warp run together, basic block by basic block.
    pub lockstep: bool,
    /// What each thread runs is kept.
    pub paths: bool,
}

/// A running thread.
pub(crate) struct Ctx<'p> {
    pub sh: Shared<'p>,
    /// Shared memory of the block and its shadow (empty when not tracked);
    /// owned by the block that runs this thread.
    pub shared: *mut u8,
    pub shared_len: u64,
    pub shared_shadow: *mut u8,
    regs: Vec<u64>,
    reg_base: usize,
    /// Local memory, in words to have it aligned.
    local: Vec<u64>,
    pub local_shadow: Vec<u8>,
    pub local_base: u64,
    pub local_top: u64,
    /// Highest `local_top` of the launch.
    pub local_peak: u64,
    pub frames: Vec<Frame>,
    pub func: u32,
    /// Block to continue with.
    pub pc: u32,
    pub special: [u64; layout::SPECIAL.len()],
    /// Carry flag of the `.cc` instructions.
    pub cc: bool,
    pub executed: u64,
    /// NaN results of arithmetic since the start of the launch.
    pub nans: u64,
    pub fault: Option<Box<Fault>>,
    /// What it has run, where that is kept.
    pub path: Path,
}

impl<'p> Ctx<'p> {
    pub(crate) fn new(sh: Shared<'p>) -> Self {
        Ctx {
            sh,
            shared: std::ptr::null_mut(),
            shared_len: 0,
            shared_shadow: std::ptr::null_mut(),
            regs: vec![],
            reg_base: 0,
            local: vec![],
            local_shadow: vec![],
            local_base: 0,
            local_top: 0,
            local_peak: 0,
            frames: vec![],
            func: 0,
            pc: 0,
            special: [0; layout::SPECIAL.len()],
            cc: false,
            executed: 0,
            nans: 0,
            fault: None,
            path: vec![],
        }
    }

    /// Makes this the thread `tid` of block `ctaid`, at the kernel's entry.
    pub(crate) fn reset(&mut self, ctaid: [u32; 3], tid: [u32; 3], linear: u32) {
        let Shared { ntid, nctaid, prog, .. } = self.sh;
        let size = ntid.iter().product::<u32>();
        let lane = linear % 32;
        let below = (1u64 << lane) - 1;
        let eq = 1u64 << lane;
        let words = [tid, ntid, ctaid, nctaid];
        for (i, v) in words.iter().flatten().enumerate() {
            self.special[i] = u64::from(*v);
        }
        let dynamic = u64::from(self.sh.dyn_shared);
        let rest = [
            u64::from(lane),
            u64::from(linear / 32),
            u64::from(size.div_ceil(32)),
            eq,
            below,
            below | eq,
            0xffff_ffff & !(below | eq),
            0xffff_ffff & !below,
            dynamic,
            dynamic + u64::from(prog.shared_bytes),
        ];
        self.special[12..].copy_from_slice(&rest);
        self.func = self.sh.kernel;
        self.pc = prog.funcs[self.func as usize].entry.unwrap_or(0);
        self.frames.clear();
        self.reg_base = 0;
        self.cc = false;
        self.executed = 0;
        self.fault = None;
        self.path = vec![vec![]];
        self.local_top = layout::SPACE_START;
        let ok = self.enter_frame();
        debug_assert!(ok, "the launch checks the kernel's own frame");
    }

    /// Sets up registers and local memory of `self.func` at `reg_base` and on
    /// top of local memory. False if local memory is exhausted.
    pub(crate) fn enter_frame(&mut self) -> bool {
        let f = &self.sh.prog.funcs[self.func as usize];
        let end = self.reg_base + f.template.len();
        if self.regs.len() < end {
            self.regs.resize(end, 0);
        }
        self.regs[self.reg_base..end].copy_from_slice(&f.template);
        self.local_base = self.local_top.next_multiple_of(FRAME_ALIGN);
        self.local_top = self.local_base + u64::from(f.frame_bytes);
        if self.local_top - layout::SPACE_START > self.sh.max_local {
            return false;
        }
        self.local_peak = self.local_peak.max(self.local_top);
        let (base, top) = (self.local_base as usize, self.local_top as usize);
        let words = top.div_ceil(8);
        if self.local.len() < words {
            self.local.resize(words, 0);
        }
        self.local[base / 8..words].fill(u64::from_ne_bytes([POISON; 8]));
        if self.sh.track {
            self.local_shadow.resize(self.local.len() * 8, 0);
            self.local_shadow[base..top].fill(0);
        }
        true
    }

    /// Moves the register window behind the current frame, for a call.
    pub(crate) fn push_regs(&mut self) -> usize {
        let old = self.reg_base;
        self.reg_base += self.sh.prog.funcs[self.func as usize].template.len();
        old
    }

    pub(crate) fn pop_regs(&mut self, base: usize) {
        self.reg_base = base;
    }

    /// Slots of the running function.
    #[inline(always)]
    pub(crate) fn regs(&mut self) -> Regs {
        debug_assert!(self.reg_base <= self.regs.len());
        // SAFETY: `reg_base` lies within the vector (set by `enter_frame`).
        Regs(unsafe { self.regs.as_mut_ptr().add(self.reg_base) })
    }

    /// Start of local memory; valid for `local_top` bytes.
    #[inline(always)]
    pub(crate) fn local_ptr(&mut self) -> *mut u8 {
        self.local.as_mut_ptr().cast()
    }

    /// Copies `n` bytes of local memory (parameters and results of calls).
    pub(crate) fn copy_local(&mut self, from: u64, to: u64, n: u64) {
        debug_assert!(from.max(to) + n <= self.local_top);
        let (from, to, n) = (from as usize, to as usize, n as usize);
        // SAFETY: both ranges lie in frames of this thread, below `local_top`
        // or in a frame just left, whose memory is still there.
        unsafe {
            let p = self.local_ptr();
            std::ptr::copy(p.add(from), p.add(to), n);
        }
        if self.sh.track {
            self.local_shadow.copy_within(from..from + n, to);
        }
    }

    /// Records the thread's first fault.
    #[cold]
    pub(crate) fn fail(&mut self, line: u32, kind: FaultKind, addr: Option<u64>, detail: String) {
        if self.fault.is_none() {
            self.fault = Some(Box::new(Fault { kind, line, addr, detail }));
        }
    }

    /// Counts a NaN result.
    #[cold]
    #[inline(never)]
    pub(crate) fn nan(&mut self) {
        self.nans += 1;
    }

    /// Fault of an instruction without an address.
    #[cold]
    pub(crate) fn fail_at(&mut self, i: &Inst, kind: FaultKind, detail: &str) {
        self.fail(i.line, kind, None, detail.to_string());
    }
}
