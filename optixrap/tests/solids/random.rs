//! Reproducible random rays.

use optixrap::physics::vec3::{Vec3, vec3};

/// SplitMix64.
pub(super) struct Random(u64);

impl Random {
    pub(super) fn new(seed: u64) -> Random {
        Random(seed)
    }

    /// Uniform in 0..1.
    pub(super) fn uniform(&mut self) -> f64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        ((z ^ (z >> 31)) >> 11) as f64 / (1u64 << 53) as f64
    }

    pub(super) fn between(&mut self, low: f64, high: f64) -> f64 {
        low + (high - low) * self.uniform()
    }

    /// Uniform on the unit sphere.
    pub(super) fn direction(&mut self) -> Vec3 {
        let z = self.between(-1.0, 1.0);
        let phi = self.between(0.0, std::f64::consts::TAU);
        let rho = (1.0 - z * z).sqrt();
        vec3((rho * phi.cos()) as f32, (rho * phi.sin()) as f32, z as f32).normalized()
    }

    /// Uniform in a box.
    pub(super) fn point(&mut self, low: [f64; 3], high: [f64; 3]) -> Vec3 {
        let [x, y, z] = [0, 1, 2].map(|i| self.between(low[i], high[i]) as f32);
        vec3(x, y, z)
    }
}
