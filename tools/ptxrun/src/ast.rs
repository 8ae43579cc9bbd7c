//! Syntax tree of a PTX module. Names borrow from the text.

use crate::types::Ty;

/// State space of a variable or of a memory instruction.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Space {
    Generic,
    Global,
    Const,
    Shared,
    Local,
    Param,
    Reg,
}

/// One element of a variable's initialiser.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Init<'a> {
    /// Integer (two's complement, to be cut to the element size).
    Int(u64),
    /// `0f...`.
    F32(u32),
    /// `0d...` or decimal.
    F64(u64),
    /// Byte `shift / 8` of the address `name + off`, or all of it when `mask` is 0.
    Addr { name: &'a str, off: i64, mask: u64 },
}

/// A declared variable: register range, module variable, local or parameter.
#[derive(Clone, Debug)]
pub(crate) struct Var<'a> {
    pub name: &'a str,
    pub space: Space,
    pub ty: Ty,
    /// Vector width, 1 for scalars.
    pub lanes: u32,
    /// Explicit alignment in bytes, 0 if none.
    pub align: u32,
    /// Number of array elements, 1 for scalars, 0 for `x[]`.
    pub count: u64,
    /// `%r<N>`: number of registers; otherwise none.
    pub range: Option<u32>,
    pub init: Vec<Init<'a>>,
    pub is_extern: bool,
    pub line: u32,
}

impl Var<'_> {
    /// Size in bytes.
    pub(crate) fn bytes(&self) -> u64 {
        u64::from(self.ty.bytes()) * u64::from(self.lanes) * self.count
    }

    /// Alignment in bytes.
    pub(crate) fn alignment(&self) -> u64 {
        u64::from(if self.align > 0 { self.align } else { self.ty.bytes() * self.lanes }.max(1))
    }
}

/// An instruction operand.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Arg<'a> {
    /// Register, symbol or label.
    Name(&'a str),
    /// Component of a special register: `%tid.x`.
    Component(&'a str, &'a str),
    /// Integer literal, two's complement in 64 bits.
    Int(u64),
    F32(u32),
    F64(u64),
    /// `!%p`.
    Not(&'a str),
    /// `%p|%q`.
    Pair(Box<Arg<'a>>, Box<Arg<'a>>),
    /// `{a, b}`.
    Vector(Vec<Arg<'a>>),
    /// `[base+off]`; no base for an absolute address.
    Mem(Option<&'a str>, i64),
    /// `symbol+off`.
    SymOff(&'a str, i64),
    /// `(a, b)` of a call.
    List(Vec<Arg<'a>>),
}

/// An instruction.
#[derive(Clone, Debug)]
pub(crate) struct Instr<'a> {
    /// Guard: (negated, register).
    pub guard: Option<(bool, &'a str)>,
    pub op: &'a str,
    pub mods: Vec<&'a str>,
    pub args: Vec<Arg<'a>>,
    pub line: u32,
}

impl Instr<'_> {
    /// The full opcode, as in the text.
    pub(crate) fn opcode(&self) -> String {
        let mut s = self.op.to_string();
        for m in &self.mods {
            s.push('.');
            s.push_str(m);
        }
        s
    }
}

/// A statement of a function body.
#[derive(Clone, Debug)]
pub(crate) enum Stmt<'a> {
    Open,
    Close,
    Label(&'a str, u32),
    Var(Var<'a>),
    Targets(&'a str, Vec<&'a str>),
    Instr(Instr<'a>),
}

/// A kernel or device function.
#[derive(Clone, Debug)]
pub(crate) struct Function<'a> {
    pub name: &'a str,
    pub is_entry: bool,
    pub rets: Vec<Var<'a>>,
    pub params: Vec<Var<'a>>,
    /// `None` for a declaration.
    pub body: Option<Vec<Stmt<'a>>>,
    /// `.maxntid`/`.reqntid` product, if given.
    pub max_threads: Option<u64>,
    pub line: u32,
}

/// A module.
#[derive(Clone, Debug, Default)]
pub(crate) struct ModuleAst<'a> {
    pub version: String,
    pub target: String,
    pub vars: Vec<Var<'a>>,
    pub functions: Vec<Function<'a>>,
}
