//! Axis-parallel boxes around solids, in double precision.

use cfg4::detector::Transform;

use crate::physics::vec3::{Vec3, vec3};
use crate::scene::bounding_box::BoundingBox;

/// An axis-parallel box, mm.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Bounds {
    /// Low corner.
    pub(crate) low: [f64; 3],
    /// High corner.
    pub(crate) high: [f64; 3],
}

impl Bounds {
    /// The box that holds nothing.
    pub(crate) const EMPTY: Self = Self { low: [f64::INFINITY; 3], high: [f64::NEG_INFINITY; 3] };

    /// The box of a flattened solid.
    pub(crate) fn of(solid: &BoundingBox) -> Self {
        Self { low: solid.low, high: solid.high }
    }

    /// The smallest box that holds both.
    pub(crate) fn hull(&self, other: &Self) -> Self {
        Self {
            low: [0, 1, 2].map(|i| self.low[i].min(other.low[i])),
            high: [0, 1, 2].map(|i| self.high[i].max(other.high[i])),
        }
    }

    /// The box around this one's eight corners in the mother's frame.
    pub(crate) fn transformed(&self, to_mother: &Transform) -> Self {
        (0..8).fold(Self::EMPTY, |b, corner: usize| {
            let p = to_mother
                .apply([0, 1, 2].map(|i| if corner >> i & 1 == 0 { self.low[i] } else { self.high[i] }));
            b.hull(&Self { low: p, high: p })
        })
    }

    /// This box with `margin` more on every side.
    pub(crate) fn padded(&self, margin: f64) -> Self {
        Self { low: self.low.map(|x| x - margin), high: self.high.map(|x| x + margin) }
    }

    /// Whether the boxes share a point.
    pub(crate) fn meets(&self, other: &Self) -> bool {
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
