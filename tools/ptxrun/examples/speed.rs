//! Measures the interpreter's speed: `cargo run --release --example speed`.

use ptxrun::{Args, Device, LaunchConfig, Module};
use std::time::Instant;

fn kernel(name: &str, body: &str) -> String {
    format!(
        ".visible .entry {name}(.param .u64 out) {{
.reg .b32 %r<20>; .reg .b64 %d<20>; .reg .f32 %f<20>; .reg .f64 %g<20>; .reg .pred %p<3>;
ld.param.u64 %d1, [out];
mov.u32 %r1, %tid.x; mov.u32 %r2, 0; mov.u32 %r3, 7; mov.u32 %r4, 9;
mov.u64 %d2, 5; mov.u64 %d3, 77; mov.f32 %f1, 0f3F800000; mov.f32 %f2, 0f3F900000;
mov.f64 %g1, 0d3FF0000000000000; mov.f64 %g2, 0d3FF1000000000000;
L:
{body}
add.u32 %r2, %r2, 1;
setp.lt.u32 %p1, %r2, 1000000;
@%p1 bra L;
st.global.u32 [%d1], %r3; ret;
}}
"
    )
}

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let bodies = [
        ("integer32", "add.u32 %r3, %r3, %r4; xor.b32 %r4, %r4, %r3; shl.b32 %r5, %r3, 3; sub.u32 %r6, %r5, %r4;\n".repeat(4)),
        ("integer64", "add.u64 %d2, %d2, %d3; xor.b64 %d3, %d3, %d2; shr.u64 %d4, %d2, 3; mul.lo.u64 %d5, %d4, %d3;\n".repeat(4)),
        ("single", "add.rn.f32 %f3, %f1, %f2; mul.rn.f32 %f4, %f3, %f2; sub.rn.f32 %f5, %f4, %f1; neg.f32 %f6, %f5;\n".repeat(4)),
        ("single_fma", "fma.rn.f32 %f3, %f1, %f2, %f1;\n".repeat(16)),
        ("single_div", "div.rn.f32 %f3, %f1, %f2; sqrt.rn.f32 %f4, %f3;\n".repeat(8)),
        ("double", "add.rn.f64 %g3, %g1, %g2; mul.rn.f64 %g4, %g3, %g2; fma.rn.f64 %g5, %g4, %g3, %g1;\n".repeat(5)),
        ("memory", "ld.global.u32 %r5, [%d1]; st.global.u32 [%d1+4], %r5; ld.global.u32 %r6, [%d1+4]; st.global.u32 [%d1], %r6;\n".repeat(4)),
        ("branches", "setp.gt.u32 %p2, %r3, %r4; selp.u32 %r5, %r3, %r4, %p2;\n".repeat(2)),
    ];
    for (name, body) in &bodies {
        let text = format!(".version 7.0\n.target sm_80\n.address_size 64\n{}", kernel(name, body));
        let module = Module::parse(&text)?;
        let mut d = Device::new(&module);
        let out = d.alloc_zeroed(64);
        let cfg = LaunchConfig::linear(1, 8).workers(1);
        let t = Instant::now();
        let s = d.launch(name, &cfg, &Args::new().ptr(out).bytes())?;
        let dt = t.elapsed().as_secs_f64();
        println!("{name:<12} {:>7.0} M instructions/s", s.instructions as f64 / dt / 1e6);
    }
    Ok(())
}
