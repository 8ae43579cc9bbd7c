//! The beginning of a photon: the genstep that it comes from, and the touchable that it is born in.

use bytemuck::{Pod, Zeroable};

use super::Scene;
use crate::physics::genstep::GenstepRecord;
use crate::physics::photon::{Photon, flag};
use crate::trace::frame::FrameRecord;
use crate::trace::geometry::NONE;
use crate::trace::navigate;

/// A genstep with what all of its photons share.
#[repr(C)]
#[derive(Debug, Clone, Copy, PartialEq, Pod, Zeroable)]
pub struct PreparedGenstep {
    /// The genstep and its material.
    pub record: GenstepRecord,
    /// From the world's frame to that of `node`.
    pub frame: FrameRecord,
    /// The touchable where all of them are born, or [`NONE`] if each must be located.
    pub node: u32,
    /// The flag of their birth.
    pub birth_flag: u32,
    /// How many photons.
    pub n_photons: u32,
    /// Number of the genstep's first photon in its event.
    pub first_photon: u64,
}

/// Takes a new photon from the world's frame to that of the touchable that holds it, and returns the touchable;
/// [`NONE`] outside the world, where the photon stays as it is.
#[inline]
pub fn enter_node(scene: &Scene, genstep: &PreparedGenstep, photon: &mut Photon) -> u32 {
    let (node, frame) = if genstep.node != NONE {
        (genstep.node, genstep.frame.frame())
    } else {
        match navigate::locate_along(&scene.geometry, photon.position, photon.direction) {
            Some(place) => (place.node, place.frame),
            None => return NONE,
        }
    };
    photon.position = frame.point(photon.position);
    photon.direction = frame.direction(photon.direction);
    photon.polarization = frame.direction(photon.polarization);
    node
}

/// How a photon ends that no touchable holds: `MI` outside the world, `NA` without finite numbers.
#[inline]
pub fn end_of_unplaced(born: &Photon) -> u32 {
    if born.words().iter().all(|x| x.is_finite()) { flag::MISS } else { flag::NAN_ABORT }
}
