//! Events: marks in streams, with the time when they were passed.

use super::Driver;
use super::execute::Work;
use crate::device::Handle;
use crate::error::{Answer, CudaError};

/// Flag of an event without a time.
const NO_TIMING: u32 = 2;
/// All flags: blocking wait, no timing, for other processes.
const FLAGS: u32 = 7;

/// An event.
pub(super) struct Event {
    pub(super) context: Handle,
    timed: bool,
    /// Stream and position of the last record.
    record: Option<(Handle, u64)>,
    /// When the stream passed it, in seconds of the device.
    pub(super) at_s: Option<f64>,
}

impl Driver {
    /// `cuEventCreate`.
    pub(crate) fn create_event(&mut self, flags: u32) -> Answer<Handle> {
        let context = self.here()?;
        if flags & !FLAGS != 0 {
            return Err(CudaError::InvalidValue);
        }
        let handle = self.new_handle();
        let timed = flags & NO_TIMING == 0;
        self.events.insert(handle, Event { context, timed, record: None, at_s: None });
        Ok(handle)
    }

    /// `cuEventDestroy`.
    pub(crate) fn destroy_event(&mut self, event: Handle) -> Answer<()> {
        self.event(event)?;
        self.events.remove(&event);
        Ok(())
    }

    fn event(&self, event: Handle) -> Answer<&Event> {
        self.ready()?;
        let event = self.events.get(&event).ok_or(CudaError::InvalidHandle)?;
        self.usable(event.context)?;
        Ok(event)
    }

    /// `cuEventRecord`.
    pub(crate) fn record_event(&mut self, event: Handle, stream: Handle) -> Answer<()> {
        let stream = self.stream(stream)?;
        if self.event(event)?.context != self.context_of(stream)? {
            return Err(CudaError::InvalidHandle);
        }
        let position = self.submit(stream, Work::Record { event })?;
        if let Some(event) = self.events.get_mut(&event) {
            event.record = Some((stream, position));
        }
        Ok(())
    }

    /// `cuStreamWaitEvent`: the stream waits for what was recorded last until now.
    pub(crate) fn wait_event(&mut self, stream: Handle, event: Handle) -> Answer<()> {
        let waiting = self.stream(stream)?;
        if let Some((stream, position)) = self.event(event)?.record
            && stream != waiting
        {
            self.submit(waiting, Work::Wait { stream, position })?;
        }
        Ok(())
    }

    /// `cuEventSynchronize`.
    pub(crate) fn synchronize_event(&mut self, event: Handle) -> Answer<()> {
        if let Some((stream, position)) = self.event(event)?.record {
            self.run_until(stream, position);
        }
        self.event(event).map(|_| ())
    }

    /// `cuEventQuery`. Each query does one piece of the stream's work, so that a host that polls gets on.
    pub(crate) fn query_event(&mut self, event: Handle) -> Answer<()> {
        if let Some((stream, position)) = self.event(event)?.record {
            if !self.is_done(stream, position) {
                self.run_some(stream, 1);
            }
            self.event(event)?;
            if !self.is_done(stream, position) {
                return Err(CudaError::NotReady);
            }
        }
        Ok(())
    }

    /// `cuEventElapsedTime`, in milliseconds.
    pub(crate) fn elapsed_ms(&self, start: Handle, end: Handle) -> Answer<f32> {
        let (start, end) = (self.event(start)?, self.event(end)?);
        let mut records = Vec::new();
        for event in [start, end] {
            let record = event.record.filter(|_| event.timed && event.context == start.context);
            records.push(record.ok_or(CudaError::InvalidHandle)?);
        }
        if records.iter().any(|(stream, position)| !self.is_done(*stream, *position)) {
            return Err(CudaError::NotReady);
        }
        let (start_s, end_s) = (start.at_s.ok_or(CudaError::NotReady)?, end.at_s.ok_or(CudaError::NotReady)?);
        Ok(((end_s - start_s) * 1e3) as f32)
    }
}
