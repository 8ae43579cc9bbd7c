//! The tree of touchables: every placement under every one of its mother's touchables.

use std::collections::{HashMap, VecDeque};

use cfg4::detector::Detector;

use super::FlatPlacements;
use crate::scene::SceneError;
use crate::trace::geometry::{NONE, NodeRecord};

/// More touchables than this are refused: 24 bytes each.
const MAX_NODES: usize = 100_000_000;

/// The four names around a boundary: outer material, outer surface (met from outside), inner surface (met from
/// inside) and inner material, as indices; `u32::MAX` where there is no surface.
pub type BoundaryKey = [u32; 4];

/// Touchables and the boundaries around them.
#[derive(Debug)]
pub(crate) struct TouchableTree {
    pub(crate) nodes: Vec<NodeRecord>,
    pub(crate) boundaries: Vec<BoundaryKey>,
}

impl TouchableTree {
    /// Expands the placements breadth-first, so that siblings lie side by side.
    pub(crate) fn build(detector: &Detector, flat: &FlatPlacements) -> Result<Self, SceneError> {
        let mut nodes = vec![node(flat, NONE, 0)];
        let mut queue = VecDeque::from([0u32]);
        while let Some(at) = queue.pop_front() {
            let volume = &flat.volumes[nodes[at as usize].volume as usize];
            nodes[at as usize].first_child = nodes.len() as u32;
            for k in 0..volume.n_daughters {
                queue.push_back(nodes.len() as u32);
                let placement = volume.first_daughter + if volume.array == NONE { k } else { 0 };
                nodes.push(node(flat, at, placement));
            }
            if nodes.len() > MAX_NODES {
                let world = detector.world().name.clone();
                return Err(SceneError::TooManyTouchables { world, limit: MAX_NODES });
            }
        }
        let mut tree = Self { nodes, boundaries: Vec::new() };
        tree.number_depth_first(flat);
        Ok(tree)
    }

    fn number_depth_first(&mut self, flat: &FlatPlacements) {
        let mut stack = vec![0u32];
        let mut next = 0;
        while let Some(at) = stack.pop() {
            let node = &mut self.nodes[at as usize];
            node.depth_first = next;
            next += 1;
            let n = flat.volumes[node.volume as usize].n_daughters;
            let first = node.first_child;
            stack.extend((first..first + n).rev());
        }
    }

    /// Numbers the distinct boundaries from 1; `keys` are those of the nodes from 1 on.
    pub(crate) fn number_boundaries(&mut self, keys: &[BoundaryKey]) {
        let mut known: HashMap<BoundaryKey, u32> = HashMap::new();
        for (node, &key) in self.nodes[1..].iter_mut().zip(keys) {
            [_, node.surface_in, node.surface_out, _] = key;
            let boundaries = &mut self.boundaries;
            node.boundary = *known.entry(key).or_insert_with(|| {
                boundaries.push(key);
                boundaries.len() as u32
            });
        }
    }
}

/// A node of `placement` below `parent`, without what is numbered later.
fn node(flat: &FlatPlacements, parent: u32, placement: u32) -> NodeRecord {
    let volume = flat.placements[placement as usize].volume;
    NodeRecord {
        parent,
        placement,
        first_child: NONE,
        sensor: 0,
        boundary: 0,
        depth_first: 0,
        volume,
        material: flat.volumes[volume as usize].material,
        touches: flat.placements[placement as usize].touches,
        surface_in: NONE,
        surface_out: NONE,
    }
}
