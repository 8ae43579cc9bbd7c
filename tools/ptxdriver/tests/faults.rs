//! Kernels and calls that go wrong, by themselves or because a variable asks for it.

use std::sync::Arc;

use cudarc::driver::sys::CUresult::{
    self, CUDA_ERROR_ECC_UNCORRECTABLE, CUDA_ERROR_ILLEGAL_ADDRESS, CUDA_ERROR_LAUNCH_FAILED,
    CUDA_ERROR_LAUNCH_OUT_OF_RESOURCES, CUDA_ERROR_LAUNCH_TIMEOUT, CUDA_ERROR_OUT_OF_MEMORY, CUDA_SUCCESS,
};
use cudarc::driver::{CudaContext, CudaFunction, DriverError};
use ptxdriver::{CallLog, Machine};

use crate::kernels::{add, code, launch_add, launch_bare, load, vectors};

/// Asserts that the device works.
fn works(ordinal: usize) {
    let context = CudaContext::new(ordinal).unwrap();
    let [a, b, sum] = vectors(100);
    assert_eq!(add(&context.default_stream(), &load(&context, "add").unwrap(), &a, &b).unwrap(), sum);
}

/// Asserts that work that goes wrong spoils the context for every call, and that a new context is good.
fn spoils<T>(work: impl Fn(&Arc<CudaContext>) -> Result<T, DriverError>, expected: CUresult) {
    let context = CudaContext::new(0).unwrap();
    let kept = work(&context).expect("a launch does not wait for its kernel");
    assert_eq!(code(context.synchronize()), expected);
    assert_eq!(code(context.synchronize()), expected);
    assert_eq!(code(context.mem_get_info()), expected);
    assert_eq!(code(context.default_stream().alloc_zeros::<u8>(1)), expected);
    assert_eq!(code(load(&context, "add")), expected);
    drop(kept);
    drop(context);
    works(0);
}

fn bare(context: &Arc<CudaContext>, kernel: &str) -> Result<CudaFunction, DriverError> {
    let kernel = load(context, kernel)?;
    launch_bare(&context.default_stream(), &kernel)?;
    Ok(kernel)
}

#[test]
fn a_trap_is_a_failed_launch() {
    Machine::new().run("faults::a_trap_is_a_failed_launch", || {
        spoils(|context| bare(context, "give_up"), CUDA_ERROR_LAUNCH_FAILED);
    });
}

#[test]
fn an_access_outside_a_buffer_is_illegal() {
    Machine::new().run("faults::an_access_outside_a_buffer_is_illegal", || {
        let work = |context: &Arc<CudaContext>| {
            let stream = context.default_stream();
            let kernel = load(context, "add")?;
            let short = stream.clone_htod(&[1.0; 99])?;
            let mut out = stream.alloc_zeros(100)?;
            launch_add(&stream, &kernel, (&short, &short), &mut out)?;
            Ok((kernel, short, out))
        };
        spoils(work, CUDA_ERROR_ILLEGAL_ADDRESS);
    });
}

#[test]
fn a_kernel_without_end_meets_the_watchdog() {
    let machine = Machine::new().set("MAX_INSTRUCTIONS", "100000");
    machine.run("faults::a_kernel_without_end_meets_the_watchdog", || {
        spoils(|context| bare(context, "spin"), CUDA_ERROR_LAUNCH_TIMEOUT);
    });
}

#[test]
fn the_watchdog_counts_all_threads() {
    let log = std::env::temp_dir().join(format!("ptxdriver-watchdog-{}", std::process::id()));
    let machine = Machine::new().set("MAX_INSTRUCTIONS", "10000").log(&log);
    machine.run("faults::the_watchdog_counts_all_threads", || {
        works(0);
        let context = CudaContext::new(0).unwrap();
        let [a, b, _] = vectors(1000);
        let kernel = load(&context, "add").unwrap();
        let result = add(&context.default_stream(), &kernel, &a, &b);
        assert_eq!(code(result), CUDA_ERROR_LAUNCH_TIMEOUT);
    });
    if let Ok(calls) = CallLog::read(&log)
        && !calls.calls.is_empty()
        && std::env::var_os("PTXDRIVER_LOG").is_none()
    {
        std::fs::remove_file(&log).unwrap();
        assert_eq!(calls.faults.len(), 1);
        assert!(calls.faults[0].contains("watchdog allows 10000"), "{:?}", calls.faults);
    }
}

#[test]
fn launches_fail_as_asked_for() {
    let machine = Machine::new().set("FAIL_LAUNCH", "2:out-of-resources,3:ecc,5:timeout");
    machine.run("faults::launches_fail_as_asked_for", || {
        works(0);
        let [a, b, sum] = vectors(100);
        let context = CudaContext::new(0).unwrap();
        let kernel = load(&context, "add").unwrap();
        let stream = context.default_stream();
        assert_eq!(code(add(&stream, &kernel, &a, &b)), CUDA_ERROR_LAUNCH_OUT_OF_RESOURCES);
        assert_eq!(code(add(&stream, &kernel, &a, &b)), CUDA_ERROR_ECC_UNCORRECTABLE);
        drop((kernel, stream, context));
        let context = CudaContext::new(0).unwrap();
        let kernel = load(&context, "add").unwrap();
        let stream = context.default_stream();
        assert_eq!(add(&stream, &kernel, &a, &b).unwrap(), sum);
        assert_eq!(code(add(&stream, &kernel, &a, &b)), CUDA_ERROR_LAUNCH_TIMEOUT);
        drop((kernel, stream, context));
        works(0);
    });
}

#[test]
fn allocations_fail_as_asked_for() {
    let machine = Machine::new().set("FAIL_ALLOCATION", "3,5+").set("FAIL_HOST_ALLOCATION", "1");
    machine.run("faults::allocations_fail_as_asked_for", || {
        let context = CudaContext::new(0).unwrap();
        let stream = context.default_stream();
        let answers: Vec<CUresult> = (0..6).map(|_| code(stream.alloc_zeros::<u8>(1))).collect();
        let (good, bad) = (CUDA_SUCCESS, CUDA_ERROR_OUT_OF_MEMORY);
        assert_eq!(answers, [good, good, bad, good, bad, bad]);
        // SAFETY: nothing reads the memory.
        let pinned = [0, 1].map(|_| code(unsafe { context.alloc_pinned::<u8>(1) }));
        assert_eq!(pinned, [bad, good]);
    });
}

#[test]
fn one_device_fails_alone() {
    let machine = Machine::new().set("DEVICES", "2").set("FAIL_LAUNCH", "1:illegal-address");
    machine.run("faults::one_device_fails_alone", || {
        spoils(
            |context| {
                let kernel = bare(context, "give_up");
                works(1);
                kernel
            },
            CUDA_ERROR_ILLEGAL_ADDRESS,
        );
    });
}
