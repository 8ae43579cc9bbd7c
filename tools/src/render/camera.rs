//! Lines of sight through the pixels of a picture, and pixels of points.

use optixrap::walk::StraightRay;

use super::view::{Direction, FIELD_DEG};
use super::{RenderError, View};

type Vector = [f64; 3];

/// A camera: an eye, or parallel lines.
#[derive(Debug, Clone)]
pub(super) struct Camera {
    eye: Vector,
    forward: Vector,
    right: Vector,
    up: Vector,
    ortho: bool,
    /// Half the height of the picture: mm, or as a part of the distance.
    half_height: f64,
    size: (u32, u32),
}

impl Camera {
    /// The camera of a view on a box, with the scene in `size` pixels.
    pub(super) fn new(
        view: &View,
        (low, high): (Vector, Vector),
        size: (u32, u32),
    ) -> Result<Self, RenderError> {
        let middle = [0, 1, 2].map(|i| 0.5 * (low[i] + high[i]));
        let radius = length(minus(high, middle)).max(1e-6);
        let aspect = (f64::from(size.0) / f64::from(size.1)).min(1.0);
        let (eye, target, up, half_height) = match view.direction {
            Direction::From { towards_viewer, up } => {
                let half = (0.5 * FIELD_DEG).to_radians();
                let distance = radius / (half.tan() * aspect).atan().sin();
                let back = unit(towards_viewer, "the direction of the view has no length")?;
                let eye = [0, 1, 2].map(|i| middle[i] + distance * back[i]);
                (eye, middle, up, if view.ortho { radius / aspect } else { half.tan() })
            }
            Direction::At { eye_mm, target_mm, up, field_deg } => {
                let half = (0.5 * field_deg).to_radians().tan();
                let distance = length(minus(target_mm, eye_mm));
                (eye_mm, target_mm, up, if view.ortho { half * distance } else { half })
            }
        };
        let forward = unit(minus(target, eye), "eye and target are one point")?;
        let right = unit(cross(forward, up), "up points along the line of sight")?;
        Ok(Self { eye, forward, right, up: cross(right, forward), ortho: view.ortho, half_height, size })
    }

    /// From the scene towards the viewer, about.
    pub(super) fn towards_viewer(&self) -> Vector {
        self.forward.map(|x| -x)
    }

    /// The direction of an axis in the picture: to the right and up.
    pub(super) fn in_picture(&self, v: Vector) -> [f64; 2] {
        [dot(v, self.right), dot(v, self.up)]
    }

    /// The line of sight through a point of the picture, in pixels from the top left. Parallel ones start at the plane of
    /// the eye, `back_mm` before it.
    pub(super) fn sight(&self, x: f64, y: f64, back_mm: f64) -> Option<StraightRay> {
        let (width, height) = (f64::from(self.size.0), f64::from(self.size.1));
        let unit = 2.0 * self.half_height / height;
        let (a, b) = ((x - 0.5 * width) * unit, (0.5 * height - y) * unit);
        let offset = [0, 1, 2].map(|i| a * self.right[i] + b * self.up[i]);
        let ray = if self.ortho {
            let start = [0, 1, 2].map(|i| self.eye[i] + offset[i] - back_mm * self.forward[i]);
            StraightRay::new(start, self.forward)
        } else {
            StraightRay::new(self.eye, [0, 1, 2].map(|i| self.forward[i] + offset[i]))
        };
        ray.ok()
    }

    /// Where a point is in the picture; `None` behind the viewer.
    pub(super) fn pixel(&self, point: Vector) -> Option<[f64; 2]> {
        let offset = minus(point, self.eye);
        let depth = dot(offset, self.forward);
        let scale = if self.ortho { 1.0 } else { depth };
        if scale <= 0.0 {
            return None;
        }
        let (width, height) = (f64::from(self.size.0), f64::from(self.size.1));
        let per_unit = 0.5 * height / (self.half_height * scale);
        let (a, b) = (dot(offset, self.right), dot(offset, self.up));
        Some([0.5 * width + a * per_unit, 0.5 * height - b * per_unit])
    }
}

fn minus(a: Vector, b: Vector) -> Vector {
    [0, 1, 2].map(|i| a[i] - b[i])
}

fn dot(a: Vector, b: Vector) -> f64 {
    (0..3).map(|i| a[i] * b[i]).sum()
}

fn length(a: Vector) -> f64 {
    dot(a, a).sqrt()
}

fn cross(a: Vector, b: Vector) -> Vector {
    [a[1] * b[2] - a[2] * b[1], a[2] * b[0] - a[0] * b[2], a[0] * b[1] - a[1] * b[0]]
}

fn unit(v: Vector, problem: &str) -> Result<Vector, RenderError> {
    let l = length(v);
    if l > 1e-12 { Ok(v.map(|x| x / l)) } else { Err(RenderError::View(problem.to_owned())) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_point_is_where_its_line_of_sight_is() {
        for ortho in [false, true] {
            let view = View { ortho, ..View::default() };
            let camera = Camera::new(&view, ([-100.0; 3], [100.0, 200.0, 300.0]), (640, 480)).unwrap();
            for (x, y) in [(320.0, 240.0), (100.0, 77.0), (600.5, 400.25)] {
                let ray = camera.sight(x, y, 0.0).unwrap();
                let [u, v] = camera.pixel(ray.at(700.0)).unwrap();
                assert!((u - x).abs() < 1e-6 && (v - y).abs() < 1e-6, "{ortho} {x} {y}: {u} {v}");
            }
        }
    }

    #[test]
    fn cameras_that_see_nothing_are_refused() {
        let direction = "eye=0,0,5,target=0,0,5".parse().unwrap();
        let bounds = ([-1.0; 3], [1.0; 3]);
        assert!(Camera::new(&View { direction, ..View::default() }, bounds, (640, 480)).is_err());
        let direction = "eye=0,0,5,up=0,0,1".parse().unwrap();
        assert!(Camera::new(&View { direction, ..View::default() }, bounds, (640, 480)).is_err());
    }
}
