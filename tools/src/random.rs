//! Random numbers of the samples: the same for the same seed, whatever the order of the work.

use std::f64::consts::TAU;

use optixrap::physics::vec3::{Vec3, vec3};

/// Steele, Lea and Flood's SplitMix64, one sequence for each (seed, stream).
#[derive(Debug, Clone)]
pub(crate) struct Random(u64);

impl Random {
    /// The sequence of a stream.
    pub(crate) fn new(seed: u64, stream: u64) -> Self {
        let mut random = Self(seed);
        random.0 = random.bits() ^ stream.wrapping_mul(0xd134_2543_de82_ef95);
        random.bits();
        random
    }

    fn bits(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    /// A number from 0 to 1.
    pub(crate) fn uniform(&mut self) -> f64 {
        (self.bits() >> 11) as f64 / (1u64 << 53) as f64
    }

    /// A direction, all equally likely.
    pub(crate) fn direction(&mut self) -> Vec3 {
        let z = 2.0 * self.uniform() - 1.0;
        let (sin, cos) = (TAU * self.uniform()).sin_cos();
        let r = (1.0 - z * z).max(0.0).sqrt();
        vec3((r * cos) as f32, (r * sin) as f32, z as f32).normalized()
    }
}
