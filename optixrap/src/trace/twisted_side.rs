//! Where a line crosses a surface that turns around z at a constant rate.
//!
//! Along a line the surface is `P cos + Q sin - R` of the angle `rate z`, with P, Q and R linear in the parameter. Its
//! second derivative has a bound, so that a piece of the line either has no zero, or the derivative has one sign and
//! there is at most one, or the piece is halved. Halving ends at 1e-8 of the line's length, where two zeros, of a line
//! that touches the surface, are taken for none.

use crate::intrinsics::sqrt_f64;
use crate::trace::quartic::refine;

/// Halvings of the line at most.
const MAX_DEPTH: u8 = 26;

/// Pieces at most, for a line that lies in the surface: rounding decides there.
const MAX_PIECES: usize = 512;

/// The most zeros: functions of this form have five at most over a quarter of a turn.
pub(crate) const MAX_ZEROS: usize = 6;

/// Sine and cosine of an angle in rad, of at most a quarter of a right angle and a little more: error below 1e-16 up to
/// 0.8.
#[inline]
pub(crate) fn sin_cos(angle: f64) -> (f64, f64) {
    let x = angle * angle;
    let sin = 1.0 - x / 272.0;
    let sin = 1.0 - x / 210.0 * sin;
    let sin = 1.0 - x / 156.0 * sin;
    let sin = 1.0 - x / 110.0 * sin;
    let sin = 1.0 - x / 72.0 * sin;
    let sin = 1.0 - x / 42.0 * sin;
    let sin = 1.0 - x / 20.0 * sin;
    let sin = angle * (1.0 - x / 6.0 * sin);
    let cos = 1.0 - x / 306.0;
    let cos = 1.0 - x / 240.0 * cos;
    let cos = 1.0 - x / 182.0 * cos;
    let cos = 1.0 - x / 132.0 * cos;
    let cos = 1.0 - x / 90.0 * cos;
    let cos = 1.0 - x / 56.0 * cos;
    let cos = 1.0 - x / 30.0 * cos;
    let cos = 1.0 - x / 12.0 * cos;
    let cos = 1.0 - x / 2.0 * cos;
    (sin, cos)
}

/// A linear function of the parameter: value at 0 and growth.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Linear(pub(crate) f64, pub(crate) f64);

impl Linear {
    #[inline(always)]
    fn at(self, t: f64) -> f64 {
        self.0 + self.1 * t
    }
}

/// A turning surface along a line; negative inside.
#[derive(Debug, Clone, Copy)]
pub(crate) struct TurningSurface {
    pub(crate) angle: Linear,
    pub(crate) p: Linear,
    pub(crate) q: Linear,
    pub(crate) r: Linear,
}

/// A piece of the line still to be looked at: where it ends, the state there, and how often it was halved. It starts
/// where the piece before it ends.
#[derive(Debug, Clone, Copy)]
struct Piece {
    end: f64,
    inside: bool,
    depth: u8,
}

impl TurningSurface {
    /// Value and derivative.
    #[inline]
    pub(crate) fn value(&self, t: f64) -> (f64, f64) {
        let (sin, cos) = sin_cos(self.angle.at(t));
        let (p, q, turn) = (self.p.at(t), self.q.at(t), self.angle.1);
        let value = p * cos + q * sin - self.r.at(t);
        (value, (self.p.1 + turn * q) * cos + (self.q.1 - turn * p) * sin - self.r.1)
    }

    /// Whether the point at `t` is inside.
    #[inline(always)]
    pub(crate) fn is_inside(&self, t: f64) -> bool {
        self.value(t).0 < 0.0
    }

    /// A bound of the second derivative within `half` of `middle`.
    #[inline]
    fn bend(&self, middle: f64, half: f64) -> f64 {
        let (p, q, turn) = (self.p.at(middle), self.q.at(middle), abs(self.angle.1));
        let growth = sqrt_f64(self.p.1 * self.p.1 + self.q.1 * self.q.1);
        turn * (2.0 * growth + turn * (sqrt_f64(p * p + q * q) + growth * half))
    }

    /// Where the state changes between `from` and `to`, ascending, and how often.
    #[inline(never)]
    pub(crate) fn crossings(&self, from: f64, to: f64) -> ([f64; MAX_ZEROS], usize) {
        let (mut found, mut n) = ([0.0; MAX_ZEROS], 0);
        let mut stack = [Piece { end: to, inside: self.is_inside(to), depth: 0 }; MAX_DEPTH as usize + 1];
        let (mut top, mut n_pieces) = (1, 0);
        let (mut start, mut inside) = (from, self.is_inside(from));
        while top > 0 {
            let piece = stack[top - 1];
            n_pieces += 1;
            let (middle, half) = (0.5 * (start + piece.end), 0.5 * (piece.end - start));
            let ((f, slope), bend) = (self.value(middle), self.bend(middle, half));
            let changes = inside != piece.inside;
            let last = piece.depth == MAX_DEPTH || n_pieces > MAX_PIECES;
            let one_way = last || abs(slope) > bend * half;
            let clear = one_way || abs(f) > (abs(slope) + 0.5 * bend * half) * half;
            if if changes { !one_way } else { !clear } {
                let depth = piece.depth + 1;
                stack[top - 1].depth = depth;
                stack[top] = Piece { end: middle, inside: f < 0.0, depth };
                top += 1;
                continue;
            }
            if changes && n < MAX_ZEROS {
                found[n] = refine(|t| self.value(t), start, piece.end, inside);
                n += 1;
            }
            (start, inside) = (piece.end, piece.inside);
            top -= 1;
        }
        (found, n)
    }
}

#[inline(always)]
fn abs(x: f64) -> f64 {
    if x < 0.0 { -x } else { x }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sines_are_those_of_the_library() {
        for i in -800..=800 {
            let angle = f64::from(i) * 1e-3;
            let (sin, cos) = sin_cos(angle);
            assert!((sin - angle.sin()).abs() < 2e-16 && (cos - angle.cos()).abs() < 3e-16, "{angle}");
        }
    }

    #[test]
    fn all_zeros_of_a_turning_line_are_found() {
        // cos(t) - 0.9 and t cos(t): zeros that are known.
        let no = Linear(0.0, 0.0);
        let one = TurningSurface { angle: Linear(0.0, 1.0), p: Linear(1.0, 0.0), q: no, r: Linear(0.9, 0.0) };
        let (found, n) = one.crossings(-0.7, 0.7);
        assert_eq!(n, 2);
        assert!((found[0] + 0.9f64.acos()).abs() < 1e-12 && (found[1] - 0.9f64.acos()).abs() < 1e-12);
        let other = TurningSurface { p: Linear(0.0, 1.0), r: no, ..one };
        let (found, n) = other.crossings(-0.7, 0.7);
        assert!(n == 1 && found[0].abs() < 1e-14);
        let touching = TurningSurface { r: Linear(1.0, 0.0), ..one };
        assert_eq!(touching.crossings(-0.7, 0.65).1 % 2, 0);
        let never = TurningSurface { r: Linear(1.000_1, 0.0), ..one };
        assert_eq!(never.crossings(-0.7, 0.65).1, 0);
    }
}
