//! Volumes and placements, flattened: the daughters of a volume side by side, with what navigation wants to
//! know in advance (which faces may coincide, which borders there are, how large rounding errors get).

use std::collections::{HashMap, HashSet};

use cfg4::detector::{Copies, Detector, PlacementId, Shape, SolidId, Transform, VolumeId};

use super::flat_volumes::FlatVolumes;
use super::{arrays, bvh};
use crate::physics::vec3::vec3;
use crate::scene::SceneError;
use crate::scene::bounding_box::{BoundingBox, down, up};
use crate::scene::solids::FlatSolids;
use crate::trace::array::ArrayRecord;
use crate::trace::bvh::BvhNode;
use crate::trace::geometry::{BorderRecord, NONE, PlacementRecord, VolumeRecord, touch};

/// Flat volumes, placements, hierarchies and borders.
#[derive(Debug, Default)]
pub(crate) struct FlatPlacements {
    pub(crate) volumes: Vec<VolumeRecord>,
    pub(crate) placements: Vec<PlacementRecord>,
    pub(crate) bvh: Vec<BvhNode>,
    pub(crate) borders: Vec<BorderRecord>,
    pub(crate) arrays: Vec<ArrayRecord>,
}

/// What all volumes are flattened with.
struct Source<'a> {
    detector: &'a Detector,
    volumes: FlatVolumes,
    bounds: &'a [BoundingBox],
    tolerances: Vec<f64>,
    skins: HashMap<VolumeId, u32>,
    bordered: [HashSet<PlacementId>; 2],
}

/// The daughters of a volume.
struct Daughters {
    /// How many.
    number: u32,
    /// Boxes around the placements, padded.
    boxes: Vec<BoundingBox>,
    /// The array that they are.
    array: Option<ArrayRecord>,
}

impl FlatPlacements {
    /// Flattens the detector's structure. Materials, solids and surfaces keep their indices, volumes too; those that
    /// are placed with other solids follow.
    pub(crate) fn build(detector: &Detector, solids: &FlatSolids) -> Result<Self, SceneError> {
        let volumes = FlatVolumes::of(detector);
        let source = Source {
            detector,
            tolerances: volumes.tolerances(detector, &solids.bounds),
            volumes,
            bounds: &solids.bounds,
            skins: detector.skins.iter().rev().map(|skin| (skin.volume, skin.surface.0)).collect(),
            bordered: [
                detector.borders.iter().map(|border| border.from).collect(),
                detector.borders.iter().map(|border| border.to).collect(),
            ],
        };
        let mut flat = Self::default();
        let world = detector.placement(Detector::WORLD);
        let solid = detector.volume(world.volume).solid;
        flat.push_placement(&source, Detector::WORLD, &world.transform, solid)?;
        for (index, (volume, solid)) in source.volumes.iter().enumerate() {
            flat.push_volume(&source, index, volume, solid)?;
        }
        let borders = detector.borders.iter();
        flat.borders =
            borders.map(|b| BorderRecord { from: b.from.0, to: b.to.0, surface: b.surface.0 }).collect();
        flat.borders.sort_by_key(|b| (b.from, b.to));
        Ok(flat)
    }

    fn push_placement(
        &mut self,
        source: &Source<'_>,
        id: PlacementId,
        transform: &Transform,
        solid: SolidId,
    ) -> Result<(), SceneError> {
        let p = source.detector.placement(id);
        if !transform.is_orthogonal() {
            return Err(SceneError::Reflection { placement: p.name.clone() });
        }
        let row = |i: usize| {
            let [x, y, z] = transform.rotation[i].map(|v| v as f32);
            vec3(x, y, z)
        };
        let [x, y, z] = transform.translation_mm.map(|v| v as f32);
        let bit = |bit: u32, is_set: bool| if is_set { bit } else { 0 };
        let [from, to] = &source.bordered;
        let touches = bit(touch::ROTATED, transform.rotation != Transform::IDENTITY.rotation)
            | bit(touch::BORDER_FROM, from.contains(&id))
            | bit(touch::BORDER_TO, to.contains(&id));
        self.placements.push(PlacementRecord {
            rows: [row(0), row(1), row(2)],
            translation: vec3(x, y, z),
            volume: source.volumes.number(p.volume, solid),
            touches,
            source: id.0,
        });
        Ok(())
    }

    fn push_volume(
        &mut self,
        source: &Source<'_>,
        index: usize,
        id: VolumeId,
        solid: SolidId,
    ) -> Result<(), SceneError> {
        let volume = source.detector.volume(id);
        let tolerance = source.tolerances[index];
        let first = self.placements.len();
        let mut daughters = Daughters { number: 0, boxes: Vec::new(), array: None };
        for &daughter in &volume.daughters {
            self.push_daughter(source, daughter, tolerance, &mut daughters)?;
        }
        let Daughters { number, boxes, array } = daughters;
        let bvh_root = if array.is_some() { NONE } else { bvh::build(&boxes, &mut self.bvh) };
        let mother = Mother {
            bounds: source.bounds[solid.index()],
            is_box: matches!(source.detector.solid(solid).shape, Shape::Box { .. }),
            tolerance,
        };
        let daughters_touch = self.note_touching((bvh_root, first), &boxes, &mother);
        let hull = boxes.iter().fold(BoundingBox::EMPTY, |all, b| all.hull(b));
        self.volumes.push(VolumeRecord {
            solid: solid.0,
            material: volume.material.0,
            first_daughter: first as u32,
            n_daughters: number,
            bvh_root,
            array: if array.is_some() { self.arrays.len() as u32 } else { NONE },
            skin_surface: source.skins.get(&id).copied().unwrap_or(NONE),
            tolerance_mm: tolerance as f32,
            daughters_touch,
            daughters_low: down(hull.low),
            daughters_high: up(hull.high),
        });
        self.arrays.extend(array);
        Ok(())
    }

    /// Adds all copies of a placement to the daughters of its mother, as an array if they are one.
    fn push_daughter(
        &mut self,
        source: &Source<'_>,
        id: PlacementId,
        tolerance: f64,
        daughters: &mut Daughters,
    ) -> Result<(), SceneError> {
        let placement = source.detector.placement(id);
        let margin = 2.0 * tolerance;
        let own_solid = source.detector.volume(placement.volume).solid;
        if let Copies::Regular(copies) = &placement.copies
            && copies.number > 1
            && source.detector.volume(placement.mother.unwrap_or(placement.volume)).daughters.len() == 1
        {
            let own = source.bounds[copies.solid.index()];
            let cell = own.transformed(&placement.transform);
            if let Some(array) = arrays::array(source.detector, placement, copies, (cell, margin)) {
                self.push_placement(source, id, &placement.transform, copies.solid)?;
                // Turned neighbours meet with the rounding of two frames, which may exceed the tolerance.
                let beside = touch::SISTER | touch::OVERLAP;
                self.placements.last_mut().into_iter().for_each(|p| p.touches |= touch::ARRAY | beside);
                daughters.boxes.push(arrays::hull(placement, copies, &own).padded(margin));
                (daughters.number, daughters.array) = (copies.number, Some(array));
                return Ok(());
            }
        }
        for k in 0..placement.number_of_copies() {
            let solid = match &placement.copies {
                Copies::Once => own_solid,
                Copies::Regular(copies) => copies.solid,
                Copies::Each(list) => list[k as usize].solid,
            };
            let transform = placement.transform_of_copy(k);
            self.push_placement(source, id, &transform, solid)?;
            daughters.boxes.push(source.bounds[solid.index()].transformed(&transform).padded(margin));
            daughters.number += 1;
        }
        Ok(())
    }

    /// Notes which daughters may touch or overlap their mother or a sister; returns what they do to the mother.
    fn note_touching(
        &mut self,
        (bvh_root, first): (u32, usize),
        boxes: &[BoundingBox],
        mother: &Mother,
    ) -> u32 {
        let mut of_all = 0;
        for (k, b) in boxes.iter().enumerate() {
            let of_mother = mother.met_by(b);
            let of_sisters = self.met_sisters(bvh_root, boxes, (k, mother.tolerance));
            self.placements[first + k].touches |= of_mother | of_sisters;
            of_all |= of_mother;
        }
        of_all
    }

    /// What the box `k` does to others, asked of the hierarchy so that large numbers stay cheap. Boxes are padded.
    fn met_sisters(&self, root: u32, boxes: &[BoundingBox], (k, tolerance): (usize, f64)) -> u32 {
        use crate::trace::bvh::{EMPTY, LEAF};
        let core = boxes[k].padded(-6.0 * tolerance);
        let mut met = 0;
        let mut stack = vec![root];
        while let Some(at) = stack.pop() {
            if at == NONE || at == EMPTY {
                continue;
            }
            if at & LEAF != 0 {
                let other = (at & !LEAF) as usize;
                if other != k && boxes[k].meets(&boxes[other]) {
                    met |= touch::SISTER;
                    if core.meets(&boxes[other]) {
                        return met | touch::OVERLAP;
                    }
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
        met
    }
}

/// The solid around daughters.
struct Mother {
    bounds: BoundingBox,
    is_box: bool,
    tolerance: f64,
}

impl Mother {
    /// What a daughter in the padded box `b` may do to it.
    fn met_by(&self, b: &BoundingBox) -> u32 {
        let holds = |m: BoundingBox| (0..3).all(|i| b.low[i] > m.low[i] && b.high[i] < m.high[i]);
        if self.is_box && holds(self.bounds.padded(-2.0 * self.tolerance)) {
            0
        } else if holds(self.bounds.padded(6.0 * self.tolerance)) {
            touch::MOTHER
        } else {
            touch::MOTHER | touch::OVERLAP
        }
    }
}
