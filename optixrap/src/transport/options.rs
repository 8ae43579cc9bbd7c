//! What decides about transport besides the scene.

use bytemuck::{Pod, Zeroable};

use crate::physics::wavelength_shift::profile;

/// Options of transport. Switched-off processes are for studies and for the `/process/inactivate` of macros.
#[repr(C)]
#[derive(Debug, Clone, Copy, PartialEq, Pod, Zeroable)]
pub struct TransportOptions {
    /// Points after which a photon that is still alive ends as `BL`.
    pub bounce_max: u32,
    /// Time at which a photon that is still flying ends as `TL`, wherever it is, ns; infinite for no limit.
    pub time_max_ns: f32,
    /// 1 if absorbed photons may be reemitted (REEMISSIONPROB), else 0.
    pub reemission: u32,
    /// 1 if bulk absorption (ABSLENGTH) acts, else 0.
    pub absorption: u32,
    /// 1 if Rayleigh scattering (RAYLEIGH) acts, else 0.
    pub scattering: u32,
    /// 1 if boundaries and surfaces act; 0 lets photons pass them straight (a study without Geant4's OpBoundary).
    pub boundary: u32,
    /// 1 if Mie scattering (MIEHG) acts, else 0.
    pub mie: u32,
    /// Whether the shifter WLS (WLSABSLENGTH) acts, and how long it takes: one of
    /// [`profile`](crate::physics::wavelength_shift::profile).
    pub shift_1: u32,
    /// The same for WLS2 (WLSABSLENGTH2).
    pub shift_2: u32,
    /// Zero.
    pub pad: u32,
}

impl Default for TransportOptions {
    /// Everything on, photons followed for up to 10 000 points and any time; shifters take their time constant (delta).
    fn default() -> Self {
        Self {
            bounce_max: 10_000,
            time_max_ns: f32::INFINITY,
            reemission: 1,
            absorption: 1,
            scattering: 1,
            boundary: 1,
            mie: 1,
            shift_1: profile::DELTA,
            shift_2: profile::DELTA,
            pad: 0,
        }
    }
}
