//! Events.

use super::pointers::Out;
use crate::device::Handle;

shells! {
    fn cuEventCreate(event: Out<Handle>, flags: u32) |driver| {
        event.check()?;
        event.put(driver.create_event(flags)?)
    }

    fn cuEventDestroy_v2(event: Handle) |driver| { driver.destroy_event(event) }

    fn cuEventRecord(event: Handle, stream: Handle) |driver| { driver.record_event(event, stream) }

    fn cuEventRecordWithFlags(event: Handle, stream: Handle, _flags: u32) |driver| {
        driver.record_event(event, stream)
    }

    fn cuEventSynchronize(event: Handle) |driver| { driver.synchronize_event(event) }

    fn cuEventQuery(event: Handle) |driver| { driver.query_event(event) }

    fn cuEventElapsedTime(milliseconds: Out<f32>, start: Handle, end: Handle) |driver| {
        milliseconds.put(driver.elapsed_ms(start, end)?)
    }

    fn cuEventElapsedTime_v2(milliseconds: Out<f32>, start: Handle, end: Handle) |driver| {
        milliseconds.put(driver.elapsed_ms(start, end)?)
    }
}
