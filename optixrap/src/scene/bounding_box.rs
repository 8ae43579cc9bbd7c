//! Boxes around solids.

use cfg4::detector::{BooleanOperator, Shape, Transform};

use crate::physics::vec3::{Vec3, vec3};
use crate::scene::curved_solids::curved_bounds;

/// A box parallel to the axes that holds a solid, mm.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct BoundingBox {
    /// Least x, y, z.
    pub low: [f64; 3],
    /// Greatest x, y, z.
    pub high: [f64; 3],
}

impl BoundingBox {
    /// The box that holds nothing.
    pub(crate) const EMPTY: BoundingBox =
        BoundingBox { low: [f64::INFINITY; 3], high: [f64::NEG_INFINITY; 3] };

    /// The box around points.
    pub(crate) fn around(points: &[[f64; 3]]) -> BoundingBox {
        points.iter().fold(Self::EMPTY, |all, &p| all.hull(&BoundingBox { low: p, high: p }))
    }

    /// The box of a shape that is neither a boolean nor made of planar faces, without regard to its segments.
    pub(crate) fn of(shape: &Shape) -> BoundingBox {
        let around = |[x, y, z]: [f64; 3]| BoundingBox { low: [-x, -y, -z], high: [x, y, z] };
        match *shape {
            Shape::Box { half_mm } => around(half_mm),
            Shape::Tube { rmax_mm: r, half_z_mm: z, .. } => around([r, r, z]),
            Shape::Orb { r_mm: r } | Shape::Sphere { rmax_mm: r, .. } => around([r; 3]),
            Shape::Cone { rmax1_mm, rmax2_mm, half_z_mm, .. } => {
                let r = rmax1_mm.max(rmax2_mm);
                around([r, r, half_z_mm])
            }
            Shape::Polycone { ref planes, .. } => {
                let r = planes.iter().map(|p| p.rmax_mm).fold(0.0, f64::max);
                let low = planes.iter().map(|p| p.z_mm).fold(f64::INFINITY, f64::min);
                let high = planes.iter().map(|p| p.z_mm).fold(f64::NEG_INFINITY, f64::max);
                BoundingBox { low: [-r, -r, low], high: [r, r, high] }
            }
            _ => curved_bounds(shape).unwrap_or_else(|| around([f64::INFINITY; 3])),
        }
    }

    /// The box of two boxes combined; where they do not meet, their intersection is that of the first.
    pub(crate) fn combined(self, operator: BooleanOperator, other: BoundingBox) -> BoundingBox {
        let join = |low: fn(f64, f64) -> f64, high: fn(f64, f64) -> f64| BoundingBox {
            low: [0, 1, 2].map(|i| low(self.low[i], other.low[i])),
            high: [0, 1, 2].map(|i| high(self.high[i], other.high[i])),
        };
        match operator {
            BooleanOperator::Union => self.hull(&other),
            BooleanOperator::Subtraction => self,
            BooleanOperator::Intersection => {
                let common = join(f64::max, f64::min);
                if (0..3).all(|i| common.low[i] < common.high[i]) { common } else { self }
            }
        }
    }

    /// The box around this one after a transform.
    pub fn transformed(&self, transform: &Transform) -> BoundingBox {
        let centre = transform.apply(self.centre());
        let half = [0, 1, 2].map(|i| (self.high[i] - self.low[i]) / 2.0);
        let reach = transform.rotation.map(|row| (0..3).map(|j| row[j].abs() * half[j]).sum::<f64>());
        BoundingBox {
            low: [0, 1, 2].map(|i| centre[i] - reach[i]),
            high: [0, 1, 2].map(|i| centre[i] + reach[i]),
        }
    }

    /// The middle.
    pub fn centre(&self) -> [f64; 3] {
        [0, 1, 2].map(|i| (self.low[i] + self.high[i]) / 2.0)
    }

    /// The radius of the sphere around it.
    pub fn radius_mm(&self) -> f64 {
        (0..3).map(|i| ((self.high[i] - self.low[i]) / 2.0).powi(2)).sum::<f64>().sqrt()
    }

    /// The smallest box that holds both.
    pub(crate) fn hull(&self, other: &BoundingBox) -> BoundingBox {
        BoundingBox {
            low: [0, 1, 2].map(|i| self.low[i].min(other.low[i])),
            high: [0, 1, 2].map(|i| self.high[i].max(other.high[i])),
        }
    }

    /// This box with `margin` more on every side.
    pub(crate) fn padded(&self, margin: f64) -> BoundingBox {
        BoundingBox { low: self.low.map(|x| x - margin), high: self.high.map(|x| x + margin) }
    }

    /// Whether the boxes share a point.
    pub(crate) fn meets(&self, other: &BoundingBox) -> bool {
        (0..3).all(|i| self.low[i] <= other.high[i] && other.low[i] <= self.high[i])
    }

    /// The largest coordinate that a point in here can have, mm.
    pub(crate) fn reach(&self) -> f64 {
        self.low.iter().chain(&self.high).fold(0.0, |m, x| m.max(x.abs()))
    }

    /// The middle along one axis.
    pub(crate) fn middle(&self, axis: usize) -> f64 {
        0.5 * (self.low[axis] + self.high[axis])
    }

    /// Surface area, mm2; 0 for the empty box.
    pub(crate) fn area(&self) -> f64 {
        let [x, y, z] = [0, 1, 2].map(|i| (self.high[i] - self.low[i]).max(0.0));
        2.0 * (x * y + y * z + z * x)
    }
}

/// A low corner in f32, not above the given one.
pub(crate) fn down(x: [f64; 3]) -> Vec3 {
    let [a, b, c] = x.map(|v| (v as f32).next_down());
    vec3(a, b, c)
}

/// A high corner in f32, not below the given one.
pub(crate) fn up(x: [f64; 3]) -> Vec3 {
    let [a, b, c] = x.map(|v| (v as f32).next_up());
    vec3(a, b, c)
}
