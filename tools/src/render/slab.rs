//! Hits and photon paths near a plane.

use plotters::prelude::*;

use super::legend::Entry;
use super::palette::{HIT, PATH};
use super::{Cut, Markers};
use crate::number::short;
use crate::plot::canvas::{Canvas, Drawn};
use crate::plot::frame::Frame;

/// The legend's lines for hits and paths.
pub(super) fn marker_entries(entries: &mut Vec<Entry>, markers: &Markers, slab_mm: f64) {
    if markers.is_empty() {
        return;
    }
    entries.push(Entry::Heading(format!("up to {} mm from the plane", short(slab_mm, 3))));
    if !markers.hits_mm.is_empty() {
        entries.push(Entry::Dot(HIT, "hits".into()));
    }
    if !markers.paths_mm.is_empty() {
        entries.push(Entry::Line(PATH, "photon paths".into()));
    }
}

/// Projects hits and stretches of paths that lie within the slab.
pub(super) fn draw_markers(
    canvas: &Canvas,
    frame: &Frame,
    cut: Cut,
    slab_mm: f64,
    markers: &Markers,
) -> Drawn {
    let [first, second] = cut.axis.others();
    let off = |p: &[f64; 3]| p[cut.axis.index()] - cut.at_mm;
    let shown = |p: &[f64; 3]| {
        let (x, y) = (p[first.index()], p[second.index()]);
        (x >= frame.x.low() && x <= frame.x.high() && y >= frame.y.low() && y <= frame.y.high())
            .then(|| (frame.column(x), frame.row(y)))
    };
    for pair in markers.paths_mm.iter().flat_map(|path| path.windows(2)) {
        let Some([a, b]) = within(pair[0], pair[1], (off(&pair[0]), off(&pair[1])), slab_mm) else {
            continue;
        };
        if let (Some(a), Some(b)) = (shown(&a), shown(&b)) {
            canvas.draw(&PathElement::new([a, b], PATH.mix(markers.strength()).stroke_width(1)))?;
        }
    }
    for at in markers.hits_mm.iter().filter(|p| off(p).abs() <= slab_mm).filter_map(shown) {
        canvas.draw(&Circle::new(at, 3, HIT.filled()))?;
    }
    Ok(())
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
    fn paths_are_cut_at_the_slab() {
        let (a, b) = ([0.0, 0.0, -10.0], [0.0, 20.0, 10.0]);
        assert_eq!(within(a, b, (-10.0, 10.0), 5.0), Some([[0.0, 5.0, -5.0], [0.0, 15.0, 5.0]]));
        assert_eq!(within(a, b, (7.0, 9.0), 5.0), None);
        assert_eq!(within(a, b, (1.0, 1.0), 5.0), Some([a, b]));
    }
}
