//! Streams: work in order, done when somebody waits for it (or at once, where the settings say so).

use std::collections::VecDeque;

use super::Driver;
use super::execute::Work;
use crate::device::Handle;
use crate::error::{Answer, CudaError};

/// How much work may wait in a stream; beyond it the oldest is done, as a driver blocks then.
const LONGEST_QUEUE: usize = 1024;
/// The handles that C reserves: the default stream in three spellings.
const RESERVED: [Handle; 3] = [0, 1, 2];
/// Flag of a stream that the default stream does not wait for.
const NON_BLOCKING: u32 = 1;

/// A stream.
pub(super) struct Stream {
    pub(super) context: Handle,
    /// Whether the host made it: not the default stream of a context.
    pub(super) of_the_host: bool,
    flags: u32,
    priority: i32,
    queue: VecDeque<Work>,
    /// Pieces of work given and done, since the beginning.
    issued: u64,
    done: u64,
}

impl Stream {
    /// The default stream of a context.
    pub(super) fn default_of(context: Handle) -> Self {
        Stream {
            context,
            of_the_host: false,
            flags: 0,
            priority: 0,
            queue: VecDeque::new(),
            issued: 0,
            done: 0,
        }
    }

    fn push(&mut self, work: Work) {
        self.queue.push_back(work);
        self.issued += 1;
    }

    /// Drops what is still to do.
    pub(super) fn abandon(&mut self) {
        self.queue.clear();
        self.done = self.issued;
    }

    fn is_blocking(&self) -> bool {
        self.of_the_host && self.flags & NON_BLOCKING == 0
    }
}

impl Driver {
    /// `cuStreamCreate`.
    pub(crate) fn create_stream(&mut self, flags: u32, priority: i32) -> Answer<Handle> {
        let context = self.here()?;
        if flags & !NON_BLOCKING != 0 {
            return Err(CudaError::InvalidValue);
        }
        let handle = self.new_handle();
        let stream = Stream { of_the_host: true, flags, priority, ..Stream::default_of(context) };
        self.streams.insert(handle, stream);
        Ok(handle)
    }

    /// `cuStreamDestroy`: what it has to do is still done.
    pub(crate) fn destroy_stream(&mut self, stream: Handle) -> Answer<()> {
        if RESERVED.contains(&stream) {
            return Err(CudaError::InvalidHandle);
        }
        self.stream(stream)?;
        self.finish(stream);
        self.streams.remove(&stream);
        Ok(())
    }

    /// The stream that a handle of C means, in a usable context.
    pub(super) fn stream(&self, handle: Handle) -> Answer<Handle> {
        let here = self.here()?;
        if RESERVED.contains(&handle) {
            return Ok(self.usable(here)?.default_stream);
        }
        let stream = self.streams.get(&handle).filter(|stream| stream.of_the_host);
        self.usable(stream.ok_or(CudaError::InvalidHandle)?.context)?;
        Ok(handle)
    }

    /// The context of a stream.
    pub(super) fn context_of(&self, stream: Handle) -> Answer<Handle> {
        Ok(self.streams.get(&stream).ok_or(CudaError::InvalidHandle)?.context)
    }

    /// Context, flags and priority.
    pub(crate) fn stream_properties(&self, handle: Handle) -> Answer<(Handle, u32, i32)> {
        let stream = self.stream(handle)?;
        let stream = self.streams.get(&stream).ok_or(CudaError::InvalidHandle)?;
        Ok((stream.context, stream.flags, stream.priority))
    }

    /// `cuStreamSynchronize`.
    pub(crate) fn synchronize_stream(&mut self, handle: Handle) -> Answer<()> {
        let stream = self.stream(handle)?;
        self.finish(stream);
        self.usable(self.context_of(stream)?).map(|_| ())
    }

    /// `cuStreamQuery`. Each query does one piece of work, so that a host that polls gets on.
    pub(crate) fn query_stream(&mut self, handle: Handle) -> Answer<()> {
        let stream = self.stream(handle)?;
        self.run_some(stream, 1);
        self.usable(self.context_of(stream)?)?;
        if self.is_done(stream, self.position(stream)) { Ok(()) } else { Err(CudaError::NotReady) }
    }

    /// Gives a stream something to do; its position in the stream.
    pub(super) fn submit(&mut self, stream: Handle, work: Work) -> Answer<u64> {
        for (other, position) in self.awaited_implicitly(stream) {
            self.push(stream, Work::Wait { stream: other, position })?;
        }
        self.push(stream, work)?;
        let position = self.position(stream);
        if self.settings.eager {
            self.run_until(stream, position);
        }
        while self.streams.get(&stream).is_some_and(|stream| stream.queue.len() > LONGEST_QUEUE) {
            self.run_some(stream, 1);
        }
        Ok(position)
    }

    fn push(&mut self, stream: Handle, work: Work) -> Answer<()> {
        self.streams.get_mut(&stream).ok_or(CudaError::InvalidHandle)?.push(work);
        Ok(())
    }

    /// What the next work of a stream waits for unasked: the default stream for all blocking ones, and they for it.
    fn awaited_implicitly(&self, handle: Handle) -> Vec<(Handle, u64)> {
        let Some(stream) = self.streams.get(&handle) else { return Vec::new() };
        let of_context = self.streams.iter().filter(|(_, other)| other.context == stream.context);
        let busy = of_context.filter(|(_, other)| other.done < other.issued);
        let awaited = busy.filter(|(_, other)| match stream.of_the_host {
            true => stream.is_blocking() && !other.of_the_host,
            false => other.is_blocking(),
        });
        awaited.map(|(other, state)| (*other, state.issued)).collect()
    }

    /// How much work a stream was given so far.
    pub(super) fn position(&self, stream: Handle) -> u64 {
        self.streams.get(&stream).map_or(0, |stream| stream.issued)
    }

    /// Whether a stream, unless it is gone, has got so far.
    pub(super) fn is_done(&self, stream: Handle, position: u64) -> bool {
        self.streams.get(&stream).is_none_or(|stream| stream.done >= position)
    }

    /// Does the work of a stream up to a position.
    pub(super) fn run_until(&mut self, stream: Handle, position: u64) {
        while !self.is_done(stream, position) {
            self.run_some(stream, 1);
        }
    }

    /// Does that many pieces of a stream's work, if it has so many.
    pub(super) fn run_some(&mut self, handle: Handle, pieces: usize) {
        for _ in 0..pieces {
            let Some(stream) = self.streams.get_mut(&handle) else { return };
            let context = stream.context;
            let Some(work) = stream.queue.pop_front() else { return };
            let result = self.execute(context, work);
            if let Some(stream) = self.streams.get_mut(&handle) {
                stream.done = (stream.done + 1).min(stream.issued);
            }
            if let Err(error) = result {
                self.fail(context, error);
            }
        }
    }

    /// Does all work of a stream.
    pub(super) fn finish(&mut self, stream: Handle) {
        self.run_until(stream, self.position(stream));
    }

    /// Does all work of a context.
    pub(super) fn finish_context(&mut self, context: Handle) {
        let of_it = self.streams.iter().filter(|(_, stream)| stream.context == context);
        for stream in of_it.map(|(handle, _)| *handle).collect::<Vec<_>>() {
            self.finish(stream);
        }
    }

    /// Does all work of a device.
    pub(super) fn finish_device(&mut self, device: usize) {
        let of_it = self.contexts.iter().filter(|(_, context)| context.device == device);
        for context in of_it.map(|(handle, _)| *handle).collect::<Vec<_>>() {
            self.finish_context(context);
        }
    }
}
