//! Turns the syntax tree into a [`Program`].

#[macro_use]
mod macros;
mod control;
mod convert;
mod float;
mod function;
mod int;
mod memory;
mod misc;
mod mods;
mod sync;

use crate::ast::{Function, Init, ModuleAst, Space, Stmt, Var};
use crate::error::{PResult, perr};
use crate::program::{Func, ModVar, Param, Program, layout};
use function::FnLower;
use std::collections::HashMap;

/// What a module-level name means.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Global {
    /// Address in global or const memory.
    Var(u64),
    /// Address in shared memory.
    Shared(u64),
    /// Index of a function.
    Func(u32),
}

/// Compiles a module whose variables start at `regions` << 32.
pub(crate) fn lower(m: &ModuleAst<'_>, mut regions: u64) -> PResult<Program> {
    let mut prog = Program { version: m.version.clone(), target: m.target.clone(), ..Program::default() };
    let mut names: HashMap<&str, Global> = HashMap::new();
    let mut bodies: Vec<Option<&Function<'_>>> = Vec::new();
    for f in &m.functions {
        declare(&mut prog, &mut names, &mut bodies, f)?;
    }
    let mut dynamic = Vec::new();
    for v in &m.vars {
        let sym = match v.space {
            Space::Shared if v.is_extern && v.count == 0 => {
                dynamic.push(v.name);
                continue;
            }
            Space::Shared => {
                let at = u64::from(prog.shared_bytes).next_multiple_of(v.alignment());
                prog.shared_bytes = (at + v.bytes()) as u32;
                Global::Shared(layout::SPACE_START + at)
            }
            _ => {
                let addr = regions << 32;
                regions += (v.bytes() >> 32) + 1;
                Global::Var(addr)
            }
        };
        names.insert(v.name, sym);
    }
    // Shared variables of function bodies, known by line and name.
    let mut inner = HashMap::new();
    let statements = m.functions.iter().filter_map(|f| f.body.as_ref()).flatten();
    for s in statements {
        if let Stmt::Var(v) = s
            && v.space == Space::Shared
        {
            let at = u64::from(prog.shared_bytes).next_multiple_of(v.alignment());
            prog.shared_bytes = (at + v.bytes()) as u32;
            inner.insert((v.line, v.name), layout::SPACE_START + at);
        }
    }
    if !dynamic.is_empty() {
        prog.shared_bytes = prog.shared_bytes.next_multiple_of(16);
    }
    for name in dynamic {
        names.insert(name, Global::Shared(layout::SPACE_START + u64::from(prog.shared_bytes)));
    }
    for v in m.vars.iter().filter(|v| v.space != Space::Shared) {
        if v.is_extern {
            return perr(v.line, format!("external variable {} is not supported", v.name));
        }
        let Some(Global::Var(addr)) = names.get(v.name).copied() else { continue };
        prog.vars.push(ModVar {
            name: v.name.to_string(),
            addr,
            image: image(v, &names)?,
            read_only: v.space == Space::Const,
            // The device zeroes global variables without an initialiser.
            initialised: true,
        });
    }
    let mut ids = HashMap::new();
    for (k, f) in bodies.iter().enumerate() {
        if let Some(f) = f {
            FnLower::new(&mut prog, &names, &inner, &mut ids, k, f)?.run(f)?;
        }
    }
    Ok(prog)
}

/// Enters a function's header; a definition completes an earlier declaration.
fn declare<'m, 'a>(
    prog: &mut Program,
    names: &mut HashMap<&'a str, Global>,
    bodies: &mut Vec<Option<&'m Function<'a>>>,
    f: &'m Function<'a>,
) -> PResult<()> {
    let mut offset = 0u64;
    let frame = !f.is_entry;
    let rets = params(&f.rets, &mut offset);
    let params = params(&f.params, &mut offset);
    let func = Func {
        name: f.name.to_string(),
        is_entry: f.is_entry,
        entry: None,
        template: vec![0],
        frame_bytes: if frame { offset as u32 } else { 0 },
        rets,
        params,
        param_bytes: offset as u32,
        max_threads: f.max_threads,
    };
    if let Some(Global::Func(k)) = names.get(f.name).copied() {
        if f.body.is_some() {
            if bodies[k as usize].is_some() {
                return perr(f.line, format!("function {} is defined twice", f.name));
            }
            prog.funcs[k as usize] = func;
            bodies[k as usize] = Some(f);
        }
        return Ok(());
    }
    names.insert(f.name, Global::Func(prog.funcs.len() as u32));
    prog.funcs.push(func);
    bodies.push(f.body.as_ref().map(|_| f));
    Ok(())
}

/// Lays out parameters one after the other from `offset`.
fn params(list: &[Var<'_>], offset: &mut u64) -> Vec<Param> {
    let mut out = Vec::new();
    for v in list {
        let align = v.alignment();
        *offset = offset.next_multiple_of(align);
        out.push(Param {
            name: v.name.to_string(),
            ty: v.ty,
            size: v.bytes() as u32,
            align: align as u32,
            offset: *offset as u32,
        });
        *offset += v.bytes();
    }
    out
}

/// Initial bytes of a variable.
fn image(v: &Var<'_>, names: &HashMap<&str, Global>) -> PResult<Vec<u8>> {
    let mut out = Vec::with_capacity(v.bytes() as usize);
    let size = v.ty.bytes() as usize;
    for item in &v.init {
        let value = match *item {
            Init::Int(x) => x,
            Init::F32(x) => u64::from(x),
            Init::F64(x) if size == 4 => u64::from((f64::from_bits(x) as f32).to_bits()),
            Init::F64(x) => x,
            Init::Addr { name, off, mask } => {
                let base = match names.get(name) {
                    Some(Global::Var(a)) => *a,
                    Some(Global::Shared(a)) => layout::SHARED + a,
                    Some(Global::Func(k)) => layout::FUNC + 16 * u64::from(*k),
                    None => return perr(v.line, format!("unknown name {name} in an initialiser")),
                };
                let a = base.wrapping_add(off as u64);
                match mask {
                    0 => a,
                    m => (a & m) >> m.trailing_zeros(),
                }
            }
        };
        out.extend_from_slice(&value.to_le_bytes()[..size]);
    }
    if out.len() as u64 > v.bytes() {
        return perr(v.line, format!("too many initialisers for {}", v.name));
    }
    out.resize(v.bytes() as usize, 0);
    Ok(out)
}
