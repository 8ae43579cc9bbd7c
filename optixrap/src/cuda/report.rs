//! What the engine tells of its devices.

use super::driver::DeviceInfo;
use super::error::CudaVersion;
use super::kernel::KernelReport;

/// What the CUDA engine is, and has done so far.
#[derive(Debug, Clone, PartialEq)]
pub struct CudaReport {
    /// The version of CUDA that the driver is made for.
    pub driver: CudaVersion,
    /// The devices in use.
    pub devices: Vec<DeviceReport>,
}

impl CudaReport {
    /// What all devices have done together.
    pub fn totals(&self) -> LaunchTotals {
        self.devices.iter().fold(LaunchTotals::default(), |sum, device| sum.plus(&device.totals))
    }
}

/// What a device is, and has done so far.
#[derive(Debug, Clone, PartialEq)]
pub struct DeviceReport {
    /// The device.
    pub info: DeviceInfo,
    /// Memory that the engine may use, bytes.
    pub memory_budget_bytes: u64,
    /// Memory that it uses now, bytes.
    pub memory_held_bytes: u64,
    /// The most that it has used, bytes.
    pub memory_peak_bytes: u64,
    /// The kernels that have been compiled.
    pub kernels: Vec<KernelReport>,
    /// What it has done.
    pub totals: LaunchTotals,
}

/// Sums over launches.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct LaunchTotals {
    /// Launches, repetitions included.
    pub launches: u64,
    /// Launches that were repeated, since they had more results than room.
    pub repeated: u64,
    /// Photons that were launched, those of repeated launches once more.
    pub photons: u64,
    /// Time in which a kernel was running, s.
    pub kernel_s: f64,
    /// Time of copies, s; some of it while kernels were running.
    pub copy_s: f64,
    /// Bytes copied to the device.
    pub bytes_up: u64,
    /// Bytes copied to the host.
    pub bytes_down: u64,
}

impl LaunchTotals {
    fn combined(&self, other: &Self, whole: fn(u64, u64) -> u64, real: fn(f64, f64) -> f64) -> Self {
        Self {
            launches: whole(self.launches, other.launches),
            repeated: whole(self.repeated, other.repeated),
            photons: whole(self.photons, other.photons),
            kernel_s: real(self.kernel_s, other.kernel_s),
            copy_s: real(self.copy_s, other.copy_s),
            bytes_up: whole(self.bytes_up, other.bytes_up),
            bytes_down: whole(self.bytes_down, other.bytes_down),
        }
    }

    /// The sum of both.
    pub fn plus(&self, other: &Self) -> Self {
        self.combined(other, |a, b| a + b, |a, b| a + b)
    }

    /// What came since `earlier`.
    pub fn since(&self, earlier: &Self) -> Self {
        self.combined(earlier, u64::saturating_sub, |a, b| (a - b).max(0.0))
    }
}

/// Memory of a device as its driver tells it, all programs together, bytes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DeviceMemory {
    /// Number of the device in the driver's list.
    pub index: usize,
    /// Free.
    pub free_bytes: u64,
    /// Free or not.
    pub total_bytes: u64,
}
