//! The points of a photon's path.

use crate::physics::photon::flag;

/// One point of a photon's path, in the frame of the world: 4 x 4 words like a photon, with
/// (flag, node index, photon index, number of the point) in the last quad; the birth is number 0. A photon that a
/// wavelength shifter made beside another one comes after it, with the same index and a birth `WN` of its own.
#[repr(transparent)]
#[derive(Debug, Clone, Copy, bytemuck::Pod, bytemuck::Zeroable)]
pub struct PathPoint(pub [f32; 16]);

impl PathPoint {
    /// A point from its state and (flag, node index, photon index, number of the point).
    #[inline]
    pub fn new(state: [f32; 12], integers: [u32; 4]) -> Self {
        let mut words = [0.0; 16];
        words[..12].copy_from_slice(&state);
        words[12..].copy_from_slice(&integers.map(f32::from_bits));
        Self(words)
    }
}

/// Flags of points at which a photon met a boundary and went on: what way items remember.
pub const ON_BOUNDARY: u32 =
    flag::BOUNDARY_REFLECT | flag::BOUNDARY_TRANSMIT | flag::SURFACE_DREFLECT | flag::SURFACE_SREFLECT;

/// The code of a flag in a history: the number of its bit, plus one.
#[inline]
pub fn code_of(flag: u32) -> u8 {
    (flag.trailing_zeros() + 1) as u8
}
