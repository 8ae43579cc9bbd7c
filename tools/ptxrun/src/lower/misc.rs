//! Comparisons, selections, moves and address conversions.

use super::function::{FnLower, SINK};
use super::mods::Mods;
use crate::ast::Arg;
use crate::error::PResult;
use crate::exec::ctx::{Ctx, Regs};
use crate::exec::float::in32;
use crate::program::{Inst, OpFn, layout};
use crate::types::Ty;

const COMPARE: [&str; 18] = [
    "eq", "ne", "lt", "le", "gt", "ge", "lo", "ls", "hi", "hs", "equ", "neu", "ltu", "leu", "gtu", "geu",
    "num", "nan",
];

/// Selection by slot `c`, of any type.
fn select(r: Regs, i: &Inst, _: &mut Ctx<'_>) {
    r.put(i.d, r.get::<u64>(if r.get::<bool>(i.c) { i.a } else { i.b }));
}

fn active_mask(r: Regs, i: &Inst, c: &mut Ctx<'_>) {
    let lane = c.special[layout::SPECIAL.iter().position(|n| *n == "%laneid").unwrap_or(0)];
    r.put(i.d, 1u32 << lane);
}

impl<'a> FnLower<'a, '_> {
    pub(super) fn misc(&mut self, op: &str, m: &mut Mods<'_>, args: &[Arg<'a>]) -> PResult<()> {
        match op {
            "setp" => self.setp(m, args),
            "set" => self.set(m, args),
            "selp" => {
                let ty = m.ty()?;
                self.simple(select, args, &[ty, ty, Ty::Pred])
            }
            "slct" => {
                let ftz = m.has("ftz");
                let (ty, tc) = (m.ty()?, m.ty()?);
                let f = match (tc, ftz) {
                    (Ty::S32, _) => op3!(x: u64, y: u64, z: i32 => if z >= 0 { x } else { y }),
                    (Ty::F32, true) => {
                        op3!(x: u64, y: u64, z: f32 => if in32::<true>(z) >= 0.0 { x } else { y })
                    }
                    (Ty::F32, false) => {
                        op3!(x: u64, y: u64, z: f32 => if z >= 0.0 { x } else { y })
                    }
                    _ => return self.err("slct type"),
                };
                self.simple(f, args, &[ty, ty, tc])
            }
            "mov" => self.mov(m, args),
            "cvta" => self.cvta(m, args),
            "isspacep" => {
                let f = match m.one_of(&["global", "const", "shared", "shared::cta", "local", "param"]) {
                    Some("local") => op1!(x: u64 => x & !0xffff_ffff == layout::LOCAL),
                    Some("shared" | "shared::cta") => {
                        op1!(x: u64 => x & !0xffff_ffff == layout::SHARED)
                    }
                    Some("param") => op1!(x: u64 => x & !0xffff_ffff == layout::PARAM),
                    Some("global") => op1!(x: u64 => x >> 32 >= layout::FIRST_REGION),
                    _ => return self.err("space"),
                };
                self.simple(f, args, &[Ty::B64])
            }
            "activemask" => {
                m.ty()?;
                let d = self.dst(&args[0])?;
                self.emit(active_mask, d, 0, 0, 0);
                Ok(())
            }
            // Hints.
            _ => {
                m.drop_all(|_| true);
                Ok(())
            }
        }
    }

    /// The comparison `cmp` of two operands of type `ty`.
    // A negated comparison is what "or unordered" means, and `x != y` is not
    // `x < y || x > y` where NaNs are.
    #[allow(clippy::neg_cmp_op_on_partial_ord, clippy::double_comparisons)]
    fn comparison(&self, cmp: &str, ty: Ty, ftz: bool) -> PResult<OpFn> {
        let line = self.line;
        macro_rules! float {
            ($T:ty, $fix:expr) => {{
                macro_rules! c {
                    ($x:ident, $y:ident => $e:expr) => {
                        op2!($x: $T, $y: $T => {
                            let ($x, $y) = ($fix($x), $fix($y));
                            $e
                        })
                    };
                }
                match cmp {
                    "eq" => c!(x, y => x == y),
                    "ne" => c!(x, y => x < y || x > y),
                    "lt" => c!(x, y => x < y),
                    "le" => c!(x, y => x <= y),
                    "gt" => c!(x, y => x > y),
                    "ge" => c!(x, y => x >= y),
                    "equ" => c!(x, y => !(x < y || x > y)),
                    "neu" => c!(x, y => x != y),
                    "ltu" => c!(x, y => !(x >= y)),
                    "leu" => c!(x, y => !(x > y)),
                    "gtu" => c!(x, y => !(x <= y)),
                    "geu" => c!(x, y => !(x < y)),
                    "num" => c!(x, y => !x.is_nan() && !y.is_nan()),
                    "nan" => c!(x, y => x.is_nan() || y.is_nan()),
                    _ => return self.err("comparison of floats"),
                }
            }};
        }
        Ok(match ty {
            Ty::F32 if ftz => float!(f32, in32::<true>),
            Ty::F32 => float!(f32, in32::<false>),
            Ty::F64 => float!(f64, |v: f64| v),
            _ => match cmp {
                "eq" => for_ty!(ty, line; int T => op2!(x: T, y: T => x == y)),
                "ne" => for_ty!(ty, line; int T => op2!(x: T, y: T => x != y)),
                "lt" | "lo" => for_ty!(ty, line; int T => op2!(x: T, y: T => x < y)),
                "le" | "ls" => for_ty!(ty, line; int T => op2!(x: T, y: T => x <= y)),
                "gt" | "hi" => for_ty!(ty, line; int T => op2!(x: T, y: T => x > y)),
                "ge" | "hs" => for_ty!(ty, line; int T => op2!(x: T, y: T => x >= y)),
                _ => return self.err("comparison of integers"),
            },
        })
    }

    /// Emits the comparison of `x` and `y`, joined with predicate `c` by
    /// `join`, into slot `d`.
    fn compare(
        &mut self,
        m: &mut Mods<'_>,
        ty: Ty,
        d: u32,
        operands: &[Arg<'a>],
    ) -> PResult<Option<(OpFn, u32)>> {
        let Some(cmp) = m.one_of(&COMPARE) else { return self.err("no comparison") };
        let join: Option<OpFn> = match m.one_of(&["and", "or", "xor"]) {
            None => None,
            Some("and") => Some(op2!(x: bool, y: bool => x & y)),
            Some("or") => Some(op2!(x: bool, y: bool => x | y)),
            Some(_) => Some(op2!(x: bool, y: bool => x ^ y)),
        };
        let f = self.comparison(cmp, ty, m.has("ftz"))?;
        if operands.len() != 2 + usize::from(join.is_some()) {
            return self.err("number of operands");
        }
        let (x, y) = (self.src(&operands[0], ty)?, self.src(&operands[1], ty)?);
        let joined = match join {
            Some(j) => Some((j, self.src(&operands[2], Ty::Pred)?)),
            None => None,
        };
        self.emit(f, d, x, y, 0);
        Ok(joined)
    }

    fn setp(&mut self, m: &mut Mods<'_>, args: &[Arg<'a>]) -> PResult<()> {
        let ty = m.ty()?;
        let (p, q) = match &args[0] {
            Arg::Pair(p, q) => (self.dst(p)?, Some(self.dst(q)?)),
            a => (self.dst(a)?, None),
        };
        if q.is_none() && args.len() == 3 {
            self.compare(m, ty, p, &args[1..])?;
            return Ok(());
        }
        let t = self.temp();
        let joined = self.compare(m, ty, t, &args[1..])?;
        let not = self.temp();
        self.emit(op1!(x: bool => !x), not, t, 0, 0);
        let copy = op1!(x: u64 => x);
        match joined {
            None => {
                self.emit(copy, q.unwrap_or(SINK), not, 0, 0);
                self.emit(copy, p, t, 0, 0);
            }
            Some((j, c)) => {
                // Both results before either destination, which may be `c`.
                self.emit(j, not, not, c, 0);
                self.emit(j, p, t, c, 0);
                self.emit(copy, q.unwrap_or(SINK), not, 0, 0);
            }
        }
        Ok(())
    }

    fn set(&mut self, m: &mut Mods<'_>, args: &[Arg<'a>]) -> PResult<()> {
        let (td, ts) = (m.ty()?, m.ty()?);
        let d = self.dst(&args[0])?;
        let t = self.temp();
        if let Some((j, c)) = self.compare(m, ts, t, &args[1..])? {
            self.emit(j, t, t, c, 0);
        }
        let yes = match td {
            Ty::F32 => u64::from(1f32.to_bits()),
            Ty::U32 | Ty::S32 => 0xffff_ffff,
            _ => return self.err("result type"),
        };
        let (yes, no) = (self.constant(yes), self.constant(0));
        self.emit(select, d, yes, no, t);
        Ok(())
    }

    fn mov(&mut self, m: &mut Mods<'_>, args: &[Arg<'a>]) -> PResult<()> {
        let ty = m.ty()?;
        let [d, s] = args else { return self.err("expected two operands") };
        if ty == Ty::B128 {
            return self.err("128-bit moves are not supported");
        }
        let copy = op1!(x: u64 => x);
        match (d, s) {
            (Arg::Vector(ds), _) => {
                let whole = self.src(s, ty)?;
                // The source may be one of the destinations.
                let t = self.temp();
                self.emit(copy, t, whole, 0, 0);
                let w = self.part(ty, ds.len())?;
                let mask = self.constant(u64::MAX >> (64 - w));
                for (k, d) in ds.iter().enumerate() {
                    let d = self.dst(d)?;
                    let n = self.constant(k as u64 * u64::from(w));
                    self.emit(op3!(x: u64, n: u64, k: u64 => x >> n & k), d, t, n, mask);
                }
            }
            (_, Arg::Vector(ss)) => {
                let w = self.part(ty, ss.len())?;
                let t = self.temp();
                let zero = self.constant(0);
                self.emit(copy, t, zero, 0, 0);
                for (k, s) in ss.iter().enumerate() {
                    let part = match w {
                        8 => Ty::B8,
                        16 => Ty::B16,
                        _ => Ty::B32,
                    };
                    let s = self.src(s, part)?;
                    let n = self.constant(k as u64 * u64::from(w));
                    self.emit(op3!(x: u64, s: u64, n: u64 => x | s << n), t, t, s, n);
                }
                let d = self.dst(d)?;
                self.emit(copy, d, t, 0, 0);
            }
            _ => {
                let s = self.src(s, ty)?;
                let d = self.dst(d)?;
                self.emit(copy, d, s, 0, 0);
            }
        }
        Ok(())
    }

    /// Width of one of `n` parts of a packed value.
    fn part(&self, ty: Ty, n: usize) -> PResult<u32> {
        match (ty.bits(), n) {
            (b, 2 | 4) if b / n as u32 >= 8 => Ok(b / n as u32),
            (b, n) => self.err(format!("{n} parts of {b} bits")),
        }
    }

    fn cvta(&mut self, m: &mut Mods<'_>, args: &[Arg<'a>]) -> PResult<()> {
        let to = m.has("to");
        let window =
            match m.one_of(&["global", "const", "shared", "shared::cta", "local", "param", "param::entry"]) {
                Some("global" | "const") => 0,
                Some("shared" | "shared::cta") => layout::SHARED,
                Some("local") => layout::LOCAL,
                Some(_) => layout::PARAM,
                None => return self.err("no state space"),
            };
        let ty = m.ty()?;
        let [d, a] = args else { return self.err("expected two operands") };
        let a = self.src(a, ty)?;
        let d = self.dst(d)?;
        let w = self.constant(if to { 0u64.wrapping_sub(window) } else { window });
        self.emit(op2!(x: u64, y: u64 => x.wrapping_add(y)), d, a, w, 0);
        Ok(())
    }
}
