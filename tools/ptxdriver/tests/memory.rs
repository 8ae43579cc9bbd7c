//! Device memory is accounted for, and what a call names must be there.

use cudarc::driver::sys::CUresult::{
    CUDA_ERROR_ILLEGAL_ADDRESS, CUDA_ERROR_INVALID_VALUE, CUDA_ERROR_OUT_OF_MEMORY, CUDA_SUCCESS,
};
use cudarc::driver::{CudaContext, result};
use ptxdriver::{CallLog, Machine};

use crate::kernels::{add, code, launch_add, load, vectors};

const MIB: usize = 1 << 20;

#[test]
fn free_memory_follows_allocations() {
    let machine = Machine::new().set("MEMORY_MIB", "8").set("OTHER_MEMORY_MIB", "3");
    machine.run("memory::free_memory_follows_allocations", || {
        let context = CudaContext::new(0).unwrap();
        let stream = context.default_stream();
        assert_eq!(context.total_mem().unwrap(), 8 * MIB);
        assert_eq!(context.mem_get_info().unwrap(), (5 * MIB, 8 * MIB));
        let first = stream.alloc_zeros::<u8>(4 * MIB).unwrap();
        assert_eq!(context.mem_get_info().unwrap(), (MIB, 8 * MIB));
        assert_eq!(code(stream.alloc_zeros::<u8>(MIB + 1)), CUDA_ERROR_OUT_OF_MEMORY);
        drop(first);
        // The stream has not released it yet, but can be made to.
        let second = stream.alloc_zeros::<u8>(5 * MIB).unwrap();
        drop(second);
        context.synchronize().unwrap();
        assert_eq!(context.mem_get_info().unwrap(), (5 * MIB, 8 * MIB));
    });
}

#[test]
fn wrong_addresses_are_refused() {
    Machine::new().run("memory::wrong_addresses_are_refused", || {
        let context = CudaContext::new(0).unwrap();
        let stream = context.new_stream().unwrap();
        let mut host = [1u8; 8];
        // SAFETY: the driver checks the addresses, which is what is tested.
        unsafe {
            let buffer = result::malloc_sync(8).unwrap();
            let queue = stream.cu_stream();
            assert_eq!(code(result::memcpy_htod_sync(buffer, &host)), CUDA_SUCCESS);
            assert_eq!(code(result::memcpy_htod_sync(buffer + 1, &host)), CUDA_ERROR_INVALID_VALUE);
            assert_eq!(code(result::memcpy_htod_sync(0x10, &host)), CUDA_ERROR_INVALID_VALUE);
            assert_eq!(code(result::memcpy_dtoh_sync(&mut host, buffer + 1)), CUDA_ERROR_INVALID_VALUE);
            assert_eq!(code(result::memset_d8_async(buffer, 0, 9, queue)), CUDA_ERROR_INVALID_VALUE);
            assert_eq!(
                code(result::memcpy_dtod_async(buffer, buffer - 8, 8, queue)),
                CUDA_ERROR_INVALID_VALUE
            );
            assert_eq!(code(result::free_sync(buffer + 4)), CUDA_ERROR_INVALID_VALUE);
            assert_eq!(code(result::free_sync(buffer)), CUDA_SUCCESS);
            assert_eq!(code(result::free_sync(buffer)), CUDA_ERROR_INVALID_VALUE);
            assert_eq!(code(result::memcpy_dtoh_sync(&mut host, buffer)), CUDA_ERROR_INVALID_VALUE);
            let other = result::malloc_async(queue, 8).unwrap();
            assert_eq!(code(result::free_async(other, queue)), CUDA_SUCCESS);
            assert_eq!(code(result::free_async(other, queue)), CUDA_ERROR_INVALID_VALUE);
            assert_eq!(code(result::memcpy_htod_sync(other, &host)), CUDA_ERROR_INVALID_VALUE);
            assert_eq!(code(result::malloc_sync(0)), CUDA_ERROR_INVALID_VALUE);
        }
        assert_eq!(host, [1; 8]);
        context.synchronize().unwrap();
    });
}

#[test]
fn a_kernel_that_outlives_its_buffer_is_caught() {
    Machine::new().run("memory::a_kernel_that_outlives_its_buffer_is_caught", || {
        let context = CudaContext::new(0).unwrap();
        let (first, second) = (context.default_stream(), context.new_stream().unwrap());
        let [a, b, _] = vectors(64);
        let kernel = load(&context, "add").unwrap();
        let (a, b) = (second.clone_htod(&a).unwrap(), second.clone_htod(&b).unwrap());
        let mut out = second.alloc_zeros::<f32>(64).unwrap();
        second.synchronize().unwrap();
        // SAFETY: the streams are put in order by hand, wrongly: nothing makes the second wait for the first.
        unsafe { context.disable_event_tracking() };
        let address = a.leak();
        // SAFETY: the address is of that many numbers.
        let a = unsafe { second.upgrade_device_ptr::<f32>(address, 64) };
        launch_add(&second, &kernel, (&a, &b), &mut out).unwrap();
        // SAFETY: the driver checks the address.
        unsafe { result::free_async(a.leak(), first.cu_stream()) }.unwrap();
        first.synchronize().unwrap();
        assert_eq!(code(second.synchronize()), CUDA_ERROR_ILLEGAL_ADDRESS);
    });
}

#[test]
fn the_log_tells_what_is_left() {
    let log = std::env::temp_dir().join(format!("ptxdriver-log-{}", std::process::id()));
    Machine::new().log(&log).run("memory::the_log_tells_what_is_left", || {
        for leak in [false, true] {
            let context = CudaContext::new(0).unwrap();
            let stream = context.new_stream().unwrap();
            let [a, b, sum] = vectors(100);
            let kernel = load(&context, "add").unwrap();
            assert_eq!(add(&stream, &kernel, &a, &b).unwrap(), sum);
            context.synchronize().unwrap();
            if leak {
                stream.clone_htod(&a).unwrap().leak();
            }
        }
    });
    if std::env::var_os("PTXDRIVER_CHILD").is_none() {
        let log_read = CallLog::read(&log).unwrap();
        std::fs::remove_file(&log).unwrap();
        assert_eq!((log_read.count("cuInit"), log_read.count("cuLaunchKernel")), (2, 2));
        assert_eq!((log_read.most_allocations(), log_read.failures().count()), (3, 0));
        let end = log_read.at_end();
        assert_eq!((end.contexts, end.modules, end.streams, end.events, end.leaked), (0, 0, 0, 0, 1));
    }
}
