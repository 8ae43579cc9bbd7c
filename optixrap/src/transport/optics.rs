//! A material as one photon finds it.

use super::{Scene, TransportOptions, more_bulk};
use crate::trace::geometry::NONE;

/// What a material does to light of one wavelength, under the options of the run.
#[derive(Debug, Clone, Copy)]
pub(super) struct Optics {
    /// Which material, [`NONE`] if this is not filled in.
    pub(super) material: u32,
    /// Whether it has RINDEX: photons stop at a boundary to a material without.
    pub(super) has_rindex: bool,
    /// Refractive index.
    pub(super) rindex: f32,
    /// Probability that an absorbed photon is emitted again.
    pub(super) reemission_probability: f32,
    /// Mean distance between two interactions, mm; infinite without any.
    pub(super) mean_free_path_mm: f32,
    /// Its inverse.
    pub(super) interactions_per_mm: f32,
    /// The share of absorption among the interactions.
    pub(super) absorbed_fraction: f32,
    /// The inverse of the group velocity.
    pub(super) ns_per_mm: f32,
}

impl Optics {
    /// Nothing looked up.
    pub(super) const UNKNOWN: Optics = Optics {
        material: NONE,
        has_rindex: false,
        rindex: 0.0,
        reemission_probability: 0.0,
        mean_free_path_mm: f32::INFINITY,
        interactions_per_mm: 0.0,
        absorbed_fraction: 0.0,
        ns_per_mm: 0.0,
    };

    /// Looks up `material` for light of a vacuum wavelength.
    #[inline(always)]
    pub(super) fn new(scene: &Scene, options: &TransportOptions, material: u32, wavelength_nm: f32) -> Self {
        let medium = scene.tables.medium(material, wavelength_nm);
        let rate = |on: u32, length: f32| if on != 0 && length < f32::INFINITY { 1.0 / length } else { 0.0 };
        let absorption = rate(options.absorption, medium.absorption_length_mm);
        let mut total = absorption + rate(options.scattering, medium.scattering_length_mm);
        if more_bulk::acts(scene, material) {
            total += more_bulk::interactions_per_mm(scene, options, material, wavelength_nm);
        }
        let mean_free_path_mm = if total > 0.0 { 1.0 / total } else { f32::INFINITY };
        Self {
            material,
            has_rindex: scene.tables.materials[material as usize].has_rindex != 0,
            rindex: medium.rindex,
            reemission_probability: medium.reemission_probability,
            mean_free_path_mm,
            interactions_per_mm: total,
            absorbed_fraction: absorption * if total > 0.0 { mean_free_path_mm } else { 0.0 },
            ns_per_mm: 1.0 / medium.group_velocity_mm_per_ns,
        }
    }
}
