//! The loops of the kernels.
//!
//! Photons end after one point or after thousands. A lane that has lost its photon takes the next one in the loop
//! that all lanes of the warp share, each turn of which takes every photon to its next point.
//!
//! What is in registers at the head of the loop is what a photon cannot do without: addresses of the scene are read again in
//! each turn ([`Launch::anew`]), and a lane without a photon has nothing to keep ([`Flight::NONE`]).

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
    let mut f = Flight::NONE;
    let mut flies = false;
    loop {
        let flying = lanes_where(flies);
        if !flies && flying <= p.refill_at {
            let launch = &launch.anew();
            let Some(launch_index) = launch.fetch() else { break };
            let newborn = launch.make(launch_index, watch);
            flies = newborn.end_flag == 0;
            f = if flies {
                launch.begin(&newborn)
            } else {
                launch.count(&newborn, &mut tally);
                Flight::NONE
            };
        }
        if flies {
            f.rng.prepare();
            let launch = &launch.anew();
            if let Some(end_flag) = next_point(launch.scene, &launch.p.transport, &mut f.t, &mut f.rng, watch)
            {
                launch.finish(&mut f, end_flag, watch, &mut tally);
                (f, flies) = (Flight::NONE, false);
            }
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
    let newborn = launch.make(launch_index, &mut NoRecord);
    if newborn.end_flag != 0 {
        launch.count(&newborn, &mut tally);
    } else {
        let mut f = launch.begin(&newborn);
        loop {
            f.rng.prepare();
            let watch = &mut NoRecord;
            if let Some(end_flag) = next_point(launch.scene, &launch.p.transport, &mut f.t, &mut f.rng, watch)
            {
                launch.finish(&mut f, end_flag, watch, &mut tally);
                break;
            }
        }
    }
    tally.flush(p);
}
