//! Generation, transport and selection of hits.

use crate::launch::{self, LaunchParameters};

/// Follows one photon after the other in each lane. See [`launch::propagate`].
///
/// # Safety
/// What `p` says must hold; whole warps only.
#[cfg(feature = "propagate")]
#[unsafe(no_mangle)]
pub unsafe extern "ptx-kernel" fn propagate(p: &LaunchParameters) {
    // SAFETY: as the host vouches.
    unsafe { launch::propagate(p) }
}

/// The same with way items, final states, points and histories.
///
/// # Safety
/// As of [`propagate`].
#[cfg(feature = "recorded")]
#[unsafe(no_mangle)]
pub unsafe extern "ptx-kernel" fn propagate_recorded(p: &LaunchParameters) {
    // SAFETY: as the host vouches.
    unsafe { launch::propagate_recorded(p) }
}
