//! A metal that is rough or has a complex index (`G4OpBoundaryProcess::DielectricMetal`).
//!
//! REFLECTIVITY, or the reflectivity of the complex index, decides first, TRANSMITTANCE and EFFICIENCY for what it
//! leaves. A glisur or polished metal reflects at a facet (`ground`) or at the mean surface, a unified one into one of
//! four lobes. A photon that a facet sends into the metal meets the next facet; REFLECTIVITY is not asked again, that
//! of a complex index is.
//!
//! In a lobe of a complex index only one of both waves may be reflected; the polarization is that wave's then. Geant4
//! 11.2 leaves a zero vector for the parallel wave alone, unless an earlier facet of the same visit has reflected the
//! perpendicular one. Of the photons that have lost their polarization so, those that go on to another facet have no
//! reflectivity there (0/0) and are absorbed. That is a slip, but it decides how many photons come back, and this is
//! Geant4's model: here such a photon is absorbed, too, while one that leaves has the polarization of its wave.
//!
//! With REFLECTIVITY and a complex index both, Geant4 reflects the first time at the facet that its process met last, of whatever
//! photon and surface. Here it is a new facet.
//!
//! Draws: those of [`complex_reflectivity`], one to decide, one for the lobe, those of facets.

use super::boundary_fresnel::{reflect_like_vector, unit};
use super::complex_reflectivity::{self, Reflectivity, Waves};
use super::facet::facet_normal;
use super::lobes::{self, Lobe};
use super::photon::Photon;
use super::random::Uniform;
use super::surface::{SurfaceOutcome, reflect_diffusely, reflect_specularly};
use super::surface_detail::rule;
use super::surface_rare::Rare;
use super::vec3::Vec3;

/// How many facets a photon meets at most at one visit.
const MAX_FACETS: u32 = 100;

/// Lets the metal reflect the photon, or not.
#[inline(never)]
pub(super) fn interact<R: Uniform>(surface: &Rare, photon: &mut Photon, rng: &mut R) -> SurfaceOutcome {
    let mut here = complex_reflectivity::first(surface, photon, rng);
    let u = rng.uniform();
    if u >= here.reflectivity {
        return surface.not_reflected(u, here.reflectivity, rng);
    }
    let normal = surface.visit.normal;
    let lobe = if surface.detail.has(rule::LOBES) { lobes::choose(surface, rng) } else { Lobe::Facet };
    let mut facet_known = surface.detail.has_complex_rindex() && !surface.detail.has(rule::REFLECTIVITY);
    let mut knows_perpendicular = false;
    for trial in 0..MAX_FACETS {
        if trial > 0
            && let Some(next) = complex_reflectivity::at_facet(surface, photon, rng)
        {
            if rng.uniform() >= next.reflectivity {
                return surface.absorb(rng);
            }
            (here, facet_known) = (next, true);
        }
        let outcome = match lobe {
            Lobe::Back => lobes::reflect_back(photon),
            Lobe::Diffuse => reflect_diffusely(normal, photon, rng),
            Lobe::Spike => reflect_wave(here.waves, normal, photon),
            Lobe::Facet => at_facet(surface, (&here, facet_known), photon, rng),
        };
        if photon.direction.dot(normal) >= 0.0 {
            return outcome;
        }
        knows_perpendicular |= here.waves == Waves::Perpendicular;
        if here.waves == Waves::Parallel && surface.detail.has(rule::LOBES) && !knows_perpendicular {
            return surface.absorb(rng);
        }
    }
    reflect_specularly(normal, photon)
}

/// Reflection at the facet of the reflectivity, or at a new one.
fn at_facet<R: Uniform>(
    surface: &Rare,
    (here, known): (&Reflectivity, bool),
    photon: &mut Photon,
    rng: &mut R,
) -> SurfaceOutcome {
    let detail = surface.detail;
    let facet = if known {
        here.facet
    } else if detail.has(rule::GROUND | rule::LOBES) {
        facet_normal(detail, surface.visit.normal, photon.direction, rng)
    } else {
        surface.visit.normal
    };
    // The glisur model reflects the polarization like a vector, whatever wave it is.
    let waves = if detail.has(rule::LOBES) { here.waves } else { Waves::Both };
    reflect_wave(waves, facet, photon)
}

/// Reflection at a facet, with the polarization of the wave that is reflected.
fn reflect_wave(waves: Waves, facet: Vec3, photon: &mut Photon) -> SurfaceOutcome {
    let s = photon.direction.cross(facet);
    let sin2 = s.dot(s);
    reflect_like_vector(facet, photon);
    if waves != Waves::Both && sin2 > 1e-10 {
        let s = s.normalized();
        let wave = if waves == Waves::Perpendicular { s } else { photon.direction.cross(s) };
        photon.polarization = unit(-wave);
    }
    SurfaceOutcome::ReflectSpecular
}
