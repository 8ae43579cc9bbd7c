//! Contexts.

use std::ffi::c_void;

use super::pointers::{List, Out};
use crate::device::Handle;
use crate::error::CudaError;

/// Version of the interface that contexts say they have.
const API_VERSION: u32 = 3020;

shells! {
    fn cuDevicePrimaryCtxRetain(context: Out<Handle>, device: i32) |driver| {
        context.check()?;
        context.put(driver.retain_primary(device)?)
    }

    fn cuDevicePrimaryCtxRelease_v2(device: i32) |driver| { driver.release_primary(device) }

    fn cuDevicePrimaryCtxReset_v2(device: i32) |driver| { driver.reset_primary(device) }

    fn cuDevicePrimaryCtxSetFlags_v2(device: i32, flags: u32) |driver| { driver.set_primary_flags(device, flags) }

    fn cuDevicePrimaryCtxGetState(device: i32, flags: Out<u32>, active: Out<i32>) |driver| {
        let (bits, is_active) = driver.primary_state(device)?;
        flags.put(bits)?;
        active.put(i32::from(is_active))
    }

    fn cuCtxCreate_v2(context: Out<Handle>, flags: u32, device: i32) |driver| {
        context.check()?;
        context.put(driver.create_context(device, flags)?)
    }

    fn cuCtxCreate_v3(context: Out<Handle>, affinity: List<u64>, _n: i32, flags: u32, device: i32) |driver| {
        context.check()?;
        if !affinity.is_null() {
            return Err(CudaError::NotSupported);
        }
        context.put(driver.create_context(device, flags)?)
    }

    fn cuCtxCreate_v4(context: Out<Handle>, parameters: List<*const c_void>, flags: u32, device: i32) |driver| {
        context.check()?;
        if !parameters.is_null() {
            return Err(CudaError::NotSupported);
        }
        context.put(driver.create_context(device, flags)?)
    }

    fn cuCtxDestroy_v2(context: Handle) |driver| { driver.destroy_context(context) }

    fn cuCtxGetCurrent(context: Out<Handle>) |driver| { context.put(driver.current()?) }

    fn cuCtxSetCurrent(context: Handle) |driver| { driver.set_current(context) }

    fn cuCtxPushCurrent_v2(context: Handle) |driver| { driver.push_current(context) }

    fn cuCtxPopCurrent_v2(context: Out<Handle>) |driver| {
        let popped = driver.pop_current()?;
        context.put_if_wanted(popped);
        Ok(())
    }

    fn cuCtxGetDevice(device: Out<i32>) |driver| { device.put(driver.current_device()? as i32) }

    fn cuCtxGetApiVersion(_context: Handle, version: Out<u32>) |_| { version.put(API_VERSION) }

    fn cuCtxSynchronize() |driver| { driver.synchronize() }

    fn cuCtxGetFlags(flags: Out<u32>) |driver| { flags.put(driver.context_flags()?) }

    fn cuCtxSetFlags(flags: u32) |driver| { driver.set_context_flags(flags) }

    fn cuCtxGetLimit(value: Out<usize>, limit: i32) |driver| { value.put(driver.limit(limit)?) }

    fn cuCtxSetLimit(limit: i32, value: usize) |driver| { driver.set_limit(limit, value) }

    fn cuCtxGetCacheConfig(config: Out<i32>) |driver| {
        driver.current_device()?;
        config.put(0)
    }

    fn cuCtxSetCacheConfig(_config: i32) |driver| { driver.current_device().map(|_| ()) }

    fn cuCtxGetStreamPriorityRange(least: Out<i32>, greatest: Out<i32>) |driver| {
        driver.current_device()?;
        least.put_if_wanted(0);
        greatest.put_if_wanted(-5);
        Ok(())
    }

    fn cuProfilerStart() |driver| { driver.current_device().map(|_| ()) }

    fn cuProfilerStop() |driver| { driver.current_device().map(|_| ()) }
}
