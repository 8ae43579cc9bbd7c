//! What the first lines of a PTX text ask of driver and device.

use crate::error::{Answer, CudaError};

/// The PTX version that came with each driver version.
const PTX_VERSIONS: [(i32, (u32, u32)); 25] = [
    (10000, (6, 3)),
    (10010, (6, 4)),
    (10020, (6, 5)),
    (11000, (7, 0)),
    (11010, (7, 1)),
    (11020, (7, 2)),
    (11030, (7, 3)),
    (11040, (7, 4)),
    (11050, (7, 5)),
    (11060, (7, 6)),
    (11070, (7, 7)),
    (11080, (7, 8)),
    (12000, (8, 0)),
    (12010, (8, 1)),
    (12020, (8, 2)),
    (12030, (8, 3)),
    (12040, (8, 4)),
    (12050, (8, 5)),
    (12060, (8, 5)),
    (12070, (8, 6)),
    (12080, (8, 7)),
    (12090, (8, 8)),
    (13000, (9, 0)),
    (13010, (9, 1)),
    (13020, (9, 2)),
];

/// Whether a driver and a device of this capability take the text.
pub(crate) fn check(text: &str, driver_version: i32, capability: (i32, i32)) -> Answer<()> {
    let (Some(version), Some(target)) = (directive(text, ".version"), directive(text, ".target")) else {
        return Err(CudaError::InvalidPtx);
    };
    let version = version
        .split_once('.')
        .and_then(|(major, minor)| Some((major.parse::<u32>().ok()?, minor.trim().parse::<u32>().ok()?)));
    let architecture: String =
        target.trim_start_matches("sm_").chars().take_while(char::is_ascii_digit).collect();
    let architecture: i32 = architecture.parse().map_err(|_| CudaError::InvalidPtx)?;
    if version.ok_or(CudaError::InvalidPtx)? > newest(driver_version) {
        return Err(CudaError::UnsupportedPtxVersion);
    }
    if architecture > 10 * capability.0 + capability.1 {
        return Err(CudaError::InvalidPtx);
    }
    Ok(())
}

/// The newest PTX version that a driver takes.
fn newest(driver_version: i32) -> (u32, u32) {
    let known = PTX_VERSIONS.iter().rev().find(|(driver, _)| *driver <= driver_version);
    known.map_or((6, 2), |(_, ptx)| *ptx)
}

/// What follows a directive on the line that starts with it.
fn directive<'a>(text: &'a str, name: &str) -> Option<&'a str> {
    text.lines().find_map(|line| line.trim_start().strip_prefix(name)).map(str::trim)
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = "//\n.version 7.8\n.target sm_80\n.address_size 64\n";

    #[test]
    fn old_drivers_and_old_devices_refuse() {
        assert_eq!(check(TEXT, 11080, (8, 0)), Ok(()));
        assert_eq!(check(TEXT, 13000, (9, 0)), Ok(()));
        assert_eq!(check(TEXT, 99990, (12, 0)), Ok(()));
        assert_eq!(check(TEXT, 11070, (8, 0)), Err(CudaError::UnsupportedPtxVersion));
        assert_eq!(check(TEXT, 9020, (8, 0)), Err(CudaError::UnsupportedPtxVersion));
        assert_eq!(check(TEXT, 11080, (7, 5)), Err(CudaError::InvalidPtx));
        assert_eq!(check("add.s32 everything", 11080, (8, 0)), Err(CudaError::InvalidPtx));
        assert_eq!(check(".version 7.x\n.target sm_80", 11080, (8, 0)), Err(CudaError::InvalidPtx));
        assert_eq!(check(&TEXT.replace("sm_80", "sm_90a, debug"), 13000, (9, 0)), Ok(()));
    }
}
