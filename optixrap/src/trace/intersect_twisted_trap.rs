//! Twisted boxes, trds and traps: at height z the cross-section is a trapezoid whose measures and centre are linear in z,
//! turned around its centre by `rate z`; `|z| < half z`.
//!
//! The sides' crossings are found in f64, see [`super::twisted_side`]: distances have the error of an f32's rounding.
//! A line in a plane of z meets straight sides and needs no case of its own.
//!
//! `params`: 0 half z, 1 rate, 2 and 3 the centre's x and y per z, 4 half y in the middle and 5 its growth per z, 6 half
//! x at y = 0 in the middle and 7 its growth, 8 growth of half x per y, 9 shear x per y, 10 radius of a cylinder around
//! all of it.

use crate::intrinsics::sqrt_f64;
use crate::physics::vec3::{Vec3, vec3};
use crate::trace::face::{MINUS_X, MINUS_Y, MINUS_Z, PLUS_X, PLUS_Y, PLUS_Z};
use crate::trace::line::{Line, Quadratic};
use crate::trace::ray::{Ray, abs};
use crate::trace::record::SolidRecord;
use crate::trace::span::Span;
use crate::trace::twisted_side::{Linear, MAX_ZEROS, TurningSurface, sin_cos};

/// The faces in the order of [`side`].
const FACES: [u32; 4] = [MINUS_X, PLUS_X, MINUS_Y, PLUS_Y];

/// One side in the frame of the trapezoid: `a x + b y < reach + growth z`.
#[derive(Debug, Clone, Copy)]
struct Side {
    a: f64,
    b: f64,
    reach: f64,
    growth: f64,
}

#[inline]
fn side(record: &SolidRecord, face: u32) -> Side {
    let [y, y_growth, x, x_growth, taper, shear] = [4, 5, 6, 7, 8, 9].map(|i| record.params[i] as f64);
    match face {
        MINUS_X => Side { a: -1.0, b: shear - taper, reach: x, growth: x_growth },
        PLUS_X => Side { a: 1.0, b: -shear - taper, reach: x, growth: x_growth },
        MINUS_Y => Side { a: 0.0, b: -1.0, reach: y, growth: y_growth },
        _ => Side { a: 0.0, b: 1.0, reach: y, growth: y_growth },
    }
}

#[inline(always)]
fn motion(record: &SolidRecord) -> [f64; 3] {
    [record.params[1] as f64, record.params[2] as f64, record.params[3] as f64]
}

impl Side {
    #[inline]
    fn along(&self, record: &SolidRecord, line: &Line) -> TurningSurface {
        let ([x, y, z], [u, v, w], [rate, lean_x, lean_y]) = (line.origin, line.direction, motion(record));
        let (x, y) = (Linear(x - lean_x * z, u - lean_x * w), Linear(y - lean_y * z, v - lean_y * w));
        TurningSurface {
            angle: Linear(rate * z, rate * w),
            p: Linear(self.a * x.0 + self.b * y.0, self.a * x.1 + self.b * y.1),
            q: Linear(self.a * y.0 - self.b * x.0, self.a * y.1 - self.b * x.1),
            r: Linear(self.reach + self.growth * z, self.growth * w),
        }
    }
}

/// What a line meets of the solid: its stay between the planes, and where it crosses each side.
pub(crate) struct Sides {
    between: Span,
    /// Parameters of the crossings of each side, ascending.
    crossings: [[f32; MAX_ZEROS]; 4],
    n: [usize; 4],
    /// Whether the line starts beyond each side.
    beyond: [bool; 4],
}

/// Where the line is between the planes and near the solid, counted as [`Line`] does.
#[inline]
fn range(record: &SolidRecord, line: &Line) -> Option<(f64, f64)> {
    let (half_z, radius) = (record.params[0] as f64, record.params[10] as f64);
    let (z, w) = (line.origin[2], line.direction[2]);
    let (mut low, mut high) =
        Quadratic::centred(line, [1.0, 1.0, 0.0], radius * radius).zeros().or_else(|| {
            let [x, y, _] = line.origin;
            (x * x + y * y < radius * radius).then_some((f64::NEG_INFINITY, f64::INFINITY))
        })?;
    if w != 0.0 {
        let (one, other) = ((-half_z - z) / w, (half_z - z) / w);
        let (first, last) = if one < other { (one, other) } else { (other, one) };
        low = if first > low { first } else { low };
        high = if last < high { last } else { high };
    } else if z <= -half_z || z >= half_z {
        return None;
    }
    (low < high && low > f64::NEG_INFINITY && high < f64::INFINITY).then_some((low, high))
}

/// Where a line crosses the sides; `None` where it passes by.
#[inline(never)]
pub(crate) fn sides(record: &SolidRecord, ray: &Ray) -> Option<Sides> {
    let line = Line::new(ray);
    let (low, high) = range(record, &line)?;
    let (face_a, face_b) = if line.direction[2] > 0.0 { (MINUS_Z, PLUS_Z) } else { (PLUS_Z, MINUS_Z) };
    let mut sides = Sides {
        between: Span { a: line.parameter(low), b: line.parameter(high), face_a, face_b },
        crossings: [[0.0; MAX_ZEROS]; 4],
        n: [0; 4],
        beyond: [false; 4],
    };
    for (i, face) in FACES.into_iter().enumerate() {
        let surface = side(record, face).along(record, &line);
        let (found, n) = surface.crossings(low, high);
        sides.beyond[i] = !surface.is_inside(low);
        if n == 0 && sides.beyond[i] {
            return None;
        }
        sides.crossings[i] = found.map(|t| line.parameter(t));
        sides.n[i] = n;
    }
    Some(sides)
}

impl Sides {
    /// The first interval inside that ends after `from`.
    #[inline(never)]
    pub(crate) fn interval_after(&self, from: f32) -> Option<Span> {
        let (mut beyond, mut next) = (self.beyond, [0usize; 4]);
        let mut open = Span { ..self.between };
        loop {
            let was_inside = beyond == [false; 4];
            let mut nearest = (self.between.b, 4);
            for (i, &at) in next.iter().enumerate() {
                if at < self.n[i] && self.crossings[i][at] < nearest.0 {
                    nearest = (self.crossings[i][at], i);
                }
            }
            let (t, i) = nearest;
            if i == 4 {
                open.b = t;
                return (was_inside && open.a < open.b && open.b > from).then_some(open);
            }
            beyond[i] = !beyond[i];
            next[i] += 1;
            if was_inside {
                (open.b, open.face_b) = (t, FACES[i]);
                if open.a < open.b && open.b > from {
                    return Some(open);
                }
            } else if beyond == [false; 4] {
                open = Span { a: t, face_a: FACES[i], ..self.between };
            }
        }
    }
}

/// How far beyond a side a point is (negative: inside), and the normal that it has there, of any length.
#[inline]
fn beyond(record: &SolidRecord, face: u32, point: Vec3) -> (f64, [f64; 3]) {
    let (side, [rate, lean_x, lean_y]) = (side(record, face), motion(record));
    let [x, y, z] = [point.x as f64, point.y as f64, point.z as f64];
    let (x, y, (sin, cos)) = (x - lean_x * z, y - lean_y * z, sin_cos(rate * z));
    let (along_x, along_y) = (side.a * cos - side.b * sin, side.a * sin + side.b * cos);
    let turning = rate * ((side.a * y - side.b * x) * cos - (side.a * x + side.b * y) * sin);
    let along_z = turning - lean_x * along_x - lean_y * along_y - side.growth;
    (along_x * x + along_y * y - side.reach - side.growth * z, [along_x, along_y, along_z])
}

/// Whether a point is strictly inside.
#[inline(never)]
pub(crate) fn contains(record: &SolidRecord, p: Vec3) -> bool {
    abs(p.z) < record.params[0] && FACES.into_iter().all(|face| beyond(record, face, p).0 < 0.0)
}

/// The unit normal of a face at a point of it.
#[inline(never)]
pub(crate) fn normal(record: &SolidRecord, face: u32, p: Vec3) -> Vec3 {
    match face {
        PLUS_Z => vec3(0.0, 0.0, 1.0),
        MINUS_Z => vec3(0.0, 0.0, -1.0),
        _ => {
            let [x, y, z] = beyond(record, face, p).1;
            let inverse = 1.0 / sqrt_f64(x * x + y * y + z * z);
            vec3((x * inverse) as f32, (y * inverse) as f32, (z * inverse) as f32)
        }
    }
}
