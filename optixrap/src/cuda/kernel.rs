//! Kernels: PTX texts of this crate, compiled by the driver, and how they are launched.

use std::ffi::{CString, c_void};
use std::ptr::null_mut;
use std::sync::Arc;

use cudarc::driver::result::{self, DriverError, function, module, occupancy};
use cudarc::driver::sys::{self, CUfunction_attribute, CUjit_option, CUresult};
use cudarc::driver::{CudaContext, CudaStream};

use super::driver::{self, DeviceInfo};
use super::error::{CudaError, CudaVersion};

/// The kernels that the engine launches.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum KernelName {
    /// Hits and counts.
    Propagate,
    /// Also what else can be asked for.
    Recorded,
}

impl KernelName {
    fn text(self) -> &'static str {
        match self {
            Self::Propagate => include_str!("../../ptx/propagate.ptx"),
            Self::Recorded => include_str!("../../ptx/recorded.ptx"),
        }
    }

    fn entry(self) -> &'static str {
        match self {
            Self::Propagate => "propagate",
            Self::Recorded => "propagate_recorded",
        }
    }
}

/// What a kernel takes of a device, and how it is launched there.
#[derive(Debug, Clone, PartialEq)]
pub struct KernelReport {
    /// Its entry point.
    pub name: &'static str,
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

/// What the driver's compiler may say.
const LOG_BYTES: usize = 8192;

impl Kernel {
    /// Has the driver compile a kernel. This takes seconds the first time; the driver keeps the result in its cache.
    ///
    /// # Errors
    /// If the driver refuses, which says why.
    pub(super) fn load(
        name: KernelName,
        context: &Arc<CudaContext>,
        info: &DeviceInfo,
        driver: CudaVersion,
    ) -> Result<Self, CudaError> {
        const DOING: &str = "load a kernel";
        let explain = |error| driver::explain(&info.name, DOING, error);
        context.bind_to_thread().map_err(explain)?;
        let module = compile(name, info, driver)?;
        let unfinished = Self {
            context: context.clone(),
            module,
            function: null_mut(),
            report: KernelReport::empty(name),
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
            registers: 0,
            local_bytes: 0,
            threads: 0,
            blocks_per_multiprocessor: 0,
            blocks: 0,
            occupancy: 0.0,
        }
    }
}

fn compile(name: KernelName, info: &DeviceInfo, driver: CudaVersion) -> Result<sys::CUmodule, CudaError> {
    let text = CString::new(name.text()).unwrap_or_default();
    let mut log = vec![0u8; LOG_BYTES];
    let mut options =
        [CUjit_option::CU_JIT_ERROR_LOG_BUFFER, CUjit_option::CU_JIT_ERROR_LOG_BUFFER_SIZE_BYTES];
    let mut values: [*mut c_void; 2] = [log.as_mut_ptr().cast(), std::ptr::without_provenance_mut(LOG_BYTES)];
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
    use super::*;

    #[test]
    fn the_texts_have_the_kernels_and_what_errors_tell_of_them() {
        for name in [KernelName::Propagate, KernelName::Recorded] {
            assert!(name.text().contains(&format!(".entry {}(", name.entry())), "{name:?}");
            assert_eq!(ptx_version(name.text()), "7.0");
            assert!(name.text().contains("\n.target sm_80"));
        }
        assert_eq!(log_text(b"ptxas : error\n  line 2\n\0\0\0"), "\n    ptxas : error\n      line 2");
        assert_eq!(log_text(b"\0"), "");
    }
}
