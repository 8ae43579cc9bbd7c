//! The photons that one photon leads to where wavelength shifters emit several at once.
//!
//! Depth first: a photon is followed to its end, then the one that is next at the place where it, or one of its
//! ancestors, was emitted last. All of them go on with the random numbers of the first, so that they are a function of
//! its address alone. What waits is a place for each generation that has more to emit.

use crate::physics::random::Uniform;
use crate::transport::{Emission, Scene, TransportOptions, Traveller};

/// The most photons that one may lead to: more is a shifter that gains light without end.
pub(super) const MOST_SECONDARIES: u64 = 100_000;

/// A place where photons are still to be emitted.
#[derive(Debug, Clone)]
struct Place {
    /// The one emitted last.
    emitted: Traveller,
    /// The boundary met before, as way items have it.
    last_boundary: [f32; 4],
}

/// The places that wait for a photon to end.
#[derive(Debug, Default)]
pub(super) struct Family {
    waiting: Vec<Place>,
    /// Photons emitted beside the first.
    pub(super) secondaries: u64,
}

impl Family {
    /// Remembers that there is more to emit where `t` is, which itself goes on.
    #[inline(never)]
    pub(super) fn wait(&mut self, t: &mut Traveller, last_boundary: [f32; 4]) {
        self.waiting.push(Place { emitted: *t, last_boundary });
        t.emission = Emission::NONE;
    }

    /// Whether there is nothing left to emit.
    #[inline(always)]
    pub(super) fn is_complete(&self) -> bool {
        self.waiting.is_empty()
    }

    /// The next photon, and the boundary met before it was emitted; `None` if all have been followed.
    #[inline(never)]
    pub(super) fn next<R: Uniform>(
        &mut self,
        scene: &Scene,
        options: &TransportOptions,
        rng: &mut R,
    ) -> Option<(Traveller, [f32; 4])> {
        while let Some(place) = self.waiting.last_mut() {
            let last_boundary = place.last_boundary;
            let sibling = place.emitted.emit_sibling(scene, options, rng);
            if place.emitted.emission.count == 0 {
                self.waiting.pop();
            }
            if let Some(sibling) = sibling {
                self.secondaries += 1;
                return Some((sibling, last_boundary));
            }
        }
        None
    }
}
