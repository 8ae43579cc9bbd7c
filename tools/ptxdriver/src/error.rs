//! The errors of the Driver API, with the numbers that its header gives them.

use std::ffi::CStr;

/// One row per error: name, number, name and text for C, and whether the context is lost.
macro_rules! errors {
    ($($name:ident = $code:literal, $c_name:literal, $text:literal, $sticky:literal;)*) => {
        /// An error of the Driver API.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
        #[repr(u32)]
        #[non_exhaustive]
        pub enum CudaError {
            $(
                #[doc = $text]
                #[error($text)]
                $name = $code,
            )*
        }

        impl CudaError {
            /// Every error that the stand-in knows.
            pub const ALL: &[CudaError] = &[$(CudaError::$name,)*];

            /// Its name in the header, such as `CUDA_ERROR_INVALID_VALUE`.
            pub fn name(self) -> &'static CStr {
                match self { $(CudaError::$name => $c_name,)* }
            }

            /// What it means, for people.
            pub fn text(self) -> &'static CStr {
                match self {
                    $(CudaError::$name => const {
                        match CStr::from_bytes_with_nul(concat!($text, "\0").as_bytes()) {
                            Ok(text) => text,
                            Err(_) => c"",
                        }
                    },)*
                }
            }

            /// Whether the context is of no use afterwards: every later call in it gives the same error.
            pub fn is_sticky(self) -> bool {
                match self { $(CudaError::$name => $sticky,)* }
            }
        }
    };
}

errors! {
    InvalidValue = 1, c"CUDA_ERROR_INVALID_VALUE", "invalid argument", false;
    OutOfMemory = 2, c"CUDA_ERROR_OUT_OF_MEMORY", "out of memory", false;
    NotInitialized = 3, c"CUDA_ERROR_NOT_INITIALIZED", "initialization error", false;
    DeviceUnavailable = 46, c"CUDA_ERROR_DEVICE_UNAVAILABLE", "device is busy or unavailable", false;
    NoDevice = 100, c"CUDA_ERROR_NO_DEVICE", "no CUDA-capable device is detected", false;
    InvalidDevice = 101, c"CUDA_ERROR_INVALID_DEVICE", "invalid device ordinal", false;
    InvalidImage = 200, c"CUDA_ERROR_INVALID_IMAGE", "device kernel image is invalid", false;
    InvalidContext = 201, c"CUDA_ERROR_INVALID_CONTEXT", "invalid device context", false;
    NoBinaryForGpu = 209, c"CUDA_ERROR_NO_BINARY_FOR_GPU", "no kernel image for this device", false;
    EccUncorrectable = 214, c"CUDA_ERROR_ECC_UNCORRECTABLE", "uncorrectable ECC error encountered", true;
    UnsupportedLimit = 215, c"CUDA_ERROR_UNSUPPORTED_LIMIT", "limit is not supported on this architecture", false;
    InvalidPtx = 218, c"CUDA_ERROR_INVALID_PTX", "a PTX JIT compilation failed", false;
    UnsupportedPtxVersion = 222, c"CUDA_ERROR_UNSUPPORTED_PTX_VERSION", "the PTX is newer than this driver", false;
    FileNotFound = 301, c"CUDA_ERROR_FILE_NOT_FOUND", "file not found", false;
    InvalidHandle = 400, c"CUDA_ERROR_INVALID_HANDLE", "invalid resource handle", false;
    NotFound = 500, c"CUDA_ERROR_NOT_FOUND", "named symbol not found", false;
    NotReady = 600, c"CUDA_ERROR_NOT_READY", "device not ready", false;
    IllegalAddress = 700, c"CUDA_ERROR_ILLEGAL_ADDRESS", "an illegal memory access was encountered", true;
    LaunchOutOfResources = 701, c"CUDA_ERROR_LAUNCH_OUT_OF_RESOURCES", "too many resources for a launch", false;
    LaunchTimeout = 702, c"CUDA_ERROR_LAUNCH_TIMEOUT", "the launch timed out and was terminated", true;
    ContextIsDestroyed = 709, c"CUDA_ERROR_CONTEXT_IS_DESTROYED", "context is destroyed", false;
    IllegalInstruction = 715, c"CUDA_ERROR_ILLEGAL_INSTRUCTION", "an illegal instruction was encountered", true;
    MisalignedAddress = 716, c"CUDA_ERROR_MISALIGNED_ADDRESS", "misaligned address", true;
    InvalidAddressSpace = 717, c"CUDA_ERROR_INVALID_ADDRESS_SPACE", "operation not of this address space", true;
    LaunchFailed = 719, c"CUDA_ERROR_LAUNCH_FAILED", "unspecified launch failure", true;
    NotPermitted = 800, c"CUDA_ERROR_NOT_PERMITTED", "operation not permitted", false;
    NotSupported = 801, c"CUDA_ERROR_NOT_SUPPORTED", "operation not supported", false;
    SystemNotReady = 802, c"CUDA_ERROR_SYSTEM_NOT_READY", "system not yet initialized", false;
    SystemDriverMismatch = 803, c"CUDA_ERROR_SYSTEM_DRIVER_MISMATCH", "driver and library do not match", false;
    Unknown = 999, c"CUDA_ERROR_UNKNOWN", "unknown error", false;
}

/// What a call gives.
pub(crate) type Answer<T> = Result<T, CudaError>;

/// Other words for errors that faults are often named by.
const NICKNAMES: [(&str, CudaError); 4] = [
    ("timeout", CudaError::LaunchTimeout),
    ("ecc", CudaError::EccUncorrectable),
    ("trap", CudaError::LaunchFailed),
    ("out-of-resources", CudaError::LaunchOutOfResources),
];

impl CudaError {
    /// The number of the header.
    pub fn code(self) -> u32 {
        self as u32
    }

    /// The error of this number.
    pub fn of_code(code: u32) -> Option<Self> {
        Self::ALL.iter().copied().find(|error| error.code() == code)
    }

    /// The error that a word names: a number, a nickname (`timeout`, `ecc`, `trap`, `out-of-resources`), or its name
    /// in any case, with or without `CUDA_ERROR_`.
    pub fn of_word(word: &str) -> Option<Self> {
        if let Ok(code) = word.parse() {
            return Self::of_code(code);
        }
        let plain = word.to_uppercase().replace('-', "_");
        let full = format!("CUDA_ERROR_{}", plain.trim_start_matches("CUDA_ERROR_"));
        let named = Self::ALL.iter().copied().find(|error| error.name().to_bytes() == full.as_bytes());
        let nickname = NICKNAMES.iter().find(|(nickname, _)| nickname.eq_ignore_ascii_case(word));
        named.or(nickname.map(|(_, error)| *error))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn errors_are_named_in_several_ways() {
        for word in ["700", "illegal-address", "ILLEGAL_ADDRESS", "CUDA_ERROR_ILLEGAL_ADDRESS"] {
            assert_eq!(CudaError::of_word(word), Some(CudaError::IllegalAddress), "{word}");
        }
        assert_eq!(CudaError::of_word("timeout"), Some(CudaError::LaunchTimeout));
        assert_eq!(CudaError::of_word("ecc"), Some(CudaError::EccUncorrectable));
        assert_eq!(CudaError::of_word("0"), None);
        assert_eq!(CudaError::of_word("sabotage"), None);
    }

    #[test]
    fn numbers_are_those_of_the_header() {
        assert_eq!(CudaError::InvalidValue.code(), 1);
        assert_eq!(CudaError::OutOfMemory.code(), 2);
        assert_eq!(CudaError::NoDevice.code(), 100);
        assert_eq!(CudaError::UnsupportedPtxVersion.code(), 222);
        assert_eq!(CudaError::LaunchFailed.code(), 719);
        assert!(CudaError::LaunchFailed.is_sticky() && !CudaError::OutOfMemory.is_sticky());
    }
}
