//! Whole launches: barriers, warp operations, faults, statistics.

use crate::common::*;
use ptxrun::{Args, DevPtr, Device, Fault, FaultKind, LaunchConfig, LaunchError, Module, Stats};

/// A module with one kernel `k(out)`. Registers: `%r`, `%rd`, `%f`, `%p`, the
/// address in `%rd1`, `%tid.x` in `%r1`, `%rd2` the address of word `%tid.x`.
fn source(globals: &str, body: &str) -> String {
    format!(
        ".version 7.0
.target sm_80
.address_size 64
{globals}
.visible .entry k(.param .u64 out) {{
.reg .b32 %r<20>;
.reg .b64 %rd<20>;
.reg .f32 %f<20>;
.reg .pred %p<20>;
ld.param.u64 %rd1, [out];
cvta.to.global.u64 %rd1, %rd1;
mov.u32 %r1, %tid.x;
mul.wide.u32 %rd2, %r1, 4;
add.s64 %rd2, %rd1, %rd2;
{body}
ret;
}}
"
    )
}

fn launch_with(text: &str, cfg: LaunchConfig) -> Result<(Vec<u32>, Stats), LaunchError> {
    let module = Module::parse(text).unwrap();
    let mut d = Device::new(&module);
    let out = d.alloc(4 * 64);
    let stats = d.launch("k", &cfg, &Args::new().ptr(out).bytes())?;
    Ok((words(&d.download(out).unwrap()), stats))
}

fn run(name: &str, globals: &str, body: &str, threads: u32) -> Vec<u32> {
    let text = source(globals, body);
    ptxas(name, &text);
    launch_with(&text, LaunchConfig::linear(1, threads)).unwrap().0
}

fn fault(globals: &str, body: &str, cfg: LaunchConfig) -> (Fault, [u32; 3], String) {
    let text = source(globals, body);
    match launch_with(&text, cfg) {
        Err(LaunchError::Fault { fault, thread, .. }) => {
            let line = text.lines().nth(fault.line as usize - 1).unwrap().to_string();
            (fault, thread, line)
        }
        other => panic!("expected a fault, got {other:?}"),
    }
}

fn one() -> LaunchConfig {
    LaunchConfig::linear(1, 1)
}

#[test]
fn barrier_and_shared_memory() {
    // Every thread reads its mirror image from shared memory, three times.
    let body = "
mov.u32 %r5, 0;
mov.u32 %r2, sh;
shl.b32 %r3, %r1, 2;
add.u32 %r3, %r2, %r3;
mov.u32 %r6, %r1;
LOOP:
st.shared.u32 [%r3], %r6;
bar.sync 0;
sub.u32 %r4, 63, %r1;
shl.b32 %r4, %r4, 2;
add.u32 %r4, %r2, %r4;
ld.shared.u32 %r6, [%r4];
barrier.sync 0;
add.u32 %r6, %r6, 100;
add.u32 %r5, %r5, 1;
setp.lt.u32 %p1, %r5, 3;
@%p1 bra LOOP;
st.global.u32 [%rd2], %r6;";
    let got = run("barrier", ".shared .align 4 .b8 sh[256];", body, 64);
    let want: Vec<u32> = (0..64).map(|i| 63 - i + 300).collect();
    assert_eq!(got, want);
}

#[test]
fn dynamic_shared_memory() {
    let text = source(
        ".shared .align 4 .b8 first[20];\n.extern .shared .align 16 .b8 dyn[];",
        "mov.u64 %rd3, dyn;\nst.shared.u32 [%rd3+60], 5;\nmov.u32 %r2, %dynamic_smem_size;\n\
         st.global.u32 [%rd1], %r2;",
    );
    ptxas("dynamic", &text);
    let cfg = LaunchConfig { dynamic_shared: 64, ..one() };
    let (got, stats) = launch_with(&text, cfg).unwrap();
    assert_eq!(got[0], 64);
    assert_eq!(stats.shared_bytes, 32 + 64);
    assert!(launch_with(&text, LaunchConfig { dynamic_shared: 60, ..one() }).is_err());
}

#[test]
fn warp_shuffles() {
    // Sum of a warp by butterflies; then shifts by one lane.
    let body = "
mov.u32 %r2, %r1;
mov.u32 %r3, 16;
L:
shfl.sync.bfly.b32 %r4, %r2, %r3, 31, -1;
add.u32 %r2, %r2, %r4;
shr.u32 %r3, %r3, 1;
setp.ne.u32 %p1, %r3, 0;
@%p1 bra L;
shfl.sync.up.b32 %r5|%p2, %r1, 1, 0, -1;
selp.u32 %r6, 1, 0, %p2;
shfl.sync.down.b32 %r7, %r1, 1, 31, -1;
shfl.sync.idx.b32 %r8, %r1, 3, 31, -1;
shl.b32 %r9, %r5, 8;
or.b32 %r2, %r9, %r2;
shl.b32 %r9, %r6, 16;
or.b32 %r2, %r9, %r2;
shl.b32 %r9, %r7, 20;
or.b32 %r2, %r9, %r2;
shl.b32 %r9, %r8, 28;
or.b32 %r2, %r9, %r2;
st.global.u32 [%rd2], %r2;";
    let got = run("shuffle", "", body, 32);
    for lane in 0..32u32 {
        let up = lane.saturating_sub(1);
        let down = (lane + 1).min(31);
        let want = (31 * 32 / 2) | up << 8 | u32::from(lane > 0) << 16 | down << 20 | 3 << 28;
        assert_eq!(got[lane as usize], want, "lane {lane}");
    }
}

#[test]
fn votes_and_matches() {
    let body = "
and.b32 %r2, %r1, 3;
setp.eq.u32 %p1, %r2, 1;
vote.sync.ballot.b32 %r3, %p1, -1;
vote.sync.any.pred %p2, %p1, -1;
vote.sync.all.pred %p3, !%p1, -1;
match.any.sync.b32 %r4, %r2, -1;
redux.sync.add.u32 %r5, %r2, -1;
selp.u32 %r6, 1, 0, %p2;
selp.u32 %r7, 2, 0, %p3;
add.u32 %r8, %r6, %r7;
xor.b32 %r8, %r8, %r3;
xor.b32 %r8, %r8, %r4;
xor.b32 %r8, %r8, %r5;
bar.warp.sync -1;
st.global.u32 [%rd2], %r8;";
    let got = run("vote", "", body, 32);
    for lane in 0..32u32 {
        let want = 1 ^ 0x2222_2222 ^ (0x1111_1111 << (lane & 3)) ^ (8 * (1 + 2 + 3));
        assert_eq!(got[lane as usize], want, "lane {lane}");
    }
}

#[test]
fn barrier_reduction_and_early_exit() {
    let body = "
setp.ge.u32 %p1, %r1, 40;
@%p1 exit;
setp.lt.u32 %p2, %r1, 10;
bar.red.popc.u32 %r2, 0, %p2;
st.global.u32 [%rd2], %r2;";
    let got = run("barred", "", body, 64);
    assert!(got[..40].iter().all(|&v| v == 10));
}

#[test]
fn device_functions() {
    let globals = "
.func (.param .b64 ret) sum(.param .align 8 .b8 pair[16], .param .b32 n)
{
.reg .b64 %rd<5>;
.reg .b32 %r<3>;
ld.param.b64 %rd1, [pair];
ld.param.b64 %rd2, [pair+8];
ld.param.b32 %r1, [n];
cvt.u64.u32 %rd3, %r1;
add.s64 %rd4, %rd1, %rd2;
add.s64 %rd4, %rd4, %rd3;
st.param.b64 [ret], %rd4;
ret;
}
.extern .func missing();
";
    let body = "
{
.param .align 8 .b8 param0[16];
st.param.b64 [param0], 100;
st.param.b64 [param0+8], 20;
.param .b32 param1;
st.param.b32 [param1], %r1;
.param .b64 retval0;
call.uni (retval0), sum, (param0, param1);
ld.param.b64 %rd5, [retval0];
}
cvt.u32.u64 %r2, %rd5;
st.global.u32 [%rd2], %r2;";
    let text = source(globals, body);
    let (got, _) = launch_with(&text, LaunchConfig::linear(1, 3)).unwrap();
    assert_eq!(got[..3], [120, 121, 122]);
    let (f, ..) = fault(globals, "call.uni missing;", one());
    assert_eq!(f.kind, FaultKind::UndefinedFunction);
    let recursive = ".func r();\n.func r()\n{\n.local .b8 big[1000];\ncall.uni r;\nret;\n}";
    let (f, ..) = fault(recursive, "call.uni r;", one());
    assert_eq!(f.kind, FaultKind::StackOverflow);
}

#[test]
fn three_dimensions() {
    let body = "
mov.u32 %r2, %tid.y;
mov.u32 %r3, %tid.z;
mov.u32 %r4, %ctaid.x;
mov.u32 %r5, %ctaid.y;
mov.u32 %r6, %ctaid.z;
mov.u32 %r7, %ntid.x;
mad.lo.u32 %r8, %r3, 2, %r2;
mad.lo.u32 %r8, %r8, %r7, %r1;
mad.lo.u32 %r9, %r6, 2, %r5;
mad.lo.u32 %r9, %r9, 2, %r4;
mad.lo.u32 %r10, %r9, 8, %r8;
mul.wide.u32 %rd3, %r10, 4;
add.s64 %rd3, %rd1, %rd3;
add.u32 %r11, %r10, 1000;
st.global.u32 [%rd3], %r11;";
    let text = source("", body);
    let cfg = LaunchConfig { grid: [2, 2, 2], block: [2, 2, 2], ..LaunchConfig::linear(1, 1) };
    let (got, stats) = launch_with(&text, cfg).unwrap();
    assert_eq!(got, (1000..1064).collect::<Vec<u32>>());
    assert_eq!(stats.threads, 64);
}

#[test]
fn memory_faults() {
    let cfg = LaunchConfig::linear(1, 64).workers(1);
    let (f, thread, line) = fault("", "st.global.u32 [%rd2+8], %r1;", cfg);
    assert_eq!((f.kind, thread), (FaultKind::OutOfBounds, [62, 0, 0]));
    assert!(line.starts_with("st.global"), "{line}");
    let (f, ..) = fault("", "ld.global.u32 %r2, [%rd1+-4];", one());
    assert_eq!(f.kind, FaultKind::OutOfBounds);
    let (f, ..) = fault("", "ld.global.u32 %r2, [%rd1+2];", one());
    assert_eq!(f.kind, FaultKind::Misaligned);
    let (f, ..) = fault("", "ld.global.v4.u32 {%r2, %r3, %r4, %r5}, [%rd1+8];", one());
    assert_eq!(f.kind, FaultKind::Misaligned);
    let (f, ..) = fault("", "mov.u64 %rd3, 0;\nld.u32 %r2, [%rd3];", one());
    assert_eq!((f.kind, f.addr), (FaultKind::OutOfBounds, Some(0)));
    let body = ".local .b8 b[8];\nmov.u64 %rd3, b;\ncvta.local.u64 %rd3, %rd3;\nld.global.u8 %r2, [%rd3];";
    assert_eq!(fault("", body, one()).0.kind, FaultKind::WrongSpace);
    let (f, ..) = fault("", ".local .align 4 .b8 b[8];\nst.local.u32 [b+12], 1;", one());
    assert_eq!(f.kind, FaultKind::OutOfBounds);
    let (f, ..) = fault(".const .u32 c = 5;", "mov.u64 %rd3, c;\nst.u32 [%rd3], 1;", one());
    assert_eq!(f.kind, FaultKind::ReadOnly);
    let (f, ..) = fault(".shared .b8 s[8];", "ld.shared.u8 %r2, [s+8];", one());
    assert_eq!(f.kind, FaultKind::OutOfBounds);
}

#[test]
fn uninitialised_reads() {
    let track = LaunchConfig { detect_uninit: true, ..one() };
    let local = ".local .align 4 .b8 b[8];\nst.local.u32 [b], 1;\nld.local.u32 %r2, [b+4];";
    for (globals, body) in [
        ("", "ld.global.u32 %r2, [%rd1];"),
        ("", local),
        (".shared .align 4 .b8 s[8];", "st.shared.u16 [s], 1;\nld.shared.u32 %r2, [s];"),
        ("", "red.global.add.u32 [%rd1], 1;"),
    ] {
        assert_eq!(fault(globals, body, track).0.kind, FaultKind::Uninitialised, "{body}");
        assert!(launch_with(&source(globals, body), one()).is_ok());
    }
    let good = "st.global.u32 [%rd1], 1;\nld.global.u32 %r2, [%rd1];";
    assert!(launch_with(&source("", good), track).is_ok());
}

#[test]
fn other_faults() {
    let (f, ..) = fault("", "L:\nbra L;", LaunchConfig { budget: 1000, ..one() });
    assert_eq!(f.kind, FaultKind::Budget);
    let (f, ..) = fault("", "div.u32 %r2, %r1, 0;", one());
    assert_eq!(f.kind, FaultKind::DivideByZero);
    let (f, thread, _) = fault("", "setp.eq.u32 %p1, %r1, 5;\n@%p1 trap;", LaunchConfig::linear(1, 32));
    assert_eq!((f.kind, thread[0]), (FaultKind::Trap, 5));
    let (f, ..) = fault(
        "",
        "setp.eq.u32 %p1, %r1, 5;\n@%p1 bra E;\nshfl.sync.idx.b32 %r2, %r1, 0, 31, -1;\n\
         bra.uni F;\nE:\nbar.sync 0;\nF:",
        LaunchConfig::linear(1, 32),
    );
    assert_eq!(f.kind, FaultKind::Deadlock);
    let (f, ..) = fault("", "add.u32 %r2, %r1, 9;\nT: .branchtargets A, B;\nbrx.idx %r2, T;\nA:\nB:", one());
    assert_eq!(f.kind, FaultKind::BadBranchIndex);
}

#[test]
fn text_errors() {
    for (body, what) in [
        ("frob.u32 %r1, %r2;", "frob.u32: unknown"),
        ("add.u32 %r1, %nothing, 1;", "unknown name %nothing"),
        ("bra NOWHERE;", "label NOWHERE"),
        ("add.rz.f32 %f1, %f2, %f3;", "rounding mode .rz"),
        ("add.u32.strange %r1, %r2, %r3;", ".strange"),
        ("add.u32 %r1, %r2;", "operands"),
        ("mov.u32 %r1 %r2;", "expected"),
    ] {
        let text = source("", body);
        let e = Module::parse(&text).err().expect(body);
        assert!(e.to_string().contains(what), "{e}");
        assert_eq!(e.line, 15, "{e}");
    }
}

#[test]
fn bad_launches() {
    let text = source("", "");
    let module = Module::parse(&text).unwrap();
    let mut d = Device::new(&module);
    let args = Args::new().ptr(DevPtr(0)).bytes();
    for (name, cfg, args) in [
        ("nothing", one(), &args[..]),
        ("k", one(), &args[..4]),
        ("k", LaunchConfig::linear(1, 1025), &args[..]),
        ("k", LaunchConfig::linear(1, 0), &args[..]),
    ] {
        assert!(matches!(d.launch(name, &cfg, args), Err(LaunchError::Invalid(_))));
    }
}

#[test]
fn freed_buffers() {
    let module = Module::parse(&source("", "st.global.u32 [%rd1], 1;")).unwrap();
    let mut d = Device::new(&module);
    let out = d.alloc(4);
    d.free(out);
    assert!(d.launch("k", &one(), &Args::new().ptr(out).bytes()).is_err());
}

#[test]
fn statistics() {
    // Thread i runs its loop i times; two instructions of the loop count.
    let body = "
mov.u32 %r2, 0;
mov.f32 %f1, 0f3F800000;
L:
setp.ge.u32 %p1, %r2, %r1;
@%p1 bra E;
add.u32 %r2, %r2, 1;
add.f32 %f1, %f1, %f1;
sin.approx.f32 %f2, %f1;
bra L;
E:";
    let text = source("", body);
    let (_, s) = launch_with(&text, LaunchConfig::linear(1, 32)).unwrap();
    let count = |name: &str| s.by_opcode.iter().find(|o| o.name == name).map_or(0, |o| o.count);
    let turns = 31 * 32 / 2;
    assert_eq!(count("add.u32"), turns);
    assert_eq!(s.approx(), turns);
    assert_eq!(s.contractible(), turns);
    assert!(!s.bit_reproducible());
    assert_eq!(count("setp.ge.u32"), turns + 32);
    assert_eq!(s.max_per_thread, 5 + 2 + 31 * 6 + 2 + 1);
    assert_eq!(s.instructions, 32 * (5 + 2 + 2 + 1) + turns * 6);
    assert_eq!(s.warp_slots, 32 * s.max_per_thread);
    assert_eq!(s.instructions, s.by_opcode.iter().map(|o| o.count).sum::<u64>());
}

#[test]
fn module_variables() {
    let globals = "
.global .align 4 .u32 counter;
.const .align 4 .b8 bytes[8] = {1, 2, 3, 4, 5};
.global .align 8 .u64 pointers[2] = {bytes2, generic(bytes2)+1};
.global .align 1 .b8 bytes2[2] = {7, 9};
.global .align 4 .f32 floats[2] = {0f3F800000, 2.0};
";
    let body = "
atom.global.add.u32 %r2, [counter], 5;
ld.const.u8 %r3, [bytes+4];
ld.global.u64 %rd3, [pointers+8];
ld.u8 %r4, [%rd3];
ld.global.f32 %f1, [floats+4];
cvt.rzi.u32.f32 %r5, %f1;
st.global.v4.u32 [%rd1], {%r2, %r3, %r4, %r5};";
    let text = source(globals, body);
    let module = Module::parse(&text).unwrap();
    let mut d = Device::new(&module);
    let out = d.alloc(16);
    for turn in 0..2 {
        d.launch("k", &one(), &Args::new().ptr(out).bytes()).unwrap();
        assert_eq!(words(&d.download(out).unwrap()), [5 * turn, 5, 9, 2]);
    }
    let counter = d.symbol("counter").unwrap();
    assert_eq!(words(&d.download(counter).unwrap()), [10]);
}

#[test]
fn debug_directives_are_skipped() {
    let globals = ".file 1 \"/src/lib.rs\"\n.section .debug_abbrev\n{\n.b8 1\n.b8 2\n}";
    let body = ".loc 1 5 3\n.pragma \"nounroll\";\n.loc 1 6 3, function_name $L__info, inlined_at 1 2 3\nst.global.u32 [%rd1], 3;";
    let (got, _) = launch_with(&source(globals, body), one()).unwrap();
    assert_eq!(got[0], 3);
}

#[test]
fn command_line() {
    let dir = std::env::temp_dir().join(format!("ptxrun-cli-{}", std::process::id()));
    std::fs::create_dir_all(&dir).unwrap();
    let path = |n: &str| dir.join(n).to_str().unwrap().to_string();
    let body = "ld.global.u32 %r2, [%rd2];\nadd.u32 %r2, %r2, %r1;\nst.global.u32 [%rd2], %r2;";
    std::fs::write(path("k.ptx"), source("", body)).unwrap();
    std::fs::write(path("in.bin"), bytes(&[10, 20, 30, 40])).unwrap();
    let tool = || std::process::Command::new(env!("CARGO_BIN_EXE_ptxrun"));
    let arg = format!("inout:{}:{}", path("in.bin"), path("out.bin"));
    let run = tool()
        .args([&path("k.ptx"), "k", "--grid", "1", "--block", "4", "--arg", &arg, "--stats", "--seq"])
        .output()
        .unwrap();
    assert!(run.status.success(), "{}", String::from_utf8_lossy(&run.stderr));
    assert_eq!(words(&std::fs::read(path("out.bin")).unwrap()), [10, 21, 32, 43]);
    let list = tool().args([&path("k.ptx"), "--list"]).output().unwrap();
    assert!(String::from_utf8_lossy(&list.stdout).contains("k: 8 bytes of arguments"));
    let bad = tool().args([&path("k.ptx"), "k", "--block", "5", "--arg", &arg]).output().unwrap();
    assert!(!bad.status.success());
    assert!(String::from_utf8_lossy(&bad.stderr).contains("thread (4,0,0), line 15"));
    std::fs::remove_dir_all(&dir).unwrap();
}
