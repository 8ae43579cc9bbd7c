//! How many gensteps of each kind there are.

use crate::genstep::{Genstep, GenstepCode};

/// Gensteps by code, and the photons that they ask for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct GenstepCounts {
    /// By the number of the code; a power of two, so that counting needs no bounds.
    tallies: [Tally; 16],
}

/// Gensteps of one code.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
struct Tally {
    gensteps: u64,
    photons: u64,
}

const _: () = assert!(GenstepCode::COUNT <= 16);

impl GenstepCounts {
    /// Counts one more; its code must be known.
    #[inline]
    pub(super) fn add(&mut self, genstep: &Genstep) {
        let tally = &mut self.tallies[genstep.uint(0, 0) as usize % 16];
        tally.gensteps += 1;
        tally.photons += u64::from(genstep.int(0, 3).max(0).unsigned_abs());
    }

    /// Gensteps of one code.
    pub fn of_code(&self, code: GenstepCode) -> u64 {
        self.tallies[code as usize].gensteps
    }

    fn sum(&self, belongs: fn(GenstepCode) -> bool) -> u64 {
        GenstepCode::ALL.into_iter().filter(|code| belongs(*code)).map(|code| self.of_code(code)).sum()
    }

    /// All gensteps, machinery included.
    pub fn total(&self) -> u64 {
        self.tallies.iter().map(|tally| tally.gensteps).sum()
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
        let photons = self.tallies.iter().map(|tally| tally.photons).sum::<u64>();
        photons - self.tallies[GenstepCode::Machinery as usize].photons
    }
}
