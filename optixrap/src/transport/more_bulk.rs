//! The bulk processes that few materials have: Mie scattering, wavelength shifting, reemission that takes time.
//!
//! They are apart from the loop over points, whose registers they would take: each function here is called for a
//! material with a [`MoreRecord`] alone, takes copies of what it needs, and hands copies back. The random numbers of the
//! photon go on with them.
//!
//! All bulk processes share one optical depth. Where it is used up one number says which process acts, each in
//! proportion to the inverse of its mean free path there, in the order: absorption, Rayleigh scattering, Mie
//! scattering, WLS, WLS2.

use super::{Scene, TransportOptions};
use crate::physics::photon::{Photon, flag};
use crate::physics::random::Uniform;
use crate::physics::tables::{MoreRecord, NONE};
use crate::physics::wavelength_shift::{self, profile};
use crate::physics::{mie, rayleigh, reemission};
use crate::repertoire::EVERYTHING;

/// What came of an interaction that is neither absorption nor, for certain, Rayleigh scattering.
#[derive(Debug, Clone, Copy)]
pub(super) struct Interaction<R> {
    /// The photon afterwards.
    pub(super) photon: Photon,
    /// What happened to it.
    pub(super) flag: u32,
    /// What else is to be emitted there.
    pub(super) emission: Emission,
    /// The random numbers after those that were drawn.
    pub(super) rng: R,
}

/// Photons that a wavelength shifter has still to emit where it has absorbed one.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Emission {
    /// How many.
    pub count: u32,
    /// 0 for WLS, 1 for WLS2.
    pub shifter: u32,
    /// When the photon was absorbed, ns.
    pub time_ns: f32,
    /// Its wavelength, nm.
    pub wavelength_nm: f32,
}

impl Emission {
    /// Nothing to be emitted.
    pub const NONE: Emission = Emission { count: 0, shifter: 0, time_ns: 0.0, wavelength_nm: 0.0 };
}

/// Whether a material has any of this.
#[inline(always)]
pub(super) fn acts(scene: &Scene, material: u32) -> bool {
    EVERYTHING && scene.tables.materials[material as usize].more != NONE
}

/// Mie scatterings and wavelength shifts per mm in a material that has them.
#[inline(never)]
pub(super) fn interactions_per_mm(
    scene: &Scene,
    options: &TransportOptions,
    material: u32,
    wavelength_nm: f32,
) -> f32 {
    let rates = Rates::new(scene, options, record(scene, material), wavelength_nm);
    rates.mie + (rates.shift_1 + rates.shift_2)
}

/// What happens to a photon in a material that has them. `chance` is the number drawn for the choice, times the
/// interactions per mm of all processes, less those of absorption.
#[inline(never)]
pub(super) fn interact<R: Uniform>(
    scene: &Scene,
    options: &TransportOptions,
    (material, chance): (u32, f32),
    photon: Photon,
    rng: R,
) -> Interaction<R> {
    let mut rng = rng;
    let more = record(scene, material);
    let rates = Rates::new(scene, options, more, photon.wavelength_nm);
    let scattering_length = scene.tables.medium(material, photon.wavelength_nm).scattering_length_mm;
    let rayleigh = per_mm(options.scattering, scattering_length);
    let mut photon = photon;
    let mut chance = chance - rayleigh;
    let others = rates.mie + (rates.shift_1 + rates.shift_2);
    if chance < 0.0 || others <= 0.0 {
        rayleigh::scatter(&mut photon, &mut rng);
        return Interaction { photon, flag: flag::BULK_SCATTER, emission: Emission::NONE, rng };
    }
    chance -= rates.mie;
    if chance < 0.0 || rates.shift_1 + rates.shift_2 <= 0.0 {
        mie::scatter(&more.mie, &mut photon, &mut rng);
        return Interaction { photon, flag: flag::BULK_SCATTER, emission: Emission::NONE, rng };
    }
    let shifter = u32::from(rates.shift_1 <= 0.0 || (chance >= rates.shift_1 && rates.shift_2 > 0.0));
    let count = wavelength_shift::sample_number(&more.shifters[shifter as usize], &mut rng);
    let (time_ns, wavelength_nm) = (photon.time_ns, photon.wavelength_nm);
    let mut emission = Emission { count, shifter, time_ns, wavelength_nm };
    let flag = match emit_next(scene, options, material, &mut emission, &photon, &mut rng) {
        Some(emitted) => {
            photon = emitted;
            flag::WAVELENGTH_SHIFT
        }
        None => flag::BULK_ABSORB,
    };
    Interaction { photon, flag, emission, rng }
}

/// How long a reemission in a material takes, ns, and the random numbers after it.
#[inline(never)]
pub(super) fn reemission_delay<R: Uniform>(scene: &Scene, material: u32, rng: R) -> (f32, R) {
    let mut rng = rng;
    let delay_ns = reemission::sample_delay_ns(&record(scene, material).reemission, &mut rng);
    (delay_ns, rng)
}

/// Emits the next photon that can be; `photon` tells where. `None` once there is nothing left.
pub(super) fn emit_next<R: Uniform>(
    scene: &Scene,
    options: &TransportOptions,
    material: u32,
    emission: &mut Emission,
    photon: &Photon,
    rng: &mut R,
) -> Option<Photon> {
    let shifter = &record(scene, material).shifters[emission.shifter as usize];
    let time_profile = if emission.shifter == 0 { options.shift_1 } else { options.shift_2 };
    let Emission { time_ns, wavelength_nm, .. } = *emission;
    let absorbed = Photon { time_ns, wavelength_nm, ..*photon };
    while emission.count > 0 {
        emission.count -= 1;
        let emitted = wavelength_shift::emit(&scene.tables, shifter, time_profile, &absorbed, rng);
        if emitted.is_some() {
            return emitted;
        }
    }
    None
}

/// Interactions per mm of the processes here.
struct Rates {
    mie: f32,
    shift_1: f32,
    shift_2: f32,
}

impl Rates {
    #[inline(always)]
    fn new(scene: &Scene, options: &TransportOptions, more: &MoreRecord, wavelength_nm: f32) -> Self {
        let rate = |on: u32, table: u32| per_mm(on, scene.tables.length_mm(table, wavelength_nm));
        let [first, second] = &more.shifters;
        Self {
            mie: rate(options.mie, more.mie.length),
            shift_1: rate(u32::from(options.shift_1 != profile::OFF), first.length),
            shift_2: rate(u32::from(options.shift_2 != profile::OFF), second.length),
        }
    }
}

#[inline(always)]
fn per_mm(on: u32, length_mm: f32) -> f32 {
    if on != 0 && length_mm < f32::INFINITY { 1.0 / length_mm } else { 0.0 }
}

#[inline(always)]
fn record<'a>(scene: &Scene<'a>, material: u32) -> &'a MoreRecord {
    &scene.tables.more[scene.tables.materials[material as usize].more as usize]
}
