//! Floating-point arithmetic.

use super::function::FnLower;
use super::mods::Mods;
use crate::ast::Arg;
use crate::error::PResult;
use crate::exec::float::*;
use crate::types::Ty;

/// Single-precision code for every combination of `.ftz` (`Z`) and `.sat`.
macro_rules! single {
    ($z:expr, $s:expr; $($x:ident: $slot:ident),+ => $e:expr) => {
        by_flag!($z, Z => by_flag!($s, S => {
            fn f(r: crate::exec::ctx::Regs, i: &crate::program::Inst, c: &mut crate::exec::ctx::Ctx<'_>) {
                $(let $x = in32::<Z>(r.get(i.$slot));)+
                r.put(i.d, out32::<Z, S>($e, c));
            }
            f as crate::program::OpFn
        }))
    };
}

/// Double-precision code.
macro_rules! double {
    ($($x:ident: $slot:ident),+ => $e:expr) => {{
        fn f(r: crate::exec::ctx::Regs, i: &crate::program::Inst, c: &mut crate::exec::ctx::Ctx<'_>) {
            $(let $x: f64 = r.get(i.$slot);)+
            r.put(i.d, out64($e, &[$($x),+], c));
        }
        f as crate::program::OpFn
    }};
}

/// Host-precision approximation of a single-precision function.
macro_rules! approx {
    ($z:expr; $x:ident => $e:expr) => {
        single!($z, false; x: a => { let $x = f64::from(x); $e as f32 })
    };
}

impl<'a> FnLower<'a, '_> {
    // A fused instruction is fused on the device too.
    #[allow(clippy::disallowed_methods)]
    pub(super) fn float(&mut self, op: &str, m: &mut Mods<'_>, args: &[Arg<'a>]) -> PResult<()> {
        m.rn_only()?;
        let (z, s) = (m.has("ftz"), m.has("sat"));
        let approx = m.one_of(&["approx", "full"]).is_some();
        let nan = m.has("NaN");
        let class = m.one_of(&["finite", "infinite", "number", "notanumber", "normal", "subnormal"]);
        let ty = m.ty()?;
        let f = match (op, ty) {
            ("add", Ty::F32) => single!(z, s; x: a, y: b => x + y),
            ("sub", Ty::F32) => single!(z, s; x: a, y: b => x - y),
            ("mul", Ty::F32) => single!(z, s; x: a, y: b => x * y),
            ("div", Ty::F32) => single!(z, s; x: a, y: b => x / y),
            ("fma" | "mad", Ty::F32) => single!(z, s; x: a, y: b, w: c => x.mul_add(y, w)),
            ("rcp", Ty::F32) => single!(z, s; x: a => 1.0 / x),
            ("sqrt", Ty::F32) => single!(z, s; x: a => x.sqrt()),
            ("rsqrt", Ty::F32) => approx!(z; x => 1.0 / x.sqrt()),
            ("sin", Ty::F32) => approx!(z; x => x.sin()),
            ("cos", Ty::F32) => approx!(z; x => x.cos()),
            ("lg2", Ty::F32) => approx!(z; x => x.log2()),
            ("ex2", Ty::F32) => approx!(z; x => x.exp2()),
            ("tanh", Ty::F32) => approx!(z; x => x.tanh()),
            ("min", Ty::F32) => by_flag!(z, Z => by_flag!(nan, N =>
                op2!(c; x: f32, y: f32 => min32::<N>(in32::<Z>(x), in32::<Z>(y), c)))),
            ("max", Ty::F32) => by_flag!(z, Z => by_flag!(nan, N =>
                op2!(c; x: f32, y: f32 => max32::<N>(in32::<Z>(x), in32::<Z>(y), c)))),
            // Sign-bit operations, on NaNs too.
            ("abs", Ty::F32) => by_flag!(z, Z => op1!(x: f32 => in32::<Z>(x).abs())),
            ("neg", Ty::F32) => by_flag!(z, Z => op1!(x: f32 => -in32::<Z>(x))),
            ("copysign", Ty::F32) => op2!(x: f32, y: f32 => y.copysign(x)),
            ("add", Ty::F64) => double!(x: a, y: b => x + y),
            ("sub", Ty::F64) => double!(x: a, y: b => x - y),
            ("mul", Ty::F64) => double!(x: a, y: b => x * y),
            ("div", Ty::F64) => double!(x: a, y: b => x / y),
            ("fma" | "mad", Ty::F64) => double!(x: a, y: b, w: c => x.mul_add(y, w)),
            ("rcp", Ty::F64) => double!(x: a => 1.0 / x),
            ("sqrt", Ty::F64) => double!(x: a => x.sqrt()),
            ("rsqrt", Ty::F64) => double!(x: a => 1.0 / x.sqrt()),
            ("min", Ty::F64) => op2!(c; x: f64, y: f64 => min64::<false>(x, y, c)),
            ("max", Ty::F64) => op2!(c; x: f64, y: f64 => max64::<false>(x, y, c)),
            ("abs", Ty::F64) => op1!(x: f64 => x.abs()),
            ("neg", Ty::F64) => op1!(x: f64 => -x),
            ("copysign", Ty::F64) => op2!(x: f64, y: f64 => y.copysign(x)),
            ("testp", Ty::F32 | Ty::F64) => return self.testp(class.unwrap_or(""), ty, args),
            _ => return self.err(format!("{op} of {ty:?} is not supported")),
        };
        if (s || z) && ty != Ty::F32 && !(approx && op == "rcp") {
            return self.err("modifier for .f32 only");
        }
        let n = args.len().saturating_sub(1);
        let operands = match op {
            "fma" | "mad" => 3,
            "add" | "sub" | "mul" | "div" | "min" | "max" | "copysign" => 2,
            _ => 1,
        };
        if n != operands {
            return self.err(format!("{n} source operands, expected {operands}"));
        }
        self.simple(f, args, &[ty; 3][..n])
    }

    fn testp(&mut self, class: &str, ty: Ty, args: &[Arg<'a>]) -> PResult<()> {
        macro_rules! class {
            ($k:literal) => {
                if ty == Ty::F32 {
                    op1!(x: f32 => testp64($k, f64::from(x), x.is_subnormal()))
                } else {
                    op1!(x: f64 => testp64($k, x, x.is_subnormal()))
                }
            };
        }
        let f = match class {
            "finite" => class!("finite"),
            "infinite" => class!("infinite"),
            "number" => class!("number"),
            "notanumber" => class!("notanumber"),
            "normal" => class!("normal"),
            "subnormal" => class!("subnormal"),
            _ => return self.err("no class"),
        };
        self.simple(f, args, &[ty])
    }
}
