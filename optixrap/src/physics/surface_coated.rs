//! A boundary of two dielectrics with one thin film that does not absorb (`G4OpBoundaryProcess::CoatedDielectricDielectric`):
//! COATEDRINDEX, COATEDTHICKNESS, COATEDFRUSTRATEDTRANSMISSION.
//!
//! The film decides how much is reflected ([`thin_film`](super::thin_film), for which Geant4 has the closed form of one
//! layer). Beyond the critical angle of the film light tunnels through it (frustrated total reflection) unless
//! COATEDFRUSTRATEDTRANSMISSION is 0. What passes ends at a surface with EFFICIENCY > 0: detected with EFFICIENCY, else
//! absorbed. Directions are those of the bare boundary, and so are polarizations (Geant4). REFLECTIVITY is not asked.
//!
//! Beyond the critical angle of the bare boundary Geant4 leaves a polarization that is not a number. Its photon is reflected
//! by all other facets of the visit then, which decides how many come back from a rough surface, and is so here; but it is
//! reflected by every dielectric that it meets later, too, which is not: here it goes on with a polarization that is reflected
//! like a vector.
//!
//! Draws: those of a facet and one per facet, one where EFFICIENCY decides.

use super::boundary_fresnel::fresnel;
use super::complex::complex;
use super::complex_reflectivity::shares;
use super::facet::facet_normal;
use super::fmath::max;
use super::lobes;
use super::photon::Photon;
use super::random::Uniform;
use super::surface::SurfaceOutcome;
use super::surface_detail::rule;
use super::surface_rare::{Drawn, Rare};
use super::surface_unified::{as_geant4, is_total, side_of};
use super::thin_film::{FilmWave, Polarization};
use super::vec3::Vec3;

/// How many facets a photon meets at most at one visit.
const MAX_FACETS: u32 = 100;
/// Light that grazes the surface more than this is reflected as at this cosine.
pub(super) const MIN_COS: f32 = 1e-6;

/// Lets the photon cross the coated boundary, or not.
#[inline(never)]
pub(super) fn interact<R: Uniform>(surface: &Rare, photon: &mut Photon, rng: &mut R) -> SurfaceOutcome {
    let normal = surface.visit.normal;
    let (mut side, mut indices) = (normal, surface.visit.indices);
    let mut is_lost = false;
    for _ in 0..MAX_FACETS {
        let facet = facet_normal(surface.detail, side, photon.direction, rng);
        is_lost |= is_total(indices, facet, photon);
        let passes = rng.uniform() < 1.0 - reflectance(surface, indices, facet, photon) && !is_lost;
        as_geant4(facet, photon);
        if !passes {
            lobes::reflect_by_fresnel(indices, facet, photon);
            if photon.direction.dot(side) >= 0.0 {
                return side_of(normal, photon, SurfaceOutcome::ReflectFresnel);
            }
            continue;
        }
        if surface.efficiency > 0.0 {
            return surface.absorb(rng);
        }
        fresnel(indices.0, indices.1, facet, photon, &mut Drawn::transmit());
        if photon.direction.dot(side) <= 0.0 {
            break;
        }
        (side, indices) = (-side, (indices.1, indices.0));
    }
    side_of(normal, photon, SurfaceOutcome::ReflectFresnel)
}

/// The reflected share of the power, by the photon's polarization.
#[inline(never)]
fn reflectance(surface: &Rare, (from, to): (f32, f32), facet: Vec3, photon: &Photon) -> f32 {
    let cos_i = max(-photon.direction.dot(facet), MIN_COS);
    let film = surface.curve_or_zero(surface.detail.rindex);
    let sin2 = from * from * (1.0 - cos_i * cos_i);
    if sin2 >= to * to || (sin2 >= film * film && !surface.detail.has(rule::FRUSTRATED)) {
        return 1.0;
    }
    let thickness = surface.detail.thickness_nm / surface.wavelength_nm;
    let of = |polarization| {
        let mut wave = FilmWave::behind(polarization, (from, to), cos_i);
        wave.layer(complex(film, 0.0), thickness, false);
        wave.result().reflectance
    };
    let [s, p] = shares(photon, facet);
    s * of(Polarization::Perpendicular) + p * of(Polarization::Parallel)
}
