//! Contexts: primary ones and others, which is current on a thread, and what a fault does to one.

use std::collections::BTreeMap;
use std::thread;

use super::Driver;
use super::stream::Stream;
use crate::device::Handle;
use crate::error::{Answer, CudaError};

/// Limits that can be set, with what they are at first: stack, print buffer, heap.
const LIMITS: [(i32, usize); 3] = [(0, 1 << 10), (1, 1 << 20), (2, 8 << 20)];

/// A context.
pub(super) struct Context {
    pub(super) device: usize,
    pub(super) default_stream: Handle,
    /// The error that made it useless.
    pub(super) failed: Option<CudaError>,
    flags: u32,
    limits: BTreeMap<i32, usize>,
}

impl Driver {
    /// `cuCtxCreate`: a context that is then current.
    pub(crate) fn create_context(&mut self, device: i32, flags: u32) -> Answer<Handle> {
        let device = self.device(device)?;
        let context = self.new_context(device, flags)?;
        self.stack().push(context);
        Ok(context)
    }

    /// `cuCtxDestroy`.
    pub(crate) fn destroy_context(&mut self, context: Handle) -> Answer<()> {
        let primary = self.devices.iter().any(|d| d.primary.is_some_and(|(handle, _)| handle == context));
        if primary || !self.contexts.contains_key(&context) {
            return Err(CudaError::InvalidContext);
        }
        self.tear_down(context);
        let stack = self.stack();
        if stack.last() == Some(&context) {
            stack.pop();
        }
        Ok(())
    }

    /// `cuDevicePrimaryCtxRetain`.
    pub(crate) fn retain_primary(&mut self, device: i32) -> Answer<Handle> {
        let device = self.device(device)?;
        if let Some((context, count)) = &mut self.devices[device].primary {
            *count += 1;
            return Ok(*context);
        }
        let flags = self.devices[device].flags;
        let context = self.new_context(device, flags)?;
        self.devices[device].primary = Some((context, 1));
        Ok(context)
    }

    /// `cuDevicePrimaryCtxRelease`: the last release ends the context.
    pub(crate) fn release_primary(&mut self, device: i32) -> Answer<()> {
        let device = self.device(device)?;
        let (context, count) = self.devices[device].primary.ok_or(CudaError::InvalidContext)?;
        if count > 1 {
            self.devices[device].primary = Some((context, count - 1));
        } else {
            self.end_primary(device);
        }
        Ok(())
    }

    /// `cuDevicePrimaryCtxReset`: ends the context, however often it is retained.
    pub(crate) fn reset_primary(&mut self, device: i32) -> Answer<()> {
        let device = self.device(device)?;
        self.end_primary(device);
        Ok(())
    }

    /// `cuDevicePrimaryCtxGetState`: flags, and whether the context is there.
    pub(crate) fn primary_state(&self, device: i32) -> Answer<(u32, bool)> {
        let device = &self.devices[self.device(device)?];
        Ok((device.flags, device.primary.is_some()))
    }

    /// `cuDevicePrimaryCtxSetFlags`.
    pub(crate) fn set_primary_flags(&mut self, device: i32, flags: u32) -> Answer<()> {
        let device = self.device(device)?;
        self.devices[device].flags = flags;
        Ok(())
    }

    fn end_primary(&mut self, device: usize) {
        if let Some((context, _)) = self.devices[device].primary.take() {
            self.tear_down(context);
        }
    }

    fn new_context(&mut self, device: usize, flags: u32) -> Answer<Handle> {
        if self.free_memory(device) == 0 {
            return Err(CudaError::OutOfMemory);
        }
        let (context, default_stream) = (self.new_handle(), self.new_handle());
        self.streams.insert(default_stream, Stream::default_of(context));
        let limits = BTreeMap::from(LIMITS);
        self.contexts.insert(context, Context { device, default_stream, failed: None, flags, limits });
        Ok(context)
    }

    /// Ends a context with all that is in it. Buffers that the host left count as leaked, unless a fault kept it from
    /// releasing them.
    fn tear_down(&mut self, handle: Handle) {
        let Some(context) = self.contexts.remove(&handle) else { return };
        self.streams.retain(|_, stream| stream.context != handle);
        self.events.retain(|_, event| event.context != handle);
        let modules = self.modules.iter().filter(|(_, module)| module.context == handle);
        for module in modules.map(|(handle, _)| *handle).collect::<Vec<_>>() {
            self.drop_module(module);
        }
        let left = self.devices[context.device].release_all_of(handle);
        if context.failed.is_none() {
            self.leaked += left;
        }
    }

    /// Makes a context useless. What its streams were to do is not done.
    pub(super) fn fail(&mut self, handle: Handle, error: CudaError) {
        if let Some(context) = self.contexts.get_mut(&handle) {
            context.failed.get_or_insert(error);
        }
        for stream in self.streams.values_mut().filter(|stream| stream.context == handle) {
            stream.abandon();
        }
    }

    fn stack(&mut self) -> &mut Vec<Handle> {
        self.current.entry(thread::current().id()).or_default()
    }

    /// `cuCtxGetCurrent`: 0 where there is none.
    pub(crate) fn current(&self) -> Answer<Handle> {
        self.ready()?;
        let stack = self.current.get(&thread::current().id());
        Ok(stack.and_then(|stack| stack.last()).copied().unwrap_or(0))
    }

    /// `cuCtxSetCurrent`; 0 takes the current one away.
    pub(crate) fn set_current(&mut self, context: Handle) -> Answer<()> {
        self.ready()?;
        if context != 0 && !self.contexts.contains_key(&context) {
            return Err(CudaError::InvalidContext);
        }
        let stack = self.stack();
        stack.pop();
        if context != 0 {
            stack.push(context);
        }
        Ok(())
    }

    /// `cuCtxPushCurrent`.
    pub(crate) fn push_current(&mut self, context: Handle) -> Answer<()> {
        self.ready()?;
        if !self.contexts.contains_key(&context) {
            return Err(CudaError::InvalidContext);
        }
        self.stack().push(context);
        Ok(())
    }

    /// `cuCtxPopCurrent`.
    pub(crate) fn pop_current(&mut self) -> Answer<Handle> {
        self.ready()?;
        self.stack().pop().ok_or(CudaError::InvalidContext)
    }

    /// The current context, where it can be used.
    pub(super) fn here(&self) -> Answer<Handle> {
        match self.current()? {
            0 => Err(CudaError::InvalidContext),
            context => self.usable(context).map(|_| context),
        }
    }

    /// A context that no fault has made useless.
    pub(super) fn usable(&self, context: Handle) -> Answer<&Context> {
        let context = self.contexts.get(&context).ok_or(CudaError::ContextIsDestroyed)?;
        match context.failed {
            Some(error) => Err(error),
            None => Ok(context),
        }
    }

    /// `cuCtxGetDevice`.
    pub(crate) fn current_device(&self) -> Answer<usize> {
        Ok(self.usable(self.here()?)?.device)
    }

    /// `cuCtxSynchronize`.
    pub(crate) fn synchronize(&mut self) -> Answer<()> {
        let context = self.here()?;
        self.finish_context(context);
        self.usable(context).map(|_| ())
    }

    /// `cuCtxGetFlags`.
    pub(crate) fn context_flags(&self) -> Answer<u32> {
        Ok(self.usable(self.here()?)?.flags)
    }

    /// `cuCtxSetFlags`.
    pub(crate) fn set_context_flags(&mut self, flags: u32) -> Answer<()> {
        let here = self.here()?;
        self.contexts.get_mut(&here).ok_or(CudaError::InvalidContext)?.flags = flags;
        Ok(())
    }

    /// `cuCtxGetLimit`.
    pub(crate) fn limit(&self, limit: i32) -> Answer<usize> {
        let limits = &self.usable(self.here()?)?.limits;
        limits.get(&limit).copied().ok_or(CudaError::UnsupportedLimit)
    }

    /// `cuCtxSetLimit`; the interpreter's own limits stay as they are.
    pub(crate) fn set_limit(&mut self, limit: i32, value: usize) -> Answer<()> {
        let here = self.here()?;
        let context = self.contexts.get_mut(&here).ok_or(CudaError::InvalidContext)?;
        *context.limits.get_mut(&limit).ok_or(CudaError::UnsupportedLimit)? = value;
        Ok(())
    }
}
