//! The first random numbers of several photons at once.
//!
//! The numbers are those of [`PhotonRng`]; made side by side, a loop that the compiler turns into vector instructions,
//! they take a third of the time. Few photons need more than these.

use crate::physics::random::{PhotonRng, Uniform, philox4x32_10, uniform_of_word};

/// Photons per batch.
pub(super) const PHOTONS: usize = 32;
/// Numbers of each that are made ahead: four blocks.
const DRAWS: usize = 16;

/// The first random numbers of consecutive photons of an event.
pub(super) struct RandomAhead {
    seed: u64,
    event: u32,
    first_photon: u64,
    words: [[u32; PHOTONS]; DRAWS],
}

impl RandomAhead {
    /// For the photons of `event`; nothing is made yet.
    #[inline(always)]
    pub(super) fn new(seed: u64, event: u32) -> Self {
        Self { seed, event, first_photon: 0, words: [[0; PHOTONS]; DRAWS] }
    }

    /// Makes the numbers of the photons from `first_photon` on.
    #[inline(always)]
    pub(super) fn fill(&mut self, first_photon: u64) {
        self.first_photon = first_photon;
        let (event, key) = (self.event, [self.seed as u32, (self.seed >> 32) as u32]);
        let (blocks, _) = self.words.as_chunks_mut::<4>();
        for (block, [a, b, c, d]) in (0..).zip(blocks) {
            for i in 0..PHOTONS {
                let photon = first_photon.wrapping_add(i as u64);
                let counter = [block, photon as u32, (photon >> 32) as u32, event];
                [a[i], b[i], c[i], d[i]] = philox4x32_10(counter, key);
            }
        }
    }

    /// The numbers of photon `first_photon + offset`, `offset` < [`PHOTONS`].
    #[inline(always)]
    pub(super) fn photon(&self, offset: usize) -> AheadRng<'_> {
        let later =
            PhotonRng::from_draw(self.seed, self.event, self.first_photon + offset as u64, DRAWS as u32);
        AheadRng { ahead: self, offset, draws: 0, later }
    }
}

/// The random numbers of one photon.
#[derive(Clone)]
pub(super) struct AheadRng<'a> {
    ahead: &'a RandomAhead,
    offset: usize,
    draws: usize,
    later: PhotonRng,
}

impl Uniform for AheadRng<'_> {
    #[inline(always)]
    fn uniform(&mut self) -> f32 {
        if self.draws >= DRAWS {
            return self.later.uniform();
        }
        let word = self.ahead.words[self.draws][self.offset];
        self.draws += 1;
        uniform_of_word(word)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_made_ahead_are_those_of_each_photon() {
        let (seed, event, first) = (0x1234_5678_9abc_def0, 7, 0xffff_fff0);
        let mut ahead = RandomAhead::new(seed, event);
        ahead.fill(first);
        for offset in 0..PHOTONS {
            let (mut got, mut want) =
                (ahead.photon(offset), PhotonRng::new(seed, event, first + offset as u64));
            for draw in 0..3 * DRAWS {
                assert_eq!(got.uniform(), want.uniform(), "photon {offset}, draw {draw}");
            }
        }
    }
}
