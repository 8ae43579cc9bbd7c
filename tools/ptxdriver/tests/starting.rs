//! Machines that a host cannot use, and what it learns of those that it can.

use std::ffi::{CStr, CString, c_void};

use cudarc::driver::sys::CUdevice_attribute::{
    CU_DEVICE_ATTRIBUTE_MULTIPROCESSOR_COUNT, CU_DEVICE_ATTRIBUTE_WARP_SIZE,
};
use cudarc::driver::sys::CUjit_option::{CU_JIT_ERROR_LOG_BUFFER, CU_JIT_ERROR_LOG_BUFFER_SIZE_BYTES};
use cudarc::driver::sys::CUresult::{
    CUDA_ERROR_INVALID_DEVICE, CUDA_ERROR_INVALID_PTX, CUDA_ERROR_NO_DEVICE,
    CUDA_ERROR_SYSTEM_DRIVER_MISMATCH, CUDA_ERROR_SYSTEM_NOT_READY, CUDA_ERROR_UNSUPPORTED_PTX_VERSION,
    CUDA_SUCCESS,
};
use cudarc::driver::sys::{cuDriverGetVersion, cuModuleLoadDataEx, is_culib_present};
use cudarc::driver::{CudaContext, DriverError};
use cudarc::nvrtc::Ptx;
use ptxdriver::{Machine, MachineError};

use crate::kernels::{code, text, text_for};

#[test]
fn a_machine_without_devices_says_so() {
    Machine::new().set("DEVICES", "0").run("starting::a_machine_without_devices_says_so", || {
        // SAFETY: opens and closes the library.
        assert!(unsafe { is_culib_present() });
        assert_eq!(code(CudaContext::new(0)), CUDA_ERROR_NO_DEVICE);
        assert_eq!(code(CudaContext::device_count()), CUDA_ERROR_NO_DEVICE);
        let error = CudaContext::new(0).unwrap_err();
        assert_eq!(error.error_name().unwrap().to_str(), Ok("CUDA_ERROR_NO_DEVICE"));
        assert_eq!(error.error_string().unwrap().to_str(), Ok("no CUDA-capable device is detected"));
    });
}

#[test]
fn initialisation_fails_as_asked_for() {
    let machine = Machine::new().set("INIT_ERROR", "system-driver-mismatch");
    machine.run("starting::initialisation_fails_as_asked_for", || {
        assert_eq!(code(CudaContext::new(0)), CUDA_ERROR_SYSTEM_DRIVER_MISMATCH);
    });
}

#[test]
fn a_variable_that_is_not_known_stops_everything() {
    Machine::new().set("DEVICE", "2").run("starting::a_variable_that_is_not_known_stops_everything", || {
        assert_eq!(code(CudaContext::new(0)), CUDA_ERROR_SYSTEM_NOT_READY);
    });
}

#[test]
fn the_device_is_the_one_described() {
    let machine = Machine::new().set("COMPUTE_CAPABILITY", "9.0").set("MULTIPROCESSORS", "5");
    machine.set("DRIVER_VERSION", "12040").run("starting::the_device_is_the_one_described", || {
        let context = CudaContext::new(0).unwrap();
        let mut version = 0;
        // SAFETY: there is a place for the version.
        assert_eq!(unsafe { cuDriverGetVersion(&raw mut version) }, CUDA_SUCCESS);
        assert_eq!((version, context.compute_capability()), (12040, Ok((9, 0))));
        assert_eq!(context.attribute(CU_DEVICE_ATTRIBUTE_MULTIPROCESSOR_COUNT), Ok(5));
        assert_eq!(context.attribute(CU_DEVICE_ATTRIBUTE_WARP_SIZE), Ok(32));
        assert!(context.name().unwrap().contains("simulated"));
        assert_eq!(code(CudaContext::new(1)), CUDA_ERROR_INVALID_DEVICE);
    });
}

#[test]
fn ptx_must_suit_driver_and_device() {
    let machine = Machine::new().set("COMPUTE_CAPABILITY", "8.6").set("DRIVER_VERSION", "11080");
    machine.run("starting::ptx_must_suit_driver_and_device", || {
        let context = CudaContext::new(0).unwrap();
        let loaded = |text: String| code(context.load_module(Ptx::from_src(text)));
        assert_eq!(loaded(text()), CUDA_SUCCESS);
        assert_eq!(loaded(text_for("7.8", "sm_86")), CUDA_SUCCESS);
        assert_eq!(loaded(text_for("8.0", "sm_80")), CUDA_ERROR_UNSUPPORTED_PTX_VERSION);
        assert_eq!(loaded(text_for("7.8", "sm_89")), CUDA_ERROR_INVALID_PTX);
        assert_eq!(loaded(text().replace("ret;", "return;")), CUDA_ERROR_INVALID_PTX);
        let kernel = crate::kernels::load(&context, "add").unwrap();
        let blocks = kernel.occupancy_max_active_blocks_per_multiprocessor(256, 0, None);
        assert_eq!(blocks, Ok::<_, DriverError>(8));
    });
}

#[test]
fn the_compiler_says_where_the_text_is_wrong() {
    Machine::new().run("starting::the_compiler_says_where_the_text_is_wrong", || {
        let _context = CudaContext::new(0).unwrap();
        let text = CString::new(text().replace("ret;", "return;")).unwrap();
        let mut words = [1_u8; 200];
        let mut options = [CU_JIT_ERROR_LOG_BUFFER, CU_JIT_ERROR_LOG_BUFFER_SIZE_BYTES];
        let mut values: [*mut c_void; 2] = [words.as_mut_ptr().cast(), words.len() as *mut c_void];
        let mut module = std::ptr::null_mut();
        let (image, n) = (text.as_ptr().cast(), options.len() as u32);
        // SAFETY: the options are two, and the buffer is as long as the second says.
        let answer = unsafe {
            cuModuleLoadDataEx(&raw mut module, image, n, options.as_mut_ptr(), values.as_mut_ptr())
        };
        assert_eq!(answer, CUDA_ERROR_INVALID_PTX);
        let words = CStr::from_bytes_until_nul(&words).unwrap().to_string_lossy();
        assert!(words.contains("line ") && words.contains("return"), "{words}");
    });
}

#[test]
fn failures_of_the_child_reach_the_test() {
    let wrong = || Machine::new().try_run("starting::no_such_test", || {});
    match Machine::new().try_run("starting::failures_of_the_child_reach_the_test", || panic!("as it should"))
    {
        Err(MachineError::Failed { output, .. }) => assert!(output.contains("as it should"), "{output}"),
        other => panic!("{other:?}"),
    }
    assert!(matches!(wrong(), Err(MachineError::NoSuchTest { .. })));
}
