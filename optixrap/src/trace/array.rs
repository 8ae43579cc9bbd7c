//! Regular arrays: copies of one placement at equal steps, along a line or around the z axis of their mother.
//!
//! Where a copy is, and which copies a ray can meet, follows from its number, so that an array of any size takes the
//! memory of one record and a copy is found in constant time. Positions are reckoned in f64 and rounded once: they have
//! the bits that placements one by one would have.

use bytemuck::{Pod, Zeroable};

use super::frame::Frame;
use crate::physics::fmath;
use crate::physics::vec3::{Vec3, vec3};

/// [`ArrayRecord::axis`] of copies around the z axis.
pub const AROUND_Z: u32 = 3;

/// An array. Lengths are mm, angles whole turns.
#[repr(C)]
#[derive(Debug, Clone, Copy, PartialEq, Pod, Zeroable)]
pub struct ArrayRecord {
    /// Origin of copy 0; 0 around z.
    pub first: [f64; 3],
    /// From each copy to the next; around z only the first entry counts, and is an angle above 0.
    pub step: [f64; 3],
    /// Angle of copy 0; 0 along a line.
    pub angle: f64,
    /// Where copy 0 begins along the axis.
    pub low: f64,
    /// Where copy 0 ends along the axis.
    pub high: f64,
    /// Copies.
    pub number: u32,
    /// The coordinate that tells copies apart, along which steps are above 0, or [`AROUND_Z`].
    pub axis: u32,
}

/// Copies that come one after another.
struct Run {
    next: i64,
    last: i64,
    by: i64,
}

impl ArrayRecord {
    /// The frame of copy `k` to the mother's.
    #[inline(never)]
    pub fn frame(&self, k: u32) -> Frame {
        let k = f64::from(k);
        if self.axis == AROUND_Z {
            let (sin, cos) = sin_cos_turns(self.angle + k * self.step[0]);
            let (sin, cos) = (sin as f32, cos as f32);
            let rows = [vec3(cos, -sin, 0.0), vec3(sin, cos, 0.0), vec3(0.0, 0.0, 1.0)];
            return Frame::new(rows, vec3(0.0, 0.0, 0.0), sin != 0.0 || cos != 1.0);
        }
        let at = |i: usize| (self.first[i] + k * self.step[i]) as f32;
        Frame::shift(vec3(at(0), at(1), at(2)))
    }

    /// Calls `test(copy, limit)` for the copies that the ray can meet within the limit, in the order in which it meets
    /// them; `test` returns the new limit.
    pub fn visit(&self, origin: Vec3, direction: Vec3, limit: f32, mut test: impl FnMut(u32, f32) -> f32) {
        if self.axis == AROUND_Z {
            return self.visit_around(origin, direction, limit, test);
        }
        let (o, d) = (self.along(origin), self.along(direction));
        let mut limit = limit;
        let mut run = self.run(o, d, limit);
        while (run.last - run.next) * run.by >= 0 {
            let near = if run.by > 0 { self.low } else { self.high };
            let entry = (near + run.next as f64 * self.pitch() - o) / d;
            if d != 0.0 && entry > f64::from(limit) {
                return;
            }
            limit = test(run.next as u32, limit);
            run.next += run.by;
        }
    }

    /// Calls `test(copy)` for the copies that can hold the point.
    pub fn visit_point(&self, point: Vec3, mut test: impl FnMut(u32)) {
        if self.axis == AROUND_Z {
            let (here, whole) = (self.position(point), self.positions());
            for beside in [whole - 1, 0, 1] {
                self.at_position((here + beside) % whole, &mut test);
            }
            return;
        }
        let x = self.along(point);
        let run = self.run(x, 0.0, 0.0);
        for k in run.next..=run.last {
            test(k as u32);
        }
    }

    /// The direction from each copy around the z axis to the next, at a point.
    pub fn across(&self, point: Vec3) -> Vec3 {
        vec3(-point.y, point.x, 0.0).normalized()
    }

    /// Whether copies reach by more than `slack_mm` into what lies along the axis beside the next ones.
    pub fn leans(&self, slack_mm: f32) -> bool {
        self.high - self.low > self.pitch() + f64::from(slack_mm)
    }

    /// The unit vector along which copies follow one another; z around the z axis.
    pub fn axis_direction(&self) -> Vec3 {
        match self.axis {
            0 => vec3(1.0, 0.0, 0.0),
            1 => vec3(0.0, 1.0, 0.0),
            _ => vec3(0.0, 0.0, 1.0),
        }
    }

    fn along(&self, v: Vec3) -> f64 {
        f64::from(match self.axis {
            0 => v.x,
            1 => v.y,
            _ => v.z,
        })
    }

    fn pitch(&self) -> f64 {
        self.step[(self.axis % 3) as usize]
    }

    /// The copies whose extents along the axis meet the ray's from its start to the limit, in the order of the ray.
    fn run(&self, o: f64, d: f64, limit: f32) -> Run {
        let end = if d == 0.0 { o } else { o + d * f64::from(limit) };
        let (from, to) = if d < 0.0 { (end, o) } else { (o, end) };
        let pitch = self.pitch();
        let highest = i64::from(self.number) - 1;
        let first = (-floor((self.high - from) / pitch)).clamp(0, highest + 1);
        let last = floor((to - self.low) / pitch).clamp(-1, highest);
        if d < 0.0 { Run { next: last, last: first, by: -1 } } else { Run { next: first, last, by: 1 } }
    }

    /// Copies around z lie at the first of so many positions of equal angle; the last position may be a smaller one.
    fn positions(&self) -> i64 {
        let turns = 1.0 / self.step[0];
        let (fitting, number) = (floor(turns + 1e-6), i64::from(self.number));
        let whole = if fitting > number { fitting } else { number };
        if turns - whole as f64 > 1e-6 { whole + 1 } else { whole }
    }

    fn position(&self, point: Vec3) -> i64 {
        let turns = f64::from(fmath::atan2(point.y, point.x)) / core::f64::consts::TAU - self.low;
        let share = turns - floor(turns) as f64;
        floor(share / self.step[0]).clamp(0, self.positions() - 1)
    }

    fn at_position(&self, position: i64, test: &mut impl FnMut(u32)) {
        if position < i64::from(self.number) {
            test(position as u32);
        }
    }

    /// From the position before that of the ray's start to the one after that of its end, the way round that the ray
    /// takes; one position beyond the first copy that is met.
    fn visit_around(&self, origin: Vec3, direction: Vec3, limit: f32, mut test: impl FnMut(u32, f32) -> f32) {
        let by = if origin.x * direction.y - origin.y * direction.x < 0.0 { -1 } else { 1 };
        let whole = self.positions();
        // The angle of a point far away is that of the direction.
        let far = if limit < 1e9 { limit } else { 1e9 };
        let (start, end) = (self.position(origin) - by, self.position(origin + direction * far) + by);
        let between = wrapped((end - start) * by, whole);
        let between = if between < 2 { between + whole } else { between };
        let count = if between < whole { between } else { whole - 1 };
        let (mut limit, mut left) = (limit, count + 1);
        let mut position = wrapped(start, whole);
        while left > 0 {
            let mut nearer = limit;
            self.at_position(position, &mut |k| nearer = test(k, limit));
            left = if nearer < limit && left > 2 { 2 } else { left };
            limit = nearer;
            position = wrapped(position + by, whole);
            left -= 1;
        }
    }
}

/// The remainder from 0 to below `whole`.
fn wrapped(x: i64, whole: i64) -> i64 {
    let rest = x % whole;
    if rest < 0 { rest + whole } else { rest }
}

/// The largest whole number not above `x`; 0 for what is no number.
fn floor(x: f64) -> i64 {
    let toward_zero = x as i64;
    if toward_zero as f64 > x { toward_zero - 1 } else { toward_zero }
}

/// Sine and cosine of whole turns, by their series to the 19th power within an eighth of a turn.
fn sin_cos_turns(turns: f64) -> (f64, f64) {
    let quarter = floor(4.0 * turns + 0.5);
    let x = (turns - quarter as f64 * 0.25) * core::f64::consts::TAU;
    let z = x * x;
    let (mut sin, mut cos, mut n) = (1.0, 1.0, 19.0);
    while n > 2.0 {
        sin = 1.0 - z / (n * (n - 1.0)) * sin;
        cos = 1.0 - z / ((n - 1.0) * (n - 2.0)) * cos;
        n -= 2.0;
    }
    sin *= x;
    match quarter & 3 {
        0 => (sin, cos),
        1 => (cos, -sin),
        2 => (-sin, -cos),
        _ => (-cos, sin),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn line(number: u32) -> ArrayRecord {
        ArrayRecord {
            first: [-4.5, 0.0, 1.0],
            step: [1.0, 0.0, 0.0],
            angle: 0.0,
            low: -5.0,
            high: -4.0,
            number,
            axis: 0,
        }
    }

    fn met(array: &ArrayRecord, origin: Vec3, direction: Vec3, limit: f32) -> Vec<u32> {
        let mut met = Vec::new();
        array.visit(origin, direction, limit, |k, limit| {
            met.push(k);
            limit
        });
        met
    }

    #[test]
    fn a_ray_meets_the_copies_of_a_line_in_its_order() {
        let (array, x) = (line(10), vec3(1.0, 0.0, 0.0));
        let at = |x: f32| vec3(x, 0.0, 0.0);
        assert_eq!(met(&array, at(-10.0), x, 100.0), (0..10).collect::<Vec<_>>());
        assert_eq!(met(&array, at(10.0), -x, 100.0), (0..10).rev().collect::<Vec<_>>());
        assert_eq!(met(&array, at(0.5), x, 1.0), [5, 6]);
        assert_eq!(met(&array, at(0.5), -x, 1.0), [5, 4]);
        assert_eq!(met(&array, at(0.5), vec3(0.0, 1.0, 0.0), 1.0), [5]);
        assert_eq!(met(&array, at(2.0), vec3(0.0, 1.0, 0.0), f32::INFINITY), [6, 7]);
        assert_eq!(met(&array, at(6.0), x, f32::INFINITY), [0u32; 0]);
        let mut holding = Vec::new();
        array.visit_point(at(-3.5), |k| holding.push(k));
        assert_eq!(holding, [1]);
    }

    #[test]
    fn nothing_is_tested_beyond_what_was_met() {
        let mut tested = Vec::new();
        line(10).visit(vec3(-10.0, 0.0, 0.0), vec3(1.0, 0.0, 0.0), 100.0, |k, limit| {
            tested.push(k);
            if k == 2 { 7.5 } else { limit }
        });
        assert_eq!(tested, [0, 1, 2]);
    }

    fn ring(number: u32, step: f64) -> ArrayRecord {
        ArrayRecord {
            first: [0.0; 3],
            step: [step, 0.0, 0.0],
            angle: 0.1 + step / 2.0,
            low: 0.1,
            high: 0.1 + step,
            number,
            axis: AROUND_Z,
        }
    }

    #[test]
    fn a_ray_meets_the_copies_of_a_ring_on_its_way_round() {
        let array = ring(10, 0.1);
        // From phi = 0, in the last copy's middle, in the direction of +y: up to a quarter of a turn.
        let all = met(&array, vec3(5.0, 0.0, 0.0), vec3(0.0, 1.0, 0.0), f32::INFINITY);
        assert_eq!(all, [8, 9, 0, 1, 2], "{all:?}");
        let back = met(&array, vec3(5.0, 0.0, 0.0), vec3(0.0, -1.0, 0.0), f32::INFINITY);
        assert_eq!(back[..3], [0, 9, 8], "{back:?}");
        let mut holding = Vec::new();
        array.visit_point(vec3(0.0, 5.0, 0.0), |k| holding.push(k));
        assert_eq!(holding, [0, 1, 2]);
        let part = ring(3, 0.1);
        assert_eq!(met(&part, vec3(0.0, -5.0, 0.0), vec3(0.0, -1.0, 0.0), 1.0), [0u32; 0]);
        assert_eq!(met(&part, vec3(5.0, 0.0, 0.0), vec3(0.0, 1.0, 0.0), f32::INFINITY), [0, 1, 2]);
    }

    #[test]
    fn sine_and_cosine_of_turns_are_exact_to_a_rounding() {
        for i in -40_000..40_000 {
            let turns = f64::from(i) * 1.234_567e-4;
            let (sin, cos) = sin_cos_turns(turns);
            let (s, c) = (turns * core::f64::consts::TAU).sin_cos();
            assert!((sin - s).abs() < 4e-15 && (cos - c).abs() < 4e-15, "{turns}: {sin} {s}, {cos} {c}");
        }
        assert_eq!(sin_cos_turns(0.25), (1.0, 0.0));
        assert_eq!(sin_cos_turns(-0.5), (-0.0, -1.0));
    }
}
