//! The genstep as the generators read it.

use super::vec3::{Vec3, vec3};

/// Genstep codes whose photons are generated here.
pub mod code {
    /// Cerenkov light.
    pub const CERENKOV: u32 = 1;
    /// Scintillation light with a rise time.
    pub const SCINTILLATION: u32 = 2;
    /// Cerenkov light of the Daya Bay process; the layout of [`CERENKOV`].
    pub const DS_CERENKOV: u32 = 3;
    /// Scintillation light of the Daya Bay process, with a slower component.
    pub const DS_SCINTILLATION: u32 = 4;
    /// A torch.
    pub const TORCH: u32 = 5;
    /// A torch made up by a program.
    pub const FABRICATED: u32 = 6;
    /// Photons given one by one.
    pub const EMITSOURCE: u32 = 7;
}

/// A genstep: the item (6,4) bit for bit, and what it refers to in the scene.
#[repr(C)]
#[derive(Debug, Clone, Copy, PartialEq, Eq, bytemuck::Pod, bytemuck::Zeroable)]
pub struct GenstepRecord {
    /// The 24 words of the item; floats by their bits.
    pub words: [u32; 24],
    /// The material where the photons are made.
    pub material: u32,
    /// For EMITSOURCE: the first of its photons in [`Tables::input_photons`](super::tables::Tables::input_photons).
    pub first_input_photon: u32,
    /// For the caller's use: the volume that the photons start in.
    pub node: u32,
    /// Zero.
    pub pad: u32,
}

impl GenstepRecord {
    /// The code, quad 0 x.
    #[inline(always)]
    pub fn code(&self) -> u32 {
        self.words[0]
    }

    /// Number of photons, quad 0 w.
    #[inline(always)]
    pub fn n_photons(&self) -> u32 {
        self.words[3]
    }

    /// The float of a word.
    #[inline(always)]
    pub fn float(&self, word: usize) -> f32 {
        f32::from_bits(self.words[word])
    }

    /// The first three floats of a quad.
    #[inline(always)]
    pub fn vector(&self, quad: usize) -> Vec3 {
        vec3(self.float(4 * quad), self.float(4 * quad + 1), self.float(4 * quad + 2))
    }

    /// Where the step starts, mm: quad 1.
    #[inline(always)]
    pub fn position(&self) -> Vec3 {
        self.vector(1)
    }

    /// When it starts, ns: quad 1 w.
    #[inline(always)]
    pub fn time_ns(&self) -> f32 {
        self.float(7)
    }

    /// From the step's start to its end, mm: quad 2.
    #[inline(always)]
    pub fn displacement(&self) -> Vec3 {
        self.vector(2)
    }

    /// Length of the step's path, mm: quad 2 w.
    #[inline(always)]
    pub fn step_length_mm(&self) -> f32 {
        self.float(11)
    }

    /// Charge of the particle: quad 3 y.
    #[inline(always)]
    pub fn charge(&self) -> f32 {
        self.float(13)
    }

    /// Weight: quad 3 z.
    #[inline(always)]
    pub fn weight(&self) -> f32 {
        self.float(14)
    }
}
