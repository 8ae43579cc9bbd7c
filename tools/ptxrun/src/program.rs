//! The compiled form of a module: flat code, basic blocks, resolved slots.
//!
//! Every operand is a *slot*, an index into the frame of 64-bit values of the
//! running function. Registers come first, immediates are slots preset by the
//! function's template and never written. A slot holds its value zero-extended
//! from the register's width.

use crate::exec::ctx::{Ctx, Regs};
use crate::types::Ty;

/// Code of one instruction.
pub(crate) type OpFn = fn(Regs, &Inst, &mut Ctx<'_>);

/// One straight-line instruction. What `d` to `e` mean is up to `f`; mostly
/// `d` is the destination slot and `a`, `b`, `c` are source slots.
#[derive(Clone, Copy)]
pub(crate) struct Inst {
    pub f: OpFn,
    pub d: u32,
    pub a: u32,
    pub b: u32,
    pub c: u32,
    pub e: u32,
    pub line: u32,
}

/// How a basic block ends. Targets are block numbers of the whole program.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Term {
    Jump(u32),
    /// `p != 0` goes to `yes`.
    Branch {
        p: u32,
        yes: u32,
        no: u32,
    },
    /// `brx.idx` over `Program::targets[first..first + len]`.
    Switch {
        slot: u32,
        first: u32,
        len: u32,
    },
    /// Index into `Program::calls`.
    Call(u32),
    Ret,
    Exit,
    Trap,
    /// Index into `Program::syncs`, then the block to continue with.
    Sync {
        op: u32,
        next: u32,
    },
    /// Not finished; never executed.
    Open,
}

/// A basic block.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Block {
    /// Code range.
    pub start: u32,
    pub end: u32,
    /// PTX instructions in the block; their opcodes are
    /// `Program::trace[trace..trace + cost]`.
    pub cost: u32,
    pub trace: u32,
    /// Line of the terminator.
    pub line: u32,
    pub term: Term,
}

/// Who a call calls.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Callee {
    Direct(u32),
    /// Slot with a function address.
    Indirect(u32),
}

/// A call site. Arguments and results are (frame offset, size) of the caller.
#[derive(Clone, Debug)]
pub(crate) struct CallSite {
    pub callee: Callee,
    pub next: u32,
    pub args: Vec<(u32, u32)>,
    pub rets: Vec<(u32, u32)>,
}

/// A parameter or return value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Param {
    /// Name in the text.
    pub name: String,
    /// Element type.
    pub ty: Ty,
    /// Size in bytes.
    pub size: u32,
    /// Alignment in bytes.
    pub align: u32,
    /// Byte offset in the argument block.
    pub offset: u32,
}

/// A compiled function.
#[derive(Clone, Debug)]
pub(crate) struct Func {
    pub name: String,
    pub is_entry: bool,
    /// `None` for a declaration without a body.
    pub entry: Option<u32>,
    /// Initial values of the frame's slots.
    pub template: Vec<u64>,
    /// Local memory of one activation.
    pub frame_bytes: u32,
    pub rets: Vec<Param>,
    pub params: Vec<Param>,
    /// Size of the kernel argument block.
    pub param_bytes: u32,
    pub max_threads: Option<u64>,
}

/// A module variable in global or const memory.
#[derive(Clone, Debug)]
pub(crate) struct ModVar {
    pub name: String,
    pub addr: u64,
    pub image: Vec<u8>,
    pub read_only: bool,
    /// False where the text gives no initialiser.
    pub initialised: bool,
}

/// An operation that needs the other threads of the block.
#[derive(Clone, Copy, Debug)]
pub(crate) enum SyncOp {
    /// `bar.sync`: slots of the barrier number and of the thread count.
    Bar { id: u32, count: Option<u32> },
    /// `bar.arrive`; the count is that of the matching `bar.sync`.
    Arrive { id: u32 },
    /// `bar.red`: `d` receives the reduction of predicate `p`.
    BarRed { id: u32, count: Option<u32>, red: Vote, d: u32, p: u32 },
    /// Operation among the threads of a warp named by `mask`.
    Warp { mask: u32, op: WarpOp },
}

/// Reductions over predicates.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Vote {
    All,
    Any,
    Uni,
    Ballot,
    Popc,
}

/// `shfl.sync` modes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Shfl {
    Up,
    Down,
    Bfly,
    Idx,
}

/// `redux.sync` operations.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Redux {
    Add,
    And,
    Or,
    Xor,
    MinU,
    MaxU,
    MinS,
    MaxS,
}

/// Warp-level operations; all fields are slots.
#[derive(Clone, Copy, Debug)]
pub(crate) enum WarpOp {
    Sync,
    Shfl { mode: Shfl, d: u32, p: u32, a: u32, b: u32, c: u32 },
    Vote { kind: Vote, d: u32, p: u32 },
    MatchAny { d: u32, a: u32 },
    MatchAll { d: u32, p: u32, a: u32 },
    Redux { op: Redux, d: u32, a: u32 },
}

/// What the statistics need to know of an opcode.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Opcode {
    /// Full text, such as `add.rn.f32`.
    pub name: String,
    /// The device's result is an approximation: not bit-reproducible here.
    pub approx: bool,
    /// No explicit rounding: the device's assembler may fuse it into an fma.
    pub contractible: bool,
}

/// A compiled module.
#[derive(Default)]
pub(crate) struct Program {
    pub code: Vec<Inst>,
    /// Guarded instructions, run by the guard's own `Inst`.
    pub guarded: Vec<Inst>,
    pub blocks: Vec<Block>,
    pub targets: Vec<u32>,
    pub calls: Vec<CallSite>,
    pub syncs: Vec<SyncOp>,
    /// Slot lists of vector loads and stores.
    pub aux: Vec<u32>,
    pub trace: Vec<u16>,
    pub opcodes: Vec<Opcode>,
    pub funcs: Vec<Func>,
    pub vars: Vec<ModVar>,
    /// Static shared memory in bytes.
    pub shared_bytes: u32,
    pub version: String,
    pub target: String,
}

/// Start of the slot-numbered regions of the 64-bit address space: bits 32 and
/// up of an address select the region.
pub(crate) mod layout {
    /// Generic window of local memory.
    pub(crate) const LOCAL: u64 = 1 << 32;
    /// Generic window of shared memory.
    pub(crate) const SHARED: u64 = 2 << 32;
    /// Generic window of kernel parameters.
    pub(crate) const PARAM: u64 = 3 << 32;
    /// Function addresses, 16 bytes apart.
    pub(crate) const FUNC: u64 = 4 << 32;
    /// First region of module variables and buffers.
    pub(crate) const FIRST_REGION: u64 = 5;
    /// First valid address of local and shared memory, so that null faults.
    pub(crate) const SPACE_START: u64 = 0x400;
    /// Special registers of `Ctx::special`.
    pub(crate) const SPECIAL: [&str; 22] = [
        "%tid.x",
        "%tid.y",
        "%tid.z",
        "%ntid.x",
        "%ntid.y",
        "%ntid.z",
        "%ctaid.x",
        "%ctaid.y",
        "%ctaid.z",
        "%nctaid.x",
        "%nctaid.y",
        "%nctaid.z",
        "%laneid",
        "%warpid",
        "%nwarpid",
        "%lanemask_eq",
        "%lanemask_lt",
        "%lanemask_le",
        "%lanemask_gt",
        "%lanemask_ge",
        "%dynamic_smem_size",
        "%total_smem_size",
    ];
}
