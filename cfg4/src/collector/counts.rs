//! How many gensteps of each kind there are.

use crate::genstep::{Genstep, GenstepCode};

/// Gensteps by code, and the photons that they ask for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct GenstepCounts {
    /// By the number of the code.
    gensteps: [u64; GenstepCode::COUNT],
    num_photons: u64,
}

impl GenstepCounts {
    /// Counts gensteps.
    pub fn of(gensteps: &[Genstep]) -> Self {
        let mut counts = Self::default();
        for genstep in gensteps {
            counts.gensteps[genstep.code() as usize] += 1;
            counts.num_photons += u64::from(genstep.num_photons());
        }
        counts
    }

    /// Gensteps of one code.
    pub fn of_code(&self, code: GenstepCode) -> u64 {
        self.gensteps[code as usize]
    }

    fn sum(&self, belongs: fn(GenstepCode) -> bool) -> u64 {
        GenstepCode::ALL.into_iter().filter(|code| belongs(*code)).map(|code| self.of_code(code)).sum()
    }

    /// All gensteps, machinery included.
    pub fn total(&self) -> u64 {
        self.gensteps.iter().sum()
    }

    /// Scintillation gensteps of both forms.
    pub fn scintillation(&self) -> u64 {
        self.sum(GenstepCode::is_scintillation)
    }

    /// Cerenkov gensteps of both forms.
    pub fn cerenkov(&self) -> u64 {
        self.sum(GenstepCode::is_cerenkov)
    }

    /// Torch, fabricated and input photon gensteps.
    pub fn torch(&self) -> u64 {
        self.sum(GenstepCode::is_torch_like)
    }

    /// Records of memory tests.
    pub fn machinery(&self) -> u64 {
        self.sum(GenstepCode::is_machinery)
    }

    /// Photons to propagate; machinery makes none, whatever its words hold.
    pub fn num_photons(&self) -> u64 {
        self.num_photons
    }
}
