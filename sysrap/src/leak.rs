//! Memory lost on purpose, to check that the profile would see a leak.

use std::sync::atomic::{AtomicU64, Ordering};

use memmap2::MmapMut;

use crate::SysrapError;

/// Largest leak accepted per call, in units of 10^6 bytes (1 TB).
const LIMIT_MB: f64 = 1e6;

/// Leaks are whole blocks of this size, a multiple of every page size in use.
const BLOCK_BYTES: u64 = 64 << 10;

/// Bytes asked for and not leaked yet, less than a block.
static OWED_BYTES: AtomicU64 = AtomicU64::new(0);

/// Loses `1_000_000 * megabytes` bytes that are never touched and never freed; returns that number of bytes.
///
/// Untouched pages show in virtual memory and not in resident memory. A leak of 10 reads 9.766 MB per call in the
/// "MB" of 1 024 000 bytes that [`crate::SProc`] reports on Linux. The pages come straight from the operating
/// system, since an allocator would first fill its own holes, in blocks of 64 KiB: what is left over is made up
/// by later calls, so that the sum is right whatever the size of a single leak.
///
/// # Errors
/// [`SysrapError::LeakSize`] for a negative, not finite or too large number, [`SysrapError::LeakRefused`] where
/// the operating system has no such memory.
#[doc(alias = "profile_leak_mb")]
pub fn leak_mb(megabytes: f64) -> Result<u64, SysrapError> {
    if !(0.0..=LIMIT_MB).contains(&megabytes) {
        return Err(SysrapError::LeakSize { megabytes, limit_mb: LIMIT_MB });
    }
    let bytes = (megabytes * 1e6) as u64;
    let owed = OWED_BYTES.fetch_add(bytes, Ordering::Relaxed) + bytes;
    let leaked = owed - owed % BLOCK_BYTES;
    if leaked > 0 {
        OWED_BYTES.fetch_sub(leaked, Ordering::Relaxed);
        let pages = MmapMut::map_anon(leaked as usize).map_err(|error| refused(leaked, &error))?;
        std::mem::forget(pages);
    }
    Ok(bytes)
}

fn refused(bytes: u64, error: &std::io::Error) -> SysrapError {
    SysrapError::LeakRefused { bytes, problem: error.to_string() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn size_is_checked() {
        assert_eq!(leak_mb(0.0).unwrap(), 0);
        assert_eq!(leak_mb(0.001).unwrap(), 1000);
        for bad in [-1.0, f64::NAN, f64::INFINITY, 1e12] {
            assert!(matches!(leak_mb(bad), Err(SysrapError::LeakSize { .. })), "{bad}");
        }
    }
}
