//! A dichroic filter: transmits with a transmittance by wavelength and angle of incidence, and reflects the rest
//! (`G4OpBoundaryProcess::DielectricDichroic`).
//!
//! The transmittance is interpolated in a table over wavelength (nm) and angle (degrees, rounded to a whole number as in
//! Geant4). What passes flies straight on; what is reflected leaves as from a mirror, from a facet (`ground`) or in a
//! lobe (unified). A facet of the unified model is drawn again until it sends the photon away from the surface; of the glisur
//! model the first one counts, so that some of what it reflects goes on through the filter (Geant4).
//!
//! Draws: one to decide, those of a lobe and of facets.

use super::boundary_fresnel::reflect_like_vector;
use super::facet::facet_normal;
use super::lobes::{self, Lobe};
use super::photon::Photon;
use super::random::Uniform;
use super::surface::{SurfaceOutcome, reflect_diffusely, reflect_specularly};
use super::surface_detail::rule;
use super::surface_rare::{Rare, angle_deg};

/// How often a facet is tried that sends the photon away from the surface.
const MAX_FACETS: u32 = 100;

/// Lets the filter act on the photon.
#[inline(never)]
pub(super) fn interact<R: Uniform>(surface: &Rare, photon: &mut Photon, rng: &mut R) -> SurfaceOutcome {
    let detail = surface.detail;
    let normal = surface.visit.normal;
    let whole_deg = (angle_deg(normal, photon.direction) + 0.5) as i32 as f32;
    let percent = detail.grid.value(surface.tables.surface_data, surface.wavelength_nm, whole_deg);
    if rng.uniform() < 0.01 * percent {
        return SurfaceOutcome::Transmit;
    }
    if !detail.has(rule::LOBES) {
        reflect_like_vector(facet_normal(detail, normal, photon.direction, rng), photon);
        let back = photon.direction.dot(normal) >= 0.0;
        return if back { SurfaceOutcome::ReflectSpecular } else { SurfaceOutcome::Transmit };
    }
    match lobes::choose(surface, rng) {
        Lobe::Back => lobes::reflect_back(photon),
        Lobe::Diffuse => reflect_diffusely(normal, photon, rng),
        Lobe::Spike => reflect_specularly(normal, photon),
        Lobe::Facet => {
            for _ in 0..MAX_FACETS {
                let mut next = *photon;
                reflect_like_vector(facet_normal(detail, normal, photon.direction, rng), &mut next);
                if next.direction.dot(normal) > 0.0 {
                    *photon = next;
                    return SurfaceOutcome::ReflectSpecular;
                }
            }
            reflect_specularly(normal, photon)
        }
    }
}
