//! Memory lost on purpose, to check that the profile would see a leak.

use std::hint::black_box;

use memmap2::MmapMut;

use crate::SysrapError;

/// Largest leak accepted per call, in units of 10^6 bytes (1 TB).
const LIMIT_MB: f64 = 1e6;

/// From this size on the pages come straight from the operating system.
const PAGES_FROM_BYTES: usize = 1 << 20;

/// Allocates `1_000_000 * megabytes` bytes that are never touched and never freed; returns that number of bytes.
///
/// Untouched pages show in virtual memory and not in resident memory. A leak of 10 reads 9.766 MB per call in the
/// "MB" of 1 024 000 bytes that [`crate::SProc`] reports on Linux. Large leaks are mapped from the operating
/// system (whole pages), since the heap would fill its own holes first; small ones come from the heap, whose
/// growth shows them on average over many calls.
///
/// # Errors
/// [`SysrapError::LeakSize`] for a negative, not finite or too large number, [`SysrapError::LeakRefused`] where
/// the operating system has no such memory.
#[doc(alias = "profile_leak_mb")]
pub fn leak_mb(megabytes: f64) -> Result<u64, SysrapError> {
    if !(0.0..=LIMIT_MB).contains(&megabytes) {
        return Err(SysrapError::LeakSize { megabytes, limit_mb: LIMIT_MB });
    }
    let bytes = (megabytes * 1e6) as usize;
    if bytes >= PAGES_FROM_BYTES {
        leak_pages(bytes)?
    } else {
        leak_heap(bytes)?
    }
    Ok(bytes as u64)
}

fn leak_pages(bytes: usize) -> Result<(), SysrapError> {
    let pages = MmapMut::map_anon(bytes).map_err(|error| refused(bytes, &error))?;
    std::mem::forget(black_box(pages));
    Ok(())
}

fn leak_heap(bytes: usize) -> Result<(), SysrapError> {
    let mut block: Vec<u8> = Vec::new();
    block.try_reserve_exact(bytes).map_err(|error| refused(bytes, &error))?;
    std::mem::forget(black_box(block));
    Ok(())
}

fn refused(bytes: usize, error: &dyn std::error::Error) -> SysrapError {
    SysrapError::LeakRefused { bytes: bytes as u64, problem: error.to_string() }
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
