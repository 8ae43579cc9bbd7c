//! The loops of the kernels.
//!
//! Photons end after one point or after thousands. A lane that has lost its photon takes the next one in the loop
//! that all lanes of the warp share, each turn of which takes every photon to its next point.

use super::LaunchParameters;
use super::flight::{Flight, Launch};
use super::recorder::{Recorder, Watch};
use super::tally::Tally;
use crate::intrinsics::lanes_where;
use crate::transport::{NoRecord, next_point};

/// One lane of `propagate`: follows one photon after the other until none is left.
///
/// # Safety
/// Addresses and lengths in `p` must be what their docs say, and all lanes of a warp must come here.
#[inline(always)]
pub unsafe fn propagate(p: &LaunchParameters) {
    // SAFETY: as the caller vouches.
    let launch = unsafe { Launch::new(p) };
    follow_many(&launch, &mut NoRecord);
}

/// One lane of `propagate_recorded`.
///
/// # Safety
/// As of [`propagate`].
#[inline(always)]
pub unsafe fn propagate_recorded(p: &LaunchParameters) {
    // SAFETY: as the caller vouches.
    let launch = unsafe { Launch::new(p) };
    follow_many(&launch, &mut Recorder::new(p, &launch.scene.geometry));
}

#[inline(always)]
fn follow_many<W: Watch>(launch: &Launch, watch: &mut W) {
    let p = launch.p;
    let mut tally = Tally::default();
    let mut flight: Option<Flight> = None;
    loop {
        let flying = lanes_where(flight.is_some());
        if flight.is_none() && flying <= p.refill_at {
            let Some(launch_index) = launch.fetch() else { break };
            flight = launch.begin(launch_index, watch, &mut tally);
        }
        if let Some(f) = &mut flight
            && let Some(end_flag) = next_point(launch.scene, &p.transport, &mut f.t, &mut f.rng, watch)
        {
            launch.finish(f, end_flag, watch, &mut tally);
            flight = None;
        }
    }
    tally.flush(p);
}

/// One thread of `propagate_each`: follows photon `thread` of the launch.
///
/// # Safety
/// As of [`propagate`].
#[inline(always)]
pub unsafe fn propagate_each(p: &LaunchParameters, thread: u64) {
    // SAFETY: as the caller vouches.
    let launch = unsafe { Launch::new(p) };
    let launch_index = p.first + thread;
    if launch_index >= p.end {
        return;
    }
    let mut tally = Tally::default();
    if let Some(mut f) = launch.begin(launch_index, &mut NoRecord, &mut tally) {
        loop {
            if let Some(end_flag) =
                next_point(launch.scene, &p.transport, &mut f.t, &mut f.rng, &mut NoRecord)
            {
                launch.finish(&mut f, end_flag, &mut NoRecord, &mut tally);
                break;
            }
        }
    }
    tally.flush(p);
}
