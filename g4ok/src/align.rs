//! The random numbers of single photons, for a Geant4 that is to make the same decisions.

use optixrap::physics::random::{PhotonRng, Uniform};

use crate::G4Opticks;

impl G4Opticks {
    /// Chooses whose random numbers [`aligned_uniform`](Self::aligned_uniform) hands out: those of photon `photon` of
    /// event `event_id`, from the first; `None` for nobody's.
    ///
    /// An application that lets Geant4 propagate the same photon sets this before, and has its random engine take its
    /// numbers from here: where both sides draw in the same order (the documentation of each process in
    /// `optixrap::physics` says what it draws), they make the same decisions. The original took the numbers from a
    /// file of precomputed ones; here a photon's numbers follow from seed, event and index.
    #[doc(alias = "setAlignIndex")]
    pub fn set_align_index(&mut self, event_id: u32, photon: Option<u64>) {
        let seed = self.config.propagate.seed;
        self.aligned = photon.map(|index| PhotonRng::new(seed, event_id, index));
    }

    /// The next random number, in (0,1), of the photon that [`set_align_index`](Self::set_align_index) chose; `None`
    /// where none is chosen.
    pub fn aligned_uniform(&mut self) -> Option<f32> {
        self.aligned.as_mut().map(Uniform::uniform)
    }
}
