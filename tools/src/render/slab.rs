//! Hits and photon paths near a plane.

use plotters::prelude::*;

use super::legend::Entry;
use super::palette::{HIT, PATH};
use super::{Cut, Markers};
use crate::number::{counted, grouped, short};
use crate::plot::canvas::{Canvas, Drawn};
use crate::plot::frame::Frame;

/// How many hits and how many paths are drawn, and of how many.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Shown {
    pub(super) hits: (usize, usize),
    pub(super) paths: (usize, usize),
}

/// `30 hits` where all are drawn, else `0 of 30 hits`.
pub(super) fn of_all((shown, all): (usize, usize), one: &str, several: &str) -> String {
    let words = counted(all as u64, one, several);
    if shown == all { words } else { format!("{} of {words}", grouped(shown as u64)) }
}

/// The legend's lines for hits and paths.
pub(super) fn marker_entries(entries: &mut Vec<Entry>, projected: &Projected, slab_mm: f64) {
    let Shown { hits, paths } = projected.shown;
    if hits.1 + paths.1 > 0 {
        entries.push(Entry::Heading(format!("up to {} mm from the plane", short(slab_mm, 3))));
    }
    if hits.1 > 0 {
        entries.push(Entry::Dot(HIT, of_all(hits, "hit", "hits")));
    }
    if paths.1 > 0 {
        entries.push(Entry::Line(PATH, of_all(paths, "photon path", "photon paths")));
    }
}

/// Hits and stretches of paths within the slab, in pixels.
#[derive(Debug, Clone, Default)]
pub(super) struct Projected {
    hits: Vec<(i32, i32)>,
    stretches: Vec<[(i32, i32); 2]>,
    strength: f64,
    shown: Shown,
}

impl Projected {
    /// Projects what lies within the slab into the plane.
    pub(super) fn new(frame: &Frame, cut: Cut, slab_mm: f64, markers: &Markers) -> Self {
        let [first, second] = cut.axis.others();
        let off = |p: &[f64; 3]| p[cut.axis.index()] - cut.at_mm;
        let pixel = |p: &[f64; 3]| {
            let (x, y) = (p[first.index()], p[second.index()]);
            (x >= frame.x.low() && x <= frame.x.high() && y >= frame.y.low() && y <= frame.y.high())
                .then(|| (frame.column(x), frame.row(y)))
        };
        let mut found = Self { strength: markers.strength(), ..Self::default() };
        found.hits.extend(markers.hits_mm.iter().filter(|p| off(p).abs() <= slab_mm).filter_map(pixel));
        let mut paths = 0;
        for path in &markers.paths_mm {
            let before = found.stretches.len();
            found.stretches.extend(path.windows(2).filter_map(|pair| {
                let [a, b] = within(pair[0], pair[1], (off(&pair[0]), off(&pair[1])), slab_mm)?;
                Some([pixel(&a)?, pixel(&b)?])
            }));
            paths += usize::from(found.stretches.len() > before);
        }
        found.shown =
            Shown { hits: (found.hits.len(), markers.hits_mm.len()), paths: (paths, markers.paths_mm.len()) };
        found
    }

    /// Paths as lines, hits as dots.
    pub(super) fn draw(&self, canvas: &Canvas) -> Drawn {
        for stretch in &self.stretches {
            canvas.draw(&PathElement::new(*stretch, PATH.mix(self.strength).stroke_width(1)))?;
        }
        self.hits.iter().try_for_each(|&at| Ok(canvas.draw(&Circle::new(at, 3, HIT.filled()))?))
    }
}

/// The part of a stretch between -slab and slab, given how far its ends are off the plane.
fn within(a: [f64; 3], b: [f64; 3], (from, to): (f64, f64), slab_mm: f64) -> Option<[[f64; 3]; 2]> {
    let at = |t: f64| [0, 1, 2].map(|i| a[i] + t * (b[i] - a[i]));
    if from == to {
        return (from.abs() <= slab_mm).then_some([a, b]);
    }
    let (s, t) = ((-slab_mm - from) / (to - from), (slab_mm - from) / (to - from));
    let (first, last) = (s.min(t).max(0.0), s.max(t).min(1.0));
    (first <= last).then(|| [at(first), at(last)])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_not_drawn_is_not_claimed() {
        assert_eq!(of_all((0, 30), "hit", "hits"), "0 of 30 hits");
        assert_eq!([(30, 30), (1, 1)].map(|n| of_all(n, "hit", "hits")), ["30 hits", "1 hit"]);
        let area = crate::plot::frame::Area { left: 0, top: 0, right: 100, bottom: 100 };
        let frame = super::super::fitted(area, [(0.0, 50.0), (0.0, 50.0)], &["y".into(), "z".into()]);
        let far = vec![[9.0, 1.0, 1.0], [9.0, 2.0, 2.0]];
        let near = vec![[0.0, 1.0, 1.0], [9.0, 2.0, 2.0]];
        let markers = Markers { hits_mm: vec![[0.0, 60.0, 5.0]], paths_mm: vec![far, near], not_finite: 0 };
        let found = Projected::new(&frame, "x=0".parse().unwrap(), 3.0, &markers).shown;
        assert_eq!((found.hits, found.paths), ((0, 1), (1, 2)));
    }

    #[test]
    fn paths_are_cut_at_the_slab() {
        let (a, b) = ([0.0, 0.0, -10.0], [0.0, 20.0, 10.0]);
        assert_eq!(within(a, b, (-10.0, 10.0), 5.0), Some([[0.0, 5.0, -5.0], [0.0, 15.0, 5.0]]));
        assert_eq!(within(a, b, (7.0, 9.0), 5.0), None);
        assert_eq!(within(a, b, (1.0, 1.0), 5.0), Some([a, b]));
    }
}
