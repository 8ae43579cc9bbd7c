//! The reflectivity of a metal from its complex index of refraction.
//!
//! With the angle of incidence i, N1 and N2 the (complex) indices in front and behind, and
//! cos t = sqrt(1 - sin^2 i N1^2 / N2^2), the amplitudes are (Fowles, Introduction to Modern Optics, 2.7 and 6.4)
//!
//! | perpendicular (TE) | parallel (TM) |
//! |---|---|
//! | (N1 cos i - N2 cos t) / (N1 cos i + N2 cos t) | (N2 cos i - N1 cos t) / (N2 cos i + N1 cos t) |
//!
//! and the reflectivity is the mean of their squared lengths, weighted by the polarization's shares. N1 is complex
//! where the material in front has REALRINDEX and IMAGINARYRINDEX, too.
//!
//! Draws: those of a facet; two per trial of the wave that is reflected.

use super::complex::{Complex, complex};
use super::facet::facet_normal;
use super::photon::Photon;
use super::random::Uniform;
use super::surface_detail::{SurfaceDetail, rule};
use super::surface_rare::Rare;
use super::vec3::Vec3;

/// Which waves are taken to be reflected.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Waves {
    /// Both: the polarization is reflected like a vector.
    Both,
    /// The perpendicular one.
    Perpendicular,
    /// The parallel one.
    Parallel,
}

/// A reflectivity, where it holds and what it reflects.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Reflectivity {
    pub(super) reflectivity: f32,
    /// The facet that it was calculated for; the mean normal where none was needed.
    pub(super) facet: Vec3,
    pub(super) waves: Waves,
}

/// sin^2 of the angle of incidence below which no plane of incidence is told.
const NORMAL_INCIDENCE_SIN2: f32 = 1e-10;

/// The reflectivity that the surface shows first: REFLECTIVITY, or that of its complex index.
pub(super) fn first<R: Uniform>(surface: &Rare, photon: &Photon, rng: &mut R) -> Reflectivity {
    let given = surface.detail.has(rule::REFLECTIVITY);
    let calculated = if given { None } else { at_facet(surface, photon, rng) };
    calculated.unwrap_or(Reflectivity {
        reflectivity: surface.reflectivity,
        facet: surface.visit.normal,
        waves: Waves::Both,
    })
}

/// The reflectivity of a complex index at a facet of its own; `None` for a surface without such an index.
#[inline(never)]
pub(super) fn at_facet<R: Uniform>(surface: &Rare, photon: &Photon, rng: &mut R) -> Option<Reflectivity> {
    let (tables, energy_ev) = (surface.tables, surface.energy_ev);
    let n2 = SurfaceDetail::complex_of(tables, surface.detail.complex_rindex, energy_ev)?;
    let material = &tables.materials[surface.visit.material as usize];
    let n1 = SurfaceDetail::complex_of(tables, material.complex_rindex, energy_ev)
        .unwrap_or(complex(surface.visit.indices.0, 0.0));
    let normal = surface.visit.normal;
    let facet = if surface.detail.has(rule::GROUND) {
        facet_normal(surface.detail, normal, photon.direction, rng)
    } else {
        normal
    };
    let shares = shares(photon, facet);
    let [te, tm] = squared_amplitudes(-photon.direction.dot(facet), n1, n2);
    let (te, tm) = (te * shares[0], tm * shares[1]);
    let waves = reflected_waves(te / (te + tm), rng);
    Some(Reflectivity { reflectivity: te + tm, facet, waves })
}

/// The shares of the perpendicular and the parallel polarization in the power.
pub(super) fn shares(photon: &Photon, facet: Vec3) -> [f32; 2] {
    let s = photon.direction.cross(facet);
    let sin2 = s.dot(s);
    if sin2 < NORMAL_INCIDENCE_SIN2 {
        return [0.0, 1.0];
    }
    let along = photon.polarization.dot(s);
    let perpendicular = along * along / sin2;
    let perpendicular = if perpendicular < 1.0 { perpendicular } else { 1.0 };
    [perpendicular, 1.0 - perpendicular]
}

/// The squared lengths of both amplitudes.
pub fn squared_amplitudes(cos_i: f32, n1: Complex, n2: Complex) -> [f32; 2] {
    let ratio = n1 / n2;
    let cos_t = (Complex::ONE - ratio * ratio * (1.0 - cos_i * cos_i)).square_root();
    let te = (n1 * cos_i - n2 * cos_t) / (n1 * cos_i + n2 * cos_t);
    let tm = (n2 * cos_i - n1 * cos_t) / (n2 * cos_i + n1 * cos_t);
    [te.squared_length(), tm.squared_length()]
}

/// How often a wave is tried before both are taken.
const MAX_TRIALS: u32 = 100;

/// Each wave is tried with its share in the reflected power until one of them, or both, are chosen (Geant4).
fn reflected_waves<R: Uniform>(te_share: f32, rng: &mut R) -> Waves {
    for _ in 0..MAX_TRIALS {
        let te = rng.uniform() <= te_share;
        let tm = rng.uniform() <= 1.0 - te_share;
        match (te, tm) {
            (true, true) => return Waves::Both,
            (true, false) => return Waves::Perpendicular,
            (false, true) => return Waves::Parallel,
            (false, false) => {}
        }
    }
    Waves::Both
}
