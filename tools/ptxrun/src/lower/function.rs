//! Lowering of one function: scopes, slots, basic blocks, dispatch.

use super::Global;
use super::mods::Mods;
use crate::ast::{Arg, Function, Instr, Space, Stmt, Var};
use crate::error::{PResult, perr};
use crate::exec::ctx::{Ctx, Regs};
use crate::program::{Block, Inst, OpFn, Opcode, Program, Term, layout};
use crate::types::Ty;
use std::borrow::Cow;
use std::collections::HashMap;

/// What a name inside a function means.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Sym {
    Reg {
        slot: u32,
        ty: Ty,
    },
    /// Offset in the frame's local memory, and size.
    Frame {
        off: u32,
        size: u32,
    },
    /// Offset in the kernel's argument block.
    KernelParam {
        off: u32,
    },
    /// Address in shared memory.
    Shared(u64),
}

/// Slot that takes results nobody wants.
pub(crate) const SINK: u32 = 0;

/// State of lowering a function.
pub(crate) struct FnLower<'a, 'p> {
    pub prog: &'p mut Program,
    pub globals: &'p HashMap<&'a str, Global>,
    shared: &'p HashMap<(u32, &'a str), u64>,
    opcodes: &'p mut HashMap<String, u16>,
    index: usize,
    pub is_entry: bool,
    scopes: Vec<HashMap<Cow<'a, str>, Sym>>,
    /// Initial values of the slots, growing as slots are handed out.
    template: Vec<u64>,
    consts: HashMap<u64, u32>,
    frame: u64,
    labels: HashMap<&'a str, (u32, u32)>,
    pub targets: HashMap<&'a str, Vec<&'a str>>,
    /// Block under construction.
    current: Option<u32>,
    /// Code of the guarded instruction under construction.
    guarded: Option<Vec<Inst>>,
    pub line: u32,
}

fn guard_true(r: Regs, i: &Inst, c: &mut Ctx<'_>) {
    if r.get::<bool>(i.a) {
        run_guarded(r, i, c);
    }
}

fn guard_false(r: Regs, i: &Inst, c: &mut Ctx<'_>) {
    if !r.get::<bool>(i.a) {
        run_guarded(r, i, c);
    }
}

#[inline(always)]
fn run_guarded(r: Regs, i: &Inst, c: &mut Ctx<'_>) {
    let prog = c.sh.prog;
    for g in &prog.guarded[i.b as usize..(i.b + i.c) as usize] {
        (g.f)(r, g, c);
    }
}

fn frame_address(r: Regs, i: &Inst, c: &mut Ctx<'_>) {
    r.put(i.d, c.local_base + u64::from(i.a));
}

fn special(r: Regs, i: &Inst, c: &mut Ctx<'_>) {
    r.put(i.d, c.special[i.a as usize]);
}

fn clock(r: Regs, i: &Inst, c: &mut Ctx<'_>) {
    r.put(i.d, c.executed & u64::MAX >> i.a);
}

impl<'a, 'p> FnLower<'a, 'p> {
    pub(super) fn new(
        prog: &'p mut Program,
        globals: &'p HashMap<&'a str, Global>,
        shared: &'p HashMap<(u32, &'a str), u64>,
        opcodes: &'p mut HashMap<String, u16>,
        index: usize,
        f: &Function<'a>,
    ) -> PResult<Self> {
        let func = &prog.funcs[index];
        let mut scope = HashMap::new();
        let header = f.rets.iter().chain(&f.params).zip(func.rets.iter().chain(&func.params));
        for (v, p) in header {
            let sym = if f.is_entry {
                Sym::KernelParam { off: p.offset }
            } else {
                Sym::Frame { off: p.offset, size: p.size }
            };
            scope.insert(Cow::Borrowed(v.name), sym);
        }
        let frame = u64::from(func.frame_bytes);
        Ok(FnLower {
            prog,
            globals,
            shared,
            opcodes,
            index,
            is_entry: f.is_entry,
            scopes: vec![scope],
            template: vec![0],
            consts: HashMap::new(),
            frame,
            labels: HashMap::new(),
            targets: HashMap::new(),
            current: None,
            guarded: None,
            line: f.line,
        })
    }

    /// Lowers the body.
    pub(super) fn run(mut self, f: &Function<'a>) -> PResult<()> {
        let body = f.body.as_deref().unwrap_or(&[]);
        for s in body {
            if let Stmt::Targets(label, list) = s {
                self.targets.insert(label, list.clone());
            }
        }
        let entry = self.new_block();
        self.begin(entry);
        for s in body {
            match s {
                Stmt::Open => self.scopes.push(HashMap::new()),
                Stmt::Close => {
                    self.scopes.pop();
                }
                Stmt::Label(name, line) => {
                    let b = self.label(name, *line);
                    if self.current.is_some() {
                        self.finish(Term::Jump(b));
                    }
                    if !matches!(self.prog.blocks[b as usize].term, Term::Open) {
                        return perr(*line, format!("label {name} is defined twice"));
                    }
                    self.begin(b);
                }
                Stmt::Var(v) => self.declare(v)?,
                Stmt::Targets(..) => {}
                Stmt::Instr(i) => self.instr(i)?,
            }
        }
        if self.current.is_some() {
            self.finish(Term::Ret);
        }
        for (name, &(b, line)) in &self.labels {
            if matches!(self.prog.blocks[b as usize].term, Term::Open) {
                return perr(line, format!("label {name} is not defined"));
            }
        }
        let func = &mut self.prog.funcs[self.index];
        func.entry = Some(entry);
        func.template = self.template;
        func.frame_bytes = self.frame as u32;
        Ok(())
    }

    // ---- Blocks ----

    pub(super) fn new_block(&mut self) -> u32 {
        let b = Block { start: 0, end: 0, cost: 0, trace: 0, line: self.line, term: Term::Open };
        self.prog.blocks.push(b);
        self.prog.blocks.len() as u32 - 1
    }

    /// Block of a label, defined or not.
    pub(super) fn label(&mut self, name: &'a str, line: u32) -> u32 {
        if let Some(&(b, _)) = self.labels.get(name) {
            return b;
        }
        let b = self.new_block();
        self.labels.insert(name, (b, line));
        b
    }

    pub(super) fn begin(&mut self, b: u32) {
        let (start, trace) = (self.prog.code.len() as u32, self.prog.trace.len() as u32);
        let block = &mut self.prog.blocks[b as usize];
        block.start = start;
        block.trace = trace;
        self.current = Some(b);
    }

    /// Ends the current block.
    pub(super) fn finish(&mut self, term: Term) {
        let end = self.prog.code.len() as u32;
        if let Some(b) = self.current.take() {
            let block = &mut self.prog.blocks[b as usize];
            block.end = end;
            block.line = self.line;
            block.term = term;
        }
    }

    // ---- Names and slots ----

    fn slot(&mut self, init: u64) -> u32 {
        self.template.push(init);
        self.template.len() as u32 - 1
    }

    /// A fresh slot for an intermediate result.
    pub(super) fn temp(&mut self) -> u32 {
        self.slot(0)
    }

    /// Slot holding a constant.
    pub(super) fn constant(&mut self, v: u64) -> u32 {
        if let Some(&s) = self.consts.get(&v) {
            return s;
        }
        let s = self.slot(v);
        self.consts.insert(v, s);
        s
    }

    fn declare(&mut self, v: &Var<'a>) -> PResult<()> {
        let sym = match v.space {
            Space::Reg => {
                if v.ty == Ty::B128 || v.lanes > 1 {
                    return perr(v.line, "128-bit and vector registers are not supported");
                }
                if let Some(n) = v.range {
                    for k in 0..n {
                        let slot = self.slot(0);
                        self.bind(format!("{}{k}", v.name).into(), Sym::Reg { slot, ty: v.ty });
                    }
                    return Ok(());
                }
                let slot = self.slot(0);
                Sym::Reg { slot, ty: v.ty }
            }
            Space::Local | Space::Param => {
                self.frame = self.frame.next_multiple_of(v.alignment());
                let sym = Sym::Frame { off: self.frame as u32, size: v.bytes() as u32 };
                self.frame += v.bytes();
                if self.frame > 1 << 30 {
                    return perr(v.line, "local memory over 1 GiB");
                }
                sym
            }
            Space::Shared => {
                let at = self.shared.get(&(v.line, v.name));
                Sym::Shared(at.copied().unwrap_or(layout::SPACE_START))
            }
            _ => return perr(v.line, "variable of this space inside a function"),
        };
        self.bind(v.name.into(), sym);
        Ok(())
    }

    fn bind(&mut self, name: Cow<'a, str>, sym: Sym) {
        if let Some(scope) = self.scopes.last_mut() {
            scope.insert(name, sym);
        }
    }

    pub(super) fn lookup(&self, name: &str) -> Option<Sym> {
        self.scopes.iter().rev().find_map(|s| s.get(name)).copied()
    }

    pub(super) fn err<T>(&self, msg: impl Into<String>) -> PResult<T> {
        perr(self.line, msg)
    }

    /// Slot and type of a register.
    pub(super) fn reg(&self, name: &str) -> PResult<(u32, Ty)> {
        match self.lookup(name) {
            Some(Sym::Reg { slot, ty }) => Ok((slot, ty)),
            _ => self.err(format!("{name} is not a register")),
        }
    }

    /// Destination slot; `_` is the sink.
    pub(super) fn dst(&self, a: &Arg<'a>) -> PResult<u32> {
        Ok(self.dst_ty(a)?.map_or(SINK, |(s, _)| s))
    }

    /// Destination slot and register type, `None` for `_`.
    pub(super) fn dst_ty(&self, a: &Arg<'a>) -> PResult<Option<(u32, Ty)>> {
        match a {
            Arg::Name("_") => Ok(None),
            Arg::Name(n) => self.reg(n).map(Some),
            _ => self.err(format!("{a:?} is no destination")),
        }
    }

    /// Source slot of an operand of type `ty`.
    pub(super) fn src(&mut self, a: &Arg<'a>, ty: Ty) -> PResult<u32> {
        let v = match a {
            Arg::Name(n) => return self.src_name(n, 0),
            Arg::SymOff(n, off) => return self.src_name(n, *off),
            Arg::Component(n, c) => return self.special(&format!("{n}.{c}")),
            Arg::Not(n) => {
                let (a, _) = self.reg(n)?;
                let d = self.temp();
                self.emit(op1!(x: bool => !x), d, a, 0, 0);
                return Ok(d);
            }
            Arg::Int(v) if ty == Ty::F32 || ty == Ty::F64 => {
                return self.err(format!("integer {v} as a {ty:?} operand"));
            }
            Arg::Int(v) => *v & ty.mask(),
            Arg::F32(v) => u64::from(*v),
            Arg::F64(v) if ty == Ty::F32 => u64::from((f64::from_bits(*v) as f32).to_bits()),
            Arg::F64(v) => *v,
            _ => return self.err(format!("{a:?} is no source operand")),
        };
        Ok(self.constant(v))
    }

    fn src_name(&mut self, n: &'a str, off: i64) -> PResult<u32> {
        if let Some(sym) = self.lookup(n) {
            return match sym {
                Sym::Reg { slot, .. } if off == 0 => Ok(slot),
                Sym::Reg { .. } => self.err("offset on a register outside an address"),
                Sym::Frame { off: base, .. } => {
                    let d = self.temp();
                    let at = (i64::from(base) + off) as u32;
                    self.emit(frame_address, d, at, 0, 0);
                    Ok(d)
                }
                Sym::KernelParam { off: base } => Ok(self.constant((i64::from(base) + off) as u64)),
                Sym::Shared(a) => Ok(self.constant(a.wrapping_add(off as u64))),
            };
        }
        if let Some(g) = self.globals.get(n) {
            let a = match *g {
                Global::Var(a) | Global::Shared(a) => a,
                Global::Func(k) => layout::FUNC + 16 * u64::from(k),
            };
            return Ok(self.constant(a.wrapping_add(off as u64)));
        }
        self.special(n)
    }

    /// Slot that receives a special register's value.
    fn special(&mut self, name: &str) -> PResult<u32> {
        let constants = [("WARP_SZ", 32), ("%smid", 0), ("%nsmid", 1), ("%gridid", 0)];
        if let Some((_, v)) = constants.iter().find(|(n, _)| *n == name) {
            return Ok(self.constant(*v));
        }
        if let Some(k) = layout::SPECIAL.iter().position(|n| *n == name) {
            let d = self.temp();
            self.emit(special, d, k as u32, 0, 0);
            return Ok(d);
        }
        match name {
            "%clock" | "%clock_hi" | "%clock64" | "%globaltimer" | "%globaltimer_lo" => {
                let d = self.temp();
                let shift = if matches!(name, "%clock64" | "%globaltimer") { 0 } else { 32 };
                self.emit(clock, d, shift, 0, 0);
                Ok(d)
            }
            _ => self.err(format!("unknown name {name}")),
        }
    }

    // ---- Code ----

    /// Appends an instruction.
    pub(super) fn emit(&mut self, f: OpFn, d: u32, a: u32, b: u32, c: u32) {
        self.emit_wide(f, [d, a, b, c, 0]);
    }

    /// Appends an instruction with all five slots.
    pub(super) fn emit_wide(&mut self, f: OpFn, [d, a, b, c, e]: [u32; 5]) {
        let inst = Inst { f, d, a, b, c, e, line: self.line };
        match &mut self.guarded {
            Some(g) => g.push(inst),
            None => self.prog.code.push(inst),
        }
    }

    /// Emits `f` with destination `args[0]` and one source per type.
    pub(super) fn simple(&mut self, f: OpFn, args: &[Arg<'a>], types: &[Ty]) -> PResult<()> {
        if args.len() != types.len() + 1 {
            return self.err(format!("{} operands, expected {}", args.len(), types.len() + 1));
        }
        let mut s = [0u32; 3];
        for (k, ty) in types.iter().enumerate() {
            s[k] = self.src(&args[k + 1], *ty)?;
        }
        let d = self.dst(&args[0])?;
        self.emit(f, d, s[0], s[1], s[2]);
        Ok(())
    }

    /// Records an executed instruction for the statistics.
    fn count(&mut self, i: &Instr<'a>) -> PResult<()> {
        let name = i.opcode();
        let id = match self.opcodes.get(&name) {
            Some(&id) => id,
            None => {
                let Ok(id) = u16::try_from(self.prog.opcodes.len()) else {
                    return self.err("too many different opcodes");
                };
                let has = |m: &str| i.mods.contains(&m);
                let float = has("f32") || has("f64");
                let rounded = ["rn", "rz", "rm", "rp"].iter().any(|m| has(m));
                let fusible = matches!(i.op, "add" | "sub" | "mul");
                self.prog.opcodes.push(Opcode {
                    name: name.clone(),
                    approx: has("approx") || has("full"),
                    contractible: fusible && float && !rounded,
                });
                self.opcodes.insert(name, id);
                id
            }
        };
        self.prog.trace.push(id);
        if let Some(b) = self.current {
            self.prog.blocks[b as usize].cost += 1;
        }
        Ok(())
    }

    fn instr(&mut self, i: &Instr<'a>) -> PResult<()> {
        self.line = i.line;
        if self.current.is_none() {
            let b = self.new_block();
            self.begin(b);
        }
        self.count(i)?;
        let wrap = |e: crate::error::ParseError| {
            let msg = format!("{}: {}", i.opcode(), e.msg);
            crate::error::ParseError { line: e.line, msg }
        };
        if super::control::is_control(i) {
            return self.control(i).map_err(wrap);
        }
        let Some((neg, p)) = i.guard else {
            return self.plain(i).map_err(wrap);
        };
        let (p, _) = self.reg(p)?;
        self.guarded = Some(Vec::new());
        let done = self.plain(i).map_err(wrap);
        let code = self.guarded.take().unwrap_or_default();
        done?;
        let first = self.prog.guarded.len() as u32;
        let n = code.len() as u32;
        self.prog.guarded.extend(code);
        self.emit(if neg { guard_false } else { guard_true }, 0, p, first, n);
        Ok(())
    }

    /// Lowers an instruction that does not end a block.
    fn plain(&mut self, i: &Instr<'a>) -> PResult<()> {
        let m = &mut Mods::new(&i.mods, i.line);
        let args = &i.args[..];
        let float = i.mods.iter().any(|m| Ty::parse(m).is_some_and(Ty::is_float));
        match i.op {
            "add" | "sub" | "mul" | "fma" | "mad" | "div" | "min" | "max" | "abs" | "neg" if float => {
                self.float(i.op, m, args)?;
            }
            "rcp" | "sqrt" | "rsqrt" | "sin" | "cos" | "lg2" | "ex2" | "tanh" | "copysign" | "testp" => {
                self.float(i.op, m, args)?
            }
            "add" | "sub" | "addc" | "subc" | "mul" | "mad" | "madc" | "mul24" | "mad24" | "sad" | "div"
            | "rem" | "abs" | "neg" | "min" | "max" => self.int(i.op, m, args)?,
            "and" | "or" | "xor" | "not" | "cnot" | "shl" | "shr" | "shf" | "lop3" | "prmt" | "bfe"
            | "bfi" | "bfind" | "brev" | "popc" | "clz" | "bmsk" | "szext" | "dp4a" => {
                self.bits(i.op, m, args)?;
            }
            "setp" | "set" | "selp" | "slct" | "mov" | "isspacep" | "cvta" | "activemask" | "nanosleep"
            | "prefetch" | "prefetchu" | "pmevent" | "discard" | "applypriority" => {
                self.misc(i.op, m, args)?;
            }
            "cvt" => self.cvt(m, args)?,
            "ld" | "ldu" | "st" | "atom" | "red" | "membar" | "fence" => {
                self.memory(i.op, m, args)?;
            }
            _ => return self.err("unknown or unsupported instruction"),
        }
        m.end()
    }
}
