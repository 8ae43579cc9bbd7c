//! Random numbers: Philox4x32-10 addressed by (seed, event, photon index, draw number).
//!
//! Salmon, Moraes, Dror, Shaw, "Parallel random numbers: as easy as 1, 2, 3", SC11 (2011). A block of four
//! 32-bit words is a function of a 128-bit counter and a 64-bit key; here counter = (draw / 4, photon index low,
//! photon index high, event) and key = (seed low, seed high). Nothing is stored between photons.

/// A source of uniform random numbers strictly inside (0, 1). A copy gives the same numbers from there on: what is rare
/// takes one and hands it back.
pub trait Uniform: Clone {
    /// The next number.
    fn uniform(&mut self) -> f32;
}

const MULTIPLIER: [u32; 2] = [0xd251_1f53, 0xcd9e_8d57];
const WEYL: [u32; 2] = [0x9e37_79b9, 0xbb67_ae85];

/// One block of Philox4x32 with ten rounds.
#[inline(always)]
pub fn philox4x32_10(counter: [u32; 4], key: [u32; 2]) -> [u32; 4] {
    let (mut c, mut k) = (counter, key);
    let mut round = 0;
    while round < 10 {
        let p0 = u64::from(MULTIPLIER[0]) * u64::from(c[0]);
        let p1 = u64::from(MULTIPLIER[1]) * u64::from(c[2]);
        c = [(p1 >> 32) as u32 ^ c[1] ^ k[0], p1 as u32, (p0 >> 32) as u32 ^ c[3] ^ k[1], p0 as u32];
        k = [k[0].wrapping_add(WEYL[0]), k[1].wrapping_add(WEYL[1])];
        round += 1;
    }
    c
}

/// A 32-bit word as a number in (0, 1): x 2^-32 + 2^-33 in f32, at most 1 - 2^-24, at least 2^-33.
#[inline(always)]
pub fn uniform_of_word(word: u32) -> f32 {
    const SCALE: f32 = 1.0 / 4_294_967_296.0;
    const LARGEST: f32 = 1.0 - 1.0 / 16_777_216.0;
    let u = word as f32 * SCALE + 0.5 * SCALE;
    if u < LARGEST { u } else { LARGEST }
}

/// The random numbers of one photon.
#[derive(Debug, Clone)]
pub struct PhotonRng {
    key: [u32; 2],
    photon: [u32; 2],
    event: u32,
    draws: u32,
    words: [u32; 4],
}

impl PhotonRng {
    /// The numbers of photon `photon_index` of `event`, from the first.
    #[inline(always)]
    pub fn new(seed: u64, event: u32, photon_index: u64) -> Self {
        Self::from_draw(seed, event, photon_index, 0)
    }

    /// As [`new`](Self::new), from draw number `draw` on, a multiple of 4.
    #[inline(always)]
    pub fn from_draw(seed: u64, event: u32, photon_index: u64, draw: u32) -> Self {
        Self {
            key: [seed as u32, (seed >> 32) as u32],
            photon: [photon_index as u32, (photon_index >> 32) as u32],
            event,
            draws: draw,
            words: [0; 4],
        }
    }

    /// How many numbers have been drawn.
    #[inline(always)]
    pub fn draws(&self) -> u32 {
        self.draws
    }

    /// The next block.
    #[inline(never)]
    fn refill(&mut self) {
        self.words = philox4x32_10([self.draws >> 2, self.photon[0], self.photon[1], self.event], self.key);
    }
}

impl Uniform for PhotonRng {
    #[inline(always)]
    fn uniform(&mut self) -> f32 {
        let slot = self.draws & 3;
        if slot == 0 {
            self.refill();
        }
        self.draws = self.draws.wrapping_add(1);
        uniform_of_word(self.words[slot as usize])
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The known-answer vectors of the Random123 distribution.
    #[test]
    fn known_answers() {
        assert_eq!(philox4x32_10([0; 4], [0; 2]), [0x6627_e8d5, 0xe169_c58d, 0xbc57_ac4c, 0x9b00_dbd8]);
        assert_eq!(
            philox4x32_10([u32::MAX; 4], [u32::MAX; 2]),
            [0x408f_276d, 0x41c8_3b0e, 0xa20b_c7c6, 0x6d54_51fd]
        );
        assert_eq!(
            philox4x32_10([0x243f_6a88, 0x85a3_08d3, 0x1319_8a2e, 0x0370_7344], [0xa409_3822, 0x299f_31d0]),
            [0xd16c_fe09, 0x94fd_cceb, 0x5001_e420, 0x2412_6ea1]
        );
    }

    #[test]
    fn numbers_stay_inside_zero_and_one() {
        assert_eq!(uniform_of_word(0), 1.0 / 8_589_934_592.0);
        assert_eq!(uniform_of_word(u32::MAX), 1.0 - 1.0 / 16_777_216.0);
        assert!((uniform_of_word(1 << 31) - 0.5).abs() < 1e-7);
    }

    #[test]
    fn a_photon_reads_the_words_of_its_blocks_in_order() {
        let mut rng = PhotonRng::new(0x1234_5678_9abc_def0, 7, 0x5_0000_0003);
        for draw in 0..12 {
            let block = philox4x32_10([draw / 4, 3, 5, 7], [0x9abc_def0, 0x1234_5678]);
            assert_eq!(rng.uniform(), uniform_of_word(block[draw as usize % 4]));
        }
        assert_eq!(rng.draws(), 12);
    }
}
