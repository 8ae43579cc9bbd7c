//! What a job reports of GPUs.

use std::fmt;

use optixrap::cuda::{CudaReport, DeviceReport, KernelReport};
use optixrap::engine::Engine;
use serde::Serialize;
use sysrap::LineFit;

/// What the GPUs are and did.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct GpuReport {
    /// The version of CUDA that the driver is made for.
    pub driver: String,
    /// The devices.
    pub devices: Vec<GpuDevice>,
    /// Launches, repetitions included.
    pub launches: u64,
    /// Launches that were repeated, since they had more results than room.
    pub repeated_launches: u64,
    /// Seconds in which a kernel was running, all devices together.
    pub kernel_seconds: f64,
    /// Seconds of copies, some of them while kernels were running.
    pub copy_seconds: f64,
    /// Bytes copied to the devices.
    pub bytes_to_device: u64,
    /// Bytes copied from them.
    pub bytes_to_host: u64,
    /// Growth of the memory in use on all devices, as their driver tells it (other programs' included), bytes per
    /// event; `null` where it was read less than twice.
    pub memory_slope_bytes_per_event: Option<f64>,
}

/// One of them.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct GpuDevice {
    /// Number in the driver's list, and name.
    pub name: String,
    /// Compute capability, `9.0`.
    pub compute_capability: String,
    /// Memory of the device, bytes.
    pub memory_bytes: u64,
    /// What of it the run could use, bytes.
    pub memory_budget_bytes: u64,
    /// The most that it used, bytes.
    pub memory_peak_bytes: u64,
    /// The kernels that ran.
    pub kernels: Vec<GpuKernel>,
}

/// A kernel as the driver compiled it.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct GpuKernel {
    /// Its entry point; those that end in `_simple` are for simple scenes.
    pub name: &'static str,
    /// Seconds in which the driver compiled it, or found it in its cache.
    pub load_seconds: f64,
    /// Registers of a thread.
    pub registers: u32,
    /// Bytes of a thread's own memory: stack and spilled registers.
    pub local_bytes: u32,
    /// Threads of a block.
    pub threads: u32,
    /// Blocks of a full launch.
    pub blocks: u32,
    /// Share of the threads that a multiprocessor could hold.
    pub occupancy: f64,
}

impl GpuReport {
    pub(super) fn new(report: &CudaReport, memory: &DeviceMemoryFit) -> Self {
        let totals = report.totals();
        Self {
            driver: report.driver.to_string(),
            devices: report.devices.iter().map(GpuDevice::new).collect(),
            launches: totals.launches,
            repeated_launches: totals.repeated,
            kernel_seconds: totals.kernel_s,
            copy_seconds: totals.copy_s,
            bytes_to_device: totals.bytes_up,
            bytes_to_host: totals.bytes_down,
            memory_slope_bytes_per_event: memory.slope(),
        }
    }
}

impl GpuReport {
    /// Lines for the totals.
    pub(super) fn write(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for device in &self.devices {
            let (peak, budget) =
                (device.memory_peak_bytes as f64 / 1e6, device.memory_budget_bytes as f64 / 1e6);
            writeln!(
                f,
                "{}, driver for CUDA {}: {peak:.0} MB used of {budget:.0}",
                device.name, self.driver
            )?;
        }
        writeln!(
            f,
            "launches {} ({} repeated), kernels {:.3} s, copies {:.3} s",
            self.launches, self.repeated_launches, self.kernel_seconds, self.copy_seconds
        )
    }
}

impl GpuDevice {
    fn new(device: &DeviceReport) -> Self {
        let (major, minor) = device.info.capability;
        Self {
            name: device.info.name.to_string(),
            compute_capability: format!("{major}.{minor}"),
            memory_bytes: device.info.memory_bytes,
            memory_budget_bytes: device.memory_budget_bytes,
            memory_peak_bytes: device.memory_peak_bytes,
            kernels: device.kernels.iter().map(GpuKernel::new).collect(),
        }
    }
}

impl GpuKernel {
    fn new(kernel: &KernelReport) -> Self {
        Self {
            name: kernel.name,
            load_seconds: kernel.load_s,
            registers: kernel.registers,
            local_bytes: kernel.local_bytes,
            threads: kernel.threads,
            blocks: kernel.blocks,
            occupancy: kernel.occupancy,
        }
    }
}

/// Readings that are kept.
const MOST_READINGS: usize = 4096;

/// Memory in use on the devices, read after every propagation. Whenever the readings that are kept have become too many,
/// every second of them is dropped, and later ones are kept as sparsely: a run may have any number of events.
#[derive(Debug, Default)]
pub(super) struct DeviceMemoryFit {
    used_bytes: Vec<f64>,
    /// How often the readings were thinned out.
    halvings: u32,
    readings: u64,
    events: u32,
}

impl DeviceMemoryFit {
    /// Reads the memory after `events` events; nothing without a GPU.
    pub(super) fn read(&mut self, events: u32, engine: &Engine) {
        if let Engine::Cuda(cuda) = engine
            && let Ok(devices) = cuda.device_memory()
        {
            let used: u64 = devices.iter().map(|d| d.total_bytes.saturating_sub(d.free_bytes)).sum();
            self.keep(used as f64, events);
        }
    }

    fn keep(&mut self, used_bytes: f64, events: u32) {
        if self.readings.is_multiple_of(self.readings_per_kept()) {
            if self.used_bytes.len() == MOST_READINGS {
                let mut at = 0;
                self.used_bytes.retain(|_| {
                    at += 1;
                    at % 2 == 1
                });
                self.halvings += 1;
            }
            self.used_bytes.push(used_bytes);
        }
        self.readings += 1;
        self.events = events;
    }

    fn readings_per_kept(&self) -> u64 {
        1 << self.halvings
    }

    /// Bytes per event, fitted after the first tenth of the readings, in which buffers find their size.
    fn slope(&self) -> Option<f64> {
        let settled = &self.used_bytes[self.used_bytes.len() / 10..];
        let fit = LineFit::of(settled.iter().copied())?;
        let per_reading = fit.slope / self.readings_per_kept() as f64;
        Some(per_reading * self.readings as f64 / f64::from(self.events.max(1)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// After `readings` propagations of 64 events that each take 640 bytes more, once the first sixteenth has settled.
    fn fit(readings: u32) -> DeviceMemoryFit {
        let mut fit = DeviceMemoryFit::default();
        for i in 0..readings {
            let grown = if i < readings / 16 { 0.0 } else { 640.0 * f64::from(i) };
            fit.keep(1e9 + grown, 64 * (i + 1));
        }
        fit
    }

    #[test]
    fn growth_is_told_per_event() {
        assert!((fit(100).slope().unwrap() - 10.0).abs() < 1e-6);
        assert_eq!(fit(1).slope(), None);
    }

    #[test]
    fn many_readings_are_thinned_out_and_tell_the_same() {
        let long = fit(100_000);
        assert!(long.used_bytes.len() <= MOST_READINGS, "{}", long.used_bytes.len());
        // Reading number 32 i, the first one included, is kept.
        assert_eq!(long.readings_per_kept(), 32);
        assert_eq!(long.used_bytes[1000], 1e9 + 640.0 * 32_000.0);
        assert!((long.slope().unwrap() - 10.0).abs() < 1e-6);
    }
}
