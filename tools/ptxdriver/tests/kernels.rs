//! Small kernels, written by hand, and how they are launched.

use std::sync::Arc;

use cudarc::driver::{
    CudaContext, CudaFunction, CudaSlice, CudaStream, DriverError, LaunchConfig, PushKernelArg, sys,
};
use cudarc::nvrtc::Ptx;

const HEAD: &str = "
.version 7.4
.target sm_80
.address_size 64
.visible .global .align 4 .u32 calls = 0;
";

/// `out[i] = a[i] + b[i]` for `i < n`, and counts the threads that did so.
const ADD: &str = "
.visible .entry add(.param .u64 a, .param .u64 b, .param .u64 out, .param .u32 n) {
    .reg .pred %p<2>; .reg .b32 %r<9>; .reg .b64 %rd<9>; .reg .f32 %f<4>;
    ld.param.b64 %rd1, [a];
    ld.param.b64 %rd2, [b];
    ld.param.b64 %rd3, [out];
    ld.param.b32 %r1, [n];
    mov.u32 %r2, %ctaid.x;
    mov.u32 %r3, %ntid.x;
    mov.u32 %r4, %tid.x;
    mad.lo.s32 %r5, %r2, %r3, %r4;
    setp.ge.u32 %p1, %r5, %r1;
    @%p1 bra DONE;
    mul.wide.u32 %rd4, %r5, 4;
    add.s64 %rd5, %rd1, %rd4;
    add.s64 %rd6, %rd2, %rd4;
    add.s64 %rd7, %rd3, %rd4;
    ld.global.f32 %f1, [%rd5];
    ld.global.f32 %f2, [%rd6];
    add.rn.f32 %f3, %f1, %f2;
    st.global.f32 [%rd7], %f3;
    atom.global.add.u32 %r6, [calls], 1;
DONE:
    ret;
}";

/// Every thread adds one to a counter and keeps what it was in its own place.
const NUMBER: &str = "
.visible .entry number(.param .u64 counter, .param .u64 out) {
    .reg .b32 %r<6>; .reg .b64 %rd<5>;
    ld.param.b64 %rd1, [counter];
    ld.param.b64 %rd2, [out];
    mov.u32 %r1, %ctaid.x;
    mov.u32 %r2, %ntid.x;
    mov.u32 %r3, %tid.x;
    mad.lo.s32 %r4, %r1, %r2, %r3;
    atom.global.add.u32 %r5, [%rd1], 1;
    mul.wide.u32 %rd3, %r4, 4;
    add.s64 %rd4, %rd2, %rd3;
    st.global.u32 [%rd4], %r5;
    ret;
}";

/// Multiplies one word by three and adds one: what it gives depends on the order of launches.
const STEP: &str = "
.visible .entry step(.param .u64 word) {
    .reg .b32 %r<3>; .reg .b64 %rd<2>;
    ld.param.b64 %rd1, [word];
    ld.global.u32 %r1, [%rd1];
    mad.lo.s32 %r2, %r1, 3, 1;
    st.global.u32 [%rd1], %r2;
    ret;
}";

/// A trap, and a loop without end.
const BAD: &str = "
.visible .entry give_up() { trap; }
.visible .entry spin() {
AGAIN:
    bra AGAIN;
}";

/// All kernels in one text.
pub(crate) fn text() -> String {
    [HEAD, ADD, NUMBER, STEP, BAD].concat()
}

/// The text for another version or target.
pub(crate) fn text_for(version: &str, target: &str) -> String {
    text().replace("7.4", version).replace("sm_80", target)
}

/// A kernel of the text, loaded anew.
pub(crate) fn load(context: &Arc<CudaContext>, kernel: &str) -> Result<CudaFunction, DriverError> {
    context.load_module(Ptx::from_src(text()))?.load_function(kernel)
}

/// Adds two vectors of the host on a device, with a block too few threads short of a multiple.
pub(crate) fn add(
    stream: &Arc<CudaStream>,
    kernel: &CudaFunction,
    a: &[f32],
    b: &[f32],
) -> Result<Vec<f32>, DriverError> {
    let (a, b) = (stream.clone_htod(a)?, stream.clone_htod(b)?);
    let mut out = stream.alloc_zeros::<f32>(a.len())?;
    launch_add(stream, kernel, (&a, &b), &mut out)?;
    stream.clone_dtoh(&out)
}

/// Launches `add` over all of `out`.
pub(crate) fn launch_add(
    stream: &Arc<CudaStream>,
    kernel: &CudaFunction,
    (a, b): (&CudaSlice<f32>, &CudaSlice<f32>),
    out: &mut CudaSlice<f32>,
) -> Result<(), DriverError> {
    let n = out.len() as u32;
    let mut builder = stream.launch_builder(kernel);
    builder.arg(a).arg(b).arg(out).arg(&n);
    // SAFETY: the arguments are those of the kernel, which checks the index against n.
    unsafe { builder.launch(linear(n.div_ceil(64), 64)) }.map(|_| ())
}

/// Launches `step` on one word.
pub(crate) fn launch_step(
    stream: &Arc<CudaStream>,
    kernel: &CudaFunction,
    word: &mut CudaSlice<u32>,
) -> Result<(), DriverError> {
    let mut builder = stream.launch_builder(kernel);
    builder.arg(word);
    // SAFETY: one thread uses the one word.
    unsafe { builder.launch(linear(1, 1)) }.map(|_| ())
}

/// Launches a kernel without arguments in one thread.
pub(crate) fn launch_bare(stream: &Arc<CudaStream>, kernel: &CudaFunction) -> Result<(), DriverError> {
    // SAFETY: the kernel uses no memory.
    unsafe { stream.launch_builder(kernel).launch(linear(1, 1)) }.map(|_| ())
}

/// A one-dimensional grid.
pub(crate) fn linear(blocks: u32, threads: u32) -> LaunchConfig {
    LaunchConfig { grid_dim: (blocks, 1, 1), block_dim: (threads, 1, 1), shared_mem_bytes: 0 }
}

/// Two vectors and their sum.
pub(crate) fn vectors(n: usize) -> [Vec<f32>; 3] {
    let a: Vec<f32> = (0..n).map(|i| i as f32).collect();
    let b: Vec<f32> = (0..n).map(|i| 0.5 * i as f32).collect();
    let sum = (0..n).map(|i| 1.5 * i as f32).collect();
    [a, b, sum]
}

/// The number of an error.
pub(crate) fn code<T>(result: Result<T, DriverError>) -> sys::CUresult {
    result.map_or_else(|error| error.0, |_| sys::CUresult::CUDA_SUCCESS)
}
