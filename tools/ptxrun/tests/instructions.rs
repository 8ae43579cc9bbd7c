//! Single instructions with values worked out by hand from the PTX manual.
//!
//! A case is an instruction, the values of the inputs and the expected result.
//! Inputs 1 to 4 are in `%h1..4` (16 bits), `%r1..4` (32), `%d1..4` (64),
//! `%f1..4` (f32), `%g1..4` (f64) and `%p1..4` (not zero). The result is what
//! the instruction leaves in register 9 of the kind the case names.

use ptxrun::{Args, Device, LaunchConfig, Module};

struct Case {
    text: &'static str,
    out: char,
    inputs: [u64; 4],
    want: u64,
}

fn case(text: &'static str, out: char, inputs: &[u64], want: u64) -> Case {
    let mut all = [0; 4];
    all[..inputs.len()].copy_from_slice(inputs);
    Case { text, out, inputs: all, want }
}

fn kernel(k: usize, c: &Case) -> String {
    let mut s = format!(
        ".visible .entry k{k}(.param .u64 pin, .param .u64 pout) {{
.reg .b16 %h<10>;
.reg .b32 %r<10>;
.reg .b64 %d<10>;
.reg .f32 %f<10>;
.reg .f64 %g<10>;
.reg .pred %p<10>;
.reg .b64 %in, %out, %res;
.reg .b32 %low;
ld.param.u64 %in, [pin];
ld.param.u64 %out, [pout];
"
    );
    for i in 1..=4 {
        s += &format!(
            "ld.global.b64 %d{i}, [%in+{}];
cvt.u32.u64 %r{i}, %d{i};
cvt.u16.u64 %h{i}, %d{i};
mov.b32 %f{i}, %r{i};
mov.b64 %g{i}, %d{i};
setp.ne.u64 %p{i}, %d{i}, 0;
",
            (i - 1) * 8
        );
    }
    s += c.text;
    s += "\n";
    s += match c.out {
        'h' => "cvt.u64.u16 %res, %h9;",
        'r' => "cvt.u64.u32 %res, %r9;",
        'f' => "mov.b32 %low, %f9;\ncvt.u64.u32 %res, %low;",
        'g' => "mov.b64 %res, %g9;",
        'p' => "selp.b64 %res, 1, 0, %p9;",
        _ => "mov.b64 %res, %d9;",
    };
    s += "\nst.global.b64 [%out], %res;\nret;\n}\n";
    s
}

fn check(name: &str, cases: &[Case]) {
    let mut text = ".version 7.6\n.target sm_80\n.address_size 64\n".to_string();
    for (k, c) in cases.iter().enumerate() {
        text += &kernel(k, c);
    }
    let module = Module::parse(&text)
        .unwrap_or_else(|e| panic!("{e}: {}", text.lines().nth(e.line as usize - 1).unwrap_or("")));
    crate::common::ptxas(name, &text);
    for (k, c) in cases.iter().enumerate() {
        let mut d = Device::new(&module);
        let input: Vec<u8> = c.inputs.iter().flat_map(|v| v.to_le_bytes()).collect();
        let (a, b) = (d.upload(&input), d.alloc(8));
        let args = Args::new().ptr(a).ptr(b).bytes();
        d.launch(&format!("k{k}"), &LaunchConfig::linear(1, 1), &args).unwrap();
        let got = u64::from_le_bytes(d.download(b).unwrap().try_into().unwrap());
        assert_eq!(got, c.want, "{} of {:x?}: {got:#x}, want {:#x}", c.text, c.inputs, c.want);
    }
}

const M1: u64 = u64::MAX;
const MIN32: u64 = 0x8000_0000;
const F32_ONE: u64 = 0x3f80_0000;
const NAN: u64 = 0x7fff_ffff;
const INF: u64 = 0x7f80_0000;

fn f(x: f32) -> u64 {
    u64::from(x.to_bits())
}

fn g(x: f64) -> u64 {
    x.to_bits()
}

#[test]
fn integer_arithmetic() {
    check(
        "integer",
        &[
            case("add.u32 %r9, %r1, %r2;", 'r', &[0xffff_ffff, 2], 1),
            case("add.s64 %d9, %d1, %d2;", 'd', &[M1, 2], 1),
            case("add.s16 %h9, %h1, %h2;", 'h', &[0xffff, 3], 2),
            case("add.sat.s32 %r9, %r1, %r2;", 'r', &[0x7fff_ffff, 1], 0x7fff_ffff),
            case("sub.sat.s32 %r9, %r1, %r2;", 'r', &[MIN32, 1], MIN32),
            case("sub.s32 %r9, %r1, %r2;", 'r', &[1, 2], 0xffff_ffff),
            case("sub.s32 %r9, 10, %r2;", 'r', &[0, 12], 0xffff_fffe),
            case("mul.lo.s32 %r9, %r1, %r2;", 'r', &[0x1_0001, 0x1_0001], 0x2_0001),
            case("mul.hi.u32 %r9, %r1, %r2;", 'r', &[0xffff_ffff, 0xffff_ffff], 0xffff_fffe),
            case("mul.hi.s32 %r9, %r1, %r2;", 'r', &[0xffff_ffff, 5], 0xffff_ffff),
            case("mul.hi.u64 %d9, %d1, %d2;", 'd', &[M1, M1], M1 - 1),
            case("mul.hi.s64 %d9, %d1, %d2;", 'd', &[M1, 5], M1),
            case("mul.lo.u64 %d9, %d1, %d2;", 'd', &[1 << 33, 1 << 32], 0),
            case("mul.wide.u32 %d9, %r1, %r2;", 'd', &[0xffff_ffff, 2], 0x1_ffff_fffe),
            case("mul.wide.s32 %d9, %r1, %r2;", 'd', &[0xffff_ffff, 2], M1 - 1),
            case("mul.wide.u32 %d9, %r1, -1;", 'd', &[2], 0x1_ffff_fffe),
            case("mul.wide.u16 %r9, %h1, %h2;", 'r', &[0xffff, 0xffff], 0xfffe_0001),
            case("mul.wide.s16 %r9, %h1, %h2;", 'r', &[0xffff, 3], 0xffff_fffd),
            case("mul24.lo.u32 %r9, %r1, %r2;", 'r', &[0xff00_0003, 4], 12),
            case("mad.lo.s32 %r9, %r1, %r2, %r3;", 'r', &[3, 0xffff_ffff, 10], 7),
            case("mad.hi.u32 %r9, %r1, %r2, %r3;", 'r', &[MIN32, 4, 10], 12),
            case("mad.wide.s32 %d9, %r1, %r2, %d3;", 'd', &[0xffff_ffff, 3, 2], M1),
            case("mad.lo.s16 %h9, %h1, %h2, %h3;", 'h', &[300, 300, 1], 90001 & 0xffff),
            case("sad.s32 %r9, %r1, %r2, %r3;", 'r', &[0xffff_ffff, 4, 1], 6),
            case("sad.u32 %r9, %r1, %r2, %r3;", 'r', &[3, 10, 1], 8),
            case("div.s32 %r9, %r1, %r2;", 'r', &[0xffff_fff9, 2], 0xffff_fffd),
            case("div.u32 %r9, %r1, %r2;", 'r', &[0xffff_fff9, 2], 0x7fff_fffc),
            case("rem.s32 %r9, %r1, %r2;", 'r', &[0xffff_fff9, 2], 0xffff_ffff),
            case("rem.u64 %d9, %d1, %d2;", 'd', &[M1, 10], 5),
            case("div.s64 %d9, %d1, %d2;", 'd', &[M1 - 6, 2], M1 - 2),
            case("abs.s32 %r9, %r1;", 'r', &[0xffff_fff9], 7),
            case("neg.s64 %d9, %d1;", 'd', &[5], M1 - 4),
            case("neg.s16 %h9, %h1;", 'h', &[1], 0xffff),
            case("min.s32 %r9, %r1, %r2;", 'r', &[0xffff_ffff, 1], 0xffff_ffff),
            case("min.u32 %r9, %r1, %r2;", 'r', &[0xffff_ffff, 1], 1),
            case("max.s64 %d9, %d1, %d2;", 'd', &[M1, 1], 1),
            case("max.u16 %h9, %h1, %h2;", 'h', &[0x8000, 1], 0x8000),
            case("add.cc.u32 %r5, %r1, %r2;\naddc.u32 %r9, %r3, %r4;", 'r', &[M1, 1, 5, 6], 12),
            case(
                "add.cc.u32 %r5, %r1, %r2;\naddc.cc.u32 %r6, %r3, %r4;\naddc.u32 %r9, 0, 0;",
                'r',
                &[0xffff_ffff, 1, 0xffff_ffff, 0],
                1,
            ),
            case("sub.cc.u64 %d5, %d1, %d2;\nsubc.u64 %d9, %d3, %d4;", 'd', &[1, 2, 10, 3], 6),
            case(
                "mad.lo.cc.u32 %r5, %r1, %r2, %r3;\nmadc.hi.u32 %r9, %r1, %r2, %r4;",
                'r',
                &[0xffff_ffff, 0xffff_ffff, 0xffff_ffff, 1],
                0,
            ),
            case("dp4a.u32.u32 %r9, %r1, %r2, %r3;", 'r', &[0x0102_0304, 0x0101_0101, 5], 15),
            case("dp4a.s32.s32 %r9, %r1, %r2, %r3;", 'r', &[0xff, 2, 5], 3),
        ],
    );
}

#[test]
fn bits_and_shifts() {
    check(
        "bits",
        &[
            case("and.b32 %r9, %r1, 65280;", 'r', &[0x1234_5678], 0x5600),
            case("or.b64 %d9, %d1, %d2;", 'd', &[1 << 63, 1], 1 << 63 | 1),
            case("xor.b32 %r9, %r1, -1;", 'r', &[0xf0f0_f0f0], 0x0f0f_0f0f),
            case("not.b16 %h9, %h1;", 'h', &[0xff], 0xff00),
            case("not.b64 %d9, %d1;", 'd', &[0], M1),
            case("cnot.b32 %r9, %r1;", 'r', &[0], 1),
            case("and.pred %p9, %p1, %p2;", 'p', &[1, 0], 0),
            case("xor.pred %p9, %p1, %p2;", 'p', &[1, 0], 1),
            case("not.pred %p9, %p1;", 'p', &[1], 0),
            case("shl.b32 %r9, %r1, 31;", 'r', &[3], MIN32),
            case("shl.b32 %r9, %r1, %r2;", 'r', &[3, 32], 0),
            case("shl.b64 %d9, %d1, 63;", 'd', &[3], 1 << 63),
            case("shr.u32 %r9, %r1, %r2;", 'r', &[MIN32, 35], 0),
            case("shr.s32 %r9, %r1, %r2;", 'r', &[MIN32, 35], 0xffff_ffff),
            case("shr.s32 %r9, %r1, 4;", 'r', &[MIN32], 0xf800_0000),
            case("shr.s64 %d9, %d1, 64;", 'd', &[1 << 63], M1),
            case("shr.u16 %h9, %h1, 4;", 'h', &[0xf000], 0x0f00),
            case("shr.s16 %h9, %h1, 4;", 'h', &[0xf000], 0xff00),
            case("shf.l.wrap.b32 %r9, %r1, %r2, %r3;", 'r', &[MIN32, 1, 33], 3),
            case("shf.r.wrap.b32 %r9, %r1, %r2, %r3;", 'r', &[MIN32, 1, 1], 0xc000_0000),
            case("shf.l.clamp.b32 %r9, %r1, %r2, %r3;", 'r', &[7, 9, 40], 7),
            case("shf.r.clamp.b32 %r9, %r1, %r2, %r3;", 'r', &[7, 9, 40], 9),
            case("prmt.b32 %r9, %r1, %r2, 0x0123;", 'r', &[0x3322_1100, 0], 0x0011_2233),
            case("prmt.b32.f4e %r9, %r1, %r2, %r3;", 'r', &[0x3322_1100, 0x7766_5544, 2], 0x5544_3322),
            case("lop3.b32 %r9, %r1, %r2, %r3, 0x96;", 'r', &[1, 3, 7], 5),
            case("bfe.u32 %r9, %r1, 8, 8;", 'r', &[0x1234_5678], 0x56),
            case("bfe.s32 %r9, %r1, 4, 4;", 'r', &[0x80], 0xffff_fff8),
            case("bfe.s64 %d9, %d1, 60, 8;", 'd', &[1 << 63], M1 << 3),
            case("bfi.b32 %r9, %r1, %r2, 8, 8;", 'r', &[0xab, 0x1111_1111], 0x1111_ab11),
            case("bfi.b64 %d9, %d1, %d2, 60, 8;", 'd', &[0xff, 1], 0xf << 60 | 1),
            case("bfind.u32 %r9, %r1;", 'r', &[0x10], 4),
            case("bfind.s32 %r9, %r1;", 'r', &[0xffff_ffef], 4),
            case("bfind.shiftamt.u64 %r9, %d1;", 'r', &[1], 63),
            case("bfind.u64 %r9, %d1;", 'r', &[0], 0xffff_ffff),
            case("brev.b32 %r9, %r1;", 'r', &[1], MIN32),
            case("brev.b64 %d9, %d1;", 'd', &[2], 1 << 62),
            case("popc.b32 %r9, %r1;", 'r', &[0xf0f], 8),
            case("popc.b64 %r9, %d1;", 'r', &[M1], 64),
            case("clz.b32 %r9, %r1;", 'r', &[1], 31),
            case("clz.b64 %r9, %d1;", 'r', &[0], 64),
            case("szext.clamp.s32 %r9, %r1, %r2;", 'r', &[0x8, 4], 0xffff_fff8),
            case("bmsk.clamp.b32 %r9, %r1, %r2;", 'r', &[4, 8], 0xff0),
        ],
    );
}

#[test]
fn single_precision() {
    let tiny = 1u64; // smallest subnormal
    check(
        "single",
        &[
            case("add.rn.f32 %f9, %f1, %f2;", 'f', &[F32_ONE, f(2f32.powi(-24))], F32_ONE),
            case("add.rn.f32 %f9, %f1, %f2;", 'f', &[F32_ONE, f(2f32.powi(-24) * 1.5)], F32_ONE + 1),
            case("add.rn.f32 %f9, %f1, 0f3F800000;", 'f', &[F32_ONE], f(2.0)),
            case("add.f32 %f9, %f1, %f2;", 'f', &[INF, INF | MIN32], NAN),
            case("add.rn.f32 %f9, %f1, %f2;", 'f', &[0xffc0_1234, F32_ONE], NAN),
            case("add.rn.f32 %f9, %f1, %f2;", 'f', &[tiny, tiny], 2),
            case("add.rn.ftz.f32 %f9, %f1, %f2;", 'f', &[0x007f_ffff, 0x007f_ffff], 0),
            case("add.rn.sat.f32 %f9, %f1, %f2;", 'f', &[F32_ONE, F32_ONE], F32_ONE),
            case("add.rn.sat.f32 %f9, %f1, %f2;", 'f', &[f(-2.0), F32_ONE], 0),
            case("add.rn.sat.f32 %f9, %f1, %f2;", 'f', &[NAN, F32_ONE], 0),
            case("sub.rn.f32 %f9, %f1, %f2;", 'f', &[F32_ONE, F32_ONE], 0),
            case("mul.rn.f32 %f9, %f1, %f2;", 'f', &[f(3.0), f(-0.5)], f(-1.5)),
            case("mul.rn.f32 %f9, %f1, %f2;", 'f', &[0, INF], NAN),
            case("mul.rn.ftz.f32 %f9, %f1, %f2;", 'f', &[0x8080_0000, f(0.5)], MIN32),
            case("mul.rn.f32 %f9, %f1, %f2;", 'f', &[0x8080_0000, f(0.5)], 0x8040_0000),
            // (1 + 2^-12)^2 - (1 + 2^-11) = 2^-24 only with one rounding.
            case(
                "fma.rn.f32 %f9, %f1, %f1, %f2;",
                'f',
                &[f(1.0 + 2f32.powi(-12)), f(-(1.0 + 2f32.powi(-11)))],
                f(2f32.powi(-24)),
            ),
            case("fma.rn.ftz.f32 %f9, %f1, %f2, %f3;", 'f', &[tiny, F32_ONE, tiny], 0),
            case("div.rn.f32 %f9, %f1, %f2;", 'f', &[F32_ONE, f(3.0)], 0x3eaa_aaab),
            case("div.rn.f32 %f9, %f1, %f2;", 'f', &[F32_ONE, MIN32], INF | MIN32),
            case("div.rn.f32 %f9, %f1, %f2;", 'f', &[0, 0], NAN),
            case("rcp.rn.f32 %f9, %f1;", 'f', &[f(3.0)], 0x3eaa_aaab),
            case("sqrt.rn.f32 %f9, %f1;", 'f', &[f(2.0)], 0x3fb5_04f3),
            case("sqrt.rn.f32 %f9, %f1;", 'f', &[f(-1.0)], NAN),
            case("sqrt.rn.f32 %f9, %f1;", 'f', &[MIN32], MIN32),
            case("min.f32 %f9, %f1, %f2;", 'f', &[NAN, F32_ONE], F32_ONE),
            case("min.f32 %f9, %f1, %f2;", 'f', &[0x7fc0_0001, 0xffc0_0002], NAN),
            case("min.f32 %f9, %f1, %f2;", 'f', &[0, MIN32], MIN32),
            case("max.f32 %f9, %f1, %f2;", 'f', &[MIN32, 0], 0),
            case("max.f32 %f9, %f1, %f2;", 'f', &[f(-3.0), f(-4.0)], f(-3.0)),
            case("max.NaN.f32 %f9, %f1, %f2;", 'f', &[0xffc0_0000, F32_ONE], NAN),
            case("max.ftz.f32 %f9, %f1, %f2;", 'f', &[tiny, MIN32], 0),
            case("abs.f32 %f9, %f1;", 'f', &[f(-3.0)], f(3.0)),
            case("abs.ftz.f32 %f9, %f1;", 'f', &[MIN32 | 5], 0),
            case("neg.f32 %f9, %f1;", 'f', &[0], MIN32),
            case("copysign.f32 %f9, %f1, %f2;", 'f', &[f(-1.0), f(5.0)], f(-5.0)),
            case("testp.subnormal.f32 %p9, %f1;", 'p', &[5], 1),
            case("testp.finite.f32 %p9, %f1;", 'p', &[INF], 0),
            case("testp.notanumber.f32 %p9, %f1;", 'p', &[NAN], 1),
            case("ex2.approx.f32 %f9, %f1;", 'f', &[f(3.0)], f(8.0)),
            case("lg2.approx.f32 %f9, %f1;", 'f', &[f(8.0)], f(3.0)),
            case("rsqrt.approx.f32 %f9, %f1;", 'f', &[f(4.0)], f(0.5)),
            case("div.full.f32 %f9, %f1, %f2;", 'f', &[f(6.0), f(3.0)], f(2.0)),
        ],
    );
}

#[test]
fn double_precision() {
    let nan = 0xfff8_0000_0000_0000;
    check(
        "double",
        &[
            case("add.rn.f64 %g9, %g1, %g2;", 'g', &[g(0.1), g(0.2)], g(0.30000000000000004)),
            case("sub.rn.f64 %g9, %g1, 0d3FF0000000000000;", 'g', &[g(3.0)], g(2.0)),
            case("mul.rn.f64 %g9, %g1, %g2;", 'g', &[g(0.0), g(f64::INFINITY)], nan),
            case("add.rn.f64 %g9, %g1, %g2;", 'g', &[g(1.0), 0x7ff0_0000_0000_0005], 0x7ff8_0000_0000_0005),
            case(
                "fma.rn.f64 %g9, %g1, %g1, %g2;",
                'g',
                &[g(1.0 + 2f64.powi(-27)), g(-(1.0 + 2f64.powi(-26)))],
                g(2f64.powi(-54)),
            ),
            case("div.rn.f64 %g9, %g1, %g2;", 'g', &[g(1.0), g(3.0)], 0x3fd5_5555_5555_5555),
            case("rcp.rn.f64 %g9, %g1;", 'g', &[g(4.0)], g(0.25)),
            case("sqrt.rn.f64 %g9, %g1;", 'g', &[g(2.0)], 0x3ff6_a09e_667f_3bcd),
            case("min.f64 %g9, %g1, %g2;", 'g', &[g(0.0), g(-0.0)], g(-0.0)),
            case("max.f64 %g9, %g1, %g2;", 'g', &[nan, g(-5.0)], g(-5.0)),
            case("abs.f64 %g9, %g1;", 'g', &[g(-2.5)], g(2.5)),
            case("neg.f64 %g9, %g1;", 'g', &[g(2.5)], g(-2.5)),
            case("copysign.f64 %g9, %g1, %g2;", 'g', &[g(-1.0), g(5.0)], g(-5.0)),
        ],
    );
}

#[test]
fn conversions() {
    check(
        "convert",
        &[
            case("cvt.u64.u32 %d9, %r1;", 'd', &[0xffff_ffff], 0xffff_ffff),
            case("cvt.s64.s32 %d9, %r1;", 'd', &[0xffff_ffff], M1),
            case("cvt.u32.u64 %r9, %d1;", 'r', &[0x1_0000_0005], 5),
            case("cvt.s32.s8 %r9, %r1;", 'r', &[0x180], 0xffff_ff80),
            case("cvt.u32.u8 %r9, %r1;", 'r', &[0x180], 0x80),
            case("cvt.s16.s8 %h9, %h1;", 'h', &[0x80], 0xff80),
            case("cvt.s8.s32 %r9, %r1;", 'r', &[0xff], 0xffff_ffff),
            case("cvt.u8.u32 %r9, %r1;", 'r', &[0x1ff], 0xff),
            case("cvt.sat.u8.s32 %r9, %r1;", 'r', &[300], 255),
            case("cvt.sat.u8.s32 %r9, %r1;", 'r', &[0xffff_ffff], 0),
            case("cvt.sat.s16.s32 %r9, %r1;", 'r', &[MIN32], 0xffff_8000),
            case("cvt.sat.u32.u64 %r9, %d1;", 'r', &[1 << 40], 0xffff_ffff),
            case("cvt.rn.f32.u32 %f9, %r1;", 'f', &[16_777_217], f(16_777_216.0)),
            case("cvt.rn.f32.s32 %f9, %r1;", 'f', &[0xffff_ffff], f(-1.0)),
            case("cvt.rp.f32.u32 %f9, %r1;", 'f', &[16_777_217], f(16_777_218.0)),
            case("cvt.rz.f32.s32 %f9, %r1;", 'f', &[0x1_0000_0000 - 16_777_217], f(-16_777_216.0)),
            case("cvt.rm.f32.s32 %f9, %r1;", 'f', &[0x1_0000_0000 - 16_777_217], f(-16_777_218.0)),
            case("cvt.rn.f32.u64 %f9, %d1;", 'f', &[M1], f(18446744073709551616.0)),
            case("cvt.rn.f64.u64 %g9, %d1;", 'g', &[M1], g(18446744073709551616.0)),
            case("cvt.rn.f64.s32 %g9, %r1;", 'g', &[MIN32], g(-2147483648.0)),
            case("cvt.rzi.s32.f32 %r9, %f1;", 'r', &[f(-2.7)], 0xffff_fffe),
            case("cvt.rni.s32.f32 %r9, %f1;", 'r', &[f(2.5)], 2),
            case("cvt.rni.s32.f32 %r9, %f1;", 'r', &[f(3.5)], 4),
            case("cvt.rmi.s32.f32 %r9, %f1;", 'r', &[f(-2.1)], 0xffff_fffd),
            case("cvt.rpi.s32.f32 %r9, %f1;", 'r', &[f(2.1)], 3),
            case("cvt.rzi.s32.f32 %r9, %f1;", 'r', &[f(1e20)], 0x7fff_ffff),
            case("cvt.rzi.u32.f32 %r9, %f1;", 'r', &[f(-5.0)], 0),
            case("cvt.rzi.s32.f32 %r9, %f1;", 'r', &[NAN], 0),
            case("cvt.rzi.s64.f32 %d9, %f1;", 'd', &[NAN], 1 << 63),
            case("cvt.rzi.s32.f64 %r9, %g1;", 'r', &[g(f64::NAN)], MIN32),
            case("cvt.rzi.u64.f64 %d9, %g1;", 'd', &[g(1e30)], M1),
            case("cvt.rzi.s16.f32 %h9, %f1;", 'h', &[f(1e9)], 0x7fff),
            case("cvt.rni.f32.f32 %f9, %f1;", 'f', &[f(2.5)], f(2.0)),
            case("cvt.rzi.f32.f32 %f9, %f1;", 'f', &[f(-0.5)], MIN32),
            case("cvt.rmi.f32.f32 %f9, %f1;", 'f', &[f(-0.5)], f(-1.0)),
            case("cvt.rpi.f64.f64 %g9, %g1;", 'g', &[g(0.5)], g(1.0)),
            case("cvt.rmi.f32.f32 %f9, %f1;", 'f', &[0xff80_0001], NAN),
            case("cvt.sat.f32.f32 %f9, %f1;", 'f', &[f(7.0)], F32_ONE),
            case("cvt.sat.f32.f32 %f9, %f1;", 'f', &[NAN], 0),
            case("cvt.f64.f32 %g9, %f1;", 'g', &[f(1.5)], g(1.5)),
            case("cvt.ftz.f64.f32 %g9, %f1;", 'g', &[5], 0),
            case("cvt.rn.f32.f64 %f9, %g1;", 'f', &[g(0.1)], f(0.1)),
            case("cvt.rz.f32.f64 %f9, %g1;", 'f', &[g(1.0 + 1e-10)], F32_ONE),
            case("cvt.rp.f32.f64 %f9, %g1;", 'f', &[g(1.0 + 1e-10)], F32_ONE + 1),
            case("cvt.rn.f32.f64 %f9, %g1;", 'f', &[g(f64::NAN)], NAN),
            case("cvt.rn.ftz.f32.f64 %f9, %g1;", 'f', &[g(1e-40)], 0),
            case("cvt.rn.f16.f32 %h9, %f1;", 'h', &[F32_ONE], 0x3c00),
            case("cvt.f32.f16 %f9, %h1;", 'f', &[0xc000], f(-2.0)),
            case("cvt.u32.u16 %r9, %h1;", 'r', &[0xffff], 0xffff),
        ],
    );
}

#[test]
fn comparisons_and_selection() {
    check(
        "compare",
        &[
            case("setp.lt.s32 %p9, %r1, %r2;", 'p', &[0xffff_ffff, 0], 1),
            case("setp.lt.u32 %p9, %r1, %r2;", 'p', &[0xffff_ffff, 0], 0),
            case("setp.hs.u32 %p9, %r1, %r2;", 'p', &[5, 5], 1),
            case("setp.eq.s16 %p9, %h1, -1;", 'p', &[0xffff], 1),
            case("setp.ge.s64 %p9, %d1, %d2;", 'p', &[M1, 0], 0),
            case("setp.lt.f32 %p9, %f1, %f2;", 'p', &[NAN, 0], 0),
            case("setp.ltu.f32 %p9, %f1, %f2;", 'p', &[NAN, 0], 1),
            case("setp.neu.f32 %p9, %f1, %f2;", 'p', &[NAN, NAN], 1),
            case("setp.ne.f32 %p9, %f1, %f2;", 'p', &[NAN, 0], 0),
            case("setp.equ.f64 %p9, %g1, %g2;", 'p', &[g(f64::NAN), 0], 1),
            case("setp.eq.f32 %p9, %f1, %f2;", 'p', &[0, MIN32], 1),
            case("setp.num.f32 %p9, %f1, %f2;", 'p', &[F32_ONE, NAN], 0),
            case("setp.nan.f64 %p9, %g1, %g2;", 'p', &[g(f64::NAN), 0], 1),
            case("setp.gt.ftz.f32 %p9, %f1, %f2;", 'p', &[5, 0], 0),
            case("setp.gt.f32 %p9, %f1, %f2;", 'p', &[5, 0], 1),
            case("setp.lt.and.s32 %p9, %r1, %r2, %p3;", 'p', &[1, 2, 0], 0),
            case("setp.lt.or.s32 %p9, %r1, %r2, !%p3;", 'p', &[3, 2, 0], 1),
            case("setp.lt.xor.s32 %p8|%p9, %r1, %r2, %p3;", 'p', &[1, 2, 1], 1),
            case("setp.lt.s32 %p8|%p9, %r1, %r2;", 'p', &[1, 2], 0),
            case("setp.eq.and.u32 %p3|%p9, %r1, %r2, %p3;", 'p', &[1, 2, 1], 1),
            case("set.lt.u32.s32 %r9, %r1, %r2;", 'r', &[1, 2], 0xffff_ffff),
            case("set.lt.f32.s32 %f9, %r1, %r2;", 'f', &[1, 2], F32_ONE),
            case("set.gt.and.u32.f32 %r9, %f1, %f2, %p3;", 'r', &[f(2.0), F32_ONE, 0], 0),
            case("selp.b32 %r9, %r1, %r2, %p3;", 'r', &[10, 20, 1], 10),
            case("selp.f64 %g9, %g1, 0d3FF0000000000000, %p3;", 'g', &[0, 0, 0], g(1.0)),
            case("slct.b32.s32 %r9, %r1, %r2, %r3;", 'r', &[10, 20, 0xffff_ffff], 20),
            case("slct.u64.f32 %d9, %d1, %d2, %f3;", 'd', &[10, 20, MIN32], 10),
        ],
    );
}

#[test]
fn moves_and_guards() {
    check(
        "moves",
        &[
            case("mov.b64 %d9, {%r1, %r2};", 'd', &[1, 2], 2 << 32 | 1),
            case("mov.b64 {%r8, %r9}, %d1;", 'r', &[7 << 32 | 3], 7),
            case("mov.b32 %r9, {%h1, %h2};", 'r', &[0x1111, 0x2222], 0x2222_1111),
            case("mov.b64 {%h5, %h6, %h7, %h9}, %d1;", 'h', &[0xabcd << 48], 0xabcd),
            case("mov.b64 {%r1, _}, %d1;\nmov.u32 %r9, %r1;", 'r', &[9], 9),
            case("mov.b32 %r9, -2;", 'r', &[], 0xffff_fffe),
            case("mov.f32 %f9, 0f40490FDB;", 'f', &[], 0x4049_0fdb),
            case("mov.f32 %f9, 1.5;", 'f', &[], f(1.5)),
            case("mov.u64 %d9, 0x123456789abcdef;", 'd', &[], 0x0123_4567_89ab_cdef),
            case("mov.u32 %r9, %ntid.x;", 'r', &[], 1),
            case("mov.u32 %r9, %lanemask_ge;", 'r', &[], 0xffff_ffff),
            case("mov.u32 %r9, 5;\n@%p1 mov.u32 %r9, 6;", 'r', &[0], 5),
            case("mov.u32 %r9, 5;\n@!%p1 mov.u32 %r9, 6;", 'r', &[0], 6),
            case("mov.u32 %r9, 5;\n@%p1 bra L;\nmov.u32 %r9, 6;\nL:", 'r', &[1], 5),
            case("{\n.reg .b32 %r1;\nmov.u32 %r1, 3;\n}\nmov.u32 %r9, %r1;", 'r', &[8], 8),
            case(
                ".local .align 8 .b8 buf[16];\nmov.u64 %d5, buf;\nst.local.u64 [%d5+8], %d1;\n\
                ld.local.u8 %r9, [buf+9];",
                'r',
                &[0x1234],
                0x12,
            ),
            case(
                ".local .align 8 .b8 buf[16];\nmov.u64 %d5, buf;\ncvta.local.u64 %d6, %d5;\n\
                st.u32 [%d6+4], %r1;\nld.s16 %r9, [%d6+4];",
                'r',
                &[0x8001],
                0xffff_8001,
            ),
            case(
                ".local .align 16 .b8 buf[16];\nst.local.v2.b32 [buf], {%r1, %r2};\n\
                ld.local.v2.u16 {%h5, %h9}, [buf+4];\nld.local.b64 %d9, [buf];",
                'd',
                &[5, 6],
                6 << 32 | 5,
            ),
            case(
                ".shared .align 8 .b8 sh[16];\nst.shared.u32 [sh+4], %r1;\n\
                atom.shared.add.u32 %r5, [sh+4], 3;\nld.shared.u32 %r9, [sh+4];",
                'r',
                &[4],
                7,
            ),
        ],
    );
}

#[test]
fn atomic_operations() {
    check(
        "atomics",
        &[
            case("atom.global.exch.b32 %r5, [%in], 9;\nld.global.u32 %r9, [%in];", 'r', &[4], 9),
            case("atom.global.cas.b32 %r9, [%in], 4, 9;", 'r', &[4], 4),
            case("atom.global.cas.b64 %d5, [%in], 4, 9;\nld.global.u64 %d9, [%in];", 'd', &[4], 9),
            case("atom.global.inc.u32 %r5, [%in], 4;\nld.global.u32 %r9, [%in];", 'r', &[4], 0),
            case("atom.global.dec.u32 %r5, [%in], 4;\nld.global.u32 %r9, [%in];", 'r', &[0], 4),
            case("atom.global.min.s32 %r5, [%in], -1;\nld.global.u32 %r9, [%in];", 'r', &[4], 0xffff_ffff),
            case("red.global.max.u32 [%in], -1;\nld.global.u32 %r9, [%in];", 'r', &[4], 0xffff_ffff),
            case("red.global.or.b32 [%in], 3;\nld.global.u32 %r9, [%in];", 'r', &[4], 7),
            case("atom.add.f32 %f5, [%in], %f2;\nld.f32 %f9, [%in];", 'f', &[f(1.5), f(2.0)], f(3.5)),
            case("red.global.add.f32 [%in], %f2;\nld.f32 %f9, [%in];", 'f', &[5, 6], 0),
            case("atom.global.add.f64 %g5, [%in], %g2;\nld.f64 %g9, [%in];", 'g', &[g(0.5), g(1.0)], g(1.5)),
            case("atom.relaxed.gpu.global.add.u64 %d5, [%in+8], 1;\nld.u64 %d9, [%in+8];", 'd', &[0, M1], 0),
        ],
    );
}
