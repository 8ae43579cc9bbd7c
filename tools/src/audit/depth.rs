//! How deep a point lies in a solid, or how far outside.

use optixrap::physics::vec3::{Vec3, vec3};
use optixrap::trace::ray::{Crossing, Ray};
use optixrap::trace::solid::{Solids, distance_to_in, distance_to_out, outward_normal};

/// How far beside the nearest point of a plane a second ray looks, as a part of the way to the point that is known.
const BESIDE: f32 = 1e-3;

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
    let mut nearest = None;
    let look = |from: Vec3, direction: Vec3, best: &mut f32| {
        let ray = Ray::new(from, direction);
        let crossing = meet(&ray)?;
        let at = ray.at(crossing.distance);
        // Any point of the surface bounds the distance from above, from wherever it was found.
        let distance = if from == point { crossing.distance } else { (at - point).length() };
        (distance < *best).then(|| {
            *best = distance;
            (at, ahead(crossing.face, at))
        })
    };
    for direction in directions() {
        nearest = look(point, direction, &mut best).or(nearest);
    }
    for _ in 0..REFINEMENTS {
        let Some((at, normal)) = nearest else { break };
        // Where the point lies in the plane of another face the normal only grazes the solid, and may miss it: a second
        // ray starts a little nearer to the point that is known.
        let across = (at - point) - normal * normal.dot(at - point);
        let straight = look(point, normal, &mut best);
        nearest = straight.or_else(|| look(point + across * BESIDE, normal, &mut best));
    }
    best
}

/// To the faces, edges and corners of a cube.
fn directions() -> impl Iterator<Item = Vec3> {
    let steps = [-1.0_f32, 0.0, 1.0];
    let all = steps.into_iter().flat_map(move |x| steps.map(|y| steps.map(|z| vec3(x, y, z)))).flatten();
    all.filter(|v| v.dot(*v) > 0.0).map(Vec3::normalized)
}
