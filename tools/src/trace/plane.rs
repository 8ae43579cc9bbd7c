//! The plane that rays lie in.

use optixrap::walk::StraightRay;

/// A plane with two axes in it.
#[derive(Debug, Clone, PartialEq)]
pub struct RayPlane {
    /// A point in it, mm.
    pub origin_mm: [f64; 3],
    /// Its axes, unit vectors at right angles.
    pub axes: [[f64; 3]; 2],
    /// What the axes are called.
    pub labels: [String; 2],
    /// What the plane is called, as `z = 10 mm`.
    pub name: String,
}

/// Directions and positions count as in the plane within this, as a part of 1 and of the extent.
const FLAT: f64 = 1e-5;

impl RayPlane {
    /// The plane that all rays lie in, if there is one; rays along one line lie in none that is their own.
    pub fn of(rays: &[StraightRay]) -> Option<Self> {
        let first = rays.first()?;
        let (origin, along) = (first.origin_mm, first.direction);
        let offsets = || rays.iter().map(|r| minus(r.origin_mm, origin));
        let extent = offsets().map(length).fold(0.0, f64::max);
        let directions = longest(rays.iter().map(|r| cross(along, r.direction)));
        // Parallel rays: what counts is how far they are beside each other, however far along they start.
        let (across, spread) = if length(directions) > 10.0 * FLAT {
            (directions, extent)
        } else {
            let beside = longest(offsets().map(|o| cross(along, o)));
            (beside, length(beside))
        };
        if length(across) <= 1e-9 * extent.max(1e-6) {
            return None;
        }
        let normal = across.map(|x| x / length(across));
        let flat = rays.iter().all(|r| dot(r.direction, normal).abs() < FLAT)
            && offsets().all(|o| dot(o, normal).abs() <= FLAT * spread + 1e-9 * extent);
        flat.then(|| Self::with_normal(origin, normal, along))
    }

    fn with_normal(origin: [f64; 3], normal: [f64; 3], along: [f64; 3]) -> Self {
        const NAMES: [&str; 3] = ["x", "y", "z"];
        let unit = |i: usize| [0, 1, 2].map(|j| f64::from(u8::from(i == j)));
        if let Some(k) = (0..3).find(|&k| normal[k].abs() > 1.0 - FLAT * FLAT) {
            let (i, j) = [(1, 2), (0, 2), (0, 1)][k];
            return Self {
                origin_mm: [0, 1, 2].map(|n| if n == k { origin[n] } else { 0.0 }),
                axes: [unit(i), unit(j)],
                labels: [i, j].map(|n| format!("{} (mm)", NAMES[n])),
                name: format!("{} = {} mm", NAMES[k], crate::number::short(origin[k], 6)),
            };
        }
        let across = cross(normal, along);
        let words = |v: [f64; 3]| v.map(|x| crate::number::short((x * 1e4).round() / 1e4, 4)).join(", ");
        Self {
            origin_mm: origin,
            axes: [along, across],
            labels: [along, across].map(|v| format!("along ({}) from the first ray's start (mm)", words(v))),
            name: format!("across ({})", words(normal)),
        }
    }

    /// The coordinates in the plane of a point, mm.
    pub fn coordinates(&self, point_mm: [f64; 3]) -> [f64; 2] {
        let offset = minus(point_mm, self.origin_mm);
        self.axes.map(|axis| dot(axis, offset))
    }
}

fn minus(a: [f64; 3], b: [f64; 3]) -> [f64; 3] {
    [0, 1, 2].map(|i| a[i] - b[i])
}

fn dot(a: [f64; 3], b: [f64; 3]) -> f64 {
    (0..3).map(|i| a[i] * b[i]).sum()
}

fn length(v: [f64; 3]) -> f64 {
    dot(v, v).sqrt()
}

fn longest(vectors: impl Iterator<Item = [f64; 3]>) -> [f64; 3] {
    vectors.max_by(|a, b| dot(*a, *a).total_cmp(&dot(*b, *b))).unwrap_or_default()
}

fn cross(a: [f64; 3], b: [f64; 3]) -> [f64; 3] {
    [a[1] * b[2] - a[2] * b[1], a[2] * b[0] - a[0] * b[2], a[0] * b[1] - a[1] * b[0]]
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rays(list: &[([f64; 3], [f64; 3])]) -> Vec<StraightRay> {
        list.iter().map(|(o, d)| StraightRay::new(*o, *d).unwrap()).collect()
    }

    #[test]
    fn a_fan_lies_in_a_plane() {
        let fan = rays(&[([5.0, 0.0, 7.0], [1.0, 0.0, 0.0]), ([5.0, 0.0, 7.0], [0.3, 0.5, 0.0])]);
        let plane = RayPlane::of(&fan).unwrap();
        assert_eq!(plane.name, "z = 7 mm");
        assert_eq!(plane.coordinates([3.0, 4.0, 7.0]), [3.0, 4.0]);
    }

    #[test]
    fn parallel_rays_beside_each_other_lie_in_a_plane() {
        let comb = rays(&[([1.0, 2.0, 3.0], [1.0, 1.0, 0.0]), ([1.0, 2.0, 9.0], [1.0, 1.0, 0.0])]);
        let plane = RayPlane::of(&comb).unwrap();
        let [u, v] = plane.coordinates([2.0, 3.0, 9.0]);
        assert!((u - 2f64.sqrt()).abs() < 1e-12 && (v.abs() - 6.0).abs() < 1e-12, "{u} {v}");
    }

    #[test]
    fn rays_in_space_or_on_one_line_have_no_plane() {
        let x = ([0.0; 3], [1.0, 0.0, 0.0]);
        assert_eq!(RayPlane::of(&rays(&[x, ([0.0; 3], [0.0, 1.0, 0.0]), ([0.0; 3], [0.0, 0.0, 1.0])])), None);
        assert_eq!(RayPlane::of(&rays(&[x, ([3.0, 0.0, 0.0], [-1.0, 0.0, 0.0])])), None);
        assert_eq!(RayPlane::of(&[]), None);
    }
}
