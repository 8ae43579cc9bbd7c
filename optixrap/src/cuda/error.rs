//! What can go wrong between this program and a GPU, and what the user can do about it.

use std::fmt;

/// Why photons cannot be followed on a GPU.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum CudaError {
    /// The driver's library is not there.
    #[error(
        "no NVIDIA driver was found (the library libcuda cannot be loaded); install the driver, or use --engine cpu"
    )]
    NoDriver,
    /// The driver's library is not what it should be.
    #[error("the NVIDIA driver library has no function {symbol}; update the driver, or use --engine cpu")]
    IncompleteDriver {
        /// The function.
        symbol: &'static str,
    },
    /// The driver works, but there is nothing to drive.
    #[error(
        "the NVIDIA driver reports no GPU ({what}); see nvidia-smi and CUDA_VISIBLE_DEVICES, or use --engine cpu"
    )]
    NoDevice {
        /// The driver's answer.
        what: String,
    },
    /// A device was asked for that is not there.
    #[error("there is no GPU {index}: the driver reports {count}, counted from 0")]
    NoSuchDevice {
        /// The device asked for.
        index: usize,
        /// How many there are.
        count: usize,
    },
    /// The device cannot run the kernels.
    #[error(
        "{device} has compute capability {major}.{minor}, and the kernels need 8.0 (Ampere, 2020) or later; choose another GPU, or use --engine cpu"
    )]
    UnsupportedDevice {
        /// The device.
        device: DeviceName,
        /// Its compute capability.
        major: i32,
        /// Its compute capability.
        minor: i32,
    },
    /// The driver does not know the version of the PTX.
    #[error(
        "the NVIDIA driver of {device} (CUDA {driver}) is too old for the kernels (PTX {ptx}, CUDA 11.0 or later); update the driver, or use --engine cpu"
    )]
    DriverTooOld {
        /// The device.
        device: DeviceName,
        /// The version of CUDA that the driver is made for.
        driver: CudaVersion,
        /// Version of the PTX.
        ptx: String,
    },
    /// The driver cannot compile a kernel.
    #[error(
        "the NVIDIA driver of {device} refuses the kernel {kernel}: {what}; update the driver, or use --engine cpu{log}"
    )]
    PtxRefused {
        /// The device.
        device: DeviceName,
        /// The kernel.
        kernel: &'static str,
        /// The driver's answer.
        what: String,
        /// What its compiler says, on lines of its own; may be empty.
        log: String,
    },
    /// Memory that is allowed does not suffice.
    #[error(
        "{device} may use {budget} of memory, of which {held} are in use, and needs {asked} more to {doing}; allow more with --device-memory"
    )]
    Budget {
        /// The device.
        device: DeviceName,
        /// What for.
        doing: &'static str,
        /// How much was to be allocated.
        asked: Bytes,
        /// How much is in use.
        held: Bytes,
        /// How much is allowed.
        budget: Bytes,
    },
    /// The device has no memory left.
    #[error(
        "{device} has not enough free memory to {doing}:{asked_for} {free} are free; other programs use it too (see nvidia-smi): end them, choose another GPU, or lower --device-memory",
        asked_for = asked_for(*asked)
    )]
    OutOfMemory {
        /// The device.
        device: DeviceName,
        /// What for.
        doing: &'static str,
        /// How much was to be allocated; 0 where the driver does not say.
        asked: Bytes,
        /// How much was free.
        free: Bytes,
    },
    /// The system ended a launch.
    #[error(
        "a launch on {device} took longer than the system allows (a GPU that also drives a display is watched); use another GPU, or smaller launches with --launch-photons"
    )]
    LaunchTimeout {
        /// The device.
        device: DeviceName,
    },
    /// Nothing can be done on the device any more.
    #[error(
        "{device} was lost while it was to {doing}: {what}; the event is not complete. The next event starts anew; if it fails too, restart the program, and see nvidia-smi and the system's log"
    )]
    ContextLost {
        /// The device.
        device: DeviceName,
        /// What was being done.
        doing: &'static str,
        /// The driver's answer.
        what: String,
    },
    /// Any other answer of the driver.
    #[error("{device} could not {doing}: {what}")]
    Call {
        /// The device.
        device: DeviceName,
        /// What was being done.
        doing: &'static str,
        /// The driver's answer.
        what: String,
    },
    /// A configuration that the kernels cannot follow.
    #[error(
        "histories on a GPU need a bounce limit below {limit}, not {bounce_max}; lower it, or use --engine cpu"
    )]
    BounceLimit {
        /// The limit asked for.
        bounce_max: u32,
        /// What there is room for.
        limit: u32,
    },
    /// A scene whose photons multiply.
    #[error(
        "material {material} emits several photons for one (WLSMEANNUMBERPHOTONS), which the kernels cannot follow; use --engine cpu, or take that property out"
    )]
    Multiplies {
        /// The material.
        material: String,
    },
    /// A thread that drove a device ended unexpectedly.
    #[error("the thread of a GPU ended unexpectedly; this is a defect of this program")]
    Thread,
}

/// A device as messages name it: `GPU 0 (NVIDIA H200)`.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct DeviceName {
    /// Its number in the driver's list.
    pub index: usize,
    /// Its name; may be empty.
    pub name: String,
}

impl fmt::Display for DeviceName {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        match self.name.as_str() {
            "" => write!(f, "GPU {}", self.index),
            name => write!(f, "GPU {} ({name})", self.index),
        }
    }
}

/// A number of bytes, shown in MiB.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default)]
pub struct Bytes(pub u64);

impl fmt::Display for Bytes {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        write!(f, "{:.1} MiB", self.0 as f64 / f64::from(1 << 20))
    }
}

/// A version of CUDA, as the driver tells it: 1000 times the major version plus 10 times the minor.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default)]
pub struct CudaVersion(pub i32);

impl fmt::Display for CudaVersion {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        write!(f, "{}.{}", self.0 / 1000, self.0 % 1000 / 10)
    }
}

fn asked_for(bytes: Bytes) -> String {
    if bytes.0 == 0 { String::new() } else { format!(" it asked for {bytes},") }
}

impl CudaError {
    /// Whether less memory might do: a smaller launch is worth a try.
    pub(super) fn is_about_memory(&self) -> bool {
        matches!(self, Self::Budget { .. } | Self::OutOfMemory { .. })
    }

    /// Whether nothing on the device can be used any more.
    pub(super) fn loses_the_context(&self) -> bool {
        matches!(self, Self::ContextLost { .. } | Self::LaunchTimeout { .. })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn messages_name_the_device_the_figures_and_the_way_out() {
        let device = DeviceName { index: 1, name: "NVIDIA A100".into() };
        let asked = Bytes(3 << 20);
        let error = CudaError::OutOfMemory {
            device: device.clone(),
            doing: "hold hits",
            asked,
            free: Bytes(1 << 19),
        };
        let text = error.to_string();
        for part in ["GPU 1 (NVIDIA A100)", "hold hits", "3.0 MiB", "0.5 MiB", "--device-memory"] {
            assert!(text.contains(part), "{text}");
        }
        let driver = CudaVersion(11_080);
        let text = CudaError::DriverTooOld { device, driver, ptx: "7.0".into() }.to_string();
        assert!(text.contains("CUDA 11.8") && text.contains("--engine cpu"), "{text}");
    }
}
