//! Generation, transport and selection of hits; with the feature `simple` for simple scenes alone.

use crate::launch::{self, LaunchParameters};

/// Follows one photon after the other in each lane. See [`launch::propagate`].
///
/// # Safety
/// What `p` says must hold; whole warps only.
#[cfg(feature = "propagate")]
#[cfg_attr(not(feature = "simple"), unsafe(no_mangle))]
#[cfg_attr(feature = "simple", unsafe(export_name = "propagate_simple"))]
pub unsafe extern "ptx-kernel" fn propagate(p: &LaunchParameters) {
    // SAFETY: as the host vouches.
    unsafe { launch::propagate(p) }
}

/// The same with way items, final states, points and histories.
///
/// # Safety
/// As of [`propagate`].
#[cfg(feature = "recorded")]
#[cfg_attr(not(feature = "simple"), unsafe(no_mangle))]
#[cfg_attr(feature = "simple", unsafe(export_name = "propagate_recorded_simple"))]
pub unsafe extern "ptx-kernel" fn propagate_recorded(p: &LaunchParameters) {
    // SAFETY: as the host vouches.
    unsafe { launch::propagate_recorded(p) }
}
