//! The hierarchy of bounding boxes over the daughters of one volume, in that volume's frame.
//!
//! A node holds the boxes of its two children, so that one visit decides about both. Boxes are padded by the
//! volume's tolerance when they are built; the tests here are conservative for rays that lie in a face.

use bytemuck::{Pod, Zeroable};

use crate::physics::vec3::Vec3;
use crate::trace::ray::{Ray, max, min};

/// Marks a child as a daughter's index (relative to the volume's first daughter) instead of a node's.
pub const LEAF: u32 = 1 << 31;
/// A child that is not there.
pub const EMPTY: u32 = u32::MAX;
/// No tree is deeper than this.
pub const MAX_DEPTH: usize = 48;

/// Two boxes and what is inside them: [`LEAF`] with a daughter's index, a node, or [`EMPTY`].
#[repr(C)]
#[derive(Debug, Clone, Copy, PartialEq, Pod, Zeroable)]
pub struct BvhNode {
    /// Low corners of the children's boxes, mm.
    pub low: [Vec3; 2],
    /// High corners of the children's boxes, mm.
    pub high: [Vec3; 2],
    /// The children.
    pub child: [u32; 2],
}

/// Distance to the box, 0 from inside, or infinity if it is missed within `limit`. No branches: which way a
/// ray goes cannot be predicted. A NaN (0 times infinity) means a ray within a face of the box; it may count as
/// missed, because boxes are padded: what they hold is further in.
#[inline(always)]
pub fn enter_box(ray: &Ray, low: Vec3, high: Vec3, limit: f32) -> f32 {
    let slab = |l: f32, h: f32, o: f32, i: f32| {
        let (a, b) = ((l - o) * i, (h - o) * i);
        (min(a, b), max(a, b))
    };
    let (nx, fx) = slab(low.x, high.x, ray.origin.x, ray.inverse.x);
    let (ny, fy) = slab(low.y, high.y, ray.origin.y, ray.inverse.y);
    let (nz, fz) = slab(low.z, high.z, ray.origin.z, ray.inverse.z);
    let near = max(max(nx, ny), max(nz, 0.0));
    let far = min(min(fx, fy), min(fz, limit));
    if near <= far { near } else { f32::INFINITY }
}

/// Calls `test(daughter, limit)` for the daughters whose boxes the ray meets within the limit, nearest boxes
/// first; `test` returns the new limit (the distance to a hit, or the old limit).
#[inline(always)]
pub fn visit(nodes: &[BvhNode], root: u32, ray: &Ray, limit: f32, mut test: impl FnMut(u32, f32) -> f32) {
    let mut limit = limit;
    let mut stack = [0u32; MAX_DEPTH];
    let mut top = 0usize;
    let mut current = root;
    loop {
        if current & LEAF != 0 {
            limit = test(current & !LEAF, limit);
        } else {
            let node = &nodes[current as usize];
            let enter = |k: usize| {
                if node.child[k] == EMPTY {
                    f32::INFINITY
                } else {
                    enter_box(ray, node.low[k], node.high[k], limit)
                }
            };
            let (d0, d1) = (enter(0), enter(1));
            let (near, far) = if d0 <= d1 { (0, 1) } else { (1, 0) };
            let (dn, df) = if d0 <= d1 { (d0, d1) } else { (d1, d0) };
            if df <= limit && df < f32::INFINITY && top < MAX_DEPTH {
                stack[top] = node.child[far];
                top += 1;
            }
            if dn <= limit && dn < f32::INFINITY {
                current = node.child[near];
                continue;
            }
        }
        if top == 0 {
            return;
        }
        top -= 1;
        current = stack[top];
    }
}

/// Calls `test(daughter)` for the daughters whose boxes hold the point, until it returns true.
pub fn visit_point(nodes: &[BvhNode], root: u32, p: Vec3, mut test: impl FnMut(u32) -> bool) {
    let mut stack = [0u32; MAX_DEPTH];
    let mut top = 1usize;
    stack[0] = root;
    while top > 0 {
        top -= 1;
        let current = stack[top];
        if current & LEAF != 0 {
            if test(current & !LEAF) {
                return;
            }
            continue;
        }
        let node = &nodes[current as usize];
        for k in [1usize, 0] {
            let (l, h) = (node.low[k], node.high[k]);
            let holds = p.x >= l.x && p.x <= h.x && p.y >= l.y && p.y <= h.y && p.z >= l.z && p.z <= h.z;
            if node.child[k] != EMPTY && holds && top < MAX_DEPTH {
                stack[top] = node.child[k];
                top += 1;
            }
        }
    }
}
