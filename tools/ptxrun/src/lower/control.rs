//! Instructions that end a basic block.

use super::Global;
use super::function::{FnLower, SINK, Sym};
use super::mods::Mods;
use crate::ast::{Arg, Instr};
use crate::error::PResult;
use crate::program::{CallSite, Callee, Term};
use crate::types::Ty;

/// True for instructions that end a basic block.
pub(crate) fn is_control(i: &Instr<'_>) -> bool {
    matches!(
        i.op,
        "bra"
            | "brx"
            | "call"
            | "ret"
            | "exit"
            | "trap"
            | "bar"
            | "barrier"
            | "shfl"
            | "vote"
            | "match"
            | "redux"
    )
}

impl<'a> FnLower<'a, '_> {
    pub(super) fn control(&mut self, i: &Instr<'a>) -> PResult<()> {
        let next = self.new_block();
        if let Some((neg, p)) = i.guard {
            let (p, _) = self.reg(p)?;
            let taken = match (i.op, i.args.first()) {
                ("bra", Some(Arg::Name(l))) => self.label(l, i.line),
                _ => self.new_block(),
            };
            let (yes, no) = if neg { (next, taken) } else { (taken, next) };
            self.finish(Term::Branch { p, yes, no });
            if i.op != "bra" {
                self.begin(taken);
                self.unguarded(i, next)?;
            }
        } else {
            self.unguarded(i, next)?;
        }
        self.begin(next);
        Ok(())
    }

    /// Ends the current block with the instruction; `next` follows it.
    fn unguarded(&mut self, i: &Instr<'a>, next: u32) -> PResult<()> {
        let m = &mut Mods::new(&i.mods, i.line);
        m.has("uni");
        match i.op {
            "bra" => {
                let Some(Arg::Name(l)) = i.args.first() else { return self.err("no target") };
                let to = self.label(l, i.line);
                self.finish(Term::Jump(to));
            }
            "brx" => {
                m.has("idx");
                let [index, Arg::Name(list)] = &i.args[..] else {
                    return self.err("expected an index and a target list");
                };
                let slot = self.src(index, Ty::U32)?;
                let Some(labels) = self.targets.get(list).cloned() else {
                    return self.err(format!("no target list {list}"));
                };
                let blocks: Vec<u32> = labels.iter().map(|l| self.label(l, i.line)).collect();
                let first = self.prog.targets.len() as u32;
                let len = blocks.len() as u32;
                self.prog.targets.extend(blocks);
                self.finish(Term::Switch { slot, first, len });
            }
            "call" => self.call(i, next)?,
            "ret" => self.finish(Term::Ret),
            "exit" => self.finish(Term::Exit),
            "trap" => self.finish(Term::Trap),
            _ => {
                let op = self.sync(i.op, m, &i.args)?;
                let k = self.prog.syncs.len() as u32;
                self.prog.syncs.push(op);
                self.finish(Term::Sync { op: k, next });
            }
        }
        m.end()
    }

    fn call(&mut self, i: &Instr<'a>, next: u32) -> PResult<()> {
        let mut args = &i.args[..];
        let mut rets = Vec::new();
        if let [Arg::List(l), rest @ ..] = args {
            rets = self.call_params(l)?;
            args = rest;
        }
        let [Arg::Name(target), rest @ ..] = args else { return self.err("no target") };
        let params = match rest {
            [Arg::List(l), ..] => self.call_params(l)?,
            _ => vec![],
        };
        let callee = match (self.lookup(target), self.globals.get(target)) {
            (Some(Sym::Reg { slot, .. }), _) => Callee::Indirect(slot),
            (None, Some(Global::Func(k))) => Callee::Direct(*k),
            _ => return self.err(format!("unknown function {target}")),
        };
        if let Callee::Direct(k) = callee {
            let f = &self.prog.funcs[k as usize];
            if f.params.len() != params.len() || f.rets.len() != rets.len() {
                return self.err(format!("{target} is declared with other parameters"));
            }
        }
        let site = self.prog.calls.len() as u32;
        self.prog.calls.push(CallSite { callee, next, args: params, rets });
        self.finish(Term::Call(site));
        Ok(())
    }

    /// Places of call parameters, which have to be `.param` variables.
    fn call_params(&self, list: &[Arg<'a>]) -> PResult<Vec<(u32, u32)>> {
        list.iter()
            .map(|a| match a {
                Arg::Name(n) => match self.lookup(n) {
                    Some(Sym::Frame { off, size }) => Ok((off, size)),
                    _ => self.err(format!("{n} is no .param variable")),
                },
                _ => self.err("only .param variables can be passed"),
            })
            .collect()
    }

    /// Destination of a warp operation: `d` or `d|p`.
    pub(super) fn pair(&self, a: &Arg<'a>) -> PResult<(u32, u32)> {
        match a {
            Arg::Pair(d, p) => Ok((self.dst(d)?, self.dst(p)?)),
            a => Ok((self.dst(a)?, SINK)),
        }
    }
}
