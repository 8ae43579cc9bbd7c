//! What decides about transport besides the scene.

use bytemuck::{Pod, Zeroable};

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
}

impl Default for TransportOptions {
    /// Everything on, photons followed for up to 10 000 points and any time.
    fn default() -> Self {
        Self {
            bounce_max: 10_000,
            time_max_ns: f32::INFINITY,
            reemission: 1,
            absorption: 1,
            scattering: 1,
            boundary: 1,
        }
    }
}
