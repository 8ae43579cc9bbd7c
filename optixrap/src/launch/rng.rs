//! The random numbers of a lane's photon.
//!
//! The same numbers as [`PhotonRng`](crate::physics::random::PhotonRng)'s. Two blocks lie in registers; between points
//! all lanes of a warp make the next block together, so that drawing one seldom has to.

use crate::physics::random::{Uniform, philox4x32_10, uniform_of_word};

/// The numbers of one photon.
#[derive(Clone)]
pub(super) struct LaneRng {
    key: [u32; 2],
    photon: [u32; 2],
    event: u32,
    /// Number of the second block.
    block: u32,
    /// How many of the eight words have been drawn.
    used: u32,
    low: Block,
    high: Block,
}

/// How far a photon has got with its numbers.
#[derive(Clone, Copy)]
pub(super) struct Place {
    block: u32,
    used: u32,
    low: Block,
    high: Block,
}

/// Four words; an array would be put into memory.
#[derive(Clone, Copy)]
pub(super) struct Block(u32, u32, u32, u32);

impl LaneRng {
    /// No photon's numbers.
    pub(super) const NONE: Self = Self {
        key: [0; 2],
        photon: [0; 2],
        event: 0,
        block: 0,
        used: 0,
        low: Block(0, 0, 0, 0),
        high: Block(0, 0, 0, 0),
    };

    /// The numbers of photon `photon_index` of `event`, from the first.
    #[inline(always)]
    pub(super) fn new(seed: u64, event: u32, photon_index: u64) -> Self {
        let key = [seed as u32, (seed >> 32) as u32];
        let photon = [photon_index as u32, (photon_index >> 32) as u32];
        let low = block([0, photon[0], photon[1], event], key);
        let high = block([1, photon[0], photon[1], event], key);
        Self { key, photon, event, block: 1, used: 0, low, high }
    }

    /// How far a photon has got with its numbers.
    #[inline(always)]
    pub(super) fn place(&self) -> Place {
        Place { block: self.block, used: self.used, low: self.low, high: self.high }
    }

    /// The numbers of a photon from a place on.
    #[inline(always)]
    pub(super) fn resume(seed: u64, event: u32, photon_index: u64, place: Place) -> Self {
        let key = [seed as u32, (seed >> 32) as u32];
        let photon = [photon_index as u32, (photon_index >> 32) as u32];
        let Place { block, used, low, high } = place;
        Self { key, photon, event, block, used, low, high }
    }

    /// Makes the next block if the first is used up: then there are at least four numbers at hand.
    #[inline(always)]
    pub(super) fn prepare(&mut self) {
        if self.used >= 4 {
            self.low = self.high;
            self.block = self.block.wrapping_add(1);
            self.used -= 4;
            let counter = [self.block, self.photon[0], self.photon[1], self.event];
            let [a, b, c, d] = philox4x32_10(counter, self.key);
            self.high = Block(a, b, c, d);
        }
    }
}

/// A block, in place wherever a lane may need it in the middle of a step: a call would take registers of all lanes.
#[inline(always)]
fn block(counter: [u32; 4], key: [u32; 2]) -> Block {
    let [a, b, c, d] = philox4x32_10(counter, key);
    Block(a, b, c, d)
}

impl Uniform for LaneRng {
    #[inline(always)]
    fn uniform(&mut self) -> f32 {
        if self.used == 8 {
            self.block = self.block.wrapping_add(1);
            self.high = block([self.block, self.photon[0], self.photon[1], self.event], self.key);
            self.used = 4;
        }
        // An index, or a branch, would put the words into memory.
        let mask = |bit: u32| 0u32.wrapping_sub(self.used >> bit & 1);
        let select = |mask: u32, yes: u32, no: u32| no ^ ((no ^ yes) & mask);
        let (Block(a, b, c, d), Block(e, f, g, h)) = (self.low, self.high);
        let (fours, twos, ones) = (mask(2), mask(1), mask(0));
        let (a, b, c, d) =
            (select(fours, e, a), select(fours, f, b), select(fours, g, c), select(fours, h, d));
        let word = select(ones, select(twos, d, b), select(twos, c, a));
        self.used += 1;
        uniform_of_word(word)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::physics::random::PhotonRng;

    #[test]
    fn the_numbers_are_the_photon_s_however_they_are_made() {
        for pause in 1..20 {
            let mut lane = LaneRng::new(0x1234_5678_9abc_def0, 3, 0x7_0000_0009);
            let mut photon = PhotonRng::new(0x1234_5678_9abc_def0, 3, 0x7_0000_0009);
            for draw in 0..200 {
                if draw % pause == 0 {
                    lane.prepare();
                }
                assert_eq!(lane.uniform(), photon.uniform(), "draw {draw}, prepared every {pause}");
                if draw % 37 == 0 {
                    lane = LaneRng::resume(0x1234_5678_9abc_def0, 3, 0x7_0000_0009, lane.place());
                }
            }
        }
    }
}
