//! One step of a track, and the light that it makes.

use super::geometry::Located;
use super::vector::{Vector, add_scaled};
use crate::detector::MaterialId;
use crate::genstep::{CerenkovStep, ChargedStep, Genstep, ScintillationStep};
use crate::particle::Particle;

/// Cerenkov light of a step.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct CerenkovLight {
    /// Number of photons.
    pub photons: u64,
    /// 1/beta, beta the mean of both ends.
    pub beta_inverse: f64,
    /// Lowest and highest photon energy, MeV.
    pub energy_range_mev: (f64, f64),
    /// The largest refractive index.
    pub max_rindex: f64,
    /// Mean photons per mm at the start and at the end, as the formula has them: below 0 close to threshold.
    pub mean_photons_per_mm: [f64; 2],
}

/// Scintillation light of a step in one component.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct ScintillationLight {
    /// Number of photons.
    pub photons: u64,
    /// 1 fast, 2 slow, 3 the third one of Geant4 11.
    pub component: i32,
    /// Decay time, ns.
    pub decay_time_ns: f64,
    /// Rise time, ns.
    pub rise_time_ns: f64,
}

/// A straight step of a charged track within one volume.
#[derive(Debug, Clone, PartialEq)]
pub struct TrackStep {
    /// Number of the track in its event: primaries from 1, then delta rays in the order of their making.
    pub track_id: u32,
    /// Number of the track that made it; 0 for primaries.
    pub parent_id: u32,
    /// What moves.
    pub particle: Particle,
    /// Where.
    pub located: Located,
    /// In what.
    pub material: MaterialId,
    /// Start, mm.
    pub position_mm: Vector,
    /// Unit direction.
    pub direction: Vector,
    /// Length, mm.
    pub length_mm: f64,
    /// Time at the start, ns.
    pub time_ns: f64,
    /// Duration, ns.
    pub duration_ns: f64,
    /// Kinetic energy at start and end, MeV.
    pub kinetic_mev: [f64; 2],
    /// Velocity at start and end, mm/ns.
    pub velocity_mm_per_ns: [f64; 2],
    /// Energy left in the medium, MeV; without the delta rays that are tracks of their own.
    pub deposit_mev: f64,
    /// Energy radiated, MeV: not followed, not deposited.
    pub radiated_mev: f64,
    /// Cerenkov light, if any.
    pub cerenkov: Option<CerenkovLight>,
    /// Scintillation light, the components that have photons.
    pub scintillation: Vec<ScintillationLight>,
}

impl TrackStep {
    /// The end of the step, mm.
    pub fn end_mm(&self) -> Vector {
        add_scaled(self.position_mm, self.length_mm, self.direction)
    }

    /// All photons of the step.
    pub fn num_photons(&self) -> u64 {
        let scintillation: u64 = self.scintillation.iter().map(|s| s.photons).sum();
        self.cerenkov.map_or(0, |c| c.photons) + scintillation
    }

    /// Appends the step's gensteps: Cerenkov (code 1), then each scintillation component (code 2), none without photons.
    ///
    /// The material word is the index in the detector's list. A light of more than [`Genstep::MAX_PHOTONS`] becomes
    /// several rows.
    pub fn append_gensteps(&self, rows: &mut Vec<Genstep>) {
        if let Some(light) = &self.cerenkov {
            for photons in parts(light.photons) {
                rows.push(self.cerenkov_row(light, photons));
            }
        }
        for light in &self.scintillation {
            for photons in parts(light.photons) {
                rows.push(self.scintillation_row(light, photons));
            }
        }
    }

    fn charged(&self, num_photons: u32) -> ChargedStep {
        ChargedStep {
            parent_id: self.track_id as i32,
            material: self.material.0 as i32,
            num_photons,
            position_mm: self.position_mm.map(|x| x as f32),
            time_ns: self.time_ns as f32,
            delta_mm: self.direction.map(|x| (x * self.length_mm) as f32),
            length_mm: self.length_mm as f32,
            pdg_code: self.particle.pdg_code(),
            charge: self.particle.charge() as f32,
            weight: 1.0,
            velocity_mm_per_ns: self.velocity_mm_per_ns[0] as f32,
        }
    }

    fn cerenkov_row(&self, light: &CerenkovLight, photons: u32) -> Genstep {
        let max_cos = light.beta_inverse / light.max_rindex;
        CerenkovStep {
            step: self.charged(photons),
            beta_inverse: light.beta_inverse as f32,
            energy_min_mev: light.energy_range_mev.0 as f32,
            energy_max_mev: light.energy_range_mev.1 as f32,
            max_cos: max_cos as f32,
            max_sin2: ((1.0 - max_cos) * (1.0 + max_cos)) as f32,
            mean_photons_start: light.mean_photons_per_mm[0] as f32,
            mean_photons_end: light.mean_photons_per_mm[1] as f32,
            post_velocity_mm_per_ns: self.velocity_mm_per_ns[1] as f32,
        }
        .to_genstep()
    }

    fn scintillation_row(&self, light: &ScintillationLight, photons: u32) -> Genstep {
        ScintillationStep {
            step: self.charged(photons),
            component: light.component,
            decay_time_ns: light.decay_time_ns as f32,
            rise_time_ns: light.rise_time_ns as f32,
            post_velocity_mm_per_ns: self.velocity_mm_per_ns[1] as f32,
        }
        .to_genstep()
    }
}

/// `photons` in parts that fit one record each.
fn parts(photons: u64) -> impl Iterator<Item = u32> {
    let most = u64::from(Genstep::MAX_PHOTONS);
    let mut rest = photons;
    std::iter::from_fn(move || {
        let part = rest.min(most);
        rest -= part;
        (part > 0).then_some(part as u32)
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::detector::VolumeId;
    use crate::genstep::GenstepCode;

    fn step() -> TrackStep {
        TrackStep {
            track_id: 3,
            parent_id: 1,
            particle: Particle::MuonPlus,
            located: Located { volume: VolumeId(0), node: 0 },
            material: MaterialId(6),
            position_mm: [1.0, 2.0, 3.0],
            direction: [0.0, 0.6, 0.8],
            length_mm: 0.5,
            time_ns: 2.0,
            duration_ns: 0.01,
            kinetic_mev: [1000.0, 999.9],
            velocity_mm_per_ns: [298.5, 298.4],
            deposit_mev: 0.1,
            radiated_mev: 0.0,
            cerenkov: Some(CerenkovLight {
                photons: 100,
                beta_inverse: 1.0046,
                energy_range_mev: (1.55e-6, 1.55e-5),
                max_rindex: 1.793,
                mean_photons_per_mm: [291.0, 290.0],
            }),
            scintillation: vec![ScintillationLight {
                photons: 5,
                component: 2,
                decay_time_ns: 1400.0,
                rise_time_ns: 0.5,
            }],
        }
    }

    #[test]
    fn rows_carry_the_step() {
        let mut rows = Vec::new();
        step().append_gensteps(&mut rows);
        assert_eq!(rows.len(), 2);
        let cerenkov = CerenkovStep::from_genstep(&rows[0]).unwrap();
        assert_eq!((cerenkov.step.parent_id, cerenkov.step.material, cerenkov.step.num_photons), (3, 6, 100));
        assert_eq!(cerenkov.step.delta_mm, [0.0, 0.3, 0.4]);
        assert_eq!(cerenkov.step.pdg_code, -13);
        assert!((cerenkov.max_cos - (1.0046 / 1.793) as f32).abs() < 1e-7);
        assert!((cerenkov.max_sin2 + cerenkov.max_cos * cerenkov.max_cos - 1.0).abs() < 1e-6);
        assert_eq!((cerenkov.mean_photons_start, cerenkov.mean_photons_end), (291.0, 290.0));
        assert_eq!(rows[1].code(), GenstepCode::Scintillation);
        let slow = ScintillationStep::from_genstep(&rows[1]).unwrap();
        assert_eq!((slow.component, slow.decay_time_ns, slow.rise_time_ns), (2, 1400.0, 0.5));
        assert_eq!(slow.post_velocity_mm_per_ns, 298.4);
    }

    #[test]
    fn more_photons_than_a_row_holds_are_several_rows() {
        let total = u64::from(Genstep::MAX_PHOTONS) * 2 + 7;
        let sizes: Vec<u32> = parts(total).collect();
        assert_eq!(sizes, [Genstep::MAX_PHOTONS, Genstep::MAX_PHOTONS, 7]);
        assert_eq!(parts(0).count(), 0);
    }
}
