//! Builds the hierarchy of boxes over the daughters of one volume (surface-area heuristic over 16 bins).

use crate::scene::bounding_box::{BoundingBox, down, up};
use crate::trace::bvh::{BvhNode, EMPTY, LEAF};
use crate::trace::geometry::NONE;

const BINS: usize = 16;

/// Depth beyond which splits are made by halves, so that no tree exceeds `trace::bvh::MAX_DEPTH`.
const HALVES_FROM: usize = 20;

/// Appends the hierarchy over `boxes` to `nodes` and returns its root, [`NONE`] if there is no box.
pub(in crate::scene) fn build(boxes: &[BoundingBox], nodes: &mut Vec<BvhNode>) -> u32 {
    if boxes.is_empty() {
        return NONE;
    }
    let mut order: Vec<u32> = (0..boxes.len() as u32).collect();
    if boxes.len() == 1 {
        nodes.push(joined([(LEAF, boxes[0]), (EMPTY, BoundingBox::EMPTY)]));
        return nodes.len() as u32 - 1;
    }
    split(boxes, &mut order, nodes, 0).0
}

/// Builds the subtree over `order`, which has two daughters or more, or is a leaf.
fn split(
    boxes: &[BoundingBox],
    order: &mut [u32],
    nodes: &mut Vec<BvhNode>,
    depth: usize,
) -> (u32, BoundingBox) {
    if let [only] = order {
        return (*only | LEAF, boxes[*only as usize]);
    }
    let at = nodes.len();
    nodes.push(joined([(EMPTY, BoundingBox::EMPTY), (EMPTY, BoundingBox::EMPTY)]));
    let middle = partition(boxes, order, depth);
    let (low, high) = order.split_at_mut(middle);
    let children = [split(boxes, low, nodes, depth + 1), split(boxes, high, nodes, depth + 1)];
    nodes[at] = joined(children);
    (at as u32, children[0].1.hull(&children[1].1))
}

/// Orders the daughters so that the first `n` returned go to one side.
fn partition(boxes: &[BoundingBox], order: &mut [u32], depth: usize) -> usize {
    let centres = order.iter().fold(BoundingBox::EMPTY, |b, &i| {
        let c = [0, 1, 2].map(|axis| boxes[i as usize].middle(axis));
        b.hull(&BoundingBox { low: c, high: c })
    });
    let extent = |axis: usize| centres.high[axis] - centres.low[axis];
    let axis = (0..3).fold(0, |best, a| if extent(a) > extent(best) { a } else { best });
    let middle = |i: u32| boxes[i as usize].middle(axis);
    if depth < HALVES_FROM && extent(axis) > 0.0 {
        let bin_of = |i: u32| {
            let fraction = (middle(i) - centres.low[axis]) / extent(axis);
            ((fraction * BINS as f64) as usize).min(BINS - 1)
        };
        if let Some(cut) = cheapest_cut(boxes, order, bin_of) {
            order.sort_by_key(|&i| (bin_of(i) >= cut, i));
            return order.iter().filter(|&&i| bin_of(i) < cut).count();
        }
    }
    order.sort_by(|&a, &b| middle(a).total_cmp(&middle(b)).then(a.cmp(&b)));
    order.len() / 2
}

/// The bin before which to cut, by area times count on both sides; `None` if no cut separates anything.
fn cheapest_cut(boxes: &[BoundingBox], order: &[u32], bin_of: impl Fn(u32) -> usize) -> Option<usize> {
    let mut bins = [(0usize, BoundingBox::EMPTY); BINS];
    for &i in order {
        let bin = &mut bins[bin_of(i)];
        *bin = (bin.0 + 1, bin.1.hull(&boxes[i as usize]));
    }
    let sum = |range: &[(usize, BoundingBox)]| {
        range.iter().fold((0, BoundingBox::EMPTY), |(n, b), (m, c)| (n + m, b.hull(c)))
    };
    (1..BINS)
        .filter_map(|cut| {
            let ((n0, b0), (n1, b1)) = (sum(&bins[..cut]), sum(&bins[cut..]));
            (n0 > 0 && n1 > 0).then(|| (cut, b0.area() * n0 as f64 + b1.area() * n1 as f64))
        })
        .min_by(|a, b| a.1.total_cmp(&b.1))
        .map(|(cut, _)| cut)
}

fn joined(children: [(u32, BoundingBox); 2]) -> BvhNode {
    BvhNode {
        low: children.map(|c| down(c.1.low)),
        high: children.map(|c| up(c.1.high)),
        child: children.map(|c| c.0),
    }
}
