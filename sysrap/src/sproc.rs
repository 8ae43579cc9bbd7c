//! Memory and executable of the running process.

use std::path::PathBuf;

use crate::SysrapError;

/// Bytes in what [`SProc`] calls a "MB".
///
/// The original divides the kernel's kB by 1000. On Linux those are KiB, so its "MB" is 1 024 000 bytes; on
/// macOS it divides bytes by 1000 twice. Kept, so that figures compare with those of its users.
pub const BYTES_PER_MB: f64 = if cfg!(target_os = "linux") { 1_024_000.0 } else { 1_000_000.0 };

/// Memory of the process at one moment, exact bytes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Memory {
    /// Address space in bytes (`VmSize`).
    pub virtual_bytes: u64,
    /// Physical memory in bytes (`VmRSS`).
    pub resident_bytes: u64,
}

impl Memory {
    /// Address space in the original's "MB", see [`BYTES_PER_MB`].
    pub fn virtual_mb(&self) -> f64 {
        self.virtual_bytes as f64 / BYTES_PER_MB
    }

    /// Physical memory in the original's "MB", see [`BYTES_PER_MB`].
    pub fn resident_mb(&self) -> f64 {
        self.resident_bytes as f64 / BYTES_PER_MB
    }
}

/// Figures of the running process.
#[derive(Debug)]
pub struct SProc;

impl SProc {
    /// Virtual and resident memory now. Cheap enough to call once per event; keeps nothing allocated.
    ///
    /// # Errors
    /// [`SysrapError::Proc`] without a readable `/proc` (Linux), [`SysrapError::TaskInfo`] (macOS),
    /// [`SysrapError::Unsupported`] elsewhere.
    pub fn memory() -> Result<Memory, SysrapError> {
        os::memory()
    }

    /// Largest resident memory that the process ever had, in bytes (`VmHWM`, `resident_size_max`).
    ///
    /// # Errors
    /// As [`SProc::memory`].
    pub fn peak_resident_bytes() -> Result<u64, SysrapError> {
        os::peak_resident_bytes()
    }

    /// Whether the process ignores a signal, as one does that was started by `nohup` or in the background of a script;
    /// false where the operating system does not tell.
    pub fn ignores_signal(signal: i32) -> bool {
        let bit = u32::try_from(signal - 1).ok().and_then(|shift| 1u64.checked_shl(shift)).unwrap_or(0);
        os::ignored_signals() & bit != 0
    }

    /// Virtual memory in the original's "MB" ([`BYTES_PER_MB`] bytes); 0 where it cannot be read, as the original.
    #[doc(alias = "VirtualMemoryUsageMB")]
    pub fn virtual_memory_usage_mb() -> f64 {
        Self::memory().map_or(0.0, |memory| memory.virtual_mb())
    }

    /// Virtual memory in the original's "KB" (a thousandth of [`BYTES_PER_MB`]); 0 where it cannot be read.
    #[doc(alias = "VirtualMemoryUsageKB")]
    pub fn virtual_memory_usage_kb() -> f64 {
        1000.0 * Self::virtual_memory_usage_mb()
    }

    /// Virtual memory in the original's "MB" and its precision, for comparison with its 32-bit figures.
    pub fn virtual_memory_usage_mb_f32() -> f32 {
        Self::virtual_memory_usage_mb() as f32
    }

    /// Resident memory in the original's "MB" ([`BYTES_PER_MB`] bytes); 0 where it cannot be read, as the original.
    #[doc(alias = "ResidentSetSizeMB")]
    pub fn resident_set_size_mb() -> f64 {
        Self::memory().map_or(0.0, |memory| memory.resident_mb())
    }

    /// Resident memory in the original's "KB" (a thousandth of [`BYTES_PER_MB`]); 0 where it cannot be read.
    #[doc(alias = "ResidentSetSizeKB")]
    pub fn resident_set_size_kb() -> f64 {
        1000.0 * Self::resident_set_size_mb()
    }

    /// Resident memory in the original's "MB" and its precision, for comparison with its 32-bit figures.
    pub fn resident_set_size_mb_f32() -> f32 {
        Self::resident_set_size_mb() as f32
    }

    /// Full path of the running executable.
    ///
    /// # Errors
    /// [`SysrapError::Executable`] where the operating system does not tell.
    #[doc(alias = "ExecutablePath")]
    pub fn executable_path() -> Result<PathBuf, SysrapError> {
        std::env::current_exe().map_err(|source| SysrapError::Executable { source })
    }

    /// File name of the running executable, without its directory.
    ///
    /// # Errors
    /// [`SysrapError::Executable`] where the operating system does not tell.
    #[doc(alias = "ExecutableName")]
    pub fn executable_name() -> Result<String, SysrapError> {
        let path = Self::executable_path()?;
        Ok(path.file_name().unwrap_or(path.as_os_str()).to_string_lossy().into_owned())
    }
}

#[cfg(target_os = "linux")]
mod os {
    //! Linux: `/proc/self`. `statm` counts the same pages as `VmSize` and `VmRSS` of `status` and is the cheapest.

    use procfs::FromRead;
    use procfs::process::{StatM, Status};

    use super::Memory;
    use crate::SysrapError;

    const STATM: &str = "/proc/self/statm";
    const STATUS: &str = "/proc/self/status";

    fn proc_error(file: &'static str) -> impl Fn(procfs::ProcError) -> SysrapError {
        move |error| SysrapError::Proc { file, problem: error.to_string() }
    }

    pub(super) fn memory() -> Result<Memory, SysrapError> {
        let pages = StatM::from_file(STATM).map_err(proc_error(STATM))?;
        let page_bytes = procfs::page_size();
        Ok(Memory { virtual_bytes: pages.size * page_bytes, resident_bytes: pages.resident * page_bytes })
    }

    pub(super) fn peak_resident_bytes() -> Result<u64, SysrapError> {
        let status = Status::from_file(STATUS).map_err(proc_error(STATUS))?;
        peak_of(&status)
    }

    /// A bit per signal, the lowest for signal 1.
    pub(super) fn ignored_signals() -> u64 {
        Status::from_file(STATUS).map_or(0, |status| status.sigign)
    }

    fn peak_of(status: &Status) -> Result<u64, SysrapError> {
        let missing = || SysrapError::Proc { file: STATUS, problem: "it has no VmHWM line".into() };
        status.vmhwm.map(|kib| kib * 1024).ok_or_else(missing)
    }
}

#[cfg(target_os = "macos")]
mod os {
    //! macOS: `task_info`. Compiled for, but not run by the tests of this repository.

    use mach2::kern_return::KERN_SUCCESS;
    use mach2::task::task_info;
    use mach2::task_info::{
        MACH_TASK_BASIC_INFO, MACH_TASK_BASIC_INFO_COUNT, mach_task_basic_info, task_info_t,
    };
    use mach2::traps::mach_task_self;

    use super::Memory;
    use crate::SysrapError;

    fn basic_info() -> Result<mach_task_basic_info, SysrapError> {
        let mut info = mach_task_basic_info::default();
        let mut count = MACH_TASK_BASIC_INFO_COUNT;
        // SAFETY: `info` is a plain C struct of exactly `count` naturals, alive and writable during the call.
        let code = unsafe {
            let pointer = std::ptr::addr_of_mut!(info).cast::<i32>() as task_info_t;
            task_info(mach_task_self(), MACH_TASK_BASIC_INFO, pointer, &mut count)
        };
        if code == KERN_SUCCESS { Ok(info) } else { Err(SysrapError::TaskInfo { code }) }
    }

    pub(super) fn memory() -> Result<Memory, SysrapError> {
        let info = basic_info()?;
        Ok(Memory { virtual_bytes: info.virtual_size, resident_bytes: info.resident_size })
    }

    pub(super) fn peak_resident_bytes() -> Result<u64, SysrapError> {
        Ok(basic_info()?.resident_size_max)
    }

    pub(super) fn ignored_signals() -> u64 {
        0
    }
}

#[cfg(not(any(target_os = "linux", target_os = "macos")))]
mod os {
    //! Elsewhere: no figures.

    use super::Memory;
    use crate::SysrapError;

    pub(super) fn memory() -> Result<Memory, SysrapError> {
        Err(SysrapError::Unsupported { os: std::env::consts::OS })
    }

    pub(super) fn peak_resident_bytes() -> Result<u64, SysrapError> {
        Err(SysrapError::Unsupported { os: std::env::consts::OS })
    }

    pub(super) fn ignored_signals() -> u64 {
        0
    }
}

#[cfg(all(test, target_os = "linux"))]
mod tests {
    use super::*;

    #[test]
    fn memory_is_plausible_and_in_the_originals_unit() {
        let memory = SProc::memory().unwrap();
        assert!(memory.virtual_bytes > memory.resident_bytes && memory.resident_bytes > 100_000);
        assert_eq!(Memory { virtual_bytes: 10_240_000, resident_bytes: 0 }.virtual_mb(), 10.0);
        let peak = SProc::peak_resident_bytes().unwrap();
        assert!(peak >= memory.resident_bytes / 2, "{peak} {memory:?}");
    }

    #[test]
    fn virtual_memory_agrees_with_the_status_file() {
        let status = std::fs::read_to_string("/proc/self/status").unwrap();
        let line = status.lines().find(|line| line.starts_with("VmSize:")).unwrap();
        let kib: f64 = line.split_whitespace().nth(1).unwrap().parse().unwrap();
        // Other tests of this process may allocate in between.
        assert!((SProc::virtual_memory_usage_kb() / kib - 1.0).abs() < 0.5, "{line}");
    }

    /// Rust's programs ignore a reader that has left, SIGPIPE, so that writing to it is an error instead.
    #[test]
    fn ignored_signals_are_told_apart() {
        let of = [13, 15, 0, -1, 65].map(SProc::ignores_signal);
        assert_eq!(of, [true, false, false, false, false]);
    }

    #[test]
    fn executable_is_this_test() {
        let name = SProc::executable_name().unwrap();
        assert!(name.starts_with("sysrap"), "{name}");
        assert!(SProc::executable_path().unwrap().ends_with(name));
    }
}
