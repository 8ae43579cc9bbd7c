//! Points on the surface of a solid, by sampling.

use cfg4::detector::SolidId;
use optixrap::physics::vec3::{Vec3, vec3};
use optixrap::scene::RELATIVE_TOLERANCE;
use optixrap::scene::bounding_box::BoundingBox;
use optixrap::scene::solids::FlatSolids;
use optixrap::trace::ray::Ray;
use optixrap::trace::solid::{distance_to_in, distance_to_out, outward_normal};

use crate::random::Random;

/// The most crossings that are taken of one line.
const MOST_CROSSINGS: usize = 64;

/// A point of a surface, in the solid's frame.
#[derive(Debug, Clone, Copy)]
pub(crate) struct SurfacePoint {
    /// Where, mm.
    pub(crate) position: Vec3,
    /// Unit normal, out of the solid.
    pub(crate) normal: Vec3,
}

/// About `n` points on the surface of a solid: the crossings of lines through random points of its bounding box, half
/// of them in random directions, half along the axes. Fewer where most lines miss.
pub(crate) fn surface_points(
    flat: &FlatSolids,
    id: SolidId,
    n: usize,
    random: &mut Random,
) -> Vec<SurfacePoint> {
    let bounds = &flat.bounds[id.index()];
    let radius = bounds.radius_mm();
    let mut points = Vec::with_capacity(n + MOST_CROSSINGS);
    if !radius.is_finite() || radius <= 0.0 {
        return points;
    }
    for line in 0..20 * n {
        if points.len() >= n {
            break;
        }
        let direction = match line % 6 {
            axis @ 0..3 => along(axis),
            _ => random.direction(),
        };
        let through = within(bounds, random);
        let origin = through - direction * (2.1 * radius) as f32;
        crossings(flat, id, Ray::new(origin, direction), &mut points);
    }
    points.truncate(n);
    points
}

fn along(axis: usize) -> Vec3 {
    [vec3(1.0, 0.0, 0.0), vec3(0.0, 1.0, 0.0), vec3(0.0, 0.0, 1.0)][axis]
}

fn within(bounds: &BoundingBox, random: &mut Random) -> Vec3 {
    let mut coordinate = |i: usize| {
        let (low, high) = (bounds.low[i], bounds.high[i]);
        (low + random.uniform() * (high - low)) as f32
    };
    vec3(coordinate(0), coordinate(1), coordinate(2))
}

/// Adds the crossings of a line with the solid.
fn crossings(flat: &FlatSolids, id: SolidId, mut ray: Ray, points: &mut Vec<SurfacePoint>) {
    let solids = flat.view();
    let bounds = &flat.bounds[id.index()];
    let reach = bounds.low.iter().chain(&bounds.high).fold(0.0_f64, |most, x| most.max(x.abs()));
    let tolerance = (reach * RELATIVE_TOLERANCE) as f32;
    let enough = points.len() + MOST_CROSSINGS;
    while points.len() < enough {
        let Some(enter) = distance_to_in(&solids, id.0, &ray, tolerance, f32::INFINITY) else { return };
        let position = ray.at(enter.distance);
        points.push(SurfacePoint { position, normal: outward_normal(&solids, id.0, enter.face, position) });
        ray.origin = position;
        let leave = distance_to_out(&solids, id.0, &ray, tolerance);
        if leave.is_lost() || !leave.distance.is_finite() {
            return;
        }
        let position = ray.at(leave.distance);
        points.push(SurfacePoint { position, normal: outward_normal(&solids, id.0, leave.face, position) });
        ray.origin = position;
    }
}
