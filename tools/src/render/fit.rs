//! A plane at one scale in both directions.

use g4ok::DetectorGeometry;
use optixrap::physics::vec3::Vec3;
use optixrap::trace::geometry::Geometry;
use optixrap::walk::{RayWalk, StraightRay};
use rayon::prelude::*;

use super::visibility::Visibility;
use crate::plot::axes::Axis;
use crate::plot::frame::{Area, Frame};

/// Low and high corner of a box, mm.
type Corners = ([f64; 3], [f64; 3]);

/// A frame in `area` that shows at least the two ranges, mm, with the same mm per pixel along both axes.
pub(crate) fn fitted(area: Area, ranges: [(f64, f64); 2], labels: &[String; 2]) -> Frame {
    let pixels = [area.right - area.left, area.bottom - area.top].map(f64::from);
    let widths = ranges.map(|(low, high)| (high - low).max(1e-9 * low.abs().max(high.abs()).max(1e-6)));
    let mm_per_pixel = (widths[0] / pixels[0]).max(widths[1] / pixels[1]);
    let axis = |i: usize| {
        let (middle, half) = (0.5 * (ranges[i].0 + ranges[i].1), 0.5 * pixels[i] * mm_per_pixel);
        Axis::linear(middle - half, middle + half, labels[i].clone())
    };
    Frame { x: axis(0), y: axis(1), area }
}

/// The box around everything in a detector's world, low and high corner, mm; that of the world itself where it is empty.
pub(crate) fn extent_mm(geometry: &DetectorGeometry) -> ([f64; 3], [f64; 3]) {
    bounds(&geometry.scene().geometry())
}

/// The box around everything in the world, low and high corner, mm; that of the world itself where it is empty.
pub(super) fn bounds(g: &Geometry) -> ([f64; 3], [f64; 3]) {
    let world = g.volume_of(0);
    if world.n_daughters > 0 {
        let wide = |v: Vec3| [v.x, v.y, v.z].map(f64::from);
        return (wide(world.daughters_low), wide(world.daughters_high));
    }
    let reach = f64::from(world.tolerance_mm) * 2e6;
    ([-reach; 3], [reach; 3])
}

/// Where the world begins and ends along an axis through the middle of what is in it, mm.
pub(super) fn world_range(g: &Geometry, axis: super::Axis) -> [f64; 2] {
    let (low, high) = bounds(g);
    let reach = f64::from(g.volume_of(0).tolerance_mm) * 8e6;
    let end = |sign: f64| {
        let mut start = [0, 1, 2].map(|i| 0.5 * (low[i] + high[i]));
        let mut direction = [0.0; 3];
        (start[axis.index()], direction[axis.index()]) = (-sign * reach, sign);
        let first = StraightRay::new(start, direction).ok().and_then(|ray| RayWalk::new(*g, ray).next());
        first.map_or(-sign * reach, |c| sign * (c.distance_mm - reach))
    };
    [end(1.0), end(-1.0)]
}

/// Lines along each axis, by lines, that look for what is drawn.
const PROBES: usize = 128;

/// The box around what is drawn, as found by 128 x 128 lines along each axis through `whole`; `whole` where they find
/// nothing.
pub(super) fn drawn_bounds(geometry: &DetectorGeometry, visibility: &Visibility, whole: Corners) -> Corners {
    let g = geometry.scene().geometry();
    let none = ([f64::INFINITY; 3], [f64::NEG_INFINITY; 3]);
    let around = |a: Corners, b: Corners| {
        ([0, 1, 2].map(|i| a.0[i].min(b.0[i])), [0, 1, 2].map(|i| a.1[i].max(b.1[i])))
    };
    let probe = |number: usize| {
        let (along, column, row) = (number % 3, number / 3 % PROBES, number / 3 / PROBES);
        let place =
            |i: usize, n: usize| whole.0[i] + (whole.1[i] - whole.0[i]) * (n as f64 + 0.5) / PROBES as f64;
        let (a, b) = ((along + 1) % 3, (along + 2) % 3);
        let (mut start, mut direction) = ([0.0; 3], [0.0; 3]);
        (start[a], start[b], start[along]) =
            (place(a, column), place(b, row), whole.0[along] - 0.01 * (whole.1[along] - whole.0[along]));
        direction[along] = 1.0;
        let Ok(ray) = StraightRay::new(start, direction) else { return none };
        let drawn = |node: Option<u32>| node.is_some_and(|n| visibility.look(n).opacity > 0.0);
        let faces = RayWalk::new(g, ray).filter(|c| drawn(c.from) || drawn(c.to));
        faces.fold(none, |found, c| around(found, (ray.at(c.distance_mm), ray.at(c.distance_mm))))
    };
    let found = (0..3 * PROBES * PROBES).into_par_iter().map(probe).reduce(|| none, around);
    if found.0[0] <= found.1[0] { found } else { whole }
}
