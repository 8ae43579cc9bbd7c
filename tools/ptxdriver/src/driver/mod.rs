//! The driver: devices, contexts and what lives in them.

mod context;
mod copy;
mod event;
mod execute;
mod function;
mod launch;
mod memory;
mod module;
mod occupancy;
mod stream;
#[cfg(test)]
mod tests;

use std::collections::{BTreeMap, HashMap};
use std::thread::ThreadId;

use crate::attributes::attribute;
use crate::call_log::Writer;
use crate::device::{Device, Handle};
use crate::error::{Answer, CudaError};
use crate::live::Live;
use crate::pinned::Pinned;
use crate::settings::Settings;

use context::Context;
use event::Event;
use function::Function;
use module::LoadedModule;
use stream::Stream;

pub(crate) use launch::LaunchShape;
pub(crate) use module::Refusal;

/// The state of the whole driver.
pub(crate) struct Driver {
    settings: Settings,
    initialised: bool,
    devices: Vec<Device>,
    contexts: BTreeMap<Handle, Context>,
    streams: BTreeMap<Handle, Stream>,
    events: BTreeMap<Handle, Event>,
    modules: BTreeMap<Handle, LoadedModule>,
    functions: BTreeMap<Handle, Function>,
    pinned: Pinned,
    /// The stack of contexts of each thread of the host.
    current: HashMap<ThreadId, Vec<Handle>>,
    last_handle: Handle,
    calls: Calls,
    leaked: usize,
    log: Writer,
}

/// Calls that may be made to fail by number.
#[derive(Default)]
struct Calls {
    allocations: u64,
    host_allocations: u64,
    launches: u64,
}

impl Driver {
    /// A driver that nobody has initialised.
    pub(crate) fn new(settings: Settings) -> Self {
        Driver {
            initialised: false,
            devices: Vec::new(),
            contexts: BTreeMap::new(),
            streams: BTreeMap::new(),
            events: BTreeMap::new(),
            modules: BTreeMap::new(),
            functions: BTreeMap::new(),
            pinned: Pinned::default(),
            current: HashMap::new(),
            last_handle: 0xd000,
            calls: Calls::default(),
            leaked: 0,
            log: Writer::new(settings.log.as_deref()),
            settings,
        }
    }

    /// A handle that was never given before: not one of the special streams, and never an address.
    fn new_handle(&mut self) -> Handle {
        self.last_handle += 0x10;
        self.last_handle
    }

    /// `cuInit`.
    pub(crate) fn init(&mut self, flags: u32) -> Answer<()> {
        match self.settings.init {
            Some(error) => return Err(error),
            None if flags != 0 => return Err(CudaError::InvalidValue),
            None if self.settings.devices == 0 => return Err(CudaError::NoDevice),
            None => {}
        }
        if !self.initialised {
            self.devices = (0..self.settings.devices).map(Device::new).collect();
            self.initialised = true;
        }
        Ok(())
    }

    /// `cuDriverGetVersion`; works before `cuInit`.
    pub(crate) fn version(&self) -> i32 {
        self.settings.driver_version
    }

    /// `cuDeviceGetCount`.
    pub(crate) fn device_count(&self) -> Answer<i32> {
        self.ready()?;
        Ok(self.devices.len() as i32)
    }

    /// The device of this number, as C gives it.
    pub(crate) fn device(&self, ordinal: i32) -> Answer<usize> {
        self.ready()?;
        let ordinal = usize::try_from(ordinal).map_err(|_| CudaError::InvalidDevice)?;
        if ordinal < self.devices.len() { Ok(ordinal) } else { Err(CudaError::InvalidDevice) }
    }

    /// `cuDeviceGetName`.
    pub(crate) fn device_name(&self, device: i32) -> Answer<String> {
        Ok(format!("ptxdriver simulated GPU {}", self.device(device)?))
    }

    /// `cuDeviceGetUuid`.
    pub(crate) fn device_uuid(&self, device: i32) -> Answer<[u8; 16]> {
        let mut uuid = *b"ptxdriver-------";
        uuid[15] = self.device(device)? as u8;
        Ok(uuid)
    }

    /// `cuDeviceGetAttribute`.
    pub(crate) fn device_attribute(&self, number: i32, device: i32) -> Answer<i32> {
        attribute(&self.settings, self.device(device)?, number)
    }

    /// `cuDeviceTotalMem`.
    pub(crate) fn total_memory(&self, device: i32) -> Answer<usize> {
        self.device(device)?;
        Ok(self.settings.memory_bytes)
    }

    fn ready(&self) -> Answer<()> {
        if self.initialised { Ok(()) } else { Err(CudaError::NotInitialized) }
    }

    /// Writes a call into the log.
    pub(crate) fn note(&mut self, function: &str, answer: Answer<()>) {
        if self.log.is_on() {
            let answer = answer.map_or_else(|e| e.name().to_string_lossy(), |()| "CUDA_SUCCESS".into());
            let line = format!("{function} {answer} {}", self.live());
            self.log.line(&line);
        }
    }

    /// Writes what went wrong into the log, in words.
    fn note_fault(&mut self, words: &str) {
        if self.log.is_on() {
            self.log.line(&format!("# {}", words.replace('\n', " ")));
        }
    }

    /// What the host has and must give back.
    pub(crate) fn live(&self) -> Live {
        let (allocations, bytes) =
            self.devices.iter().map(Device::live).fold((0, 0), |sum, live| (sum.0 + live.0, sum.1 + live.1));
        Live {
            allocations,
            bytes,
            pinned: self.pinned.live(),
            contexts: self.contexts.len(),
            modules: self.modules.len(),
            streams: self.streams.values().filter(|stream| stream.of_the_host).count(),
            events: self.events.len(),
            leaked: self.leaked,
        }
    }
}
