//! The state of one photon.

use super::vec3::{Vec3, vec3};

/// A photon in flight. Direction and polarization are unit vectors, perpendicular to each other.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Photon {
    /// Position, mm.
    pub position: Vec3,
    /// Time since the start of the event, ns.
    pub time_ns: f32,
    /// Direction of flight.
    pub direction: Vec3,
    /// Statistical weight, carried along.
    pub weight: f32,
    /// Linear polarization.
    pub polarization: Vec3,
    /// Vacuum wavelength, nm.
    pub wavelength_nm: f32,
}

impl Photon {
    /// No photon: zeros.
    pub const NONE: Photon = Photon {
        position: vec3(0.0, 0.0, 0.0),
        time_ns: 0.0,
        direction: vec3(0.0, 0.0, 0.0),
        weight: 0.0,
        polarization: vec3(0.0, 0.0, 0.0),
        wavelength_nm: 0.0,
    };

    /// Position, time, direction, weight, polarization, wavelength: the first three quads of a photon's item. What is
    /// not a number has the bits of [`f32::NAN`], because those that an operation leaves depend on the processor.
    #[inline]
    pub fn words(&self) -> [f32; 12] {
        let (x, d, e) = (self.position, self.direction, self.polarization);
        [x.x, x.y, x.z, self.time_ns, d.x, d.y, d.z, self.weight, e.x, e.y, e.z, self.wavelength_nm]
            .map(one_nan)
    }
}

#[inline(always)]
fn one_nan(x: f32) -> f32 {
    const INFINITY: u32 = 0x7f80_0000;
    if x.to_bits() & 0x7fff_ffff > INFINITY { f32::NAN } else { x }
}

/// Planck's constant times the speed of light, eV nm (CODATA 2018, exact since 2019).
pub const HC_EV_NM: f32 = 1_239.841_984_3_f64 as f32;

/// Speed of light in vacuum, mm/ns.
pub const C_LIGHT_MM_PER_NS: f32 = 299.792_458_f64 as f32;

/// What happened to a photon at a point, as one bit of its flag mask. Two-letter codes are the original's;
/// NR, BL and TL are this project's own end states, WS and WN its own points.
pub mod flag {
    /// CK made by the Cerenkov effect
    pub const CERENKOV: u32 = 1 << 0;
    /// SI made by scintillation
    pub const SCINTILLATION: u32 = 1 << 1;
    /// MI left the world
    pub const MISS: u32 = 1 << 2;
    /// AB absorbed in bulk
    pub const BULK_ABSORB: u32 = 1 << 3;
    /// RE absorbed and reemitted in bulk
    pub const BULK_REEMIT: u32 = 1 << 4;
    /// SC scattered in bulk
    pub const BULK_SCATTER: u32 = 1 << 5;
    /// SD detected at a surface
    pub const SURFACE_DETECT: u32 = 1 << 6;
    /// SA absorbed at a surface
    pub const SURFACE_ABSORB: u32 = 1 << 7;
    /// DR reflected diffusely
    pub const SURFACE_DREFLECT: u32 = 1 << 8;
    /// SR reflected specularly
    pub const SURFACE_SREFLECT: u32 = 1 << 9;
    /// BR reflected at a boundary
    pub const BOUNDARY_REFLECT: u32 = 1 << 10;
    /// BT transmitted at a boundary
    pub const BOUNDARY_TRANSMIT: u32 = 1 << 11;
    /// TO made by a torch
    pub const TORCH: u32 = 1 << 12;
    /// NA stopped because a number was not finite
    pub const NAN_ABORT: u32 = 1 << 13;
    /// EX hit culled by the sensor's efficiency
    pub const EFFICIENCY_CULL: u32 = 1 << 14;
    /// EC hit collected by the sensor's efficiency
    pub const EFFICIENCY_COLLECT: u32 = 1 << 15;
    /// NR stopped at a material without RINDEX
    pub const NO_RINDEX: u32 = 1 << 16;
    /// BL stopped by the bounce limit
    pub const BOUNCE_LIMIT: u32 = 1 << 17;
    /// TL stopped by the time limit
    pub const TIME_LIMIT: u32 = 1 << 18;
    /// WS absorbed and emitted again at a longer wavelength by a wavelength shifter
    pub const WAVELENGTH_SHIFT: u32 = 1 << 19;
    /// WN made beside another photon by a wavelength shifter that emits several at once
    pub const SHIFTER_SECONDARY: u32 = 1 << 20;
}
