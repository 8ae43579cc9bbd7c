//! The CUDA engine: the same photons, on one or more GPUs.

use std::sync::{Mutex, MutexGuard, PoisonError};

use crate::engine::{
    BatchSink, ChunkOutput, EngineError, EventInput, EventSummary, Interrupter, PropagateConfig, Sink,
};
use crate::scene::SceneData;

use super::choice::DeviceChoice;
use super::device::{Device, DeviceLimits};
use super::driver::{self, DeviceInfo};
use super::error::{CudaError, CudaVersion};
use super::report::{CudaReport, DeviceMemory, DeviceReport};
use super::work::{Task, Work};

/// Histories say the number of a point in as many bits.
const HISTORY_POINTS: u32 = 1 << 24;

/// What decides about the engine. None of it has an influence on results.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct CudaOptions {
    /// Which devices.
    pub devices: DeviceChoice,
    /// Memory of each device that may be used, bytes; `None` for half of what is free at the start.
    pub device_memory_bytes: Option<u64>,
    /// Most photons of a launch; `None` for as many as run in about a quarter of a second.
    pub launch_photons: Option<u64>,
    /// How kernels run: for those who measure.
    pub tuning: Tuning,
}

/// How kernels run, where that is not to be as it is by default: for those who measure what is best.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Tuning {
    /// Most registers of a thread, as the driver is told when it compiles a kernel (`CU_JIT_MAX_REGISTERS`), instead of the
    /// bound in the kernel's text; 255 is no bound.
    pub registers: Option<u32>,
    /// A warp makes new photons when at most so many of its 32 lanes have one.
    pub refill_at: Option<u32>,
}

/// The engine: devices that are kept ready from event to event, with the scene and the buffers on them.
#[derive(Debug)]
pub struct CudaEngine {
    driver: CudaVersion,
    infos: Vec<DeviceInfo>,
    seats: Mutex<Vec<Seat>>,
    interrupter: Interrupter,
}

/// A device that was chosen. It is opened anew after it was lost.
#[derive(Debug)]
struct Seat {
    info: DeviceInfo,
    driver: CudaVersion,
    limits: DeviceLimits,
    device: Option<Device>,
}

/// The devices that the driver reports, supported or not.
///
/// # Errors
/// If there is no driver, or no device.
pub fn list_devices() -> Result<Vec<DeviceInfo>, CudaError> {
    driver::start()?;
    driver::devices()
}

impl CudaEngine {
    /// An engine on the chosen devices.
    ///
    /// # Errors
    /// If there is no driver or no such device, or one that cannot run the kernels.
    pub fn new(options: &CudaOptions) -> Result<Self, CudaError> {
        let driver = driver::start()?;
        let infos = options.devices.of(&driver::devices()?)?;
        let limits = DeviceLimits {
            memory_bytes: options.device_memory_bytes,
            launch_photons: options.launch_photons.map(|n| n.max(1)),
            tuning: options.tuning,
        };
        let mut seats = Vec::new();
        for info in &infos {
            let device = Some(Device::open(info, driver, limits)?);
            seats.push(Seat { info: info.clone(), driver, limits, device });
        }
        Ok(Self { driver, infos, seats: Mutex::new(seats), interrupter: Interrupter::default() })
    }

    /// The devices in use.
    pub fn devices(&self) -> &[DeviceInfo] {
        &self.infos
    }

    /// The version of CUDA that the driver is made for.
    pub fn driver(&self) -> CudaVersion {
        self.driver
    }

    /// What stops this engine's propagations.
    pub fn interrupter(&self) -> Interrupter {
        self.interrupter.clone()
    }

    /// Allows another amount of memory on each device, bytes; what is too much then is given back.
    pub fn set_device_memory(&self, bytes: u64) {
        for seat in self.seats().iter_mut() {
            seat.limits.memory_bytes = Some(bytes);
            if let Some(device) = &mut seat.device {
                device.set_budget(bytes);
            }
        }
    }

    /// What the devices are and have done. A device that was lost and not yet opened anew is not among them.
    pub fn report(&self) -> CudaReport {
        let devices: Vec<DeviceReport> =
            self.seats().iter().filter_map(|seat| seat.device.as_ref().map(Device::report)).collect();
        CudaReport { driver: self.driver, devices }
    }

    /// Free and total memory of the devices, as the driver tells: what must stay the same from event to event.
    ///
    /// # Errors
    /// Whatever the driver says.
    pub fn device_memory(&self) -> Result<Vec<DeviceMemory>, CudaError> {
        self.seats().iter().filter_map(|seat| seat.device.as_ref().map(Device::memory)).collect()
    }

    /// Makes and follows all photons of an event: as [`CpuEngine::propagate`](crate::engine::CpuEngine::propagate), with
    /// the same bits.
    ///
    /// # Errors
    /// As there, and whatever keeps the devices from working.
    pub fn propagate(
        &self,
        scene: &SceneData,
        input: &EventInput,
        config: &PropagateConfig,
        sink: Sink,
    ) -> Result<EventSummary, EngineError> {
        let mut of_event = |_: usize, output: &ChunkOutput| sink(output);
        let mut summaries =
            self.propagate_batch(scene, std::slice::from_ref(input), config, &mut of_event)?;
        Ok(summaries.pop().unwrap_or_default())
    }

    /// Makes and follows all photons of several events, small ones in common launches. `sink` is called with the number
    /// of the event in `inputs` and a part of its results, in the order of events and photons. Returns the counts of
    /// each event.
    ///
    /// # Errors
    /// As [`propagate`](Self::propagate). What the sink has been given by then is complete.
    pub fn propagate_batch(
        &self,
        scene: &SceneData,
        inputs: &[EventInput],
        config: &PropagateConfig,
        sink: BatchSink,
    ) -> Result<Vec<EventSummary>, EngineError> {
        if config.histories && config.transport.bounce_max >= HISTORY_POINTS {
            let bounce_max = config.transport.bounce_max;
            return Err(CudaError::BounceLimit { bounce_max, limit: HISTORY_POINTS }.into());
        }
        if let Some(material) = scene.multiplying_material(&config.transport) {
            return Err(CudaError::Multiplies { material: material.to_owned() }.into());
        }
        let mut seats = self.seats();
        let task = Task { scene, inputs, config, devices: seats.len() };
        let work = Work::new(task, &self.interrupter, sink);
        match seats.as_mut_slice() {
            [seat] => seat.run(&work),
            seats => run_all(seats, &work),
        }
        work.finish()
    }

    fn seats(&self) -> MutexGuard<'_, Vec<Seat>> {
        self.seats.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// One thread for each device.
fn run_all(seats: &mut [Seat], work: &Work) {
    std::thread::scope(|scope| {
        let threads: Vec<_> = seats.iter_mut().map(|seat| scope.spawn(|| seat.run(work))).collect();
        for thread in threads {
            if thread.join().is_err() {
                work.fail(CudaError::Thread.into());
            }
        }
    });
}

impl Seat {
    /// Has the device work; an error ends the work for all. A device that is lost is given up.
    fn run(&mut self, work: &Work) {
        let opened = match self.device.take() {
            Some(device) => Ok(device),
            None => Device::open(&self.info, self.driver, self.limits),
        };
        let result = opened.and_then(|mut device| {
            let result = device.run(work);
            if !result.as_ref().is_err_and(CudaError::loses_the_context) {
                self.device = Some(device);
            }
            result
        });
        if let Err(error) = result {
            work.fail(error.into());
        }
    }
}
