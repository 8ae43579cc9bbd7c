//! Paint behind a gap: the photon crosses a boundary of two dielectrics, the second of which is the gap (RINDEX of the
//! surface), and meets the paint there, which reflects with REFLECTIVITY, lets pass with TRANSMITTANCE, and absorbs
//! the rest with EFFICIENCY. What the paint reflects, diffusely for `groundbackpainted`, meets the boundary from
//! behind, and so on until the photon is back, absorbed, or through. What lies behind the paint plays no part.
//!
//! The boundary is rough for `polishedbackpainted`, too: the finish says how the paint reflects (Geant4).
//! Geant4 does not turn the polarization at the paint: what it shows to the boundary is what came in (`as_geant4` makes
//! it transverse there). Right would be to turn it; as it decides how often light is caught in the gap, this model does
//! as Geant4.
//!
//! Draws: those of [`surface_unified`](super::surface_unified), one per visit to the paint, two for a diffuse direction.

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
    let (n1, gap) = (surface.visit.indices.0, surface.curve_or_zero(surface.detail.rindex));
    let mut crossing = Crossing::new(surface, (n1, gap), photon, rng);
    let mut by_paint = None;
    for _ in 0..MAX_VISITS {
        let outcome = crossing.run(surface, photon, rng);
        if !crossing.inside {
            return side_of(normal, photon, by_paint.unwrap_or(outcome));
        }
        let u = rng.uniform();
        if u >= surface.reflectivity {
            return surface.not_reflected(u, surface.reflectivity, rng);
        }
        let polarization = photon.polarization;
        by_paint = Some(if surface.detail.has(rule::DIFFUSE_PAINT) {
            reflect_diffusely(normal, photon, rng)
        } else {
            reflect_specularly(normal, photon)
        });
        photon.polarization = polarization;
        (crossing.side, crossing.from, crossing.to) = (-normal, gap, n1);
    }
    SurfaceOutcome::Absorb
}
