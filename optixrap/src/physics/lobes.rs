//! How light that is reflected by a rough surface leaves it, in the unified model.
//!
//! SPECULARSPIKECONSTANT: as from the mean surface; SPECULARLOBECONSTANT: as from the facet;
//! BACKSCATTERCONSTANT: back where it came from; the rest: Lambert's law. Shares that sum to more than 1 are cut off in this
//! order.
//!
//! Geant4 gives what a dielectric sends into the spike the polarization that its facet would, which is not quite transverse
//! to where it flies (mean squared S component 0.988 in place of 0.995 at facets of sigma_alpha 0.25). Here it is made so.
//!
//! Draws: one to choose.

use super::boundary_fresnel::{Fresnel, fresnel, reflect_like_vector};
use super::direction::transverse;
use super::photon::Photon;
use super::random::Uniform;
use super::surface::{SurfaceOutcome, reflect_diffusely};
use super::surface_rare::{Drawn, Rare};
use super::vec3::Vec3;

/// One of the four.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Lobe {
    /// As from the mean surface.
    Spike,
    /// As from the facet.
    Facet,
    /// Back where it came from.
    Back,
    /// Lambert's law.
    Diffuse,
}

/// Chooses one.
pub(super) fn choose<R: Uniform>(surface: &Rare, rng: &mut R) -> Lobe {
    let [spike, facet, back] = surface.detail.lobes.map(|curve| surface.curve_or_zero(curve));
    let u = rng.uniform();
    if u < spike {
        Lobe::Spike
    } else if u < spike + facet {
        Lobe::Facet
    } else if u < spike + facet + back {
        Lobe::Back
    } else {
        Lobe::Diffuse
    }
}

/// A photon as its facet has reflected it.
pub(super) struct AtFacet {
    pub(super) photon: Photon,
    pub(super) facet: Vec3,
    /// Whether the facet reflects everything.
    pub(super) total: bool,
}

/// Sends a photon that a dielectric of mean normal `side` reflects into a lobe.
pub(super) fn reflect<R: Uniform>(
    lobe: Lobe,
    side: Vec3,
    at_facet: &AtFacet,
    photon: &mut Photon,
    rng: &mut R,
) -> SurfaceOutcome {
    match lobe {
        Lobe::Facet => {
            *photon = at_facet.photon;
            SurfaceOutcome::ReflectSpecular
        }
        Lobe::Spike => {
            reflect_into_spike(side, at_facet, photon);
            SurfaceOutcome::ReflectSpecular
        }
        Lobe::Back => reflect_back(photon),
        Lobe::Diffuse => {
            let outcome = reflect_diffusely(side, photon, rng);
            photon.polarization = photon.polarization.normalized();
            outcome
        }
    }
}

/// The direction is that of a mirror at the mean surface; the amplitudes of both waves are those at the facet.
fn reflect_into_spike(side: Vec3, at_facet: &AtFacet, photon: &mut Photon) {
    let s = photon.direction.cross(at_facet.facet).normalized();
    reflect_like_vector(side, photon);
    if at_facet.total || s.dot(s) <= 0.0 {
        return;
    }
    let reflected = &at_facet.photon;
    let perpendicular = reflected.polarization.dot(s);
    let parallel = reflected.polarization.dot(reflected.direction.cross(s));
    let out = photon.direction;
    let sum = s * perpendicular + out.cross(s).normalized() * parallel;
    photon.polarization = transverse(sum, out);
}

/// Back where it came from.
pub(super) fn reflect_back(photon: &mut Photon) -> SurfaceOutcome {
    photon.direction = -photon.direction;
    photon.polarization = -photon.polarization;
    SurfaceOutcome::ReflectDiffuse
}

/// The wave that a smooth boundary reflects, which is taken to be all of it.
pub(super) fn reflect_by_fresnel((from, to): (f32, f32), normal: Vec3, photon: &mut Photon) {
    let mut reflected = *photon;
    if fresnel(from, to, normal, &mut reflected, &mut Drawn::reflect()) == Fresnel::Reflected {
        *photon = reflected;
    } else {
        reflect_like_vector(normal, photon);
    }
}
