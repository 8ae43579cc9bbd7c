//! Random numbers of a track, addressed by (seed, event, track).

/// xoshiro256++ (Blackman and Vigna, 2018), its state filled by SplitMix64 from (seed, event, track).
///
/// Integer arithmetic only, so the numbers are the same everywhere. What is computed from them uses the platform's
/// `ln`, `cos`, ..., which may differ in the last bit.
#[derive(Debug, Clone)]
pub struct TrackRng {
    state: [u64; 4],
}

impl TrackRng {
    /// The stream of one track of one event.
    pub fn new(seed: u64, event: u64, track: u64) -> Self {
        let mut mixed = seed;
        for part in [event, track] {
            mixed = split_mix(mixed).wrapping_add(part.wrapping_mul(0xD134_2543_DE82_EF95));
        }
        let mut state = [0; 4];
        for word in &mut state {
            mixed = mixed.wrapping_add(0x9E37_79B9_7F4A_7C15);
            *word = finalize(mixed);
        }
        Self { state }
    }

    /// 64 random bits.
    pub fn next_u64(&mut self) -> u64 {
        let s = &mut self.state;
        let result = s[0].wrapping_add(s[3]).rotate_left(23).wrapping_add(s[0]);
        let shifted = s[1] << 17;
        s[2] ^= s[0];
        s[3] ^= s[1];
        s[1] ^= s[2];
        s[0] ^= s[3];
        s[2] ^= shifted;
        s[3] = s[3].rotate_left(45);
        result
    }

    /// Uniform in (0, 1): multiples of 2^-53, shifted by half of one so that neither end occurs.
    pub fn uniform(&mut self) -> f64 {
        ((self.next_u64() >> 11) as f64 + 0.5) * (1.0 / (1u64 << 53) as f64)
    }
}

fn split_mix(x: u64) -> u64 {
    finalize(x.wrapping_add(0x9E37_79B9_7F4A_7C15))
}

fn finalize(mut z: u64) -> u64 {
    z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
    z ^ (z >> 31)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn known_answers_of_xoshiro256plusplus() {
        // State {1, 2, 3, 4}: the first outputs of the authors' reference implementation.
        let mut rng = TrackRng { state: [1, 2, 3, 4] };
        let got: Vec<u64> = (0..4).map(|_| rng.next_u64()).collect();
        assert_eq!(got, [41943041, 58720359, 3588806011781223, 3591011842654386]);
    }

    #[test]
    fn streams_differ_in_every_part_of_the_address() {
        let first = |s, e, t| TrackRng::new(s, e, t).next_u64();
        let base = first(1, 2, 3);
        assert_eq!(base, first(1, 2, 3));
        for other in [first(2, 2, 3), first(1, 3, 3), first(1, 2, 4), first(2, 1, 3), first(1, 3, 2)] {
            assert_ne!(base, other);
        }
    }

    #[test]
    fn uniform_moments() {
        let mut rng = TrackRng::new(7, 0, 0);
        let n = 1_000_000;
        let (mut sum, mut squares) = (0.0, 0.0);
        for _ in 0..n {
            let u = rng.uniform();
            assert!(u > 0.0 && u < 1.0);
            sum += u;
            squares += u * u;
        }
        // 5 sigma of the mean (1/sqrt(12 n)) and of the mean square (sqrt(4/45/n)).
        assert!((sum / n as f64 - 0.5).abs() < 5.0 * 2.9e-4);
        assert!((squares / n as f64 - 1.0 / 3.0).abs() < 5.0 * 3.0e-4);
    }
}
