//! Access to the result buffers of a launch.

use core::sync::atomic::{AtomicU64, Ordering};

use bytemuck::Pod;

use super::{LaunchParameters, Span};

/// The words of [`Counters`](super::Counters).
#[derive(Debug, Clone, Copy)]
pub(super) enum Counter {
    Fetched = 0,
    Hits = 1,
    Points = 2,
    Codes = 3,
}

/// Adds to a 64-bit counter in device memory, and returns what it was.
///
/// # Safety
/// `address` must lead to a counter that is only accessed in this way during the launch.
#[inline(always)]
pub(super) unsafe fn add(address: u64, n: u64) -> u64 {
    // SAFETY: the caller vouches for the address; counters are aligned to 8 bytes.
    unsafe { AtomicU64::from_ptr(address as *mut u64) }.fetch_add(n, Ordering::Relaxed)
}

/// Takes the next number of a counter of the launch.
#[inline(always)]
pub(super) fn next(p: &LaunchParameters, counter: Counter) -> u64 {
    // SAFETY: who launches vouches for the outputs, and the words of `Counters` are accessed here alone.
    unsafe { add(p.outputs.counters + 8 * counter as u64, 1) }
}

/// Stores `value` in slot `at`, if there is room.
#[inline(always)]
pub(super) fn put<T: Pod>(span: &Span, at: u64, value: T) {
    if at < span.len {
        // SAFETY: the slot is inside the buffer, which who launches vouches for, and every slot is given out once.
        unsafe { (span.address as *mut T).add(at as usize).write(value) }
    }
}
