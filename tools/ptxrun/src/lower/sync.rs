//! Barriers and warp operations.

use super::function::FnLower;
use super::mods::Mods;
use crate::ast::Arg;
use crate::error::PResult;
use crate::program::{Redux, Shfl, SyncOp, Vote, WarpOp};
use crate::types::Ty;

impl<'a> FnLower<'a, '_> {
    pub(super) fn sync(&mut self, op: &str, m: &mut Mods<'_>, args: &[Arg<'a>]) -> PResult<SyncOp> {
        m.has("sync");
        if op == "bar" || op == "barrier" {
            return self.barrier(m, args);
        }
        let mask = match args.last() {
            Some(a) if args.len() > 1 => self.src(a, Ty::B32)?,
            _ => return self.err("no member mask (only .sync forms are supported)"),
        };
        let op = match (op, &args[..args.len() - 1]) {
            ("shfl", [d, a, b, c]) => {
                let mode = match m.one_of(&["up", "down", "bfly", "idx"]) {
                    Some("up") => Shfl::Up,
                    Some("down") => Shfl::Down,
                    Some("bfly") => Shfl::Bfly,
                    Some(_) => Shfl::Idx,
                    None => return self.err("no mode"),
                };
                m.ty()?;
                let (d, p) = self.pair(d)?;
                let a = self.src(a, Ty::B32)?;
                let (b, c) = (self.src(b, Ty::B32)?, self.src(c, Ty::B32)?);
                WarpOp::Shfl { mode, d, p, a, b, c }
            }
            ("vote", [d, p]) => {
                let kind = match m.one_of(&["all", "any", "uni", "ballot"]) {
                    Some("all") => Vote::All,
                    Some("any") => Vote::Any,
                    Some("uni") => Vote::Uni,
                    Some(_) => Vote::Ballot,
                    None => return self.err("no mode"),
                };
                m.ty()?;
                WarpOp::Vote { kind, d: self.dst(d)?, p: self.src(p, Ty::Pred)? }
            }
            ("match", [d, a]) => {
                let all = m.one_of(&["all", "any"]) == Some("all");
                let ty = m.ty()?;
                let (d, p) = self.pair(d)?;
                let a = self.src(a, ty)?;
                if all { WarpOp::MatchAll { d, p, a } } else { WarpOp::MatchAny { d, a } }
            }
            ("redux", [d, a]) => {
                let name = m.one_of(&["add", "min", "max", "and", "or", "xor"]);
                let ty = m.ty()?;
                let op = match (name, ty.is_signed()) {
                    (Some("add"), _) => Redux::Add,
                    (Some("and"), _) => Redux::And,
                    (Some("or"), _) => Redux::Or,
                    (Some("xor"), _) => Redux::Xor,
                    (Some("min"), false) => Redux::MinU,
                    (Some("max"), false) => Redux::MaxU,
                    (Some("min"), true) => Redux::MinS,
                    (Some("max"), true) => Redux::MaxS,
                    _ => return self.err("no operation"),
                };
                WarpOp::Redux { op, d: self.dst(d)?, a: self.src(a, ty)? }
            }
            _ => return self.err("operands"),
        };
        Ok(SyncOp::Warp { mask, op })
    }

    fn barrier(&mut self, m: &mut Mods<'_>, args: &[Arg<'a>]) -> PResult<SyncOp> {
        m.has("cta");
        m.has("aligned");
        if m.has("warp") {
            let [mask] = args else { return self.err("expected a member mask") };
            let mask = self.src(mask, Ty::B32)?;
            return Ok(SyncOp::Warp { mask, op: WarpOp::Sync });
        }
        let number = |k: usize, s: &mut Self| match args.get(k) {
            Some(a) => s.src(a, Ty::U32).map(Some),
            None => Ok(None),
        };
        if m.has("arrive") {
            return match (number(0, self)?, args.len()) {
                (Some(id), 2) => Ok(SyncOp::Arrive { id }),
                _ => self.err("expected a barrier and a thread count"),
            };
        }
        if m.has("red") {
            let red = match m.one_of(&["popc", "and", "or"]) {
                Some("and") => Vote::All,
                Some("or") => Vote::Any,
                Some(_) => Vote::Popc,
                None => return self.err("no reduction"),
            };
            m.ty()?;
            let (id, count, p) = match args {
                [_, id, p] => (id, None, p),
                [_, id, n, p] => (id, Some(n), p),
                _ => return self.err("operands"),
            };
            let count = count.map(|n| self.src(n, Ty::U32)).transpose()?;
            let (id, p) = (self.src(id, Ty::U32)?, self.src(p, Ty::Pred)?);
            return Ok(SyncOp::BarRed { id, count, red, d: self.dst(&args[0])?, p });
        }
        let Some(id) = number(0, self)? else { return self.err("no barrier number") };
        Ok(SyncOp::Bar { id, count: number(1, self)? })
    }
}
