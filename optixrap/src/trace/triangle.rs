//! A line against triangles, watertight: what passes between two neighbours hits exactly one of them.
//!
//! After Woop, Benthin and Wald (JCGT 2(1), 2013): the corners are projected along the line onto the plane of two axes,
//! and three edge functions tell on which side of each edge the line passes. Two triangles that share an edge compute the
//! same function of the same numbers, with opposite signs. Here the sign is exact: where the two products round to the
//! same f64 their rounding errors decide, and where the line meets the edge exactly it is thought to be shifted by an
//! infinitely small amount, more in x than in y. So over any closed surface the crossings into it and out of it balance,
//! at edges and vertices too.

use crate::physics::vec3::Vec3;
use crate::trace::ray::Ray;

/// A line, prepared for triangles.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Projection {
    origin: [f64; 3],
    /// Index of the axis along which the line is steepest: 0 x, 1 y, 2 z.
    axis: u32,
    /// Whether the line runs against that axis.
    reversed: bool,
    /// Shear in both other axes, and the parameter per mm along the axis.
    shear: [f64; 3],
}

/// A corner relative to the line: across it in two coordinates, and the line's parameter beside it.
#[derive(Debug, Clone, Copy)]
struct Corner {
    x: f64,
    y: f64,
    t: f64,
}

/// Where a line crosses a triangle.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Passage {
    /// The line's parameter, mm.
    pub(crate) t: f64,
    /// Whether the line runs with the normal (counterclockwise corners): out of the solid.
    pub(crate) leaves: bool,
}

/// The three coordinates so rotated that `axis` comes last.
#[inline(always)]
fn rotated(axis: u32, v: [f64; 3]) -> [f64; 3] {
    match axis {
        0 => [v[1], v[2], v[0]],
        1 => [v[2], v[0], v[1]],
        _ => v,
    }
}

#[inline(always)]
fn double(v: Vec3) -> [f64; 3] {
    [v.x as f64, v.y as f64, v.z as f64]
}

impl Projection {
    #[inline(always)]
    pub(crate) fn new(ray: &Ray) -> Projection {
        let (origin, direction) = (double(ray.origin), double(ray.direction));
        let size = direction.map(|x| if x < 0.0 { -x } else { x });
        let axis = if size[0] > size[1] && size[0] > size[2] {
            0
        } else if size[1] > size[2] {
            1
        } else {
            2
        };
        let [x, y, z] = rotated(axis, direction);
        Projection { origin, axis, reversed: z < 0.0, shear: [x / z, y / z, 1.0 / z] }
    }

    #[inline(always)]
    fn corner(&self, p: [f64; 3]) -> Corner {
        let from = [p[0] - self.origin[0], p[1] - self.origin[1], p[2] - self.origin[2]];
        let [x, y, z] = rotated(self.axis, from);
        Corner { x: x - self.shear[0] * z, y: y - self.shear[1] * z, t: z * self.shear[2] }
    }

    /// Where the line crosses a triangle.
    #[inline]
    pub(crate) fn passage(&self, triangle: [[f64; 3]; 3]) -> Option<Passage> {
        let [a, b, c] = triangle.map(|p| self.corner(p));
        let side = side_of(&a, &b);
        if side == 0 || side_of(&b, &c) != side || side_of(&c, &a) != side {
            return None;
        }
        let (u, v, w) = (b.x * c.y - b.y * c.x, c.x * a.y - c.y * a.x, a.x * b.y - a.y * b.x);
        let t = (u * a.t + v * b.t + w * c.t) / (u + v + w);
        // A triangle seen from its edge has no area to divide by; its crossing is beside its corners.
        let (low, high) = (least(a.t, least(b.t, c.t)), greatest(a.t, greatest(b.t, c.t)));
        let t = if t > low { least(t, high) } else { low };
        Some(Passage { t, leaves: (side > 0) != self.reversed })
    }
}

#[inline(always)]
fn least(a: f64, b: f64) -> f64 {
    if a < b { a } else { b }
}

#[inline(always)]
fn greatest(a: f64, b: f64) -> f64 {
    if a > b { a } else { b }
}

/// The sign of `p.x * q.y - p.y * q.x`: 1 where the line passes left of the edge from `p` to `q`, -1 where right of it.
/// 0 where the edge is a point, or a number is NaN.
#[inline(always)]
fn side_of(p: &Corner, q: &Corner) -> i32 {
    let (left, right) = (p.x * q.y, p.y * q.x);
    // Rounding keeps the order of numbers, so that unequal roundings tell the sign of the exact difference.
    if left > right {
        1
    } else if left < right {
        -1
    } else {
        side_of_tie(p, q)
    }
}

#[inline(never)]
fn side_of_tie(p: &Corner, q: &Corner) -> i32 {
    let (left, right) = (rounding_of_product(p.x, q.y), rounding_of_product(p.y, q.x));
    let sign = |x: f64, y: f64| i32::from(x > y) - i32::from(x < y);
    let exact = sign(left, right);
    if exact != 0 {
        exact
    } else if p.y != q.y {
        sign(p.y, q.y)
    } else {
        sign(q.x, p.x)
    }
}

/// What is lost in rounding `a * b`, exactly (Dekker's product; without fused operations, which not every processor has).
#[inline(always)]
fn rounding_of_product(a: f64, b: f64) -> f64 {
    let halves = |x: f64| {
        let scaled = 134_217_729.0 * x;
        let high = scaled - (scaled - x);
        (high, x - high)
    };
    let ((ah, al), (bh, bl)) = (halves(a), halves(b));
    ((ah * bh - a * b) + ah * bl + al * bh) + al * bl
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::physics::vec3::vec3;

    #[test]
    fn what_a_product_loses_is_exact() {
        let (a, b) = (1.0 + f64::EPSILON, 1.0 + 3.0 * f64::EPSILON);
        assert_eq!(rounding_of_product(a, b), 3.0 * f64::EPSILON * f64::EPSILON);
        assert_eq!(rounding_of_product(3.0, 7.0), 0.0);
        let point = |x, y| Corner { x, y, t: 0.0 };
        // Both products round to the same number, but the first is larger.
        assert_eq!(a * b, 1.0 * (a * b));
        assert_eq!(side_of(&point(a, 1.0), &point(a * b, b)), 1);
    }

    #[test]
    fn a_line_through_a_vertex_crosses_one_triangle_of_its_fan() {
        let rim: Vec<[f64; 3]> = (0..8)
            .map(|i| {
                let angle = f64::from(i) * std::f64::consts::FRAC_PI_4;
                [angle.cos(), angle.sin(), 0.25]
            })
            .collect();
        for (start, direction) in [
            (vec3(0.0, 0.0, -3.0), vec3(0.0, 0.0, 1.0)),
            (vec3(0.0, 0.0, 3.0), vec3(0.0, 0.0, -1.0)),
            (vec3(0.25, 0.0, -3.0), vec3(0.0, 0.0, 1.0)),
            (vec3(-0.0, 0.5, -3.0), vec3(0.0, 0.0, 1.0)),
        ] {
            let projection = Projection::new(&Ray::new(start, direction));
            let fan = (0..8).filter_map(|i| projection.passage([[0.0; 3], rim[i], rim[(i + 1) % 8]]));
            let passages: Vec<Passage> = fan.collect();
            assert_eq!(passages.len(), 1, "{passages:?}");
            assert_eq!(passages[0].leaves, direction.z > 0.0);
        }
    }
}
