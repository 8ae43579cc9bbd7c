//! How deep a point lies in a solid, or how far outside.

use optixrap::physics::vec3::{Vec3, vec3};
use optixrap::trace::ray::{Crossing, Ray};
use optixrap::trace::solid::{Solids, distance_to_in, distance_to_out, outward_normal};

/// How often the search follows the normal of the face that it has found.
const REFINEMENTS: usize = 3;

/// Distance from a point inside to the surface, mm: the shortest of rays in 26 directions, then of rays along the
/// normals of the faces that they meet, which is exact for planes and spheres and too long by little otherwise.
pub(super) fn depth_inside(solids: &Solids, solid: u32, point: Vec3) -> f32 {
    shortest(
        point,
        |ray| Some(distance_to_out(solids, solid, ray, 0.0)),
        |face, at| outward_normal(solids, solid, face, at),
    )
}

/// Distance from a point outside to the surface, mm, likewise; infinite where no ray meets the solid.
pub(super) fn distance_outside(solids: &Solids, solid: u32, point: Vec3) -> f32 {
    shortest(
        point,
        |ray| distance_to_in(solids, solid, ray, 0.0, f32::INFINITY),
        |face, at| -outward_normal(solids, solid, face, at),
    )
}

fn shortest(point: Vec3, meet: impl Fn(&Ray) -> Option<Crossing>, ahead: impl Fn(u32, Vec3) -> Vec3) -> f32 {
    let mut best = f32::INFINITY;
    let mut best_normal = None;
    let look = |direction: Vec3, best: &mut f32| {
        let ray = Ray::new(point, direction);
        let crossing = meet(&ray).filter(|c| c.distance < *best)?;
        *best = crossing.distance;
        Some(ahead(crossing.face, ray.at(crossing.distance)))
    };
    for direction in directions() {
        best_normal = look(direction, &mut best).or(best_normal);
    }
    for _ in 0..REFINEMENTS {
        let Some(normal) = best_normal else { break };
        best_normal = look(normal, &mut best);
    }
    best
}

/// To the faces, edges and corners of a cube.
fn directions() -> impl Iterator<Item = Vec3> {
    let steps = [-1.0_f32, 0.0, 1.0];
    let all = steps.into_iter().flat_map(move |x| steps.map(|y| steps.map(|z| vec3(x, y, z)))).flatten();
    all.filter(|v| v.dot(*v) > 0.0).map(Vec3::normalized)
}
