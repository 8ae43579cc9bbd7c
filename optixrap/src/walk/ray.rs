//! A ray in double precision.

use crate::trace::ray::Ray;

use super::local::narrow;

/// Why three numbers and three numbers are no ray.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum RayError {
    /// A coordinate that is no number.
    #[error("its origin or direction is not finite; give six finite numbers, mm and a direction")]
    NotFinite,
    /// A direction of no length.
    #[error("its direction has no length; give one that points somewhere")]
    NoDirection,
}

/// A half line: its start in mm and its unit direction.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct StraightRay {
    /// Start, mm.
    pub origin_mm: [f64; 3],
    /// Unit vector.
    pub direction: [f64; 3],
}

impl StraightRay {
    /// A ray from its start and a direction of any length, which is normalised.
    ///
    /// # Errors
    /// [`RayError`] where a number is not finite or the direction vanishes.
    pub fn new(origin_mm: [f64; 3], direction: [f64; 3]) -> Result<Self, RayError> {
        if !origin_mm.iter().chain(&direction).all(|x| x.is_finite()) {
            return Err(RayError::NotFinite);
        }
        let largest = direction.iter().fold(0.0f64, |m, x| m.max(x.abs()));
        if largest == 0.0 {
            return Err(RayError::NoDirection);
        }
        // Scaled first: squares of very small or large components would leave the range of f64.
        let scaled = direction.map(|x| x / largest);
        let length = scaled.iter().map(|x| x * x).sum::<f64>().sqrt();
        Ok(Self { origin_mm, direction: scaled.map(|x| x / length) })
    }

    /// The point at `distance_mm`.
    pub fn at(&self, distance_mm: f64) -> [f64; 3] {
        [0, 1, 2].map(|i| self.origin_mm[i] + self.direction[i] * distance_mm)
    }

    /// The distances at which the line enters and leaves a box, empty (entry after exit) where it misses.
    pub fn through_box(&self, low: [f64; 3], high: [f64; 3]) -> (f64, f64) {
        let mut span = (f64::NEG_INFINITY, f64::INFINITY);
        for i in 0..3 {
            let (o, d) = (self.origin_mm[i], self.direction[i]);
            if d != 0.0 {
                let (a, b) = ((low[i] - o) / d, (high[i] - o) / d);
                span = (span.0.max(a.min(b)), span.1.min(a.max(b)));
            } else if o < low[i] || o > high[i] {
                return (f64::INFINITY, f64::NEG_INFINITY);
            }
        }
        span
    }

    /// As the tracing takes it, from `distance_mm` on.
    pub(super) fn narrowed(&self, distance_mm: f64) -> Ray {
        Ray::new(narrow(self.at(distance_mm)), narrow(self.direction))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn directions_of_any_length_become_unit_vectors() {
        for length in [1e-300, 1e-20, 1.0, 3.5, 1e300] {
            let ray = StraightRay::new([0.0; 3], [3.0 * length / 5.0, 0.0, 4.0 * length / 5.0]).unwrap();
            assert!((ray.direction[0] - 0.6).abs() < 1e-15 && (ray.direction[2] - 0.8).abs() < 1e-15);
            assert_eq!(ray.at(10.0), [10.0 * ray.direction[0], 0.0, 10.0 * ray.direction[2]]);
        }
    }

    #[test]
    fn what_is_no_ray_is_refused() {
        assert_eq!(StraightRay::new([0.0; 3], [0.0; 3]), Err(RayError::NoDirection));
        assert_eq!(StraightRay::new([f64::NAN, 0.0, 0.0], [1.0, 0.0, 0.0]), Err(RayError::NotFinite));
        assert_eq!(StraightRay::new([0.0; 3], [f64::INFINITY, 0.0, 0.0]), Err(RayError::NotFinite));
    }

    #[test]
    fn a_box_is_entered_and_left_at_its_faces() {
        let ray = StraightRay::new([-10.0, 0.0, 0.0], [2.0, 0.0, 0.0]).unwrap();
        assert_eq!(ray.through_box([-1.0; 3], [3.0; 3]), (9.0, 13.0));
        let (enter, leave) = ray.through_box([-1.0, 1.0, -1.0], [1.0, 2.0, 1.0]);
        assert!(enter > leave);
    }
}
