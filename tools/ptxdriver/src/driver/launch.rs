//! Launches of kernels: checked when they are given, executed by the interpreter when the stream comes to them.

use std::sync::Arc;

use ptxrun::{FaultKind, LaunchConfig, LaunchError, Module, Stats};

use super::Driver;
use super::execute::Work;
use crate::attributes::{BLOCK_LIMITS, GRID_LIMITS};
use crate::device::Handle;
use crate::error::{Answer, CudaError};

/// Size of grid, block and dynamic shared memory.
#[derive(Clone, Copy, Debug)]
pub(crate) struct LaunchShape {
    pub(crate) grid: [u32; 3],
    pub(crate) block: [u32; 3],
    pub(crate) dynamic_shared: u32,
}

/// A launch in a stream.
pub(super) struct Launch {
    module: Arc<Module>,
    kernel: String,
    shape: LaunchShape,
    arguments: Vec<u8>,
    /// The fault that the settings want.
    failure: Option<CudaError>,
}

impl Driver {
    /// `cuLaunchKernel`, with the block of arguments.
    pub(crate) fn launch(
        &mut self,
        function: Handle,
        shape: LaunchShape,
        arguments: Vec<u8>,
        stream: Handle,
    ) -> Answer<()> {
        let stream = self.stream(stream)?;
        let f = self.known_function(function)?;
        let loaded = self.module(f.module)?;
        if loaded.context != self.context_of(stream)? {
            return Err(CudaError::InvalidHandle);
        }
        let sizes = shape.grid.iter().zip(GRID_LIMITS).chain(shape.block.iter().zip(BLOCK_LIMITS));
        let possible = sizes.clone().all(|(size, limit)| (1..=limit).contains(size));
        let threads = shape.block.iter().map(|n| u64::from(*n)).product::<u64>();
        if !possible || threads > u64::from(f.max_threads()) || shape.dynamic_shared > f.dynamic_limit {
            return Err(CudaError::InvalidValue);
        }
        if arguments.len() != f.kernel.param_bytes as usize {
            return Err(CudaError::InvalidValue);
        }
        let (module, kernel) = (Arc::clone(&loaded.module), f.kernel.name.clone());
        self.calls.launches += 1;
        let failure = self.settings.failing_launches.failure(self.calls.launches);
        match failure {
            Some(error) if !error.is_sticky() => return Err(error),
            _ => {}
        }
        let launch = Launch { module, kernel, shape, arguments, failure };
        self.submit(stream, Work::Launch(Box::new(launch)))?;
        Ok(())
    }

    /// Executes a kernel on the device of a context.
    pub(super) fn run_kernel(&mut self, context: Handle, launch: &Launch) -> Answer<()> {
        if let Some(error) = launch.failure {
            self.note_fault(&format!("{}: {error}, as asked for", launch.kernel));
            return Err(error);
        }
        let device = self.usable(context)?.device;
        let most = self.settings.max_instructions;
        let config = LaunchConfig {
            grid: launch.shape.grid,
            block: launch.shape.block,
            dynamic_shared: launch.shape.dynamic_shared,
            workers: self.settings.workers,
            detect_uninit: self.settings.detect_uninit,
            lockstep: self.settings.lockstep,
            ..LaunchConfig::linear(1, 1)
        };
        let config = LaunchConfig { budget: most.unwrap_or(config.budget), ..config };
        let memory = &mut self.devices[device].memory;
        match memory.launch(&launch.module, &launch.kernel, &config, &launch.arguments) {
            Ok(stats) => {
                let seconds = stats.instructions as f64 / self.settings.instructions_per_second;
                self.devices[device].clock_s += seconds;
                self.watch(launch, &stats)
            }
            Err(error) => {
                self.note_fault(&error.to_string());
                Err(cuda_error(&error))
            }
        }
    }

    /// What a watchdog makes of a launch that has run.
    fn watch(&mut self, launch: &Launch, stats: &Stats) -> Answer<()> {
        match self.settings.max_instructions {
            Some(most) if stats.instructions > most => {
                let (kernel, n) = (&launch.kernel, stats.instructions);
                self.note_fault(&format!("{kernel}: {n} instructions, the watchdog allows {most}"));
                Err(CudaError::LaunchTimeout)
            }
            _ => Ok(()),
        }
    }
}

/// The error that a GPU would give.
fn cuda_error(error: &LaunchError) -> CudaError {
    let LaunchError::Fault { fault, .. } = error else { return CudaError::LaunchFailed };
    match fault.kind {
        FaultKind::OutOfBounds | FaultKind::ReadOnly | FaultKind::Uninitialised => CudaError::IllegalAddress,
        FaultKind::Misaligned => CudaError::MisalignedAddress,
        FaultKind::WrongSpace => CudaError::InvalidAddressSpace,
        FaultKind::Budget | FaultKind::Deadlock => CudaError::LaunchTimeout,
        FaultKind::BadCall | FaultKind::BadBranchIndex => CudaError::IllegalInstruction,
        FaultKind::Trap
        | FaultKind::DivideByZero
        | FaultKind::UndefinedFunction
        | FaultKind::StackOverflow => CudaError::LaunchFailed,
    }
}
