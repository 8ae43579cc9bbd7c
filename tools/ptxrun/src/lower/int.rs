//! Integer arithmetic and bit manipulation.

use super::function::FnLower;
use super::mods::Mods;
use crate::ast::Arg;
use crate::error::{FaultKind, PResult};
use crate::exec::bits;
use crate::exec::ctx::Ctx;
use crate::program::{Inst, OpFn};
use crate::types::Ty;

/// Integer operations the generated code needs beyond the primitive ones.
trait Int: Copy {
    type Wide;
    fn mul_wide(self, b: Self) -> Self::Wide;
    fn mul_hi(self, b: Self) -> Self;
    fn sat_add(self, b: Self) -> Self;
}

macro_rules! int {
    ($($t:ty, $w:ty);*) => {$(
        impl Int for $t {
            type Wide = $w;
            #[inline(always)]
            fn mul_wide(self, b: Self) -> $w { (self as $w).wrapping_mul(b as $w) }
            #[inline(always)]
            fn mul_hi(self, b: Self) -> Self { (self.mul_wide(b) >> <$t>::BITS) as $t }
            #[inline(always)]
            fn sat_add(self, b: Self) -> Self { self.saturating_add(b) }
        }
    )*};
}
int!(u16, u32; i16, i32; u32, u64; i32, i64; u64, u128; i64, i128);

/// 24-bit operand of `mul24`.
trait Int24 {
    fn low24(self) -> i64;
}
impl Int24 for u32 {
    fn low24(self) -> i64 {
        i64::from(self & 0xff_ffff)
    }
}
impl Int24 for i32 {
    fn low24(self) -> i64 {
        i64::from(self << 8 >> 8)
    }
}

#[cold]
fn zero_divisor(i: &Inst, c: &mut Ctx<'_>) {
    c.fail_at(i, FaultKind::DivideByZero, "integer division by zero (result unspecified)");
}

macro_rules! division {
    ($T:ident, $f:ident) => {{
        fn f(r: crate::exec::ctx::Regs, i: &Inst, c: &mut Ctx<'_>) {
            let (a, b): ($T, $T) = (r.get(i.a), r.get(i.b));
            if b == 0 {
                zero_divisor(i, c);
                return;
            }
            r.put(i.d, a.$f(b));
        }
        f as OpFn
    }};
}

impl<'a> FnLower<'a, '_> {
    pub(super) fn int(&mut self, op: &str, m: &mut Mods<'_>, args: &[Arg<'a>]) -> PResult<()> {
        let line = self.line;
        if matches!(op, "mul" | "mad" | "mul24" | "mad24" | "madc") {
            return self.multiply(op, m, args);
        }
        let cc = m.has("cc");
        let sat = m.has("sat");
        let ty = m.ty()?;
        let two = [ty, ty];
        if cc || matches!(op, "addc" | "subc") {
            return self.carry(op, cc, ty, args);
        }
        if sat {
            let f = match (op, ty) {
                ("add", Ty::S32) => op2!(x: i32, y: i32 => x.sat_add(y)),
                ("sub", Ty::S32) => op2!(x: i32, y: i32 => x.saturating_sub(y)),
                _ => return self.err("saturation of this type"),
            };
            return self.simple(f, args, &two);
        }
        let f = match op {
            "add" => for_ty!(ty, line; bits T => op2!(x: T, y: T => x.wrapping_add(y))),
            "sub" => for_ty!(ty, line; bits T => op2!(x: T, y: T => x.wrapping_sub(y))),
            "min" => for_ty!(ty, line; int T => op2!(x: T, y: T => x.min(y))),
            "max" => for_ty!(ty, line; int T => op2!(x: T, y: T => x.max(y))),
            "div" => for_ty!(ty, line; int T => division!(T, wrapping_div)),
            "rem" => for_ty!(ty, line; int T => division!(T, wrapping_rem)),
            "abs" => {
                let f = for_ty!(ty, line; [S16 i16, S32 i32, S64 i64] T =>
                    op1!(x: T => x.wrapping_abs()));
                return self.simple(f, args, &[ty]);
            }
            "neg" => {
                let f = for_ty!(ty, line; bits T => op1!(x: T => x.wrapping_neg()));
                return self.simple(f, args, &[ty]);
            }
            _ => {
                let f = for_ty!(ty, line; int T => op3!(x: T, y: T, z: T =>
                    (z as u64).wrapping_add(if x < y {
                        (y as u64).wrapping_sub(x as u64)
                    } else {
                        (x as u64).wrapping_sub(y as u64)
                    }) as T));
                return self.simple(f, args, &[ty, ty, ty]);
            }
        };
        self.simple(f, args, &two)
    }

    fn multiply(&mut self, op: &str, m: &mut Mods<'_>, args: &[Arg<'a>]) -> PResult<()> {
        let line = self.line;
        let part = m.one_of(&["lo", "hi", "wide"]).unwrap_or("lo");
        let cc = m.has("cc");
        let ty = m.ty()?;
        if cc || op == "madc" {
            return self.multiply_carry(op, part, cc, ty, args);
        }
        let (two, three) = ([ty, ty], [ty, ty, ty]);
        match (op, part) {
            ("mul", "lo") => {
                let f = for_ty!(ty, line; bits T => op2!(x: T, y: T => x.wrapping_mul(y)));
                self.simple(f, args, &two)
            }
            ("mul", "hi") => {
                let f = for_ty!(ty, line; int T => op2!(x: T, y: T => x.mul_hi(y)));
                self.simple(f, args, &two)
            }
            ("mul", _) => {
                let f = for_ty!(ty, line; [U16 u16, S16 i16, U32 u32, S32 i32] T =>
                    op2!(x: T, y: T => x.mul_wide(y)));
                self.simple(f, args, &two)
            }
            ("mad", "lo") => {
                let f = for_ty!(ty, line; bits T =>
                    op3!(x: T, y: T, z: T => x.wrapping_mul(y).wrapping_add(z)));
                self.simple(f, args, &three)
            }
            ("mad", "hi") => {
                if m.has("sat") {
                    let f = op3!(x: i32, y: i32, z: i32 => x.mul_hi(y).sat_add(z));
                    return self.simple(f, args, &three);
                }
                let f = for_ty!(ty, line; int T =>
                    op3!(x: T, y: T, z: T => x.mul_hi(y).wrapping_add(z)));
                self.simple(f, args, &three)
            }
            ("mad", _) => {
                let f = for_ty!(ty, line; [U16 u16, S16 i16, U32 u32, S32 i32] T =>
                    op3!(x: T, y: T, z: <T as Int>::Wide => x.mul_wide(y).wrapping_add(z)));
                let wide = if ty.bits() == 16 { Ty::U32 } else { Ty::U64 };
                self.simple(f, args, &[ty, ty, wide])
            }
            ("mul24", "lo") => {
                let f = for_ty!(ty, line; [U32 u32, S32 i32] T =>
                    op2!(x: T, y: T => x.low24().wrapping_mul(y.low24()) as u32));
                self.simple(f, args, &two)
            }
            ("mul24", "hi") => {
                let f = for_ty!(ty, line; [U32 u32, S32 i32] T =>
                    op2!(x: T, y: T => (x.low24().wrapping_mul(y.low24()) >> 16) as u32));
                self.simple(f, args, &two)
            }
            ("mad24", "lo") => {
                let f = for_ty!(ty, line; [U32 u32, S32 i32] T => op3!(x: T, y: T, z: T =>
                    (x.low24().wrapping_mul(y.low24()) as u32).wrapping_add(z as u32)));
                self.simple(f, args, &three)
            }
            ("mad24", "hi") => {
                let f = for_ty!(ty, line; [U32 u32, S32 i32] T => op3!(x: T, y: T, z: T =>
                    ((x.low24().wrapping_mul(y.low24()) >> 16) as u32).wrapping_add(z as u32)));
                self.simple(f, args, &three)
            }
            _ => self.err(format!("unsupported multiplication .{part}")),
        }
    }

    /// `add.cc`, `addc`, `sub.cc`, `subc`; only `.cc` writes the flag.
    fn carry(&mut self, op: &str, cc: bool, ty: Ty, args: &[Arg<'a>]) -> PResult<()> {
        let line = self.line;
        macro_rules! chain {
            ($f:ident, $carry_in:expr) => {
                by_flag!($carry_in, IN => by_flag!(cc, OUT => for_ty!(ty, line; bits T =>
                    op2!(c; x: T, y: T => {
                        let (v, o) = x.$f(y);
                        let (v, p) = v.$f(T::from(IN & c.cc));
                        if OUT {
                            c.cc = o | p;
                        }
                        v
                    }))))
            };
        }
        let f = match op {
            "add" | "addc" => chain!(overflowing_add, op == "addc"),
            _ => chain!(overflowing_sub, op == "subc"),
        };
        self.simple(f, args, &[ty, ty])
    }

    /// `mad.cc` and `madc`.
    fn multiply_carry(&mut self, op: &str, part: &str, cc: bool, ty: Ty, args: &[Arg<'a>]) -> PResult<()> {
        let line = self.line;
        macro_rules! chain {
            ($T:ident, $x:ident, $y:ident => $product:expr) => {
                by_flag!(op == "madc", IN => by_flag!(cc, OUT =>
                    op3!(c; $x: $T, $y: $T, z: $T => {
                        let (v, o) = $product.overflowing_add(z);
                        let (v, p) = v.overflowing_add($T::from(IN & c.cc));
                        if OUT {
                            c.cc = o | p;
                        }
                        v
                    })))
            };
        }
        let f = match part {
            "lo" => for_ty!(ty, line; [U32|S32 u32, U64|S64 u64] T =>
                chain!(T, x, y => x.wrapping_mul(y))),
            "hi" => for_ty!(ty, line; [U32 u32, U64 u64] T => chain!(T, x, y => x.mul_hi(y))),
            _ => return self.err("unsupported carry multiplication"),
        };
        self.simple(f, args, &[ty, ty, ty])
    }

    pub(super) fn bits(&mut self, op: &str, m: &mut Mods<'_>, args: &[Arg<'a>]) -> PResult<()> {
        match op {
            "shf" => return self.funnel(m, args),
            "prmt" => return self.permute(m, args),
            "lop3" => return self.lop3(m, args),
            "bfi" => return self.bfi(m, args),
            _ => {}
        }
        let shiftamt = m.has("shiftamt");
        let wraps = m.one_of(&["clamp", "wrap"]) == Some("wrap");
        if op == "dp4a" {
            return self.dp4a(m, args);
        }
        let ty = m.ty()?;
        match op {
            "and" | "or" | "xor" | "not" | "cnot" | "shl" | "shr" => self.logic(op, ty, args),
            "bfe" | "bfind" | "brev" | "popc" | "clz" => self.find_bits(op, ty, shiftamt, args),
            "bmsk" | "szext" => self.mask_bits(op, ty, wraps, args),
            _ => self.err("unsupported"),
        }
    }

    fn lop3(&mut self, m: &mut Mods<'_>, args: &[Arg<'a>]) -> PResult<()> {
        m.ty()?;
        let [d, a, b, c, Arg::Int(lut)] = args else {
            return self.err("expected d, a, b, c, lut");
        };
        let s = [self.src(a, Ty::B32)?, self.src(b, Ty::B32)?, self.src(c, Ty::B32)?];
        fn f(r: crate::exec::ctx::Regs, i: &Inst, _: &mut Ctx<'_>) {
            r.put(i.d, bits::lop3(r.get(i.a), r.get(i.b), r.get(i.c), i.e));
        }
        let d = self.dst(d)?;
        self.emit_wide(f, [d, s[0], s[1], s[2], *lut as u32]);
        Ok(())
    }

    fn bfi(&mut self, m: &mut Mods<'_>, args: &[Arg<'a>]) -> PResult<()> {
        let line = self.line;
        let ty = m.ty()?;
        let [d, a, b, pos, len] = args else { return self.err("expected five operands") };
        let s = [self.src(a, ty)?, self.src(b, ty)?];
        let (pos, len) = (self.src(pos, Ty::U32)?, self.src(len, Ty::U32)?);
        let d = self.dst(d)?;
        let f = for_ty!(ty, line; [B32 u32, B64 u64] T => {
            fn f(r: crate::exec::ctx::Regs, i: &Inst, _: &mut Ctx<'_>) {
                let (a, b): (u64, u64) = (r.get(i.a), r.get(i.b));
                r.put(i.d, bits::bfi(a, b, r.get(i.c), r.get(i.e), T::BITS) as T);
            }
            f as OpFn
        });
        self.emit_wide(f, [d, s[0], s[1], pos, len]);
        Ok(())
    }

    fn logic(&mut self, op: &str, ty: Ty, args: &[Arg<'a>]) -> PResult<()> {
        let line = self.line;
        let one = [ty];
        if ty == Ty::Pred {
            let f = match op {
                "and" => op2!(x: bool, y: bool => x & y),
                "or" => op2!(x: bool, y: bool => x | y),
                "xor" => op2!(x: bool, y: bool => x ^ y),
                "not" => return self.simple(op1!(x: bool => !x), args, &one),
                _ => return self.err("unsupported on predicates"),
            };
            return self.simple(f, args, &[ty, ty]);
        }
        match op {
            "and" => self.simple(op2!(x: u64, y: u64 => x & y), args, &[ty, ty]),
            "or" => self.simple(op2!(x: u64, y: u64 => x | y), args, &[ty, ty]),
            "xor" => self.simple(op2!(x: u64, y: u64 => x ^ y), args, &[ty, ty]),
            "not" => {
                let f = for_ty!(ty, line; bits T => op1!(x: T => !x));
                self.simple(f, args, &one)
            }
            "cnot" => {
                let f = for_ty!(ty, line; bits T => op1!(x: T => T::from(x == 0)));
                self.simple(f, args, &one)
            }
            "shl" => {
                let f = for_ty!(ty, line; bits T =>
                    op2!(x: T, n: u32 => x.checked_shl(n).unwrap_or(0)));
                self.simple(f, args, &[ty, Ty::U32])
            }
            "shr" => {
                let f = for_ty!(ty, line; int T =>
                    op2!(x: T, n: u32 => if n < T::BITS { x >> n } else { x >> (T::BITS - 1) >> 1 }));
                self.simple(f, args, &[ty, Ty::U32])
            }
            _ => self.err("unsupported"),
        }
    }

    fn find_bits(&mut self, op: &str, ty: Ty, shiftamt: bool, args: &[Arg<'a>]) -> PResult<()> {
        let line = self.line;
        let (signed, one) = (ty.is_signed(), [ty]);
        match op {
            "bfe" => {
                let f = by_flag!(signed, S => for_ty!(ty, line; [U32|S32 u32, U64|S64 u64] T =>
                    op3!(x: u64, p: u32, n: u32 => bits::bfe(x, p, n, T::BITS, S) as T)));
                self.simple(f, args, &[ty, Ty::U32, Ty::U32])
            }
            "bfind" => {
                let f = by_flag!(signed, S => by_flag!(shiftamt, A =>
                    for_ty!(ty, line; [U32|S32 u32, U64|S64 u64] T =>
                        op1!(x: u64 => bits::bfind(x, T::BITS, S, A)))));
                self.simple(f, args, &one)
            }
            "brev" => {
                let f = for_ty!(ty, line; [B32 u32, B64 u64] T => op1!(x: T => x.reverse_bits()));
                self.simple(f, args, &one)
            }
            "popc" => self.simple(op1!(x: u64 => x.count_ones()), args, &one),
            "clz" => {
                let f = for_ty!(ty, line; [B32 u32, B64 u64] T => op1!(x: T => x.leading_zeros()));
                self.simple(f, args, &one)
            }
            _ => self.err("unsupported"),
        }
    }

    fn mask_bits(&mut self, op: &str, ty: Ty, wraps: bool, args: &[Arg<'a>]) -> PResult<()> {
        let signed = ty.is_signed();
        match op {
            "bmsk" => {
                let f = by_flag!(wraps, W => op2!(p: u32, n: u32 => {
                    let (p, n) = if W { (p & 31, n & 31) } else { (p.min(32), n.min(32)) };
                    ((((1u64 << n) - 1) << p) & 0xffff_ffff) as u32
                }));
                self.simple(f, args, &[Ty::U32, Ty::U32])
            }
            "szext" => {
                let f = by_flag!(signed, S => by_flag!(wraps, W =>
                op2!(x: u64, n: u32 => {
                    let n = if W { n & 31 } else { n.min(32) };
                    bits::bfe(x, 0, n, 32, S)
                })));
                self.simple(f, args, &[ty, Ty::U32])
            }
            _ => self.err("unsupported"),
        }
    }

    fn funnel(&mut self, m: &mut Mods<'_>, args: &[Arg<'a>]) -> PResult<()> {
        let left = match m.one_of(&["l", "r"]) {
            Some(d) => d == "l",
            None => return self.err("no direction"),
        };
        let wrap = match m.one_of(&["wrap", "clamp"]) {
            Some(d) => d == "wrap",
            None => return self.err("no mode"),
        };
        m.ty()?;
        let f = by_flag!(left, L => by_flag!(wrap, W => op3!(lo: u32, hi: u32, n: u32 =>
            bits::shf(lo, hi, if W { n & 31 } else { n.min(32) }, L))));
        self.simple(f, args, &[Ty::B32, Ty::B32, Ty::U32])
    }

    fn permute(&mut self, m: &mut Mods<'_>, args: &[Arg<'a>]) -> PResult<()> {
        m.ty()?;
        macro_rules! mode {
            ($s:literal) => {
                op3!(x: u32, y: u32, z: u32 => bits::prmt(x, y, bits::prmt_selector($s, z)))
            };
        }
        let f = match m.one_of(&["f4e", "b4e", "rc8", "ecl", "ecr", "rc16"]) {
            None => op3!(x: u32, y: u32, z: u32 => bits::prmt(x, y, z)),
            Some("f4e") => mode!("f4e"),
            Some("b4e") => mode!("b4e"),
            Some("rc8") => mode!("rc8"),
            Some("ecl") => mode!("ecl"),
            Some("ecr") => mode!("ecr"),
            _ => mode!("rc16"),
        };
        self.simple(f, args, &[Ty::B32, Ty::B32, Ty::B32])
    }

    fn dp4a(&mut self, m: &mut Mods<'_>, args: &[Arg<'a>]) -> PResult<()> {
        let (ta, tb) = (m.ty()?, m.ty()?);
        let f = by_flag!(ta.is_signed(), A => by_flag!(tb.is_signed(), B =>
        op3!(x: u32, y: u32, z: u32 => {
            let lane = |v: u32, k: u32, s: bool| {
                let b = (v >> (8 * k)) as u8;
                if s { i32::from(b as i8) } else { i32::from(b) }
            };
            (0..4).fold(z, |acc, k| acc.wrapping_add((lane(x, k, A) * lane(y, k, B)) as u32))
        })));
        self.simple(f, args, &[Ty::B32, Ty::B32, Ty::B32])
    }
}
