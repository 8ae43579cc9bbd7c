//! The real zeros of a quartic without cubic term, each bracketed before it is refined.

use crate::intrinsics::sqrt_f64;

/// Steps of a refinement: bisection alone would take 60 for all digits.
const MAX_STEPS: u32 = 64;

/// The zero between `a` and `b`, where `value` (which also gives the derivative) has opposite signs. Newton's steps,
/// and the middle wherever one leaves the bracket.
#[inline]
pub(crate) fn refine(value: impl Fn(f64) -> (f64, f64), a: f64, b: f64, negative_at_a: bool) -> f64 {
    let (mut a, mut b) = (a, b);
    let fine = 1e-14 * (b - a);
    let mut t = 0.5 * (a + b);
    for _ in 0..MAX_STEPS {
        let (f, slope) = value(t);
        if (f < 0.0) == negative_at_a {
            a = t
        } else {
            b = t
        }
        let step = t - f / slope;
        let next = if step > a && step < b { step } else { 0.5 * (a + b) };
        let moved = if next > t { next - t } else { t - next };
        t = next;
        if moved <= fine {
            break;
        }
    }
    t
}

/// `t^4 + p t^2 + q t + r`.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Quartic {
    pub(crate) p: f64,
    pub(crate) q: f64,
    pub(crate) r: f64,
}

impl Quartic {
    #[inline(always)]
    fn value(&self, t: f64) -> (f64, f64) {
        let (square, tangent) = (t * t, 4.0 * t * t + 2.0 * self.p);
        ((square + self.p) * square + self.q * t + self.r, tangent * t + self.q)
    }

    #[inline(always)]
    fn slope(&self, t: f64) -> (f64, f64) {
        ((4.0 * t * t + 2.0 * self.p) * t + self.q, 12.0 * t * t + 2.0 * self.p)
    }

    /// Where it changes its sign between `-reach` and `reach`, ascending: at its ends it must not be negative. The number
    /// is 0, 2 or 4; a double zero counts as none.
    #[inline]
    pub(crate) fn sign_changes(&self, reach: f64) -> ([f64; 4], usize) {
        // Between the zeros of a derivative, a function has at most one zero.
        let mut turns = [-reach, reach, reach, reach, reach];
        let mut n_turns = 1;
        let bend = if self.p < 0.0 { sqrt_f64(-self.p / 6.0) } else { 0.0 };
        let bend = if bend < reach { bend } else { reach };
        let mut from = -reach;
        for to in [-bend, bend, reach] {
            let negative = self.slope(from).0 < 0.0;
            if to > from && (self.slope(to).0 < 0.0) != negative {
                turns[n_turns] = refine(|t| self.slope(t), from, to, negative);
                n_turns += 1;
            }
            from = to;
        }
        let (mut found, mut n) = ([0.0; 4], 0);
        let mut negative = false;
        for pair in 0..n_turns {
            let (a, b) = (turns[pair], turns[pair + 1]);
            let last = pair + 1 == n_turns;
            let next = !last && self.value(b).0 < 0.0;
            if next != negative && n < 4 {
                found[n] = refine(|t| self.value(t), a, b, negative);
                n += 1;
            }
            negative = next;
        }
        (found, n)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn zeros_of_products_are_found() {
        // (t - a)(t - b)(t - c)(t + a + b + c) has no cubic term.
        for (a, b, c) in [(1.0, 2.0, 3.0), (-1.0, 0.5, 0.500_001), (-4.0, -3.0, 0.0), (0.1, 0.2, 3.0)] {
            let d = -(a + b + c);
            let mut zeros = [a, b, c, d];
            zeros.sort_by(f64::total_cmp);
            let p = a * b + a * c + a * d + b * c + b * d + c * d;
            let q = -(a * b * c + a * b * d + a * c * d + b * c * d);
            let (found, n) = Quartic { p, q, r: a * b * c * d }.sign_changes(10.0);
            assert_eq!(n, 4);
            for (one, other) in found.iter().zip(zeros) {
                assert!((one - other).abs() < 1e-8, "{found:?} instead of {zeros:?}");
            }
        }
        assert_eq!(Quartic { p: -2.0, q: 0.0, r: 1.0 }.sign_changes(10.0).1, 0);
        assert_eq!(Quartic { p: 1.0, q: 0.0, r: 1.0 }.sign_changes(10.0).1, 0);
        let (found, n) = Quartic { p: 0.0, q: 0.0, r: -16.0 }.sign_changes(10.0);
        assert_eq!((n, (found[0] + 2.0).abs() < 1e-9, (found[1] - 2.0).abs() < 1e-9), (2, true, true));
    }
}
