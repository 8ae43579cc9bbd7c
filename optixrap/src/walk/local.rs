//! Points and directions of the world in the frame of a volume and back, in double precision.

use crate::physics::vec3::{Vec3, vec3};
use crate::trace::geometry::{Geometry, NONE, PlacementRecord, touch};

/// The nearest f32.
pub(super) fn narrow(v: [f64; 3]) -> Vec3 {
    let [x, y, z] = v.map(|x| x as f32);
    vec3(x, y, z)
}

/// The same numbers.
pub(super) fn wide(v: Vec3) -> [f64; 3] {
    [v.x, v.y, v.z].map(f64::from)
}

/// A point and a direction of the world's frame in that of `node`. The frames are those that photons see, whose numbers
/// are f32; the sums are f64.
pub(super) fn to_local(
    g: &Geometry,
    node: u32,
    (point, direction): ([f64; 3], [f64; 3]),
) -> ([f64; 3], [f64; 3]) {
    let parent = g.nodes[node as usize].parent;
    if parent == NONE {
        return (point, direction);
    }
    let (p, d) = to_local(g, parent, (point, direction));
    let placement = g.placement_of(node);
    let t = wide(placement.translation);
    let shifted = [0, 1, 2].map(|i| p[i] - t[i]);
    if placement.touches & touch::ROTATED == 0 {
        return (shifted, d);
    }
    (turned_back(placement, shifted), turned_back(placement, d))
}

/// A direction of the frame of `node` in the world's.
pub(super) fn direction_to_world(g: &Geometry, node: u32, direction: [f64; 3]) -> [f64; 3] {
    let (mut at, mut d) = (node, direction);
    while g.nodes[at as usize].parent != NONE {
        let placement = g.placement_of(at);
        if placement.touches & touch::ROTATED != 0 {
            d = placement.rows.map(|row| dot(wide(row), d));
        }
        at = g.nodes[at as usize].parent;
    }
    unit(d)
}

/// The vector of unit length; zero stays zero.
pub(super) fn unit(v: [f64; 3]) -> [f64; 3] {
    let length = dot(v, v).sqrt();
    if length > 0.0 { v.map(|x| x / length) } else { v }
}

/// Scalar product.
pub(super) fn dot(a: [f64; 3], b: [f64; 3]) -> f64 {
    a[0] * b[0] + a[1] * b[1] + a[2] * b[2]
}

fn turned_back(placement: &PlacementRecord, v: [f64; 3]) -> [f64; 3] {
    let [a, b, c] = placement.rows.map(wide);
    [0, 1, 2].map(|i| a[i] * v[0] + b[i] * v[1] + c[i] * v[2])
}
