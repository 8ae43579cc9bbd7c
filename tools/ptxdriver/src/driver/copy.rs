//! Copies and fills. What a call names must be there when it is made, and again when the stream comes to it.

use super::Driver;
use super::execute::Work;
use crate::device::{Device, Handle};
use crate::error::{Answer, CudaError};

impl Driver {
    /// Bytes of pageable host memory to the device, in stream order; the host may use its memory at once.
    pub(crate) fn copy_to_device(&mut self, to: u64, bytes: Vec<u8>, stream: Handle) -> Answer<()> {
        let stream = self.stream(stream)?;
        self.may_name(to, bytes.len())?;
        self.submit_unless(bytes.is_empty(), stream, Work::Write { to, bytes })
    }

    /// Pinned memory to the device; it is read when the stream comes to it.
    pub(crate) fn copy_pinned_to_device(
        &mut self,
        to: u64,
        from: usize,
        bytes: usize,
        stream: Handle,
    ) -> Answer<()> {
        let stream = self.stream(stream)?;
        self.may_name(to, bytes)?;
        self.submit_unless(bytes == 0, stream, Work::WritePinned { to, from, bytes })
    }

    /// The device to pinned memory; it is written when the stream comes to it.
    pub(crate) fn copy_to_pinned(
        &mut self,
        to: usize,
        from: u64,
        bytes: usize,
        stream: Handle,
    ) -> Answer<()> {
        let stream = self.stream(stream)?;
        self.may_name(from, bytes)?;
        self.submit_unless(bytes == 0, stream, Work::ReadPinned { from, to, bytes })
    }

    /// The bytes that device memory has when the stream has done what it was given: a copy to pageable host memory
    /// waits for it.
    pub(crate) fn copy_to_host(&mut self, from: u64, bytes: usize, stream: Handle) -> Answer<Vec<u8>> {
        let stream = self.stream(stream)?;
        self.may_name(from, bytes)?;
        // A place in the stream, which on the default stream waits for the others.
        let position = self.submit(stream, Work::Wait { stream, position: 0 })?;
        self.run_until(stream, position);
        self.usable(self.context_of(stream)?)?;
        self.read_device(from, bytes)
    }

    /// Device memory to device memory.
    pub(crate) fn copy_on_device(&mut self, to: u64, from: u64, bytes: usize, stream: Handle) -> Answer<()> {
        let stream = self.stream(stream)?;
        self.may_name(to, bytes)?;
        self.may_name(from, bytes)?;
        self.submit_unless(bytes == 0, stream, Work::Copy { to, from, bytes })
    }

    /// The same from one context to another, after everything that either device was given.
    pub(crate) fn copy_in_turn_of_all(&mut self, to: u64, from: u64, bytes: usize) -> Answer<()> {
        for device in [Device::of_address(to), Device::of_address(from)] {
            self.finish_device(device);
        }
        self.copy_on_device(to, from, bytes, 0)?;
        self.synchronize_stream(0)
    }

    /// A pattern of 1, 2 or 4 bytes, `count` times.
    pub(crate) fn fill(&mut self, to: u64, pattern: &[u8], count: usize, stream: Handle) -> Answer<()> {
        let stream = self.stream(stream)?;
        if !to.is_multiple_of(pattern.len() as u64) {
            return Err(CudaError::InvalidValue);
        }
        let bytes = pattern.len().checked_mul(count).ok_or(CudaError::InvalidValue)?;
        self.may_name(to, bytes)?;
        self.submit_unless(count == 0, stream, Work::Fill { to, pattern: pattern.to_vec(), count })
    }

    fn may_name(&self, address: u64, bytes: usize) -> Answer<()> {
        if bytes == 0 {
            return Ok(());
        }
        let device = self.devices.get(Device::of_address(address)).ok_or(CudaError::InvalidValue)?;
        device.may_name(address, bytes)
    }

    fn submit_unless(&mut self, nothing: bool, stream: Handle, work: Work) -> Answer<()> {
        if !nothing {
            self.submit(stream, work)?;
        }
        Ok(())
    }
}
