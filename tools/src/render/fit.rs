//! A plane at one scale in both directions.

use g4ok::DetectorGeometry;
use optixrap::physics::vec3::Vec3;
use optixrap::trace::geometry::Geometry;

use crate::plot::axes::Axis;
use crate::plot::frame::{Area, Frame};

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
    bounds(&geometry.scene().view().geometry)
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
