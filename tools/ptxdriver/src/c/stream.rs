//! Streams.

use super::pointers::Out;
use crate::device::Handle;

shells! {
    fn cuStreamCreate(stream: Out<Handle>, flags: u32) |driver| {
        stream.check()?;
        stream.put(driver.create_stream(flags, 0)?)
    }

    fn cuStreamCreateWithPriority(stream: Out<Handle>, flags: u32, priority: i32) |driver| {
        stream.check()?;
        stream.put(driver.create_stream(flags, priority)?)
    }

    fn cuStreamDestroy_v2(stream: Handle) |driver| { driver.destroy_stream(stream) }

    fn cuStreamSynchronize(stream: Handle) |driver| { driver.synchronize_stream(stream) }

    fn cuStreamQuery(stream: Handle) |driver| { driver.query_stream(stream) }

    fn cuStreamWaitEvent(stream: Handle, event: Handle, _flags: u32) |driver| { driver.wait_event(stream, event) }

    fn cuStreamGetCtx(stream: Handle, context: Out<Handle>) |driver| {
        context.put(driver.stream_properties(stream)?.0)
    }

    fn cuStreamGetFlags(stream: Handle, flags: Out<u32>) |driver| {
        flags.put(driver.stream_properties(stream)?.1)
    }

    fn cuStreamGetPriority(stream: Handle, priority: Out<i32>) |driver| {
        priority.put(driver.stream_properties(stream)?.2)
    }

    fn cuStreamIsCapturing(stream: Handle, status: Out<i32>) |driver| {
        driver.stream_properties(stream)?;
        status.put(0)
    }
}
