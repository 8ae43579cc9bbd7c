//! Points and directions of the world in the frame of a volume and back, in double precision.

use crate::physics::vec3::{Vec3, vec3};
use crate::trace::frame::Frame;
use crate::trace::geometry::{Geometry, NONE};

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
    let parent = g.parent(node);
    if parent == NONE {
        return (point, direction);
    }
    let (p, d) = to_local(g, parent, (point, direction));
    let frame = g.to_mother(node);
    let origin = wide(frame.point(vec3(0.0, 0.0, 0.0)));
    let shifted = [0, 1, 2].map(|i| p[i] - origin[i]);
    if !frame.is_rotated() {
        return (shifted, d);
    }
    let axes = axes(&frame);
    (axes.map(|axis| dot(axis, shifted)), axes.map(|axis| dot(axis, d)))
}

/// A direction of the frame of `node` in the world's.
pub(super) fn direction_to_world(g: &Geometry, node: u32, direction: [f64; 3]) -> [f64; 3] {
    let (mut at, mut d) = (node, direction);
    while g.parent(at) != NONE {
        let frame = g.to_mother(at);
        if frame.is_rotated() {
            let [x, y, z] = axes(&frame);
            d = [0, 1, 2].map(|i| x[i] * d[0] + y[i] * d[1] + z[i] * d[2]);
        }
        at = g.parent(at);
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

/// The axes of a frame in its mother's.
fn axes(frame: &Frame) -> [[f64; 3]; 3] {
    [vec3(1.0, 0.0, 0.0), vec3(0.0, 1.0, 0.0), vec3(0.0, 0.0, 1.0)].map(|axis| wide(frame.vector(axis)))
}
