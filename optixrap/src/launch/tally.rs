//! What a lane has counted and not yet added to its event.

use core::mem::{offset_of, size_of};

use super::{EventTally, LaunchParameters, store};
use crate::physics::photon::flag;

/// Counts of photons of one event. Ends are counted in eight bytes of one word, so that they stay in registers.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Tally {
    event: u32,
    photons: u32,
    corrections: u32,
    ends: u64,
    points: u64,
}

impl Tally {
    /// Counts a photon of `event` that has ended.
    #[inline(always)]
    pub(super) fn count(&mut self, p: &LaunchParameters, event: u32, end_flag: u32) {
        if event != self.event || self.photons == 255 {
            self.flush(p);
            *self = Self { event, ..Self::default() };
        }
        self.photons += 1;
        self.ends += 1 << (8 * end_index(end_flag));
    }

    /// Counts what the photon counted last has met.
    #[inline(always)]
    pub(super) fn count_points(&mut self, points: u32, corrections: u32) {
        self.points += u64::from(points);
        self.corrections += corrections;
    }

    /// Adds everything to the event.
    #[inline(never)]
    pub(super) fn flush(self, p: &LaunchParameters) {
        let tally = p.outputs.events.address + size_of::<EventTally>() as u64 * u64::from(self.event);
        let add = |offset: usize, n: u64| {
            if n > 0 {
                // SAFETY: who launches vouches for a tally for every event; it is accessed here alone.
                unsafe { store::add(tally + offset as u64, n) };
            }
        };
        for end in 0..8 {
            add(8 * end, self.ends >> (8 * end) & 0xff);
        }
        add(offset_of!(EventTally, points), self.points);
        add(offset_of!(EventTally, corrections), self.corrections.into());
    }
}

/// The place of an end state in [`END_FLAGS`](super::END_FLAGS); anything unknown is an abort.
#[inline]
fn end_index(end_flag: u32) -> u32 {
    match end_flag {
        flag::BULK_ABSORB => 0,
        flag::SURFACE_DETECT => 1,
        flag::SURFACE_ABSORB => 2,
        flag::MISS => 3,
        flag::NO_RINDEX => 4,
        flag::BOUNCE_LIMIT => 5,
        flag::TIME_LIMIT => 6,
        _ => 7,
    }
}

#[cfg(test)]
mod tests {
    use super::super::END_FLAGS;
    use super::*;

    #[test]
    fn ends_are_counted_in_the_order_that_is_told() {
        for (i, end) in END_FLAGS.iter().enumerate() {
            assert_eq!(end_index(*end), i as u32);
        }
    }
}
