//! Where to cut a detector for its pictures: through its middle, unless far more of its volumes can be seen elsewhere.

use std::collections::BTreeSet;

use g4ok::DetectorGeometry;
use optixrap::physics::vec3::vec3;
use optixrap::trace::navigate::locate;

use crate::render::{Axis, Cut};

/// Touchables whose origins are looked at for planes.
const TOUCHABLES: usize = 1000;
/// The most planes that are tried along an axis, besides the middle.
const PLANES: usize = 24;
/// Points in each direction of a plane at which one looks for volumes.
const POINTS: usize = 64;

/// The plane across an axis in which the most logical volumes are met, if those are two more and half as many again as in
/// the middle between `low` and `high`; else that: a grid misses thin volumes, and the middle is what one expects.
pub(super) fn most_telling(
    geometry: &DetectorGeometry,
    axis: Axis,
    (low, high): ([f64; 3], [f64; 3]),
) -> Cut {
    let at = axis.index();
    let middle = 0.5 * (low[at] + high[at]);
    let in_middle = volumes_met(geometry, (axis, middle), (low, high));
    let mut best = ((in_middle + 1).max(in_middle * 3 / 2), middle);
    for plane in candidates(geometry, at, (low[at], high[at])) {
        let met = volumes_met(geometry, (axis, plane), (low, high));
        if met > best.0 {
            best = (met, plane);
        }
    }
    Cut { axis, at_mm: best.1 }
}

/// Planes through origins of touchables, spread over all that there are.
fn candidates(geometry: &DetectorGeometry, at: usize, (low, high): (f64, f64)) -> Vec<f64> {
    let scene = geometry.scene();
    let g = scene.geometry();
    let step = scene.num_nodes() as usize / TOUCHABLES + 1;
    let origin = |node: u32| {
        let origin = g.to_world(node).point(vec3(0.0, 0.0, 0.0));
        f64::from([origin.x, origin.y, origin.z][at])
    };
    let mut origins: Vec<f64> = scene.all_nodes().step_by(step).map(origin).collect();
    origins.retain(|x| low < *x && *x < high);
    origins.sort_by(f64::total_cmp);
    origins.dedup_by(|a, b| (*a - *b).abs() < 1e-3 * (high - low));
    let every = origins.len().div_ceil(PLANES).max(1);
    origins.into_iter().step_by(every).collect()
}

/// How many logical volumes are at the points of a grid in a plane.
fn volumes_met(
    geometry: &DetectorGeometry,
    (axis, at_mm): (Axis, f64),
    (low, high): ([f64; 3], [f64; 3]),
) -> usize {
    let g = geometry.scene().geometry();
    let (u, v) = ((axis.index() + 1) % 3, (axis.index() + 2) % 3);
    let along = |i: usize, k: usize| low[i] + (high[i] - low[i]) * (k as f64 + 0.5) / POINTS as f64;
    let mut met = BTreeSet::new();
    for (i, j) in (0..POINTS).flat_map(|i| (0..POINTS).map(move |j| (i, j))) {
        let mut point = [0.0; 3];
        (point[axis.index()], point[u], point[v]) = (at_mm, along(u, i), along(v, j));
        let [x, y, z] = point.map(|x| x as f32);
        met.extend(locate(&g, vec3(x, y, z)).map(|place| g.record(place.node).volume));
    }
    met.len()
}

#[cfg(test)]
mod tests {
    use cfg4::gdml::{NoFiles, read_str};
    use optixrap::scene::SurfaceModel;

    use super::*;

    /// Boxes of half a metre in a world of ten, at the given z.
    fn geometry(at: &[f64]) -> DetectorGeometry {
        let volumes: String = (0..at.len())
            .map(|i| format!(r#"<volume name="v{i}"><materialref ref="M"/><solidref ref="b"/></volume>"#))
            .collect();
        let placed: String = at
            .iter()
            .enumerate()
            .map(|(i, z)| {
                format!(
                    r#"<physvol name="p{i}"><volumeref ref="v{i}"/><position x="{}" z="{z}"/></physvol>"#,
                    1000.0 * i as f64
                )
            })
            .collect();
        let text = format!(
            r#"<gdml><materials><material name="M" Z="14"><D value="2"/><atom value="28"/></material></materials>
            <solids><box name="w" x="10000" y="10000" z="10000"/><box name="b" x="500" y="500" z="500"/></solids>
            <structure>{volumes}<volume name="W"><materialref ref="M"/><solidref ref="w"/>{placed}</volume></structure>
            <setup name="Default" version="1.0"><world ref="W"/></setup></gdml>"#
        );
        DetectorGeometry::new(read_str(&text, "boxes", &NoFiles).unwrap(), SurfaceModel::Opticks).unwrap()
    }

    fn plane(at: &[f64]) -> f64 {
        most_telling(&geometry(at), Axis::Z, ([-5000.0; 3], [5000.0; 3])).at_mm
    }

    #[test]
    fn the_plane_with_the_most_volumes_is_shown() {
        assert_eq!(plane(&[2000.0, 2000.0, -3000.0]), 2000.0);
        assert_eq!(plane(&[2000.0, 2000.0, 0.0]), 0.0, "one more is too few");
        assert_eq!(plane(&[]), 0.0);
    }
}
