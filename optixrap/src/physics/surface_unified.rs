//! A boundary of two dielectrics with facets: Fresnel's rule at each facet that the photon meets, until it leaves the
//! surface on either side (`G4OpBoundaryProcess::DielectricDielectric`).
//!
//! In the unified model what is reflected goes into one of four lobes. SURFACEROUGHNESS makes a share
//! 1 - exp(-(4 pi r n1 cos / lambda)^2) of what is reflected inside the denser medium diffuse (Lambert).
//!
//! A photon that a facet refracts may be headed back to where it came from; then it meets another facet from the other
//! side.
//!
//! Geant4 takes the parallel component of the polarization as positive at each facet ([`as_geant4`]). That is a slip: it
//! mirrors the polarization of half of the photons in the plane of incidence, and a rough surface depolarizes light that
//! it should pass nearly as it is (P light through facets of sigma_alpha 0.1: mean squared S component 0.25 instead of
//! below 0.001). As results of Geant4 contain it, and it decides about the facets that follow, this model has it, too.
//!
//! Draws: one for SURFACEROUGHNESS; per facet those of the facet and of [`fresnel`], and of a lobe.

use super::boundary_fresnel::{Fresnel, fresnel};
use super::facet::facet_normal;
use super::fmath::{PI, exp, max};
use super::lobes::{self, AtFacet, Lobe};
use super::photon::Photon;
use super::random::Uniform;
use super::surface::{SurfaceOutcome, reflect_diffusely};
use super::surface_detail::rule;
use super::surface_rare::Rare;
use super::vec3::Vec3;
use crate::intrinsics::sqrt;

/// How many facets a photon meets at most at one visit.
const MAX_FACETS: u32 = 100;

/// A photon amid the facets of a surface.
pub(super) struct Crossing {
    /// The mean normal on the photon's side.
    pub(super) side: Vec3,
    /// Index of the medium that it is in.
    pub(super) from: f32,
    /// Index of the other one.
    pub(super) to: f32,
    /// Whether it has passed to the other side.
    pub(super) inside: bool,
    /// Whether SURFACEROUGHNESS makes its reflections diffuse.
    pub(super) blurred: bool,
    /// Whether it has passed a facet to see the surface from the other side, and was not reflected since (Geant4 asks).
    pub(super) swapped: bool,
    /// Whether the last facet sent it in a diffuse direction.
    pub(super) diffuse: bool,
}

impl Crossing {
    /// A photon that comes from a medium of index `from`.
    pub(super) fn new<R: Uniform>(
        surface: &Rare,
        (from, to): (f32, f32),
        photon: &Photon,
        rng: &mut R,
    ) -> Self {
        let side = surface.visit.normal;
        let blurred = is_blurred(surface, (from, to), photon, rng);
        Self { side, from, to, inside: false, blurred, swapped: false, diffuse: false }
    }

    /// Lets the photon meet facets until it flies away from the surface; says what the last of them did.
    pub(super) fn run<R: Uniform>(
        &mut self,
        surface: &Rare,
        photon: &mut Photon,
        rng: &mut R,
    ) -> SurfaceOutcome {
        for _ in 0..MAX_FACETS {
            let outcome = self.facet(surface, photon, rng);
            let outwards = photon.direction.dot(self.side);
            if outcome == SurfaceOutcome::Transmit {
                self.inside = !self.inside;
                if outwards <= 0.0 {
                    return outcome;
                }
                self.turn();
                self.swapped = !self.swapped;
            } else {
                self.swapped = false;
                if outwards >= 0.0 {
                    return outcome;
                }
            }
        }
        lobes::reflect_by_fresnel((self.from, self.to), self.side, photon);
        SurfaceOutcome::ReflectFresnel
    }

    /// Sees the surface from the other side.
    pub(super) fn turn(&mut self) {
        self.side = -self.side;
        (self.from, self.to) = (self.to, self.from);
    }

    fn facet<R: Uniform>(&mut self, surface: &Rare, photon: &mut Photon, rng: &mut R) -> SurfaceOutcome {
        let facet = facet_normal(surface.detail, self.side, photon.direction, rng);
        self.diffuse = false;
        let mut next = *photon;
        let total = is_total((self.from, self.to), facet, photon);
        if !total {
            as_geant4(facet, &mut next);
        }
        if fresnel(self.from, self.to, facet, &mut next, rng) == Fresnel::Transmitted {
            *photon = next;
            return SurfaceOutcome::Transmit;
        }
        if surface.detail.has(rule::LOBES) {
            let lobe = lobes::choose(surface, rng);
            self.diffuse = lobe == Lobe::Diffuse;
            let at_facet = AtFacet { photon: next, facet, total };
            return lobes::reflect(lobe, self.side, &at_facet, photon, rng);
        }
        if self.blurred {
            self.diffuse = true;
            return reflect_diffusely(self.side, photon, rng);
        }
        *photon = next;
        SurfaceOutcome::ReflectFresnel
    }
}

/// Whether a facet reflects everything.
pub(super) fn is_total((from, to): (f32, f32), facet: Vec3, photon: &Photon) -> bool {
    let s = photon.direction.cross(facet);
    from * from * s.dot(s) >= to * to
}

/// sin^2 of the angle of incidence below which no plane of incidence is told.
const NORMAL_INCIDENCE_SIN2: f32 = 1e-9;

/// The polarization as Geant4 takes it at a facet: its perpendicular component, and all the rest as the positive
/// parallel component.
pub(super) fn as_geant4(facet: Vec3, photon: &mut Photon) {
    let s = photon.direction.cross(facet);
    let sin2 = s.dot(s);
    if sin2 < NORMAL_INCIDENCE_SIN2 {
        return;
    }
    let s = s * (1.0 / sqrt(sin2));
    let perpendicular = photon.polarization.dot(s);
    let parallel = sqrt(max(0.0, 1.0 - perpendicular * perpendicular));
    let p = photon.direction.cross(s);
    photon.polarization = (s * perpendicular + p * parallel).normalized();
}

fn is_blurred<R: Uniform>(surface: &Rare, (from, to): (f32, f32), photon: &Photon, rng: &mut R) -> bool {
    let roughness_nm = surface.detail.roughness_nm;
    if roughness_nm <= 0.0 || from <= to {
        return false;
    }
    let facet = facet_normal(surface.detail, surface.visit.normal, photon.direction, rng);
    let cosine = -photon.direction.dot(facet);
    let phase = 4.0 * PI * roughness_nm * from * cosine / surface.wavelength_nm;
    rng.uniform() >= exp(-phase * phase)
}

/// Lets the photon cross, or not.
#[inline(never)]
pub(super) fn interact<R: Uniform>(surface: &Rare, photon: &mut Photon, rng: &mut R) -> SurfaceOutcome {
    let mut crossing = Crossing::new(surface, surface.visit.indices, photon, rng);
    let outcome = crossing.run(surface, photon, rng);
    side_of(surface.visit.normal, photon, outcome)
}

/// What happened to a photon that leaves, whose last facet did `outcome`: what refracts it last may send it back.
pub(super) fn side_of(normal: Vec3, photon: &Photon, outcome: SurfaceOutcome) -> SurfaceOutcome {
    if photon.direction.dot(normal) < 0.0 {
        SurfaceOutcome::Transmit
    } else if outcome == SurfaceOutcome::Transmit {
        SurfaceOutcome::ReflectFresnel
    } else {
        outcome
    }
}
