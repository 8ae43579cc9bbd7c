//! Paint behind a gap: the photon crosses a boundary of two dielectrics, the second of which is the gap (RINDEX of the
//! surface), and meets the paint there, which reflects with REFLECTIVITY, lets pass with TRANSMITTANCE, and absorbs
//! the rest with EFFICIENCY. What the paint reflects, diffusely for `groundbackpainted`, meets the boundary from
//! behind, and so on until the photon is back, absorbed, or through. What lies behind the paint plays no part.
//!
//! Without REFLECTIVITY the paint has that of a complex index, if the surface has one: as the photon that comes in from
//! outside would find it there, whatever happens in the gap (Geant4).
//!
//! The boundary is rough for `polishedbackpainted`, too: the finish says how the paint reflects (Geant4).
//! Three slips of Geant4 decide how often light is caught in the gap, so this model has them, too:
//!
//! * The paint does not turn the polarization: what it shows to the boundary is what came in (`as_geant4` makes it
//!   transverse there). Right would be to turn it. A photon that the paint lets pass leaves transverse here, not in Geant4.
//! * The paint of `polishedbackpainted` is diffuse to a photon that the boundary has just sent back diffusely.
//! * A photon in the gap that facets reflect, let out and let in again at one visit to the boundary gets through without
//!   meeting the paint: a few in a thousand where the gap is the denser medium, none at a smooth boundary.
//!
//! Draws: those of [`complex_reflectivity`](super::complex_reflectivity) and of [`surface_unified`](super::surface_unified),
//! one per visit to the paint, two for a diffuse direction.

use super::complex_reflectivity;
use super::direction::transverse;
use super::photon::Photon;
use super::random::Uniform;
use super::surface::{SurfaceOutcome, reflect_diffusely, reflect_specularly};
use super::surface_detail::rule;
use super::surface_rare::Rare;
use super::surface_unified::{Crossing, side_of};

/// How often the paint is met at most: a photon that is caught in the gap that long is absorbed.
const MAX_VISITS: u32 = 1000;

/// Lets the photon into the gap, or not, and out again.
#[inline(never)]
pub(super) fn interact<R: Uniform>(surface: &Rare, photon: &mut Photon, rng: &mut R) -> SurfaceOutcome {
    let normal = surface.visit.normal;
    let reflectivity = complex_reflectivity::first(surface, photon, rng).reflectivity;
    let (n1, gap) = (surface.visit.indices.0, surface.curve_or_zero(surface.detail.rindex));
    let mut crossing = Crossing::new(surface, (n1, gap), photon, rng);
    let mut by_paint = None;
    for _ in 0..MAX_VISITS {
        let outcome = crossing.run(surface, photon, rng);
        if !crossing.inside || crossing.swapped {
            return side_of(normal, photon, by_paint.unwrap_or(outcome));
        }
        let u = rng.uniform();
        if u >= reflectivity {
            photon.polarization = transverse(photon.polarization, photon.direction);
            return surface.not_reflected(u, reflectivity, rng);
        }
        let polarization = photon.polarization;
        by_paint = Some(if crossing.diffuse || surface.detail.has(rule::DIFFUSE_PAINT) {
            reflect_diffusely(normal, photon, rng)
        } else {
            reflect_specularly(normal, photon)
        });
        photon.polarization = polarization;
        (crossing.side, crossing.from, crossing.to) = (-normal, gap, n1);
        crossing.swapped = outcome == SurfaceOutcome::Transmit;
    }
    SurfaceOutcome::Absorb
}
