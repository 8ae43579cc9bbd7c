//! Volumes and placements, flattened: the daughters of a volume side by side, with what navigation wants to
//! know in advance (which faces may coincide, which borders there are, how large rounding errors get).

use cfg4::detector::{Detector, PlacementId, Shape, VolumeId};

use super::bvh;
use crate::physics::vec3::vec3;
use crate::scene::SceneError;
use crate::scene::bounding_box::{BoundingBox, down, up};
use crate::scene::solids::FlatSolids;
use crate::trace::bvh::BvhNode;
use crate::trace::geometry::{BorderRecord, NONE, PlacementRecord, VolumeRecord, touch};

/// Positions are trusted to this many parts of the largest coordinate: about four roundings of an f32.
const RELATIVE_TOLERANCE: f64 = 5e-7;

/// Flat volumes, placements, hierarchies and borders.
#[derive(Debug)]
pub(crate) struct FlatPlacements {
    pub(crate) volumes: Vec<VolumeRecord>,
    pub(crate) placements: Vec<PlacementRecord>,
    /// The detector's id of each flat placement.
    pub(crate) sources: Vec<PlacementId>,
    pub(crate) bvh: Vec<BvhNode>,
    pub(crate) borders: Vec<BorderRecord>,
}

impl FlatPlacements {
    /// Flattens the detector's structure. Materials, solids and surfaces keep their indices.
    pub(crate) fn build(detector: &Detector, solids: &FlatSolids) -> Result<Self, SceneError> {
        let bounds: Vec<BoundingBox> =
            detector.volumes.iter().map(|v| solids.bounds[v.solid.index()]).collect();
        let mut flat = Self {
            volumes: Vec::with_capacity(detector.volumes.len()),
            placements: Vec::with_capacity(detector.placements.len()),
            sources: Vec::with_capacity(detector.placements.len()),
            bvh: Vec::new(),
            borders: Vec::new(),
        };
        flat.push_placement(detector, Detector::WORLD)?;
        let tolerances = tolerances(detector, &bounds);
        for index in 0..detector.volumes.len() {
            flat.push_volume(detector, VolumeId(index as u32), &bounds, &tolerances)?;
        }
        flat.add_borders(detector);
        Ok(flat)
    }

    fn push_placement(&mut self, detector: &Detector, id: PlacementId) -> Result<(), SceneError> {
        let p = detector.placement(id);
        if !p.transform.is_orthogonal() {
            return Err(SceneError::Reflection { placement: p.name.clone() });
        }
        let row = |i: usize| {
            let [x, y, z] = p.transform.rotation[i].map(|v| v as f32);
            vec3(x, y, z)
        };
        let [x, y, z] = p.transform.translation_mm.map(|v| v as f32);
        let identity = cfg4::detector::Transform::IDENTITY.rotation;
        let touches = if p.transform.rotation == identity { 0 } else { touch::ROTATED };
        self.placements.push(PlacementRecord {
            rows: [row(0), row(1), row(2)],
            translation: vec3(x, y, z),
            volume: p.volume.0,
            touches,
        });
        self.sources.push(id);
        Ok(())
    }

    fn push_volume(
        &mut self,
        detector: &Detector,
        id: VolumeId,
        bounds: &[BoundingBox],
        tolerances: &[f64],
    ) -> Result<(), SceneError> {
        let volume = detector.volume(id);
        let tolerance = tolerances[id.index()];
        let first = self.placements.len();
        let mut boxes = Vec::with_capacity(volume.daughters.len());
        for &d in &volume.daughters {
            self.push_placement(detector, d)?;
            let placed = detector.placement(d);
            boxes.push(bounds[placed.volume.index()].transformed(&placed.transform).padded(2.0 * tolerance));
        }
        let mother_box = match &detector.solid(volume.solid).shape {
            Shape::Box { .. } => Some(bounds[id.index()].padded(-2.0 * tolerance)),
            _ => None,
        };
        let bvh_root = bvh::build(&boxes, &mut self.bvh);
        let hull = boxes.iter().fold(BoundingBox::EMPTY, |all, b| all.hull(b));
        let mut daughters_touch = 0;
        for (k, b) in boxes.iter().enumerate() {
            let inside =
                mother_box.is_some_and(|m| (0..3).all(|i| b.low[i] > m.low[i] && b.high[i] < m.high[i]));
            if !inside {
                self.placements[first + k].touches |= touch::MOTHER;
                daughters_touch = 1;
            }
            if self.meets_sister(bvh_root, &boxes, k) {
                self.placements[first + k].touches |= touch::SISTER;
            }
        }
        let skin = detector.skins.iter().find(|s| s.volume == id);
        self.volumes.push(VolumeRecord {
            solid: volume.solid.0,
            material: volume.material.0,
            first_daughter: first as u32,
            n_daughters: boxes.len() as u32,
            bvh_root,
            skin_surface: skin.map_or(NONE, |s| s.surface.0),
            tolerance_mm: tolerance as f32,
            daughters_touch,
            daughters_low: down(hull.low),
            daughters_high: up(hull.high),
        });
        Ok(())
    }

    /// Whether the box `k` meets another one, asked of the hierarchy so that large arrays stay cheap.
    fn meets_sister(&self, root: u32, boxes: &[BoundingBox], k: usize) -> bool {
        use crate::trace::bvh::{EMPTY, LEAF};
        let mut stack = vec![root];
        while let Some(at) = stack.pop() {
            if at == NONE || at == EMPTY {
                continue;
            }
            if at & LEAF != 0 {
                let other = (at & !LEAF) as usize;
                if other != k && boxes[k].meets(&boxes[other]) {
                    return true;
                }
                continue;
            }
            let node = &self.bvh[at as usize];
            for side in 0..2 {
                let corner = |v: crate::physics::vec3::Vec3| [v.x as f64, v.y as f64, v.z as f64];
                let child = BoundingBox { low: corner(node.low[side]), high: corner(node.high[side]) };
                if node.child[side] != EMPTY && boxes[k].meets(&child) {
                    stack.push(node.child[side]);
                }
            }
        }
        false
    }

    fn add_borders(&mut self, detector: &Detector) {
        let mut flat_of = vec![NONE; detector.placements.len()];
        for (flat, source) in self.sources.iter().enumerate() {
            flat_of[source.index()] = flat as u32;
        }
        for border in &detector.borders {
            let (from, to) = (flat_of[border.from.index()], flat_of[border.to.index()]);
            if from == NONE || to == NONE {
                continue;
            }
            self.placements[from as usize].touches |= touch::BORDER_FROM;
            self.placements[to as usize].touches |= touch::BORDER_TO;
            self.borders.push(BorderRecord { from, to, surface: border.surface.0 });
        }
        self.borders.sort_by_key(|b| (b.from, b.to));
    }
}

/// For each volume, below which distance positions are rounding: by its own extent and by where it lies in
/// its mothers, since photons arrive with the rounding of the mother's coordinates.
fn tolerances(detector: &Detector, bounds: &[BoundingBox]) -> Vec<f64> {
    let mut reach: Vec<f64> = bounds.iter().map(BoundingBox::reach).collect();
    for p in &detector.placements {
        let there = bounds[p.volume.index()].transformed(&p.transform).reach();
        let mine = &mut reach[p.volume.index()];
        *mine = mine.max(there);
    }
    reach.iter().map(|r| r * RELATIVE_TOLERANCE).collect()
}
