//! `--engine` and what belongs to it, for every command that propagates.

use clap::Args;
use optixrap::cuda::{CudaOptions, DeviceChoice};
use optixrap::engine::{EngineChoice, EngineOptions};

/// Which engine, and how much of it. None of this changes a bit of the results.
#[derive(Debug, Clone, Args)]
pub struct EngineArgs {
    /// What follows the photons: cpu; cuda, NVIDIA GPUs; or auto, a GPU if there is one that can be used
    #[arg(long, value_name = "cpu|cuda|auto", default_value = "cpu")]
    pub engine: EngineChoice,
    /// Which GPUs: best, all, or their numbers, e.g. 0,2
    #[arg(long, value_name = "WHICH", default_value = "best")]
    pub gpu: DeviceChoice,
    /// Memory that may be used on each GPU, e.g. 500MB or 8GB [default: half of what is free]
    #[arg(long, value_name = "SIZE", value_parser = bytes)]
    pub device_memory: Option<u64>,
    /// Most photons of a launch [default: as many as run in about a quarter of a second]
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u64).range(1..))]
    pub launch_photons: Option<u64>,
}

impl EngineArgs {
    /// The options, for an engine of so many threads (0 for one per core).
    pub fn options(&self, threads: usize) -> EngineOptions {
        let cuda = CudaOptions {
            devices: self.gpu.clone(),
            device_memory_bytes: self.device_memory,
            launch_photons: self.launch_photons,
            ..CudaOptions::default()
        };
        EngineOptions { choice: self.engine, threads, cuda }
    }
}

/// A number of bytes with its unit.
fn bytes(text: &str) -> Result<u64, String> {
    let wrong = || "give a size like 500MB or 8GB".to_owned();
    let text = text.trim();
    let digits = text.find(|c: char| !(c.is_ascii_digit() || c == '.')).unwrap_or(text.len());
    let factor = match text[digits..].trim().to_ascii_uppercase().as_str() {
        "MB" | "M" => 1e6,
        "GB" | "G" => 1e9,
        "MIB" => 1_048_576.0,
        "GIB" => 1_073_741_824.0,
        _ => return Err(wrong()),
    };
    let size = text[..digits].parse::<f64>().map_err(|_| wrong())? * factor;
    if (1.0..1e15).contains(&size) { Ok(size as u64) } else { Err(wrong()) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sizes_have_units() {
        assert_eq!(bytes("500MB"), Ok(500_000_000));
        assert_eq!(bytes("1.5 GiB"), Ok(1_610_612_736));
        for wrong in ["", "8", "GB", "-1GB", "1e9GB", "8 parsecs", "0MB"] {
            assert!(bytes(wrong).is_err(), "{wrong}");
        }
    }
}
