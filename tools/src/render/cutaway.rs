//! What a cutaway leaves of hits and paths: those on the viewer's side of all planes are taken away with the volumes.

use super::Cut;

/// The planes of a cutaway, and which side of them is taken away.
#[derive(Debug, Clone, Copy)]
pub(super) struct Cutaway<'a> {
    pub(super) cuts: &'a [Cut],
    /// Towards the viewer, about.
    pub(super) towards_viewer: [f64; 3],
}

impl Cutaway<'_> {
    /// Whether a point, mm, is still there.
    pub(super) fn keeps(&self, point: &[f64; 3]) -> bool {
        self.cuts.is_empty() || self.cuts.iter().any(|cut| self.height(cut, point) <= 0.0)
    }

    /// What is left of the stretch from `a` to `b`: all of it, an end, both ends, or nothing.
    pub(super) fn kept(&self, a: [f64; 3], b: [f64; 3]) -> impl Iterator<Item = [[f64; 3]; 2]> {
        // The removed part: the intersection of the parts above each plane, from 0 at `a` to 1 at `b`.
        let mut removed = if self.cuts.is_empty() { (1.0, 1.0) } else { (0.0f64, 1.0f64) };
        for cut in self.cuts {
            let (from, to) = (self.height(cut, &a), self.height(cut, &b));
            let crossing = from / (from - to);
            match (from > 0.0, to > 0.0) {
                (true, true) => {}
                (true, false) => removed.1 = removed.1.min(crossing),
                (false, true) => removed.0 = removed.0.max(crossing),
                (false, false) => removed = (1.0, 1.0),
            }
        }
        if removed.0 >= removed.1 {
            removed = (1.0, 1.0);
        }
        let at = move |t: f64| [0, 1, 2].map(|i| a[i] + t * (b[i] - a[i]));
        [(0.0, removed.0), (removed.1, 1.0)]
            .into_iter()
            .filter(|(s, t)| s < t)
            .map(move |(s, t)| [at(s), at(t)])
    }

    /// How far a point is on the side of a plane that is taken away, mm.
    fn height(&self, cut: &Cut, point: &[f64; 3]) -> f64 {
        let i = cut.axis.index();
        let side = if self.towards_viewer[i] < 0.0 { -1.0 } else { 1.0 };
        side * (point[i] - cut.at_mm)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_above_all_planes_is_taken_away() {
        let cuts: Vec<Cut> = ["x=0", "y=0"].iter().map(|text| text.parse().unwrap()).collect();
        let cutaway = Cutaway { cuts: &cuts, towards_viewer: [1.0, -1.0, 0.5] };
        assert!(!cutaway.keeps(&[1.0, -1.0, 0.0]));
        assert!(cutaway.keeps(&[-1.0, -1.0, 0.0]) && cutaway.keeps(&[1.0, 1.0, 0.0]));
        // At y = -1 everything with x > 0 is gone; at y = 1 nothing is.
        let kept = |a, b| cutaway.kept(a, b).collect::<Vec<_>>();
        let (left, middle, right) = ([-2.0, -1.0, 0.0], [0.0, -1.0, 0.0], [2.0, -1.0, 0.0]);
        assert_eq!(kept(left, right), [[left, middle]]);
        assert_eq!(kept(right, left), [[middle, left]]);
        assert_eq!(kept([1.0, -1.0, 0.0], right), [[[0.0; 3]; 2]; 0]);
        let beyond = [[-2.0, 1.0, 0.0], [2.0, 1.0, 0.0]];
        assert_eq!(kept(beyond[0], beyond[1]), [beyond]);
        // Into the quarter that is gone through one plane, and out through the other.
        assert_eq!(kept([-1.0, -3.0, 0.0], [3.0, 1.0, 0.0]).len(), 2);
        let whole = Cutaway { cuts: &[], ..cutaway };
        assert!(whole.keeps(&right) && whole.kept(left, right).eq([[left, right]]));
    }
}
