//! A ray followed through a solid, from face to face, as navigation does.

use optixrap::physics::vec3::Vec3;
use optixrap::trace::ray::Ray;
use optixrap::trace::solid::{Solids, contains, distance_to_in, distance_to_out, outward_normal};

/// One place where the ray crossed the surface.
#[derive(Debug, Clone, Copy)]
pub(super) struct Hit {
    pub(super) distance_mm: f64,
    pub(super) point: Vec3,
    pub(super) normal: Vec3,
    pub(super) lost: bool,
}

/// All crossings of a ray that starts outside, or inside where `inside` says so.
pub(super) fn walk(
    solids: &Solids,
    solid: u32,
    ray: (Vec3, Vec3),
    tolerance_mm: f32,
    mut inside: bool,
) -> Vec<Hit> {
    let (mut point, direction) = ray;
    let mut distance_mm = 0.0;
    let mut hits = Vec::new();
    while hits.len() < 10_000 {
        let crossing = if inside {
            distance_to_out(solids, solid, &Ray::new(point, direction), tolerance_mm)
        } else {
            match distance_to_in(solids, solid, &Ray::new(point, direction), tolerance_mm, f32::INFINITY) {
                Some(crossing) => crossing,
                None => break,
            }
        };
        distance_mm += crossing.distance as f64;
        point += direction * crossing.distance;
        let normal = outward_normal(solids, solid, crossing.face, point);
        hits.push(Hit { distance_mm, point, normal, lost: crossing.is_lost() });
        inside = !inside;
    }
    hits
}

/// Whether the state of the middle between two hits agrees with the walk.
pub(super) fn middle_is(solids: &Solids, solid: u32, one: Vec3, other: Vec3, inside: bool) -> bool {
    contains(solids, solid, (one + other) * 0.5) == inside
}
