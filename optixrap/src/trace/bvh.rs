//! The hierarchy of bounding boxes over the daughters of one volume, in that volume's frame.
//!
//! A node holds the boxes of its two children, so that one visit decides about both. Boxes are padded by the
//! volume's tolerance when they are built; the tests here are conservative for rays that lie in a face.

use core::mem::MaybeUninit;

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

/// What is still to be visited. Nothing is written before it is pushed: filling the room would take longer than a visit.
struct Stack {
    entries: [MaybeUninit<u32>; MAX_DEPTH],
    len: usize,
}

impl Stack {
    #[inline(always)]
    fn new() -> Self {
        Self { entries: [const { MaybeUninit::uninit() }; MAX_DEPTH], len: 0 }
    }

    #[inline(always)]
    fn push(&mut self, child: u32) {
        if let Some(entry) = self.entries.get_mut(self.len) {
            entry.write(child);
            self.len += 1;
        }
    }

    #[inline(always)]
    fn pop(&mut self) -> Option<u32> {
        if self.len == 0 {
            return None;
        }
        self.len -= 1;
        // SAFETY: the entries below `len` have been written.
        self.entries.get(self.len).map(|entry| unsafe { entry.assume_init() })
    }
}

/// Calls `test(daughter, limit)` for the daughters whose boxes the ray meets within the limit, nearest boxes
/// first; `test` returns the new limit (the distance to a hit, or the old limit).
#[inline(always)]
pub fn visit(nodes: &[BvhNode], root: u32, ray: &Ray, limit: f32, mut test: impl FnMut(u32, f32) -> f32) {
    let mut limit = limit;
    let mut stack = Stack::new();
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
            if df <= limit && df < f32::INFINITY {
                stack.push(node.child[far]);
            }
            if dn <= limit && dn < f32::INFINITY {
                current = node.child[near];
                continue;
            }
        }
        match stack.pop() {
            Some(next) => current = next,
            None => return,
        }
    }
}

/// Calls `test(daughter)` for the daughters whose boxes hold the point, until it returns true.
pub fn visit_point(nodes: &[BvhNode], root: u32, p: Vec3, mut test: impl FnMut(u32) -> bool) {
    let mut stack = Stack::new();
    stack.push(root);
    while let Some(current) = stack.pop() {
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
            if node.child[k] != EMPTY && holds {
                stack.push(node.child[k]);
            }
        }
    }
}
