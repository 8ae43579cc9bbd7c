//! `cvt`.

use super::function::FnLower;
use super::mods::Mods;
use crate::ast::Arg;
use crate::error::PResult;
use crate::exec::convert::*;
use crate::exec::float::{flush, out32, out64};
use crate::program::OpFn;
use crate::types::Ty;

macro_rules! by_round {
    ($v:expr, $C:ident => $e:expr) => {
        match $v {
            Round::Nearest => {
                const $C: Round = Round::Nearest;
                $e
            }
            Round::Zero => {
                const $C: Round = Round::Zero;
                $e
            }
            Round::Down => {
                const $C: Round = Round::Down;
                $e
            }
            Round::Up => {
                const $C: Round = Round::Up;
                $e
            }
        }
    };
}

macro_rules! any_int {
    ($ty:expr, $line:expr; $T:ident => $e:expr) => {
        for_ty!($ty, $line; [U8|B8 u8, S8 i8, U16|B16 u16, S16 i16, U32|B32 u32, S32 i32,
            U64|B64 u64, S64 i64] $T => $e)
    };
}

/// Result of a NaN converted to an integer of `bits` bits.
const fn nan_to_int(from64: bool, bits: u32) -> u64 {
    if from64 || bits == 64 { 1 << (bits - 1) } else { 0 }
}

/// Saturation of a float conversion to `[0, 1]`.
fn sat64(x: f64) -> f64 {
    if x > 0.0 { x.min(1.0) } else { 0.0 }
}

/// The modifiers of a conversion.
#[derive(Clone, Copy)]
struct Modifiers {
    /// To an integral value.
    integral: Option<Round>,
    round: Option<Round>,
    ftz: bool,
    sat: bool,
}

impl<'a> FnLower<'a, '_> {
    pub(super) fn cvt(&mut self, m: &mut Mods<'_>, args: &[Arg<'a>]) -> PResult<()> {
        let [d, a] = args else { return self.err("expected two operands") };
        let integral = m.one_of(&["rni", "rzi", "rmi", "rpi"]).and_then(Round::parse);
        let round = m.one_of(&["rn", "rz", "rm", "rp"]).and_then(Round::parse);
        let how = Modifiers { integral, round, ftz: m.has("ftz"), sat: m.has("sat") };
        let (td, ts) = (m.ty()?, m.ty()?);
        let src = self.src(a, ts)?;
        let Some((dst, reg)) = self.dst_ty(d)? else { return Ok(()) };
        // The result is extended to the register: `e` is the shift that leaves
        // the register's bits of a mask of ones.
        let shift = 64 - reg.bits().max(td.bits().min(64)).min(64);
        let f = match (td.is_int(), ts.is_int()) {
            (true, true) => self.int_to_int(td, ts, how.sat)?,
            (true, false) => self.float_to_int(td, ts, how)?,
            (false, true) => self.int_to_float(td, ts, how)?,
            (false, false) => self.float_to_float(td, ts, how)?,
        };
        self.emit_wide(f, [dst, src, 0, 0, shift]);
        Ok(())
    }

    // The generated code covers all pairs of types, with casts that some need.
    #[allow(clippy::unnecessary_cast)]
    fn int_to_int(&self, td: Ty, ts: Ty, sat: bool) -> PResult<OpFn> {
        let line = self.line;
        Ok(if sat {
            any_int!(ts, line; S => any_int!(td, line; D => {
                fn f(r: crate::exec::ctx::Regs, i: &crate::program::Inst, _: &mut crate::exec::ctx::Ctx<'_>) {
                    let v = i128::from(r.get::<S>(i.a));
                    let v = v.clamp(i128::from(D::MIN), i128::from(D::MAX)) as D;
                    r.put(i.d, v as i64 as u64 & u64::MAX >> i.e);
                }
                f as OpFn
            }))
        } else {
            any_int!(ts, line; S => any_int!(td, line; D => {
                fn f(r: crate::exec::ctx::Regs, i: &crate::program::Inst, _: &mut crate::exec::ctx::Ctx<'_>) {
                    r.put(i.d, r.get::<S>(i.a) as D as i64 as u64 & u64::MAX >> i.e);
                }
                f as OpFn
            }))
        })
    }

    // As above.
    #[allow(clippy::unnecessary_cast)]
    fn float_to_int(&self, td: Ty, ts: Ty, Modifiers { integral, ftz, .. }: Modifiers) -> PResult<OpFn> {
        let line = self.line;
        Ok(match (td, ts) {
            (td, Ty::F32) => {
                let Some(r) = integral else { return self.err("no integer rounding") };
                by_flag!(ftz, Z => by_round!(r, R => any_int!(td, line; D => {
                    fn f(r: crate::exec::ctx::Regs, i: &crate::program::Inst, c: &mut crate::exec::ctx::Ctx<'_>) {
                        let x: f32 = r.get(i.a);
                        let x = if Z { flush(x) } else { x };
                        let v = if x.is_nan() {
                            c.nan();
                            nan_to_int(false, D::BITS) as D
                        } else {
                            integral32(x, R) as D
                        };
                        r.put(i.d, v as i64 as u64 & u64::MAX >> i.e);
                    }
                    f as OpFn
                })))
            }
            (td, Ty::F64) => {
                let Some(r) = integral else { return self.err("no integer rounding") };
                by_round!(r, R => any_int!(td, line; D => {
                    fn f(r: crate::exec::ctx::Regs, i: &crate::program::Inst, c: &mut crate::exec::ctx::Ctx<'_>) {
                        let x: f64 = r.get(i.a);
                        let v = if x.is_nan() {
                            c.nan();
                            nan_to_int(true, D::BITS) as D
                        } else {
                            integral64(x, R) as D
                        };
                        r.put(i.d, v as i64 as u64 & u64::MAX >> i.e);
                    }
                    f as OpFn
                }))
            }
            _ => return self.err(format!("{ts:?} to {td:?} is not supported")),
        })
    }

    fn int_to_float(&self, td: Ty, ts: Ty, Modifiers { round, sat, .. }: Modifiers) -> PResult<OpFn> {
        let line = self.line;
        Ok(match (td, ts) {
            (Ty::F32, ts) => {
                let Some(r) = round else { return self.err("no rounding") };
                match (r, sat) {
                    (Round::Nearest, false) => any_int!(ts, line; S => op1!(x: S => x as f32)),
                    _ => by_flag!(sat, T => by_round!(r, R => any_int!(ts, line; S =>
                        op1!(c; x: S => out32::<false, T>(int_to_f32(i128::from(x), R), c))))),
                }
            }
            (Ty::F64, ts) => {
                let Some(r) = round else { return self.err("no rounding") };
                match (r, sat) {
                    (Round::Nearest, false) => any_int!(ts, line; S => op1!(x: S => x as f64)),
                    (_, false) => by_round!(r, R => any_int!(ts, line; S =>
                        op1!(x: S => int_to_f64(i128::from(x), R)))),
                    _ => return self.err("saturation to .f64"),
                }
            }
            _ => return self.err(format!("{ts:?} to {td:?} is not supported")),
        })
    }

    fn float_to_float(&self, td: Ty, ts: Ty, how: Modifiers) -> PResult<OpFn> {
        let Modifiers { integral, round, ftz, sat } = how;
        Ok(match (td, ts) {
            (Ty::F32, Ty::F32) => {
                let Some(r) = integral else {
                    return Ok(by_flag!(ftz, Z => by_flag!(sat, T => op1!(c; x: f32 =>
                        out32::<Z, T>(if Z { flush(x) } else { x }, c)))));
                };
                by_flag!(ftz, Z => by_flag!(sat, T => by_round!(r, R => op1!(c; x: f32 =>
                    out32::<Z, T>(integral32(if Z { flush(x) } else { x }, R), c)))))
            }
            (Ty::F64, Ty::F64) => match (integral, sat) {
                (Some(r), false) => by_round!(r, R =>
                    op1!(c; x: f64 => out64(integral64(x, R), &[x], c))),
                (None, true) => op1!(x: f64 => sat64(x)),
                (None, false) => op1!(x: f64 => x),
                _ => return self.err("unsupported combination"),
            },
            (Ty::F64, Ty::F32) => by_flag!(ftz, Z => by_flag!(sat, T => op1!(c; x: f32 => {
                let x = f64::from(if Z { flush(x) } else { x });
                if T { sat64(x) } else { out64(x, &[x], c) }
            }))),
            (Ty::F32, Ty::F64) => {
                let Some(r) = round else { return self.err("no rounding") };
                by_flag!(ftz, Z => by_flag!(sat, T => by_round!(r, R => op1!(c; x: f64 =>
                    out32::<Z, T>(f64_to_f32(x, R), c)))))
            }
            (Ty::F32, Ty::F16) => {
                by_flag!(sat, T => op1!(c; x: u16 => out32::<false, T>(f16_to_f32(x), c)))
            }
            (Ty::F64, Ty::F16) => op1!(x: u16 => f64::from(f16_to_f32(x))),
            (Ty::F16, Ty::F32) => {
                let Some(r) = round else { return self.err("no rounding") };
                by_flag!(ftz, Z => by_round!(r, R => op1!(x: f32 =>
                    f64_to_f16(f64::from(if Z { flush(x) } else { x }), R))))
            }
            (Ty::F16, Ty::F64) => {
                let Some(r) = round else { return self.err("no rounding") };
                by_round!(r, R => op1!(x: f64 => f64_to_f16(x, R)))
            }
            _ => return self.err(format!("{ts:?} to {td:?} is not supported")),
        })
    }
}
