//! Cerenkov light of one step of a charged particle.

use super::{Genstep, GenstepCode, GenstepHeader};

/// A step of a charged particle: what Cerenkov and scintillation gensteps have in common.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct ChargedStep {
    /// Number of the Geant4 track.
    pub parent_id: i32,
    /// Material index; [`Genstep::MATERIAL_AT_STEP`] where not known.
    pub material: i32,
    /// Photons to make, at most [`Genstep::MAX_PHOTONS`].
    pub num_photons: u32,
    /// Start of the step, mm.
    pub position_mm: [f32; 3],
    /// Time at the start of the step, ns.
    pub time_ns: f32,
    /// End minus start of the step, mm; not normalised.
    pub delta_mm: [f32; 3],
    /// Length of the step, mm (longer than `delta_mm` where the particle scatters).
    pub length_mm: f32,
    /// The particle's number in the scheme of the Particle Data Group.
    pub pdg_code: i32,
    /// The particle's charge in units of the positron's.
    pub charge: f32,
    /// Statistical weight of the photons.
    pub weight: f32,
    /// Velocity at the start of the step, mm/ns; for [`DsScintillationStep`](super::DsScintillationStep) the mean velocity.
    pub velocity_mm_per_ns: f32,
}

impl ChargedStep {
    /// Quads 0 to 3 of a record.
    pub(super) fn to_genstep(self, code: GenstepCode) -> Genstep {
        let Self { parent_id, material, num_photons, .. } = self;
        let mut step = Genstep::with_header(GenstepHeader { code, parent_id, material, num_photons });
        let [x, y, z] = self.position_mm;
        step.quads[1] = [x, y, z, self.time_ns];
        let [x, y, z] = self.delta_mm;
        step.quads[2] = [x, y, z, self.length_mm];
        step.quads[3] = [0.0, self.charge, self.weight, self.velocity_mm_per_ns];
        step.set_int(3, 0, self.pdg_code);
        step
    }

    /// Quads 0 to 3 of a record, read back.
    pub(super) fn from_genstep(step: &Genstep) -> Self {
        let delta = step.quads[2];
        Self {
            parent_id: step.parent_id(),
            material: step.material(),
            num_photons: step.num_photons(),
            position_mm: step.position_mm(),
            time_ns: step.time_ns(),
            delta_mm: [delta[0], delta[1], delta[2]],
            length_mm: delta[3],
            pdg_code: step.int(3, 0),
            charge: step.quads[3][1],
            weight: step.quads[3][2],
            velocity_mm_per_ns: step.quads[3][3],
        }
    }
}

/// Cerenkov light of one step: codes 1 ([`GenstepCode::Cerenkov`]) and 3 ([`GenstepCode::DsCerenkov`]).
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct CerenkovStep {
    /// The step of the particle.
    pub step: ChargedStep,
    /// 1/beta, beta the mean of both ends of the step.
    pub beta_inverse: f32,
    /// Lowest photon energy, MeV.
    pub energy_min_mev: f32,
    /// Highest photon energy, MeV.
    pub energy_max_mev: f32,
    /// Cosine of the largest Cerenkov angle, `beta_inverse / n_max`.
    pub max_cos: f32,
    /// `1 - max_cos^2`, the bound that sampling rejects against.
    pub max_sin2: f32,
    /// Mean number of photons per mm at the start of the step; Geant4's formula is below 0 close to threshold.
    pub mean_photons_start: f32,
    /// Mean number of photons per mm at the end of the step, likewise.
    pub mean_photons_end: f32,
    /// Velocity at the end of the step, mm/ns.
    pub post_velocity_mm_per_ns: f32,
}

impl CerenkovStep {
    /// The record of this step, with code 1.
    pub fn to_genstep(&self) -> Genstep {
        self.to_genstep_as(GenstepCode::Cerenkov)
    }

    /// The record of this step, with code 3.
    pub fn to_ds_genstep(&self) -> Genstep {
        self.to_genstep_as(GenstepCode::DsCerenkov)
    }

    fn to_genstep_as(self, code: GenstepCode) -> Genstep {
        let mut step = self.step.to_genstep(code);
        step.quads[4] = [self.beta_inverse, self.energy_min_mev, self.energy_max_mev, self.max_cos];
        step.quads[5] =
            [self.max_sin2, self.mean_photons_start, self.mean_photons_end, self.post_velocity_mm_per_ns];
        step
    }

    /// The step of a record, or `None` if its code is another.
    pub fn from_genstep(step: &Genstep) -> Option<Self> {
        let [beta_inverse, energy_min_mev, energy_max_mev, max_cos] = step.quads[4];
        let [max_sin2, mean_photons_start, mean_photons_end, post_velocity_mm_per_ns] = step.quads[5];
        step.code().is_cerenkov().then(|| Self {
            step: ChargedStep::from_genstep(step),
            beta_inverse,
            energy_min_mev,
            energy_max_mev,
            max_cos,
            max_sin2,
            mean_photons_start,
            mean_photons_end,
            post_velocity_mm_per_ns,
        })
    }
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;

    pub(in crate::genstep) fn charged() -> ChargedStep {
        ChargedStep {
            parent_id: 4,
            material: 6,
            num_photons: 150,
            position_mm: [1.0, 2.0, 3.0],
            time_ns: 0.5,
            delta_mm: [0.1, 0.2, 0.3],
            length_mm: 0.4,
            pdg_code: -13,
            charge: 1.0,
            weight: 1.0,
            velocity_mm_per_ns: 299.0,
        }
    }

    pub(in crate::genstep) fn cerenkov() -> CerenkovStep {
        CerenkovStep {
            step: charged(),
            beta_inverse: 1.01,
            energy_min_mev: 1.55e-6,
            energy_max_mev: 1.55e-5,
            max_cos: 0.7,
            max_sin2: 0.51,
            mean_photons_start: 30.0,
            mean_photons_end: 29.0,
            post_velocity_mm_per_ns: 298.0,
        }
    }

    #[test]
    fn words_are_where_the_table_says() {
        let words = cerenkov().to_genstep();
        let bits = |quad: usize, slot: usize| words.uint(quad, slot);
        assert_eq!([bits(0, 0), bits(0, 1), bits(0, 2), bits(0, 3)], [1, 4, 6, 150]);
        assert_eq!(words.quads[1], [1.0, 2.0, 3.0, 0.5]);
        assert_eq!(words.quads[2], [0.1, 0.2, 0.3, 0.4]);
        assert_eq!(words.int(3, 0), -13);
        assert_eq!(words.quads[3][1..], [1.0, 1.0, 299.0]);
        assert_eq!(words.quads[4], [1.01, 1.55e-6, 1.55e-5, 0.7]);
        assert_eq!(words.quads[5], [0.51, 30.0, 29.0, 298.0]);
        assert_eq!(cerenkov().to_ds_genstep().int(0, 0), 3);
    }

    #[test]
    fn record_reads_back() {
        assert_eq!(CerenkovStep::from_genstep(&cerenkov().to_genstep()), Some(cerenkov()));
        assert_eq!(CerenkovStep::from_genstep(&cerenkov().to_ds_genstep()), Some(cerenkov()));
        assert_eq!(CerenkovStep::from_genstep(&Genstep::machinery()), None);
    }
}
