//! One GPU: its context, kernels and buffers, kept from call to call, and the loop that keeps it busy.

use std::collections::VecDeque;
use std::ops::Range;
use std::sync::Arc;

use cudarc::driver::sys::CUevent_flags;
use cudarc::driver::{CudaContext, CudaEvent};

use crate::engine::{ChunkOutput, LaunchOutput};

use super::driver::{self, DeviceInfo};
use super::engine::Tuning;
use super::error::{CudaError, CudaVersion};
use super::kernel::{Kernel, KernelName};
use super::memory::Ledger;
use super::plan::{Expected, Limits, Rooms, Wants};
use super::report::{DeviceMemory, DeviceReport, LaunchTotals};
use super::resident::{ResidentScene, ResidentSensors};
use super::slot::{Ran, Setting, Slot};
use super::work::{Finished, Launch, Work};

/// Launches that may be under way at once.
const SLOTS: usize = 2;

/// A warp fetches new photons when at most this many of its lanes have one: docs/decisions/0007 has the figures.
const REFILL_AT: u32 = 20;

/// Share of the free memory that is used where the user sets no budget.
const SHARE_OF_FREE: u64 = 2;

/// What the user decides about a device.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct DeviceLimits {
    /// Memory that may be used, bytes; `None` for half of what is free at the start.
    pub(super) memory_bytes: Option<u64>,
    /// Most photons of a launch.
    pub(super) launch_photons: Option<u64>,
    /// How kernels run.
    pub(super) tuning: Tuning,
}

/// A GPU that is ready to work.
#[derive(Debug)]
pub(super) struct Device {
    // In the order in which they are given up: launches, kernels, memory, context.
    slots: Vec<Slot>,
    kernels: Vec<(KernelName, Kernel)>,
    /// The kernel of the work under way.
    kernel: KernelName,
    scene: ResidentScene,
    sensors: ResidentSensors,
    start: CudaEvent,
    ledger: Arc<Ledger>,
    context: Arc<CudaContext>,
    info: DeviceInfo,
    driver: CudaVersion,
    limits: DeviceLimits,
    expected: Expected,
    expected_of: Option<(Wants, u32)>,
    totals: LaunchTotals,
    /// When the last launch ended, ms from the mark `start`.
    last_end_ms: f64,
}

/// Launches under way: the slot and what it runs, the oldest first.
type Flights = VecDeque<(usize, Launch)>;

impl Device {
    /// Makes a device ready, with the kernel that is compiled in the shortest time: that the driver can do it shows that
    /// it will do.
    ///
    /// # Errors
    /// Whatever the driver says.
    pub(super) fn open(
        info: &DeviceInfo,
        driver: CudaVersion,
        limits: DeviceLimits,
    ) -> Result<Self, CudaError> {
        let explain = |error| driver::explain(&info.name, "be made ready", error);
        let context = CudaContext::new(info.name.index).map_err(explain)?;
        let ledger = Ledger::new(info.name.clone(), context.clone());
        let (free, _) = driver::memory().map_err(explain)?;
        ledger.set_budget(limits.memory_bytes.unwrap_or(free / SHARE_OF_FREE));
        let slots = (0..SLOTS).map(|_| Slot::new(&context, &ledger)).collect::<Result<_, _>>()?;
        let start = context.new_event(Some(CUevent_flags::CU_EVENT_DEFAULT)).map_err(explain)?;
        let mut device = Self {
            slots,
            kernels: Vec::new(),
            kernel: KernelName::PropagateSimple,
            scene: ResidentScene::new(&ledger),
            sensors: ResidentSensors::new(&ledger),
            start,
            ledger,
            context,
            info: info.clone(),
            driver,
            limits,
            expected: Expected::default(),
            expected_of: None,
            totals: LaunchTotals::default(),
            last_end_ms: 0.0,
        };
        device.load(device.kernel)?;
        Ok(device)
    }

    /// Allows another amount of memory; what is too much then is given back.
    pub(super) fn set_budget(&mut self, bytes: u64) {
        self.limits.memory_bytes = Some(bytes);
        self.ledger.set_budget(bytes);
        if self.ledger.held() > bytes {
            self.slots.iter_mut().for_each(Slot::release);
        }
    }

    /// What it is and has done.
    pub(super) fn report(&self) -> DeviceReport {
        DeviceReport {
            info: self.info.clone(),
            memory_budget_bytes: self.ledger.budget(),
            memory_held_bytes: self.ledger.held(),
            memory_peak_bytes: self.ledger.peak(),
            kernels: self.kernels.iter().map(|(_, kernel)| kernel.report.clone()).collect(),
            totals: self.totals,
        }
    }

    /// Its memory, as the driver tells.
    ///
    /// # Errors
    /// Whatever the driver says.
    pub(super) fn memory(&self) -> Result<DeviceMemory, CudaError> {
        let explain = self.ledger.explain("tell its free memory");
        self.context.bind_to_thread().map_err(&explain)?;
        let (free_bytes, total_bytes) = driver::memory().map_err(explain)?;
        Ok(DeviceMemory { index: self.info.name.index, free_bytes, total_bytes })
    }

    /// Takes launches until there are none left.
    ///
    /// # Errors
    /// Whatever the driver says; nothing is under way then.
    pub(super) fn run(&mut self, work: &Work) -> Result<(), CudaError> {
        let result = self.prepare(work).and_then(|()| self.follow(work));
        if result.is_err() || work.has_failed() {
            self.slots.iter_mut().for_each(Slot::abandon);
        }
        result
    }

    fn prepare(&mut self, work: &Work) -> Result<(), CudaError> {
        let explain = self.ledger.explain("begin");
        self.context.bind_to_thread().map_err(&explain)?;
        self.start.record(&self.slots[0].stream).map_err(&explain)?;
        drop(explain);
        self.last_end_ms = 0.0;
        let (wants, mask) = (Wants::new(work.task.config), work.task.config.hit_mask);
        if !self.scene.is(work.task.scene) || self.expected_of != Some((wants, mask)) {
            self.expected = Expected::default();
            self.expected_of = Some((wants, mask));
        }
        self.kernel = KernelName::of(&wants, &work.task.scene.view());
        self.load(self.kernel)?;
        let held = self.scene.hold(work.task.scene, &self.slots[0].stream);
        match held {
            Err(error) if error.is_about_memory() => {
                self.slots.iter_mut().for_each(Slot::release);
                self.scene.hold(work.task.scene, &self.slots[0].stream).map(drop)
            }
            held => held.map(drop),
        }
    }

    fn load(&mut self, name: KernelName) -> Result<(), CudaError> {
        if self.kernels.iter().all(|(loaded, _)| *loaded != name) {
            let kernel =
                Kernel::load(name, &self.context, &self.info, self.driver, self.limits.tuning.registers)?;
            log::debug!(target: "CudaEngine", "{}: {:?}", self.info.name, kernel.report);
            self.kernels.push((name, kernel));
        }
        Ok(())
    }

    fn follow(&mut self, work: &Work) -> Result<(), CudaError> {
        let mut flights = Flights::new();
        loop {
            if flights.len() < SLOTS
                && let Some(launch) = work.next(&self.launch_limits(work))
            {
                self.begin(work, launch, &mut flights)?;
            } else if !flights.is_empty() && !work.has_failed() {
                self.end_oldest(work, &mut flights)?;
            } else {
                return Ok(());
            }
        }
    }

    /// What a launch may take, with what is resident already and the other slot as large.
    fn launch_limits(&self, work: &Work) -> Limits {
        let wants = Wants::new(work.task.config);
        let resident = self.scene.bytes() + self.sensors.bytes();
        let share = self.ledger.budget().saturating_sub(resident) / SLOTS as u64;
        self.expected.limits(&wants, share, self.limits.launch_photons)
    }

    /// Submits a launch to a slot that is free. Where there is no memory for that, everything else is ended first, and
    /// the launch made in parts.
    fn begin(&mut self, work: &Work, launch: Launch, flights: &mut Flights) -> Result<(), CudaError> {
        let sensors = work.task.inputs[launch.events.first_event].sensors;
        if !self.sensors.has(sensors.as_ref()) {
            while !flights.is_empty() {
                self.end_oldest(work, flights)?;
            }
        }
        let slot = (0..SLOTS).find(|slot| flights.iter().all(|(used, _)| used != slot)).unwrap_or(0);
        let rooms = self.rooms(work, &launch.photons);
        match self.submit(work, slot, &launch, &launch.photons, rooms) {
            Ok(()) => flights.push_back((slot, launch)),
            Err(error) if error.is_about_memory() => {
                while !flights.is_empty() {
                    self.end_oldest(work, flights)?;
                }
                self.slots.iter_mut().for_each(Slot::release);
                let parts = self.make_in_parts(work, slot, &launch)?;
                work.commit(Finished { launch, parts });
            }
            Err(error) => return Err(error),
        }
        Ok(())
    }

    fn rooms(&self, work: &Work, photons: &Range<u64>) -> Rooms {
        self.expected.rooms(&Wants::new(work.task.config), photons.end - photons.start)
    }

    fn submit(
        &mut self,
        work: &Work,
        slot: usize,
        launch: &Launch,
        photons: &Range<u64>,
        rooms: Rooms,
    ) -> Result<(), CudaError> {
        let config = work.task.config;
        let sensors = work.task.inputs[launch.events.first_event].sensors;
        let stream = &self.slots[slot].stream;
        let scene = self.scene.hold(work.task.scene, stream)?;
        let sensor_addresses = self.sensors.hold(sensors.as_ref(), stream)?;
        let Some((_, kernel)) = self.kernels.iter().find(|(loaded, _)| *loaded == self.kernel) else {
            return Ok(());
        };
        let has_sensors = sensors.is_some();
        let setting = Setting {
            kernel,
            scene,
            sensors: sensor_addresses,
            has_sensors,
            refill_at: self.limits.tuning.refill_at.unwrap_or(REFILL_AT),
            config,
        };
        self.slots[slot].submit(&setting, &launch.events.batch, photons, rooms, &mut self.totals)
    }

    /// Waits for the launch that was submitted first and hands its results on. One that had more results than room is
    /// repeated, with the room that it needs.
    fn end_oldest(&mut self, work: &Work, flights: &mut Flights) -> Result<(), CudaError> {
        let Some((slot, launch)) = flights.pop_front() else { return Ok(()) };
        let parts = match self.end(work, slot, &launch, &launch.photons)? {
            Ok(output) => vec![output],
            Err(rooms) => match self.repeat(work, slot, &launch, &launch.photons, rooms) {
                Err(error) if error.is_about_memory() => {
                    // The slot alone is given up: another launch may be under way in the other one.
                    self.slots[slot].release();
                    self.make_in_parts(work, slot, &launch)?
                }
                output => vec![output?],
            },
        };
        work.commit(Finished { launch, parts });
        Ok(())
    }

    /// The results of a launch under way, or the room that they need.
    fn end(
        &mut self,
        work: &Work,
        slot: usize,
        launch: &Launch,
        photons: &Range<u64>,
    ) -> Result<Result<Vec<ChunkOutput>, Rooms>, CudaError> {
        let ran = self.slots[slot].wait(&self.start, &mut self.totals)?;
        let seconds = self.kernel_seconds(&ran);
        let wants = Wants::new(work.task.config);
        self.expected.learn(&wants, photons.end - photons.start, &ran.counters, seconds);
        if !ran.is_complete {
            self.totals.repeated += 1;
            return Ok(Err(Rooms::exactly(&ran.counters)));
        }
        let output: LaunchOutput = self.slots[slot].fetch(ran.counters, &mut self.totals)?;
        Ok(Ok(output.into_events(&launch.events.batch, photons.start)))
    }

    /// The time in which this launch was running and the one before was not, s.
    fn kernel_seconds(&mut self, ran: &Ran) -> f64 {
        let seconds = (ran.to_ms - ran.from_ms.max(self.last_end_ms)).max(0.0) / 1000.0;
        self.last_end_ms = self.last_end_ms.max(ran.to_ms);
        self.totals.kernel_s += seconds;
        seconds
    }

    /// Makes the launch again, with room for exactly what it gives.
    fn repeat(
        &mut self,
        work: &Work,
        slot: usize,
        launch: &Launch,
        photons: &Range<u64>,
        mut rooms: Rooms,
    ) -> Result<Vec<ChunkOutput>, CudaError> {
        loop {
            self.submit(work, slot, launch, photons, rooms)?;
            match self.end(work, slot, launch, photons)? {
                Ok(output) => return Ok(output),
                Err(needed) => rooms = needed,
            }
        }
    }

    /// Makes a launch in as many parts as memory demands, one after the other.
    fn make_in_parts(
        &mut self,
        work: &Work,
        slot: usize,
        launch: &Launch,
    ) -> Result<Vec<Vec<ChunkOutput>>, CudaError> {
        let mut to_do = vec![launch.photons.clone()];
        let mut parts = Vec::new();
        while let Some(photons) = to_do.pop() {
            let rooms = self.rooms(work, &photons);
            match self.repeat(work, slot, launch, &photons, rooms) {
                Ok(output) => parts.push(output),
                Err(error) if error.is_about_memory() && photons.end - photons.start > 1 => {
                    let middle = photons.start + (photons.end - photons.start) / 2;
                    to_do.push(middle..photons.end);
                    to_do.push(photons.start..middle);
                }
                Err(error) => return Err(error),
            }
        }
        Ok(parts)
    }
}

impl Drop for Device {
    fn drop(&mut self) {
        self.slots.iter_mut().for_each(Slot::abandon);
    }
}
