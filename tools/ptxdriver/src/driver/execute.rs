//! What streams do, and doing it.

use super::Driver;
use super::launch::Launch;
use crate::device::{Device, Handle};
use crate::error::{Answer, CudaError};

/// A piece of work of a stream.
pub(super) enum Work {
    /// Bytes of the host to device memory.
    Write { to: u64, bytes: Vec<u8> },
    /// The same from pinned memory, which is read when the work is done.
    WritePinned { to: u64, from: usize, bytes: usize },
    /// Device memory to pinned memory.
    ReadPinned { from: u64, to: usize, bytes: usize },
    /// Device memory to device memory, of the same or of another device.
    Copy { to: u64, from: u64, bytes: usize },
    /// A pattern over and over.
    Fill { to: u64, pattern: Vec<u8>, count: usize },
    /// A kernel.
    Launch(Box<Launch>),
    /// Notes the time in an event.
    Record { event: Handle },
    /// Waits until another stream has got to a position.
    Wait { stream: Handle, position: u64 },
    /// Releases a buffer.
    Release { address: u64 },
}

/// Bytes that copies and fills move in a second of the device's time.
const BYTES_PER_SECOND: f64 = 1e10;
/// What any piece of work takes, in seconds.
const EACH_S: f64 = 1e-6;

impl Work {
    /// Seconds of the device, kernels apart.
    fn seconds(&self) -> f64 {
        let bytes = match self {
            Work::Write { bytes, .. } => bytes.len(),
            Work::WritePinned { bytes, .. } | Work::ReadPinned { bytes, .. } | Work::Copy { bytes, .. } => {
                *bytes
            }
            Work::Fill { pattern, count, .. } => pattern.len() * count,
            Work::Launch(_) => 0,
            Work::Record { .. } | Work::Wait { .. } | Work::Release { .. } => return 0.0,
        };
        EACH_S + bytes as f64 / BYTES_PER_SECOND
    }
}

impl Driver {
    /// Does a piece of work of a context's stream.
    pub(super) fn execute(&mut self, context: Handle, work: Work) -> Answer<()> {
        let device = self.usable(context)?.device;
        self.devices[device].clock_s += work.seconds();
        match work {
            Work::Write { to, bytes } => self.device_at(to)?.write(to, &bytes),
            Work::WritePinned { to, from, bytes } => {
                let bytes = self.pinned.read(from, bytes)?;
                self.device_at(to)?.write(to, &bytes)
            }
            Work::ReadPinned { from, to, bytes } => {
                let bytes = self.read_device(from, bytes)?;
                self.pinned.write(to, &bytes)
            }
            Work::Copy { to, from, bytes } => {
                let bytes = self.read_device(from, bytes)?;
                self.device_at(to)?.write(to, &bytes)
            }
            Work::Fill { to, pattern, count } => self.device_at(to)?.write(to, &pattern.repeat(count)),
            Work::Launch(launch) => self.run_kernel(context, &launch),
            Work::Record { event } => {
                if let Some(event) = self.events.get_mut(&event) {
                    event.at_s = Some(self.devices[device].clock_s);
                }
                Ok(())
            }
            Work::Wait { stream, position } => {
                self.run_until(stream, position);
                Ok(())
            }
            Work::Release { address } => {
                self.device_at(address)?.release(address).map_err(|_| CudaError::IllegalAddress)
            }
        }
    }

    /// The device that an address belongs to.
    pub(super) fn device_at(&mut self, address: u64) -> Answer<&mut Device> {
        self.devices.get_mut(Device::of_address(address)).ok_or(CudaError::IllegalAddress)
    }

    /// A copy of device memory.
    pub(super) fn read_device(&mut self, from: u64, bytes: usize) -> Answer<Vec<u8>> {
        let mut copy = vec![0; bytes];
        self.device_at(from)?.read(from, &mut copy)?;
        Ok(copy)
    }
}
