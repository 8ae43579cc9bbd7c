//! The loop that runs one thread.

use super::ctx::{Ctx, Frame};
use crate::error::FaultKind;
use crate::program::{Callee, Term, layout};

/// Deepest nesting of calls.
const MAX_DEPTH: usize = 4096;

/// Why a thread stopped running.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Stop {
    /// Reached the end.
    Done,
    /// Waits at `Program::syncs[op]`; continues at `Ctx::pc`.
    Sync(u32),
    /// Has run one basic block; continues at `Ctx::pc`.
    Paused,
    /// See `Ctx::fault`.
    Fault,
}

/// Runs `c` until it stops, or with `ONE` for one basic block. `counts` has the executions of every basic block.
pub(crate) fn run<const ONE: bool>(c: &mut Ctx<'_>, counts: &mut [u64]) -> Stop {
    let prog = c.sh.prog;
    let budget = c.sh.budget;
    let mut pc = c.pc;
    let mut regs = c.regs();
    loop {
        let block = &prog.blocks[pc as usize];
        counts[pc as usize] += 1;
        c.executed += u64::from(block.cost);
        if c.executed > budget {
            let msg = format!("instruction budget of {budget} per thread used up (endless loop?)");
            c.fail(block.line, FaultKind::Budget, None, msg);
            return Stop::Fault;
        }
        for inst in &prog.code[block.start as usize..block.end as usize] {
            (inst.f)(regs, inst, c);
        }
        if c.fault.is_some() {
            return Stop::Fault;
        }
        match block.term {
            Term::Jump(to) => pc = to,
            Term::Branch { p, yes, no } => pc = if regs.get::<bool>(p) { yes } else { no },
            Term::Switch { slot, first, len } => {
                let k = regs.get::<u32>(slot);
                if k >= len {
                    let msg = format!("brx.idx index {k} of {len} targets");
                    c.fail(block.line, FaultKind::BadBranchIndex, None, msg);
                    return Stop::Fault;
                }
                pc = prog.targets[(first + k) as usize];
            }
            Term::Call(site) => match call(c, site, block.line) {
                Some(to) => {
                    pc = to;
                    regs = c.regs();
                }
                None => return Stop::Fault,
            },
            Term::Ret => match ret(c) {
                Some(to) => {
                    pc = to;
                    regs = c.regs();
                }
                None => return Stop::Done,
            },
            Term::Exit => return Stop::Done,
            Term::Trap => {
                c.fail(block.line, FaultKind::Trap, None, "trap".into());
                return Stop::Fault;
            }
            Term::Sync { op, next } => {
                c.pc = next;
                return Stop::Sync(op);
            }
            Term::Open => {
                c.fail(block.line, FaultKind::Trap, None, "unfinished basic block".into());
                return Stop::Fault;
            }
        }
        if ONE {
            c.pc = pc;
            return Stop::Paused;
        }
    }
}

/// Enters the function called at `site`; the block to run next, or a fault.
fn call(c: &mut Ctx<'_>, site: u32, line: u32) -> Option<u32> {
    let prog = c.sh.prog;
    let cs = &prog.calls[site as usize];
    let func = match cs.callee {
        Callee::Direct(f) => f,
        Callee::Indirect(slot) => {
            let v = c.regs().get::<u64>(slot);
            let k = v.wrapping_sub(layout::FUNC);
            if !k.is_multiple_of(16) || k / 16 >= prog.funcs.len() as u64 {
                let msg = format!("call through {v:#x}, which is no function");
                c.fail(line, FaultKind::BadCall, Some(v), msg);
                return None;
            }
            (k / 16) as u32
        }
    };
    let f = &prog.funcs[func as usize];
    let Some(entry) = f.entry else {
        let msg = format!("call of {}, which this module does not define", f.name);
        c.fail(line, FaultKind::UndefinedFunction, None, msg);
        return None;
    };
    if cs.args.len() != f.params.len() || cs.rets.len() != f.rets.len() {
        let msg = format!("call of {} with other parameters than it declares", f.name);
        c.fail(line, FaultKind::BadCall, None, msg);
        return None;
    }
    let caller_base = c.local_base;
    let frame = Frame { func: c.func, call: site, reg_base: c.push_regs(), local_base: caller_base };
    c.frames.push(frame);
    c.func = func;
    if c.frames.len() > MAX_DEPTH || !c.enter_frame() {
        let limit = c.sh.max_local;
        let msg =
            format!("local memory limit of {limit} bytes or {MAX_DEPTH} calls exceeded calling {}", f.name);
        c.fail(line, FaultKind::StackOverflow, None, msg);
        return None;
    }
    for (&(off, size), p) in cs.args.iter().zip(&f.params) {
        let to = c.local_base + u64::from(p.offset);
        c.copy_local(caller_base + u64::from(off), to, u64::from(size.min(p.size)));
    }
    Some(entry)
}

/// Leaves the running function; the block to continue with in the caller.
fn ret(c: &mut Ctx<'_>) -> Option<u32> {
    let frame = c.frames.pop()?;
    let prog = c.sh.prog;
    let cs = &prog.calls[frame.call as usize];
    for (&(off, size), p) in cs.rets.iter().zip(&prog.funcs[c.func as usize].rets) {
        let from = c.local_base + u64::from(p.offset);
        c.copy_local(from, frame.local_base + u64::from(off), u64::from(size.min(p.size)));
    }
    c.func = frame.func;
    c.local_base = frame.local_base;
    c.local_top = c.local_base + u64::from(prog.funcs[c.func as usize].frame_bytes);
    c.pop_regs(frame.reg_base);
    Some(cs.next)
}
