//! The driver's library: whether it is there and whole, and what its answers mean.
//!
//! `cudarc` opens the library when a function is first called, and panics where the library or the function is missing.
//! So every function that this crate calls is looked up here before anything else.

use cudarc::driver::result::{self, DriverError, device};
use cudarc::driver::sys::{self, CUdevice_attribute, CUresult};

use super::error::{Bytes, CudaError, CudaVersion, DeviceName};

/// Every function of the driver that is called, by `cudarc` or here. All are in CUDA 11.0 and every later version.
const FUNCTIONS: [&str; 36] = [
    "cuInit",
    "cuDriverGetVersion",
    "cuGetErrorName",
    "cuGetErrorString",
    "cuDeviceGet",
    "cuDeviceGetCount",
    "cuDeviceGetName",
    "cuDeviceGetAttribute",
    "cuDeviceTotalMem_v2",
    "cuDevicePrimaryCtxRetain",
    "cuDevicePrimaryCtxRelease_v2",
    "cuCtxGetCurrent",
    "cuCtxSetCurrent",
    "cuCtxSynchronize",
    "cuMemGetInfo_v2",
    "cuMemAlloc_v2",
    "cuMemFree_v2",
    "cuMemHostAlloc",
    "cuMemFreeHost",
    "cuMemcpyHtoDAsync_v2",
    "cuMemcpyDtoHAsync_v2",
    "cuMemsetD8Async",
    "cuModuleLoadDataEx",
    "cuModuleGetFunction",
    "cuModuleUnload",
    "cuFuncGetAttribute",
    "cuOccupancyMaxActiveBlocksPerMultiprocessor",
    "cuLaunchKernel",
    "cuStreamCreate",
    "cuStreamDestroy_v2",
    "cuStreamSynchronize",
    "cuEventCreate",
    "cuEventDestroy_v2",
    "cuEventRecord",
    "cuEventSynchronize",
    "cuEventElapsedTime",
];

/// The first compute capability that the kernels are made for.
const CAPABILITY: (i32, i32) = (8, 0);

/// What the driver tells of a device without making a context on it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DeviceInfo {
    /// Number and name.
    pub name: DeviceName,
    /// Compute capability: 8.0 for an A100, 9.0 for an H100.
    pub capability: (i32, i32),
    /// Number of multiprocessors.
    pub multiprocessors: u32,
    /// Threads that a multiprocessor can hold.
    pub threads_per_multiprocessor: u32,
    /// Memory, bytes.
    pub memory_bytes: u64,
    /// Highest clock of the multiprocessors, kHz; 0 if the driver does not tell.
    pub clock_khz: u32,
    /// Highest clock of the memory, kHz; 0 if the driver does not tell.
    pub memory_clock_khz: u32,
    /// Width of the memory's bus, bits; 0 if the driver does not tell.
    pub memory_bus_bits: u32,
}

impl DeviceInfo {
    /// Whether the kernels can run on it.
    pub fn is_supported(&self) -> bool {
        self.capability >= CAPABILITY
    }

    /// Instructions of warps that it can issue in a second at most: four schedulers per multiprocessor, one each cycle.
    pub fn issue_slots_per_s(&self) -> f64 {
        4.0 * f64::from(self.multiprocessors) * f64::from(self.clock_khz) * 1e3
    }

    /// Bytes that its memory can move in a second at most: two transfers per cycle over the whole bus.
    pub fn memory_bytes_per_s(&self) -> f64 {
        2.0 * f64::from(self.memory_clock_khz) * 1e3 * f64::from(self.memory_bus_bits) / 8.0
    }
}

/// Makes the driver ready and tells its version.
///
/// # Errors
/// If there is no driver, or no device, or not all of the driver.
pub(super) fn start() -> Result<CudaVersion, CudaError> {
    // SAFETY: opens and closes the library by its name; it is the driver's own to be sound then.
    if !unsafe { sys::is_culib_present() } {
        return Err(CudaError::NoDriver);
    }
    // SAFETY: the library is there, and stays open for good.
    let library = unsafe { sys::culib() };
    for symbol in FUNCTIONS {
        // SAFETY: the function is only looked up.
        if unsafe { library.get::<unsafe extern "C" fn()>(symbol.as_bytes()) }.is_err() {
            return Err(CudaError::IncompleteDriver { symbol });
        }
    }
    result::init().map_err(no_device)?;
    let mut version = 0;
    // SAFETY: writes one integer.
    unsafe { sys::cuDriverGetVersion(&raw mut version) }.result().map_err(no_device)?;
    Ok(CudaVersion(version))
}

fn no_device(error: DriverError) -> CudaError {
    CudaError::NoDevice { what: words(error) }
}

/// All devices that the driver reports.
///
/// # Errors
/// If there is none, or the driver fails to tell.
pub(super) fn devices() -> Result<Vec<DeviceInfo>, CudaError> {
    let count = device::get_count().map_err(no_device)?;
    if count < 1 {
        return Err(CudaError::NoDevice { what: "it counts 0".into() });
    }
    (0..count).map(|index| info(index).map_err(no_device)).collect()
}

fn info(index: i32) -> Result<DeviceInfo, DriverError> {
    let device = device::get(index)?;
    // SAFETY: the device was just given by the driver, here and below.
    let ask = |attribute| unsafe { device::get_attribute(device, attribute) };
    let tells = |attribute| ask(attribute).map_or(0, |value| value.max(0) as u32);
    Ok(DeviceInfo {
        name: DeviceName { index: index as usize, name: device::get_name(device)? },
        capability: (
            ask(CUdevice_attribute::CU_DEVICE_ATTRIBUTE_COMPUTE_CAPABILITY_MAJOR)?,
            ask(CUdevice_attribute::CU_DEVICE_ATTRIBUTE_COMPUTE_CAPABILITY_MINOR)?,
        ),
        multiprocessors: ask(CUdevice_attribute::CU_DEVICE_ATTRIBUTE_MULTIPROCESSOR_COUNT)?.max(1) as u32,
        threads_per_multiprocessor: ask(
            CUdevice_attribute::CU_DEVICE_ATTRIBUTE_MAX_THREADS_PER_MULTIPROCESSOR,
        )?
        .max(1) as u32,
        // SAFETY: as above.
        memory_bytes: unsafe { device::total_mem(device) }? as u64,
        clock_khz: tells(CUdevice_attribute::CU_DEVICE_ATTRIBUTE_CLOCK_RATE),
        memory_clock_khz: tells(CUdevice_attribute::CU_DEVICE_ATTRIBUTE_MEMORY_CLOCK_RATE),
        memory_bus_bits: tells(CUdevice_attribute::CU_DEVICE_ATTRIBUTE_GLOBAL_MEMORY_BUS_WIDTH),
    })
}

/// Free and total memory of the device whose context is current, bytes.
pub(super) fn memory() -> Result<(u64, u64), DriverError> {
    result::mem_get_info().map(|(free, total)| (free as u64, total as u64))
}

/// The driver's name and words for an error.
pub(super) fn words(error: DriverError) -> String {
    let text = |found: Result<&std::ffi::CStr, DriverError>| {
        found.map(|text| text.to_string_lossy().into_owned()).unwrap_or_default()
    };
    match (text(error.error_name()), text(error.error_string())) {
        (name, _) if name.is_empty() => format!("driver error {}", error.0 as u32),
        (name, meaning) => format!("{meaning} ({name})"),
    }
}

/// What an answer of the driver means, `doing` being what was asked of the device.
pub(super) fn explain(device: &DeviceName, doing: &'static str, error: DriverError) -> CudaError {
    use CUresult as R;
    let device = device.clone();
    match error.0 {
        R::CUDA_ERROR_LAUNCH_TIMEOUT => CudaError::LaunchTimeout { device },
        R::CUDA_ERROR_OUT_OF_MEMORY => {
            let free = memory().map_or(0, |(free, _)| free);
            CudaError::OutOfMemory { device, doing, asked: Bytes(0), free: Bytes(free) }
        }
        R::CUDA_ERROR_ILLEGAL_ADDRESS
        | R::CUDA_ERROR_LAUNCH_FAILED
        | R::CUDA_ERROR_ILLEGAL_INSTRUCTION
        | R::CUDA_ERROR_MISALIGNED_ADDRESS
        | R::CUDA_ERROR_INVALID_ADDRESS_SPACE
        | R::CUDA_ERROR_INVALID_PC
        | R::CUDA_ERROR_HARDWARE_STACK_ERROR
        | R::CUDA_ERROR_ASSERT
        | R::CUDA_ERROR_ECC_UNCORRECTABLE
        | R::CUDA_ERROR_NVLINK_UNCORRECTABLE
        | R::CUDA_ERROR_CONTAINED
        | R::CUDA_ERROR_CONTEXT_IS_DESTROYED
        | R::CUDA_ERROR_INVALID_CONTEXT
        | R::CUDA_ERROR_DEINITIALIZED
        | R::CUDA_ERROR_EXTERNAL_DEVICE
        | R::CUDA_ERROR_DEVICE_UNAVAILABLE
        | R::CUDA_ERROR_MPS_CLIENT_TERMINATED
        | R::CUDA_ERROR_UNKNOWN => CudaError::ContextLost { device, doing, what: words(error) },
        _ => CudaError::Call { device, doing, what: words(error) },
    }
}
