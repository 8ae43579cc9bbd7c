//! The state of a photon on its way.

use super::optics::Optics;
use super::{Emission, Ended, Scene, TransportOptions, more_bulk};
use crate::physics::photon::{Photon, flag};
use crate::physics::random::Uniform;
use crate::trace::geometry::NONE;

/// A photon in the frame of its current touchable, with what is known of the materials around it.
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
    /// What a wavelength shifter has still to emit where the photon is, beside the photon.
    pub emission: Emission,
    /// The daughter of `node` that cannot lie ahead, or [`NONE`].
    pub(super) left_behind: u32,
    /// The material around.
    pub(super) here: Optics,
    /// The material behind the last boundary.
    pub(super) beyond: Optics,
    pub(super) optical_depth: f32,
}

impl Traveller {
    /// No photon.
    pub const NONE: Traveller = Traveller {
        photon: Photon::NONE,
        node: 0,
        flag_mask: 0,
        points: 0,
        corrections: 0,
        boundary_node: 0,
        boundary_sign: 0,
        far_node: NONE,
        emission: Emission::NONE,
        left_behind: NONE,
        here: Optics::UNKNOWN,
        beyond: Optics::UNKNOWN,
        optical_depth: 0.0,
    };

    /// A photon just born in `node`, in that node's frame.
    #[inline(always)]
    pub fn new(
        scene: &Scene,
        options: &TransportOptions,
        photon: Photon,
        node: u32,
        birth_flag: u32,
    ) -> Self {
        let material = scene.geometry.record(node).material;
        Traveller {
            photon,
            node,
            flag_mask: birth_flag,
            points: 0,
            corrections: 0,
            boundary_node: 0,
            boundary_sign: 0,
            far_node: NONE,
            emission: Emission::NONE,
            left_behind: NONE,
            here: Optics::new(scene, options, material, photon.wavelength_nm),
            beyond: Optics::UNKNOWN,
            optical_depth: 0.0,
        }
    }

    /// The next photon that the wavelength shifter emits where this one, just emitted itself, is; `None` once there is
    /// nothing left to [emit](Self::emission). It has this one's past and no points of its own.
    ///
    /// Draws: those of the emission.
    pub fn emit_sibling<R: Uniform>(
        &mut self,
        scene: &Scene,
        options: &TransportOptions,
        rng: &mut R,
    ) -> Option<Traveller> {
        let material = self.here.material;
        let photon = more_bulk::emit_next(scene, options, material, &mut self.emission, &self.photon, rng)?;
        let flag_mask = self.flag_mask | flag::SHIFTER_SECONDARY;
        let emission = Emission::NONE;
        let mut sibling = Traveller { photon, flag_mask, points: 0, corrections: 0, emission, ..*self };
        sibling.recolour(scene, options);
        Some(sibling)
    }

    /// What is left of it at its end.
    #[inline(always)]
    pub fn ended(&self) -> Ended {
        let Self { photon, node, flag_mask, boundary_node, boundary_sign, far_node, .. } = *self;
        Ended { photon, node, flag_mask, boundary_node, boundary_sign, far_node }
    }

    /// Looks up what is behind a boundary, unless it is what was there last.
    #[inline(always)]
    pub(super) fn look_beyond(&mut self, scene: &Scene, options: &TransportOptions, material: u32) {
        if material != self.beyond.material {
            self.beyond = Optics::new(scene, options, material, self.photon.wavelength_nm);
        }
    }

    /// Enters another material.
    #[inline(always)]
    pub(super) fn enter(&mut self, scene: &Scene, options: &TransportOptions, material: u32) {
        if material != self.here.material {
            self.look_beyond(scene, options, material);
            (self.here, self.beyond) = (self.beyond, self.here);
        }
    }

    /// Takes note of a changed wavelength.
    #[inline(always)]
    pub(super) fn recolour(&mut self, scene: &Scene, options: &TransportOptions) {
        self.here = Optics::new(scene, options, self.here.material, self.photon.wavelength_nm);
        self.beyond = Optics::UNKNOWN;
    }

    /// Flies `distance` mm on.
    #[inline(always)]
    pub(super) fn advance(&mut self, distance: f32) {
        self.photon.position += self.photon.direction * distance;
        self.photon.time_ns += distance * self.here.ns_per_mm;
    }

    /// Whether position, time and direction are finite numbers.
    #[inline(always)]
    pub(super) fn is_finite(&self) -> bool {
        let (x, d, e) = (self.photon.position, self.photon.direction, self.photon.polarization);
        let sum = (x.x + x.y + x.z) + (d.x + d.y + d.z) + (e.x + e.y + e.z) + self.photon.time_ns;
        sum * 0.0 == 0.0
    }
}
