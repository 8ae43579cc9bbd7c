//! The state of a photon on its way.

use super::{Scene, TransportOptions};
use crate::physics::photon::{HC_EV_NM, Photon};
use crate::physics::tables::Medium;
use crate::trace::geometry::NONE;

/// A photon in the frame of its current touchable, with what is cached about the medium around it.
#[derive(Debug, Clone, Copy)]
pub struct Traveller {
    /// Position, direction and polarization in the frame of `node`.
    pub photon: Photon,
    /// The touchable that the photon is in.
    pub node: u32,
    /// Flag bits of everything that has happened to it, birth included.
    pub flag_mask: u32,
    /// Points so far; the birth is none.
    pub points: u32,
    /// Navigation corrections: how often the ray had lost its volume and was put right.
    pub corrections: u32,
    /// The touchable whose boundary was met last, 0 before the first.
    pub boundary_node: u32,
    /// 1 if that boundary was met from inside (leaving it), -1 from outside (entering), 0 before the first.
    pub boundary_sign: i32,
    /// The touchable beyond that boundary, [`NONE`] outside the world.
    pub far_node: u32,
    pub(super) medium: Medium,
    pub(super) material: u32,
    pub(super) has_rindex: bool,
    pub(super) mean_free_path_mm: f32,
    pub(super) interactions_per_mm: f32,
    pub(super) absorbed_fraction: f32,
    pub(super) ns_per_mm: f32,
    pub(super) optical_depth: f32,
    pub(super) far_material: u32,
    pub(super) far_rindex: f32,
}

impl Traveller {
    /// A photon just born in `node`, in that node's frame.
    #[inline]
    pub fn new(
        scene: &Scene,
        options: &TransportOptions,
        photon: Photon,
        node: u32,
        birth_flag: u32,
    ) -> Self {
        let mut traveller = Traveller {
            photon,
            node,
            flag_mask: birth_flag,
            points: 0,
            corrections: 0,
            boundary_node: 0,
            boundary_sign: 0,
            far_node: NONE,
            medium: scene.tables.medium(scene.geometry.nodes[node as usize].material, photon.wavelength_nm),
            material: NONE,
            has_rindex: false,
            mean_free_path_mm: f32::INFINITY,
            interactions_per_mm: 0.0,
            absorbed_fraction: 0.0,
            ns_per_mm: 0.0,
            optical_depth: 0.0,
            far_material: NONE,
            far_rindex: 0.0,
        };
        traveller.refresh_medium(scene, options);
        traveller
    }

    /// Looks up what the medium does at the photon's wavelength. To be called whenever either has changed.
    #[inline]
    pub(super) fn refresh_medium(&mut self, scene: &Scene, options: &TransportOptions) {
        self.material = scene.geometry.nodes[self.node as usize].material;
        self.has_rindex = scene.tables.materials[self.material as usize].has_rindex != 0;
        self.medium = scene.tables.medium(self.material, self.photon.wavelength_nm);
        let rate = |on: u32, length: f32| if on != 0 && length < f32::INFINITY { 1.0 / length } else { 0.0 };
        let absorption = rate(options.absorption, self.medium.absorption_length_mm);
        let total = absorption + rate(options.scattering, self.medium.scattering_length_mm);
        self.interactions_per_mm = total;
        self.mean_free_path_mm = if total > 0.0 { 1.0 / total } else { f32::INFINITY };
        self.absorbed_fraction = absorption * if total > 0.0 { self.mean_free_path_mm } else { 0.0 };
        self.ns_per_mm = 1.0 / self.medium.group_velocity_mm_per_ns;
        self.far_material = NONE;
    }

    /// Looks up the refractive index behind a boundary; 0 where the material there has none.
    #[inline]
    pub(super) fn look_beyond(&mut self, scene: &Scene, material: u32) {
        self.far_material = material;
        let known = scene.tables.materials[material as usize].has_rindex != 0;
        let energy_ev = HC_EV_NM / self.photon.wavelength_nm;
        self.far_rindex = if known { scene.tables.rindex(material, energy_ev) } else { 0.0 };
    }

    /// Flies `distance` mm on.
    #[inline(always)]
    pub(super) fn advance(&mut self, distance: f32) {
        self.photon.position += self.photon.direction * distance;
        self.photon.time_ns += distance * self.ns_per_mm;
    }

    /// Whether position, time and direction are finite numbers.
    #[inline(always)]
    pub(super) fn is_finite(&self) -> bool {
        let (x, d, e) = (self.photon.position, self.photon.direction, self.photon.polarization);
        let sum = (x.x + x.y + x.z) + (d.x + d.y + d.z) + (e.x + e.y + e.z) + self.photon.time_ns;
        sum * 0.0 == 0.0
    }
}
