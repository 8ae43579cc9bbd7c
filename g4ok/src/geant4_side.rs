//! Photons and hits that Geant4 itself made, kept beside ours for comparison.

use npy::NPY;
use optixrap::engine::HitRecord;

use crate::{G4Opticks, G4OpticksError};

/// A photon or hit as Geant4 has it: made by its processes, or arrived at its sensitive detector.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Geant4Photon {
    /// Position in the world, mm.
    pub position_mm: [f64; 3],
    /// Time since the start of the event, ns.
    pub time_ns: f64,
    /// Direction in the world, a unit vector.
    pub direction: [f64; 3],
    /// Weight.
    pub weight: f64,
    /// Polarization in the world.
    pub polarization: [f64; 3],
    /// Wavelength, nm: 1239.842 eV nm over the photon's energy.
    pub wavelength_nm: f64,
    /// Signed boundary number of a hit, 0 if not known.
    pub boundary: i64,
    /// 1-based sensor index of a hit, 0 for none.
    pub sensor_index: u32,
    /// Depth-first index of the touchable, 0 if not known.
    pub node_index: u32,
    /// Index of the photon in the event.
    pub photon_index: u64,
    /// Flag bits of what happened to it.
    pub flag_mask: u32,
}

impl Geant4Photon {
    /// The record that a hit or photon of ours with these values has.
    pub fn to_record(&self) -> HitRecord {
        let quad = |v: [f64; 3], w: f64| [v[0], v[1], v[2], w].map(|x| x as f32);
        let mut words = [0.0; 16];
        words[..4].copy_from_slice(&quad(self.position_mm, self.time_ns));
        words[4..8].copy_from_slice(&quad(self.direction, self.weight));
        words[8..12].copy_from_slice(&quad(self.polarization, self.wavelength_nm));
        words[12..].copy_from_slice(&HitRecord::packed(
            self.boundary,
            self.sensor_index,
            self.node_index,
            self.photon_index,
            self.flag_mask,
        ));
        HitRecord(words)
    }
}

impl G4Opticks {
    /// Keeps a hit of Geant4's own photons, in the layout of [`hits`](Self::hits): both arrays can be saved and
    /// compared. It takes no part in a propagation.
    ///
    /// # Errors
    /// A number that is not finite; no memory.
    #[doc(alias = "collectHit")]
    pub fn collect_hit(&mut self, hit: &Geant4Photon) -> Result<(), G4OpticksError> {
        keep(&mut self.geant4_hits, hit, "hit")
    }

    /// Keeps the photons that a process of Geant4 made of a step (the secondaries of its particle change), in the
    /// layout of input photons: to be compared with those made of the step's genstep, or propagated with
    /// [`collect_input_photons`](Self::collect_input_photons). They take no part in a propagation by themselves.
    ///
    /// # Errors
    /// A number that is not finite; no memory. The photons before it are kept.
    #[doc(alias = "collectSecondaryPhotons")]
    pub fn collect_secondary_photons(&mut self, photons: &[Geant4Photon]) -> Result<(), G4OpticksError> {
        photons.iter().try_for_each(|photon| keep(&mut self.geant4_photons, photon, "photon"))
    }

    /// The hits kept by [`collect_hit`](Self::collect_hit) since the last [`reset`](Self::reset), (n,4,4).
    pub fn geant4_hits(&self) -> &NPY<f32> {
        &self.geant4_hits
    }

    /// The photons kept by [`collect_secondary_photons`](Self::collect_secondary_photons) since the last
    /// [`reset`](Self::reset), (n,4,4).
    pub fn geant4_photons(&self) -> &NPY<f32> {
        &self.geant4_photons
    }
}

fn keep(array: &mut NPY<f32>, photon: &Geant4Photon, what: &'static str) -> Result<(), G4OpticksError> {
    let HitRecord(words) = photon.to_record();
    if words[..12].iter().any(|word| !word.is_finite()) {
        return Err(G4OpticksError::Geant4Photon { what, row: array.num_items() });
    }
    Ok(array.add(&words)?)
}
