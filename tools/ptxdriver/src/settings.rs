//! What the simulated machine is like, and what goes wrong in it: set by environment variables.

use std::collections::HashSet;
use std::path::PathBuf;

use crate::error::CudaError;
use crate::schedule::Schedule;

/// What all variables begin with.
pub(crate) const PREFIX: &str = "PTXDRIVER_";

/// Most devices of a machine; each takes address space.
const MOST_DEVICES: usize = 16;

/// The simulated machine. The crate's documentation lists the variables.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct Settings {
    /// Devices in the machine.
    pub devices: usize,
    /// What `cuInit` gives instead of success.
    pub init: Option<CudaError>,
    /// What `cuDriverGetVersion` gives: 1000 * major + 10 * minor.
    pub driver_version: i32,
    /// Compute capability, major and minor.
    pub capability: (i32, i32),
    /// Multiprocessors of a device.
    pub multiprocessors: i32,
    /// Memory of a device in bytes.
    pub memory_bytes: usize,
    /// What of it another process has taken, in bytes.
    pub other_memory_bytes: usize,
    /// Whether the device has memory pools, so that hosts allocate in stream order.
    pub memory_pools: bool,
    /// Whether work runs as soon as it is given instead of when the host waits for it.
    pub eager: bool,
    /// Allocations of device memory that fail.
    pub failing_allocations: Schedule,
    /// Allocations of pinned host memory that fail.
    pub failing_host_allocations: Schedule,
    /// Launches that fail.
    pub failing_launches: Schedule,
    /// PTX instructions that a device executes in a second of its own time.
    pub instructions_per_second: f64,
    /// PTX instructions that a launch may execute, all threads together.
    pub max_instructions: Option<u64>,
    /// Whether reading device memory that nothing has written is a fault.
    pub detect_uninit: bool,
    /// Whether the lanes of a warp run together, as a GPU's do.
    pub lockstep: bool,
    /// Host threads that run a kernel; 0 takes all cores, 1 gives one order of the atomics.
    pub workers: usize,
    /// The file that calls are written to.
    pub log: Option<PathBuf>,
}

impl Default for Settings {
    fn default() -> Self {
        Settings {
            devices: 1,
            init: None,
            driver_version: 13000,
            capability: (8, 0),
            multiprocessors: 2,
            memory_bytes: 256 << 20,
            other_memory_bytes: 0,
            memory_pools: true,
            eager: false,
            failing_allocations: Schedule::default(),
            failing_host_allocations: Schedule::default(),
            failing_launches: Schedule::default(),
            instructions_per_second: 1e11,
            max_instructions: None,
            detect_uninit: false,
            lockstep: false,
            workers: 0,
            log: None,
        }
    }
}

impl Settings {
    /// Those of this process's environment.
    ///
    /// # Errors
    /// As [`Self::from_variables`].
    pub fn from_environment() -> Result<Self, String> {
        let text = |(name, value): (std::ffi::OsString, std::ffi::OsString)| {
            Some((name.into_string().ok()?, value.into_string().ok()?))
        };
        Self::from_variables(std::env::vars_os().filter_map(text))
    }

    /// Those that variables give; others than the stand-in's are left alone.
    ///
    /// # Errors
    /// A variable that is not known or not understood, in words.
    pub fn from_variables(variables: impl Iterator<Item = (String, String)>) -> Result<Self, String> {
        let mut settings = Settings::default();
        let mut seen = HashSet::new();
        for (name, value) in variables {
            let Some(key) = name.strip_prefix(PREFIX) else { continue };
            if seen.insert(key.to_owned()) && !settings.set(key, value.trim()) {
                return Err(format!(
                    "{name}={value} is not understood; the README of ptxdriver lists the variables"
                ));
            }
        }
        Ok(settings)
    }

    /// Sets one; false where name or value are not understood.
    fn set(&mut self, key: &str, value: &str) -> bool {
        match key {
            "DEVICES" => put(&mut self.devices, value.parse().ok().filter(|n| *n <= MOST_DEVICES)),
            "INIT_ERROR" => put(&mut self.init, CudaError::of_word(value).map(Some)),
            "DRIVER_VERSION" => put(&mut self.driver_version, value.parse().ok()),
            "COMPUTE_CAPABILITY" => put(&mut self.capability, capability(value)),
            "MULTIPROCESSORS" => put(&mut self.multiprocessors, value.parse().ok().filter(|n| *n > 0)),
            "MEMORY_MIB" => put(&mut self.memory_bytes, mebibytes(value)),
            "OTHER_MEMORY_MIB" => put(&mut self.other_memory_bytes, mebibytes(value)),
            "MEMORY_POOLS" => put(&mut self.memory_pools, switch(value)),
            "STREAMS" => put(&mut self.eager, choice(value, "lazy", "eager")),
            "FAIL_ALLOCATION" => put(&mut self.failing_allocations, schedule(value, CudaError::OutOfMemory)),
            "FAIL_HOST_ALLOCATION" => {
                put(&mut self.failing_host_allocations, schedule(value, CudaError::OutOfMemory))
            }
            "FAIL_LAUNCH" => put(&mut self.failing_launches, schedule(value, CudaError::LaunchFailed)),
            "INSTRUCTIONS_PER_SECOND" => {
                put(&mut self.instructions_per_second, value.parse().ok().filter(|n| *n > 0.0))
            }
            "MAX_INSTRUCTIONS" => put(&mut self.max_instructions, value.parse().ok().map(Some)),
            "DETECT_UNINIT" => put(&mut self.detect_uninit, switch(value)),
            "LOCKSTEP" => put(&mut self.lockstep, switch(value)),
            "WORKERS" => put(&mut self.workers, value.parse().ok()),
            "LOG" => put(&mut self.log, Some(Some(PathBuf::from(value)))),
            // Between a test and its child process.
            "CHILD" | "CHILD_DONE" => true,
            _ => false,
        }
    }
}

fn put<T>(place: &mut T, value: Option<T>) -> bool {
    let understood = value.is_some();
    if let Some(value) = value {
        *place = value;
    }
    understood
}

fn switch(value: &str) -> Option<bool> {
    choice(value, "0", "1")
}

fn choice(value: &str, no: &str, yes: &str) -> Option<bool> {
    if value == yes { Some(true) } else { (value == no).then_some(false) }
}

fn mebibytes(value: &str) -> Option<usize> {
    value.parse::<usize>().ok()?.checked_mul(1 << 20)
}

fn capability(value: &str) -> Option<(i32, i32)> {
    let (major, minor) = value.split_once('.')?;
    Some((major.parse().ok()?, minor.parse().ok()?))
}

fn schedule(value: &str, usual: CudaError) -> Option<Schedule> {
    Schedule::parse(value, usual).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(pairs: &[(&str, &str)]) -> Result<Settings, String> {
        Settings::from_variables(pairs.iter().map(|(name, value)| (name.to_string(), value.to_string())))
    }

    #[test]
    fn variables_describe_the_machine() {
        let s = read(&[
            ("PTXDRIVER_DEVICES", "2"),
            ("PTXDRIVER_COMPUTE_CAPABILITY", "7.5"),
            ("PTXDRIVER_MEMORY_MIB", "64"),
            ("PTXDRIVER_STREAMS", "eager"),
            ("PTXDRIVER_FAIL_LAUNCH", "3:timeout"),
            ("HOME", "/nowhere"),
        ]);
        let s = s.unwrap();
        assert_eq!((s.devices, s.capability, s.memory_bytes, s.eager), (2, (7, 5), 64 << 20, true));
        assert_eq!(s.failing_launches.failure(3), Some(CudaError::LaunchTimeout));
        assert_eq!(s.driver_version, Settings::default().driver_version);
    }

    #[test]
    fn nothing_is_guessed() {
        for (name, value) in [
            ("PTXDRIVER_DEVICE", "2"),
            ("PTXDRIVER_DEVICES", "two"),
            ("PTXDRIVER_STREAMS", "sometimes"),
            ("PTXDRIVER_FAIL_LAUNCH", "3:boredom"),
            ("PTXDRIVER_MULTIPROCESSORS", "0"),
        ] {
            let error = read(&[(name, value)]).unwrap_err();
            assert!(error.contains(name) && error.contains(value), "{error}");
        }
    }
}
