//! How many gensteps of each kind there are.

use crate::genstep::{Genstep, GenstepCode};

/// Gensteps by code, and the photons that they ask for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct GenstepCounts {
    by_code: [u64; GenstepCode::COUNT],
    num_photons: u64,
}

impl GenstepCounts {
    /// The counts of these gensteps.
    pub fn of(gensteps: &[Genstep]) -> Self {
        let mut counts = Self::default();
        for genstep in gensteps {
            counts.add(genstep);
        }
        counts
    }

    /// Counts one more, as [`GenstepCode::Invalid`] where its code is unknown.
    #[inline]
    pub fn add(&mut self, genstep: &Genstep) {
        let number = genstep.uint(0, 0) as usize;
        let slot = if number < GenstepCode::COUNT { number } else { GenstepCode::Invalid as usize };
        self.by_code[slot] += 1;
        self.num_photons += u64::from(genstep.num_photons());
    }

    /// Gensteps of one code.
    pub fn of_code(&self, code: GenstepCode) -> u64 {
        self.by_code[code as usize]
    }

    fn sum(&self, belongs: fn(GenstepCode) -> bool) -> u64 {
        GenstepCode::ALL.into_iter().filter(|code| belongs(*code)).map(|code| self.of_code(code)).sum()
    }

    /// All gensteps, machinery included.
    pub fn total(&self) -> u64 {
        self.by_code.iter().sum()
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

    /// Photons to propagate; machinery makes none.
    pub fn num_photons(&self) -> u64 {
        self.num_photons
    }
}
