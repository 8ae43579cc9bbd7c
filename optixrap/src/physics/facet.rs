//! The facets of a rough surface.
//!
//! * glisur: the normal plus (1 - polish) times a point uniform in the unit ball.
//! * unified (Nayar, Ikeuchi, Kanade, "Surface reflection: physical and geometrical perspectives", 1991; Levin and
//!   Moisan, "A more physical approach to model the surface treatment of scintillation counters", 1996): the tilt
//!   alpha has the density of a normal distribution of width sigma_alpha times sin(alpha), uniform around.
//!   Geant4 accepts a tilt with the probability sin(alpha) / min(1, 4 sigma_alpha), at most 1, which cuts the density
//!   of tilts beyond 4 sigma_alpha a little; so does this.
//!
//! In both, only facets that the photon can hit count.
//!
//! Draws: three per trial of a ball; three per trial of a tilt, and one for each tilt that is accepted.

use super::fmath::{ln, min, sin_cos, sin_cos_turns};
use super::random::Uniform;
use super::surface_detail::{SurfaceDetail, facets};
use super::vec3::{Vec3, vec3};
use crate::intrinsics::sqrt;

/// How often a facet is tried before the surface is taken as smooth: one in ten of the rarest is accepted.
const MAX_TRIALS: u32 = 1000;

/// The normal of the facet of a surface of normal `normal` that a photon of direction `direction` hits.
#[inline(never)]
pub(super) fn facet_normal<R: Uniform>(
    detail: &SurfaceDetail,
    normal: Vec3,
    direction: Vec3,
    rng: &mut R,
) -> Vec3 {
    for _ in 0..MAX_TRIALS {
        let candidate = match detail.facets {
            facets::BALL => in_ball(detail.roughness, normal, rng),
            facets::GAUSSIAN => tilted(detail.roughness, normal, rng),
            _ => return normal,
        };
        if let Some(facet) = candidate
            && direction.dot(facet) < 0.0
        {
            return facet;
        }
    }
    normal
}

fn in_ball<R: Uniform>(roughness: f32, normal: Vec3, rng: &mut R) -> Option<Vec3> {
    let (x, y, z) = (rng.uniform(), rng.uniform(), rng.uniform());
    let smear = vec3(2.0 * x - 1.0, 2.0 * y - 1.0, 2.0 * z - 1.0);
    (smear.dot(smear) <= 1.0).then(|| (normal + smear * roughness).normalized())
}

fn tilted<R: Uniform>(sigma_alpha: f32, normal: Vec3, rng: &mut R) -> Option<Vec3> {
    const RIGHT_ANGLE: f32 = core::f32::consts::FRAC_PI_2;
    // The polar method of Box and Muller.
    let radius = sqrt(-2.0 * ln(rng.uniform()));
    let (sin_turn, _) = sin_cos_turns(rng.uniform());
    let alpha = sigma_alpha * radius * sin_turn;
    let (sin_alpha, cos_alpha) = sin_cos(alpha);
    let most = min(1.0, 4.0 * sigma_alpha);
    if rng.uniform() * most > sin_alpha || alpha >= RIGHT_ANGLE {
        return None;
    }
    let (sin_phi, cos_phi) = sin_cos_turns(rng.uniform());
    Some(vec3(sin_alpha * cos_phi, sin_alpha * sin_phi, cos_alpha).rotate_uz(normal).normalized())
}
