//! Names and texts of errors. They need no driver, and are not in the log.

use std::ffi::{CStr, c_char};

use super::pointers::Out;
use crate::error::CudaError;

fn name(code: u32) -> Option<&'static CStr> {
    if code == 0 { Some(c"CUDA_SUCCESS") } else { CudaError::of_code(code).map(CudaError::name) }
}

fn text(code: u32) -> Option<&'static CStr> {
    if code == 0 { Some(c"no error") } else { CudaError::of_code(code).map(CudaError::text) }
}

fn answer(out: Out<*const c_char>, text: Option<&'static CStr>) -> u32 {
    let pointer = text.map_or(std::ptr::null(), CStr::as_ptr);
    match out.put(pointer) {
        Ok(()) if text.is_some() => 0,
        _ => CudaError::InvalidValue.code(),
    }
}

// SAFETY: the name is one of the Driver API, which nothing else in a process that loads this library defines.
#[unsafe(no_mangle)]
extern "C" fn cuGetErrorName(error: u32, out: Out<*const c_char>) -> u32 {
    answer(out, name(error))
}

// SAFETY: as above.
#[unsafe(no_mangle)]
extern "C" fn cuGetErrorString(error: u32, out: Out<*const c_char>) -> u32 {
    answer(out, text(error))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_error_has_name_and_text() {
        for error in CudaError::ALL {
            assert_eq!(name(error.code()), Some(error.name()));
            assert_eq!(text(error.code()).unwrap().to_string_lossy(), error.to_string());
        }
        assert_eq!((name(0), text(0)), (Some(c"CUDA_SUCCESS"), Some(c"no error")));
        assert_eq!((name(12345), text(12345)), (None, None));
    }
}
