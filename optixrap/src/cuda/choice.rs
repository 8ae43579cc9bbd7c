//! Which devices to use.

use std::fmt;
use std::str::FromStr;

use super::driver::DeviceInfo;
use super::error::CudaError;

/// Which of the devices that the driver reports.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub enum DeviceChoice {
    /// The supported one with the most multiprocessors; the first of several.
    #[default]
    Best,
    /// Every supported one.
    All,
    /// These, by their numbers in the driver's list.
    These(Vec<usize>),
}

impl DeviceChoice {
    /// The devices chosen.
    ///
    /// # Errors
    /// If one that is asked for does not exist or cannot run the kernels, or if none can.
    pub(super) fn of(&self, devices: &[DeviceInfo]) -> Result<Vec<DeviceInfo>, CudaError> {
        let mut supported: Vec<DeviceInfo> = devices.iter().filter(|d| d.is_supported()).cloned().collect();
        if let Self::These(indices) = self {
            return indices.iter().map(|&index| pick(devices, index)).collect();
        }
        if let (true, Some(first)) = (supported.is_empty(), devices.first()) {
            return Err(unsupported(first));
        }
        if *self == Self::Best {
            supported.sort_by_key(|d| std::cmp::Reverse(d.multiprocessors));
            supported.truncate(1);
        }
        Ok(supported)
    }
}

fn pick(devices: &[DeviceInfo], index: usize) -> Result<DeviceInfo, CudaError> {
    let found = devices.get(index).ok_or(CudaError::NoSuchDevice { index, count: devices.len() })?;
    if found.is_supported() { Ok(found.clone()) } else { Err(unsupported(found)) }
}

fn unsupported(info: &DeviceInfo) -> CudaError {
    let (major, minor) = info.capability;
    CudaError::UnsupportedDevice { device: info.name.clone(), major, minor }
}

/// A text that names no devices.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{0:?} names no devices; use best, all, or numbers like 0 or 0,2")]
pub struct DeviceChoiceError(String);

impl FromStr for DeviceChoice {
    type Err = DeviceChoiceError;

    /// `best`, `all`, or numbers: `0`, `0,2`.
    fn from_str(text: &str) -> Result<Self, DeviceChoiceError> {
        let wrong = || DeviceChoiceError(text.to_owned());
        match text.trim() {
            "best" | "auto" => Ok(Self::Best),
            "all" => Ok(Self::All),
            list => {
                let mut indices: Vec<usize> = Vec::new();
                for item in list.split(',') {
                    let index = item.trim().parse().map_err(|_| wrong())?;
                    if !indices.contains(&index) {
                        indices.push(index);
                    }
                }
                Ok(Self::These(indices))
            }
        }
    }
}

impl fmt::Display for DeviceChoice {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        match self {
            Self::Best => f.write_str("best"),
            Self::All => f.write_str("all"),
            Self::These(indices) => {
                let list: Vec<String> = indices.iter().map(usize::to_string).collect();
                f.write_str(&list.join(","))
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::error::DeviceName;
    use super::*;

    fn devices() -> Vec<DeviceInfo> {
        let device = |index, capability, multiprocessors| DeviceInfo {
            name: DeviceName { index, name: format!("device {index}") },
            capability,
            multiprocessors,
            threads_per_multiprocessor: 2048,
            memory_bytes: 1 << 34,
            clock_khz: 1_410_000,
            memory_clock_khz: 1_215_000,
            memory_bus_bits: 5120,
        };
        vec![device(0, (7, 0), 80), device(1, (8, 6), 46), device(2, (9, 0), 132)]
    }

    fn chosen(text: &str) -> Result<Vec<usize>, CudaError> {
        let choice: DeviceChoice = text.parse().unwrap();
        assert_eq!(choice.to_string().parse(), Ok(choice.clone()));
        choice.of(&devices()).map(|found| found.iter().map(|d| d.name.index).collect())
    }

    #[test]
    fn devices_are_chosen_by_number_and_by_size() {
        assert_eq!(chosen("best"), Ok(vec![2]));
        assert_eq!(chosen("all"), Ok(vec![1, 2]));
        assert_eq!(chosen("2, 1,2"), Ok(vec![2, 1]));
        assert!("gpu".parse::<DeviceChoice>().is_err() && "".parse::<DeviceChoice>().is_err());
    }

    #[test]
    fn what_does_not_exist_or_does_not_do_is_named() {
        assert_eq!(chosen("3"), Err(CudaError::NoSuchDevice { index: 3, count: 3 }));
        let old = chosen("0").unwrap_err().to_string();
        assert!(old.contains("GPU 0 (device 0) has compute capability 7.0"), "{old}");
        assert!(DeviceChoice::Best.of(&devices()[..1]).is_err());
    }
}
