//! Streams keep their order, and only theirs.

use cudarc::driver::sys::CUresult::{CUDA_ERROR_INVALID_HANDLE, CUDA_SUCCESS};
use cudarc::driver::sys::{CUevent_flags, cuStreamQuery};
use cudarc::driver::{CudaContext, CudaStream};
use ptxdriver::Machine;

use crate::kernels::{code, launch_step, load};

/// `x -> 3 x + 1`, that many times.
fn stepped(start: u32, times: u32) -> u32 {
    (0..times).fold(start, |x, _| x.wrapping_mul(3).wrapping_add(1))
}

#[test]
fn a_stream_does_its_work_in_order() {
    for mode in ["lazy", "eager"] {
        Machine::new().set("STREAMS", mode).run("streams::a_stream_does_its_work_in_order", || {
            let context = CudaContext::new(0).unwrap();
            let stream = context.new_stream().unwrap();
            let kernel = load(&context, "step").unwrap();
            let mut word = stream.clone_htod(&[5]).unwrap();
            for _ in 0..3 {
                launch_step(&stream, &kernel, &mut word).unwrap();
            }
            let copy = stream.clone_dtod(&word).unwrap();
            stream.memset_zeros(&mut word).unwrap();
            launch_step(&stream, &kernel, &mut word).unwrap();
            assert_eq!(stream.clone_dtoh(&word).unwrap(), [1]);
            assert_eq!(stream.clone_dtoh(&copy).unwrap(), [stepped(5, 3)]);
        });
    }
}

#[test]
fn pinned_memory_is_used_when_the_stream_comes_to_it() {
    Machine::new().run("streams::pinned_memory_is_used_when_the_stream_comes_to_it", || {
        let context = CudaContext::new(0).unwrap();
        let stream = context.new_stream().unwrap();
        let kernel = load(&context, "step").unwrap();
        // SAFETY: every word is written before it is read.
        let (mut from, mut to) =
            unsafe { (context.alloc_pinned::<u32>(1).unwrap(), context.alloc_pinned::<u32>(1).unwrap()) };
        from.as_mut_slice().unwrap()[0] = 7;
        to.as_mut_slice().unwrap()[0] = 99;
        let mut word = stream.alloc_zeros::<u32>(1).unwrap();
        stream.memcpy_htod(&from, &mut word).unwrap();
        launch_step(&stream, &kernel, &mut word).unwrap();
        stream.memcpy_dtoh(&word, &mut to).unwrap();
        let address = to.as_ptr().unwrap();
        assert_eq!(to.as_slice().unwrap(), [22], "as_slice waits for the copy");
        launch_step(&stream, &kernel, &mut word).unwrap();
        // SAFETY: the memory is alive; that the copy has not been made is what is tested.
        unsafe {
            cudarc::driver::result::memcpy_dtoh_async(
                to_bytes(address),
                dev(&word, &stream),
                stream.cu_stream(),
            )
        }
        .unwrap();
        // SAFETY: as above.
        assert_eq!(unsafe { address.read_volatile() }, 22, "nobody has waited");
        stream.synchronize().unwrap();
        // SAFETY: as above.
        assert_eq!(unsafe { address.read_volatile() }, 67);
    });
}

fn to_bytes<'a>(address: *const u32) -> &'a mut [u8] {
    // SAFETY: the caller's word is alive and nobody else's.
    unsafe { std::slice::from_raw_parts_mut(address.cast_mut().cast(), 4) }
}

fn dev(word: &cudarc::driver::CudaSlice<u32>, stream: &CudaStream) -> u64 {
    cudarc::driver::DevicePtr::device_ptr(word, stream).0
}

#[test]
fn a_stream_that_nobody_waits_for_does_nothing() {
    Machine::new().run("streams::a_stream_that_nobody_waits_for_does_nothing", || {
        let context = CudaContext::new(0).unwrap();
        // SAFETY: the streams are put in order by hand.
        unsafe { context.disable_event_tracking() };
        let (busy, reader) = (context.new_stream().unwrap(), context.new_stream().unwrap());
        let kernel = load(&context, "step").unwrap();
        let mut word = busy.clone_htod(&[5]).unwrap();
        busy.synchronize().unwrap();
        launch_step(&busy, &kernel, &mut word).unwrap();
        assert_eq!(reader.clone_dtoh(&word).unwrap(), [5], "an order that was not asked for");
        let passed = busy.record_event(None).unwrap();
        launch_step(&busy, &kernel, &mut word).unwrap();
        reader.wait(&passed).unwrap();
        assert_eq!(reader.clone_dtoh(&word).unwrap(), [16], "the first step, not the second");
        context.synchronize().unwrap();
        assert_eq!(reader.clone_dtoh(&word).unwrap(), [49]);
    });
}

#[test]
fn slices_of_cudarc_keep_two_streams_in_order() {
    Machine::new().run("streams::slices_of_cudarc_keep_two_streams_in_order", || {
        let context = CudaContext::new(0).unwrap();
        let streams = [context.new_stream().unwrap(), context.new_stream().unwrap()];
        let kernel = load(&context, "step").unwrap();
        let mut word = streams[0].clone_htod(&[1]).unwrap();
        for i in 0..3000 {
            launch_step(&streams[i % 2], &kernel, &mut word).unwrap();
        }
        assert_eq!(streams[1].clone_dtoh(&word).unwrap(), [stepped(1, 3000)]);
    });
}

#[test]
fn events_tell_when_and_time() {
    let machine = Machine::new().set("INSTRUCTIONS_PER_SECOND", "1000000");
    machine.run("streams::events_tell_when_and_time", || {
        let context = CudaContext::new(0).unwrap();
        let stream = context.new_stream().unwrap();
        let kernel = load(&context, "step").unwrap();
        let mut word = stream.clone_htod(&[1]).unwrap();
        stream.synchronize().unwrap();
        let timed = Some(CUevent_flags::CU_EVENT_DEFAULT);
        let start = stream.record_event(timed).unwrap();
        launch_step(&stream, &kernel, &mut word).unwrap();
        let end = stream.record_event(timed).unwrap();
        assert!(!end.is_complete(), "nobody has waited");
        let mut queries = 1;
        while !end.is_complete() {
            queries += 1;
        }
        assert!((2..20).contains(&queries), "{queries} queries until the work was done");
        let elapsed_ms = start.elapsed_ms(&end).unwrap();
        assert!(
            (0.005..0.007).contains(&elapsed_ms),
            "5 instructions at a million a second, and a launch: {elapsed_ms} ms"
        );
        let untimed = stream.record_event(None).unwrap();
        stream.synchronize().unwrap();
        // SAFETY: the stream is alive.
        assert_eq!(unsafe { cuStreamQuery(stream.cu_stream()) }, CUDA_SUCCESS);
        assert_eq!(code(start.elapsed_ms(&untimed)), CUDA_ERROR_INVALID_HANDLE);
    });
}
