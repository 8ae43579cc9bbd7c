//! Kernels: PTX texts of this crate, compiled by the driver, and how they are launched.

use std::ffi::{CString, c_void};
use std::ptr::null_mut;
use std::sync::Arc;
use std::sync::mpsc::{self, RecvTimeoutError};
use std::thread;
use std::time::{Duration, Instant};

use cudarc::driver::result::{self, DriverError, function, module, occupancy};
use cudarc::driver::sys::{self, CUfunction_attribute, CUjit_option, CUresult};
use cudarc::driver::{CudaContext, CudaStream};

use crate::repertoire::is_simple;
use crate::transport::Scene;

use super::driver::{self, DeviceInfo};
use super::error::{CudaError, CudaVersion};
use super::plan::Wants;

/// The kernels that the engine launches: what they give, and in which scenes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum KernelName {
    /// Hits and counts, in any scene.
    Propagate,
    /// Also what else can be asked for.
    Recorded,
    /// As `Propagate`, in scenes that [`is_simple`](crate::repertoire::is_simple) allows.
    PropagateSimple,
    /// As `Recorded`, in the same scenes.
    RecordedSimple,
}

impl KernelName {
    /// The kernel for what is asked for in a scene.
    pub(super) fn of(wants: &Wants, scene: &Scene) -> Self {
        match (wants.records(), is_simple(scene)) {
            (false, false) => Self::Propagate,
            (true, false) => Self::Recorded,
            (false, true) => Self::PropagateSimple,
            (true, true) => Self::RecordedSimple,
        }
    }

    fn text(self) -> &'static str {
        match self {
            Self::Propagate => include_str!("../../ptx/propagate.ptx"),
            Self::Recorded => include_str!("../../ptx/recorded.ptx"),
            Self::PropagateSimple => include_str!("../../ptx/propagate_simple.ptx"),
            Self::RecordedSimple => include_str!("../../ptx/recorded_simple.ptx"),
        }
    }

    fn entry(self) -> &'static str {
        match self {
            Self::Propagate => "propagate",
            Self::Recorded => "propagate_recorded",
            Self::PropagateSimple => "propagate_simple",
            Self::RecordedSimple => "propagate_recorded_simple",
        }
    }
}

/// What a kernel takes of a device, and how it is launched there.
#[derive(Debug, Clone, PartialEq)]
pub struct KernelReport {
    /// Its entry point.
    pub name: &'static str,
    /// Seconds in which the driver has compiled it, or found it in its cache.
    pub load_s: f64,
    /// Registers of a thread.
    pub registers: u32,
    /// Memory of its own of a thread (stack, spills), bytes.
    pub local_bytes: u32,
    /// Threads of a block.
    pub threads: u32,
    /// Blocks that a multiprocessor runs at once.
    pub blocks_per_multiprocessor: u32,
    /// Blocks of a full launch.
    pub blocks: u32,
    /// Share of the threads that a multiprocessor could hold.
    pub occupancy: f64,
}

/// A compiled kernel.
#[derive(Debug)]
pub(super) struct Kernel {
    context: Arc<CudaContext>,
    module: sys::CUmodule,
    function: sys::CUfunction,
    pub(super) report: KernelReport,
}

// SAFETY: handles of the driver, which any thread may use.
unsafe impl Send for Kernel {}

/// Sizes of blocks to choose from: whole warps.
const THREADS: [u32; 3] = [128, 256, 64];

/// How long a user waits without being told what for.
const PATIENCE: Duration = Duration::from_secs(1);

/// What the driver's compiler may say.
const LOG_BYTES: usize = 8192;

impl Kernel {
    /// Has the driver compile a kernel. The first time this takes up to a minute, and the log says so; the driver keeps
    /// the result in its cache (`~/.nv/ComputeCache`), by the text, the device and its own version. `registers` is the most
    /// of a thread, instead of the bound in the text.
    ///
    /// # Errors
    /// If the driver refuses, which says why.
    pub(super) fn load(
        name: KernelName,
        context: &Arc<CudaContext>,
        info: &DeviceInfo,
        driver: CudaVersion,
        registers: Option<u32>,
    ) -> Result<Self, CudaError> {
        const DOING: &str = "load a kernel";
        let explain = |error| driver::explain(&info.name, DOING, error);
        context.bind_to_thread().map_err(explain)?;
        let begun = Instant::now();
        let notice = format!(
            "{} compiles the kernel {}: the first time this takes up to a minute, then its driver has it in its cache",
            info.name,
            name.entry()
        );
        let say = move || log::info!(target: "CudaEngine", "{notice}");
        let module = saying_if_slow(PATIENCE, say, || compile(name, info, driver, registers))?;
        let unfinished = Self {
            context: context.clone(),
            module,
            function: null_mut(),
            report: KernelReport { load_s: begun.elapsed().as_secs_f64(), ..KernelReport::empty(name) },
        };
        unfinished.find(name, info).map_err(explain)
    }

    fn find(mut self, name: KernelName, info: &DeviceInfo) -> Result<Self, DriverError> {
        let entry = CString::new(name.entry()).unwrap_or_default();
        // SAFETY: the module was loaded just now.
        self.function = unsafe { module::get_function(self.module, entry) }?;
        // SAFETY: the function belongs to the module, which lives as long as `self`.
        let ask = |attribute| unsafe { function::get_function_attribute(self.function, attribute) };
        let registers = ask(CUfunction_attribute::CU_FUNC_ATTRIBUTE_NUM_REGS)?;
        let local_bytes = ask(CUfunction_attribute::CU_FUNC_ATTRIBUTE_LOCAL_SIZE_BYTES)?;
        let most = ask(CUfunction_attribute::CU_FUNC_ATTRIBUTE_MAX_THREADS_PER_BLOCK)?.max(32) as u32;
        let mut best = (32, 1);
        for threads in THREADS.into_iter().filter(|&threads| threads <= most) {
            // SAFETY: as above.
            let blocks =
                unsafe { occupancy::max_active_block_per_multiprocessor(self.function, threads as i32, 0) }?
                    .max(0) as u32;
            if blocks * threads > best.0 * best.1 {
                best = (threads, blocks);
            }
        }
        let (threads, blocks_per_multiprocessor) = best;
        self.report = KernelReport {
            name: name.entry(),
            load_s: self.report.load_s,
            registers: registers.max(0) as u32,
            local_bytes: local_bytes.max(0) as u32,
            threads,
            blocks_per_multiprocessor,
            blocks: blocks_per_multiprocessor * info.multiprocessors,
            occupancy: f64::from(threads * blocks_per_multiprocessor)
                / f64::from(info.threads_per_multiprocessor),
        };
        Ok(self)
    }

    /// Launches enough threads for `photons`, but no more than fill the device: each follows one photon after another.
    ///
    /// # Safety
    /// `parameters` must be the address of launch parameters in the device's memory, and they and everything that they
    /// lead to must stay until the stream has come past the launch.
    pub(super) unsafe fn launch(
        &self,
        parameters: u64,
        photons: u64,
        stream: &CudaStream,
    ) -> Result<(), DriverError> {
        let threads = self.report.threads;
        let needed = photons.div_ceil(threads.into()).max(1);
        let blocks = needed.min(self.report.blocks.into()) as u32;
        let mut address = parameters;
        let mut arguments = [(&raw mut address).cast::<c_void>()];
        // SAFETY: the kernel takes one address, which the driver copies before it returns; the caller vouches for it.
        unsafe {
            result::launch_kernel(
                self.function,
                (blocks, 1, 1),
                (threads, 1, 1),
                0,
                stream.cu_stream(),
                &mut arguments,
            )
        }
    }
}

impl Drop for Kernel {
    fn drop(&mut self) {
        let _ = self.context.bind_to_thread();
        // SAFETY: no launch of it is under way: the device waits for its streams before it lets kernels go.
        let _ = unsafe { module::unload(self.module) };
    }
}

impl KernelReport {
    fn empty(name: KernelName) -> Self {
        Self {
            name: name.entry(),
            load_s: 0.0,
            registers: 0,
            local_bytes: 0,
            threads: 0,
            blocks_per_multiprocessor: 0,
            blocks: 0,
            occupancy: 0.0,
        }
    }
}

/// Does `work`, and has `say` called meanwhile if it takes longer than `patience`.
fn saying_if_slow<T>(patience: Duration, say: impl FnOnce() + Send + 'static, work: impl FnOnce() -> T) -> T {
    let (done, waiting) = mpsc::channel::<()>();
    let watcher = thread::spawn(move || {
        if waiting.recv_timeout(patience) == Err(RecvTimeoutError::Timeout) {
            say();
        }
    });
    let result = work();
    drop(done);
    let _ = watcher.join();
    result
}

fn compile(
    name: KernelName,
    info: &DeviceInfo,
    driver: CudaVersion,
    registers: Option<u32>,
) -> Result<sys::CUmodule, CudaError> {
    let text = if registers.is_some() { without_bound(name.text()) } else { name.text().to_owned() };
    let text = CString::new(text).unwrap_or_default();
    let mut log = vec![0u8; LOG_BYTES];
    let mut options =
        vec![CUjit_option::CU_JIT_ERROR_LOG_BUFFER, CUjit_option::CU_JIT_ERROR_LOG_BUFFER_SIZE_BYTES];
    let mut values: Vec<*mut c_void> =
        vec![log.as_mut_ptr().cast(), std::ptr::without_provenance_mut(LOG_BYTES)];
    if let Some(registers) = registers {
        options.push(CUjit_option::CU_JIT_MAX_REGISTERS);
        values.push(std::ptr::without_provenance_mut(registers as usize));
    }
    let mut module = null_mut();
    // SAFETY: the text ends with a zero, the options are those that the driver documents, and all outlives the call.
    let answer = unsafe {
        sys::cuModuleLoadDataEx(
            &raw mut module,
            text.as_ptr().cast(),
            options.len() as u32,
            options.as_mut_ptr(),
            values.as_mut_ptr(),
        )
    };
    answer.result().map(|()| module).map_err(|error| refusal(name, info, driver, error, &log))
}

fn refusal(
    name: KernelName,
    info: &DeviceInfo,
    driver: CudaVersion,
    error: DriverError,
    log: &[u8],
) -> CudaError {
    let device = info.name.clone();
    match error.0 {
        CUresult::CUDA_ERROR_UNSUPPORTED_PTX_VERSION => {
            CudaError::DriverTooOld { device, driver, ptx: ptx_version(name.text()) }
        }
        CUresult::CUDA_ERROR_INVALID_PTX
        | CUresult::CUDA_ERROR_NO_BINARY_FOR_GPU
        | CUresult::CUDA_ERROR_INVALID_IMAGE
        | CUresult::CUDA_ERROR_JIT_COMPILER_NOT_FOUND
        | CUresult::CUDA_ERROR_JIT_COMPILATION_DISABLED => {
            let what = driver::words(error);
            CudaError::PtxRefused { device, kernel: name.entry(), what, log: log_text(log) }
        }
        _ => driver::explain(&device, "compile a kernel", error),
    }
}

/// The text without its bound of registers, which the driver would take instead of the one that it is told.
fn without_bound(text: &str) -> String {
    let lines = text.lines().filter(|line| !line.starts_with(".maxnreg "));
    lines.flat_map(|line| [line, "\n"]).collect()
}

/// The version that a PTX text says it is of.
fn ptx_version(text: &str) -> String {
    let line = text.lines().find_map(|line| line.strip_prefix(".version "));
    line.unwrap_or("of an unknown version").trim().to_owned()
}

/// What the compiler has left in its buffer, on lines of its own.
fn log_text(log: &[u8]) -> String {
    let end = log.iter().position(|&byte| byte == 0).unwrap_or(log.len());
    let text = String::from_utf8_lossy(&log[..end]);
    text.trim().lines().map(|line| format!("\n    {line}")).collect()
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::{AtomicBool, Ordering};

    use super::*;

    #[test]
    fn what_is_slow_is_told_and_what_is_not_is_not() {
        for (patience_ms, work_ms, told) in [(5, 100, true), (10_000, 1, false)] {
            let said = Arc::new(AtomicBool::new(false));
            let saying = said.clone();
            let say = move || saying.store(true, Ordering::Relaxed);
            let work = || thread::sleep(Duration::from_millis(work_ms));
            saying_if_slow(Duration::from_millis(patience_ms), say, work);
            assert_eq!(said.load(Ordering::Relaxed), told);
        }
    }

    #[test]
    fn the_texts_have_the_kernels_and_what_errors_tell_of_them() {
        use KernelName as K;
        for name in [K::Propagate, K::Recorded, K::PropagateSimple, K::RecordedSimple] {
            assert!(name.text().contains(&format!(".entry {}(", name.entry())), "{name:?}");
            assert_eq!(ptx_version(name.text()), "7.0");
            assert!(name.text().contains("\n.target sm_80"));
        }
        assert_eq!(log_text(b"ptxas : error\n  line 2\n\0\0\0"), "\n    ptxas : error\n      line 2");
        assert_eq!(log_text(b"\0"), "");
        let (bounded, free) = (K::PropagateSimple.text(), without_bound(K::PropagateSimple.text()));
        assert_eq!((bounded.matches(".maxnreg").count(), free.matches(".maxnreg").count()), (1, 0));
        assert_eq!(free.lines().count() + 1, bounded.lines().count());
    }
}
