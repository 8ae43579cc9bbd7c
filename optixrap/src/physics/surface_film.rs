//! A window with a stack of thin layers, one of which is a photocathode: what a photomultiplier shows to light.
//!
//! The stack ([`thin_film`](super::thin_film)) lies between the medium that the photon is in and the one behind it. The
//! photon is reflected or transmitted with the stack's reflectance and transmittance for its polarization, or absorbed.
//! Of what the photocathode absorbs, EFFICIENCY (the probability that the electron escapes and is collected) is
//! detected; the other layers only absorb. (Motta and Schoenert, "Optical properties of bialkali photocathodes", 2005.)
//!
//! The outgoing polarization has the amplitudes of both waves, and the sign of the real part of their relative phase;
//! the elliptic part is not carried.
//!
//! Draws: one to choose, one more where EFFICIENCY decides.

use super::boundary_fresnel::{fresnel, reflect_like_vector, unit};
use super::complex::{Complex, complex};
use super::complex_reflectivity::shares;
use super::fmath::max;
use super::photon::Photon;
use super::random::Uniform;
use super::surface::SurfaceOutcome;
use super::surface_coated::MIN_COS;
use super::surface_rare::{Drawn, Rare};
use super::tables::NONE;
use super::thin_film::{FilmResult, FilmWave, Polarization};
use super::vec3::Vec3;
use crate::intrinsics::sqrt;

/// Lets the window act on the photon.
#[inline(never)]
pub(super) fn interact<R: Uniform>(surface: &Rare, photon: &mut Photon, rng: &mut R) -> SurfaceOutcome {
    let normal = surface.visit.normal;
    let cos_i = max(-photon.direction.dot(normal), MIN_COS);
    let s = stack(surface, Polarization::Perpendicular, cos_i);
    let p = stack(surface, Polarization::Parallel, cos_i);
    let weights = shares(photon, normal);
    let mean = |of: fn(&FilmResult) -> f32| weights[0] * of(&s) + weights[1] * of(&p);
    let reflected = mean(|wave| wave.reflectance);
    let passed = reflected + mean(|wave| wave.transmittance);
    let u = rng.uniform();
    if u < reflected {
        let before = *photon;
        reflect_like_vector(normal, photon);
        polarize(&before, normal, [s.reflected, p.reflected], photon);
        SurfaceOutcome::ReflectFresnel
    } else if u < passed {
        let before = *photon;
        fresnel(surface.visit.indices.0, surface.visit.indices.1, normal, photon, &mut Drawn::transmit());
        polarize(&before, normal, [s.transmitted, p.transmitted], photon);
        side(photon, normal)
    } else if u < passed + mean(|wave| wave.kept) {
        surface.absorb(rng)
    } else {
        SurfaceOutcome::Absorb
    }
}

/// Rounding may let pass a photon that total reflection then turns.
fn side(photon: &Photon, normal: Vec3) -> SurfaceOutcome {
    if photon.direction.dot(normal) < 0.0 { SurfaceOutcome::Transmit } else { SurfaceOutcome::ReflectFresnel }
}

/// What the stack does to one polarization.
#[inline(never)]
fn stack(surface: &Rare, polarization: Polarization, cos_i: f32) -> FilmResult {
    let detail = surface.detail;
    let mut wave = FilmWave::behind(polarization, surface.visit.indices, cos_i);
    let backwards = surface.visit.volume == detail.inner_volume;
    for k in 0..detail.layer_count {
        // From behind: the last layer first.
        let layer = if backwards { k } else { detail.layer_count - 1 - k };
        let record = &surface.tables.film_layers[(detail.layer_first + layer) as usize];
        let n = surface.tables.lookup(record.rindex, surface.energy_ev);
        let k = if record.kindex == NONE { 0.0 } else { surface.curve_or_zero(record.kindex) };
        let thickness = record.thickness_nm / surface.wavelength_nm;
        wave.layer(complex(n, k), thickness, layer == detail.photocathode);
    }
    wave.result()
}

/// Gives a photon that left the surface the polarization of its two waves.
fn polarize(before: &Photon, normal: Vec3, [s_wave, p_wave]: [Complex; 2], photon: &mut Photon) {
    let s = before.direction.cross(normal);
    let sin2 = s.dot(s);
    if sin2 < 1e-8 {
        let (e, out) = (before.polarization, photon.direction);
        photon.polarization = (e + out * -e.dot(out)).normalized();
        return;
    }
    let s = s * (1.0 / sqrt(sin2));
    let e = before.polarization;
    let in_phase = s_wave.re * p_wave.re + s_wave.im * p_wave.im;
    let p_length = sqrt(p_wave.squared_length());
    let s_amplitude = e.dot(s) * sqrt(s_wave.squared_length());
    let p_amplitude = e.dot(before.direction.cross(s)) * if in_phase < 0.0 { -p_length } else { p_length };
    let sum = s * s_amplitude + photon.direction.cross(s) * p_amplitude;
    if sum.dot(sum) > 1e-20 {
        photon.polarization = unit(sum.normalized());
    }
}
