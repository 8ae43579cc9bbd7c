//! Assemblies: groups of volumes that are placed together, and then are daughters of the mother themselves.

use crate::detector::{Copies, Detector, Placement, PlacementId, Transform, VolumeId};

use super::error::{GdmlError, GdmlErrorKind};
use super::limits;
use super::tag::Tag;

/// What can be placed: a volume, or an assembly by its number.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Content {
    /// A logical volume.
    Volume(VolumeId),
    /// An assembly: index into [`Assemblies`].
    Assembly(usize),
}

/// One assembly.
#[derive(Debug, Default)]
struct Assembly {
    items: Vec<(Content, Transform)>,
    imprints: usize,
    depth: usize,
}

/// All assemblies of a detector, in the order of the files; Geant4 numbers them from 1.
#[derive(Debug, Default)]
pub(super) struct Assemblies {
    all: Vec<Assembly>,
    visited: usize,
}

/// One placement of an assembly.
#[derive(Debug, Clone, Copy)]
struct Imprint {
    /// The assembly that the file places; its number and count of imprints go into the names.
    outer: usize,
    mother: VolumeId,
    transform: Transform,
    copy_number_base: usize,
}

impl Assemblies {
    /// A new assembly without content.
    pub(super) fn add(&mut self) -> usize {
        self.all.push(Assembly::default());
        self.all.len() - 1
    }

    /// Adds `content` to assembly `index`; `tag` is where.
    pub(super) fn push(
        &mut self,
        tag: Tag<'_>,
        index: usize,
        content: Content,
        transform: Transform,
    ) -> Result<(), GdmlError> {
        let below = match content {
            Content::Assembly(inner) => self.all[inner].depth + 1,
            Content::Volume(_) => 1,
        };
        let assembly = &mut self.all[index];
        assembly.depth = assembly.depth.max(below);
        if assembly.depth > limits::VOLUME_DEPTH {
            let (what, limit) = ("assemblies inside one another", limits::VOLUME_DEPTH);
            return Err(tag.fail(GdmlErrorKind::Limit { what, limit }));
        }
        assembly.items.push((content, transform));
        Ok(())
    }

    /// Places assembly `index` in `mother`. Names and copy numbers are those that Geant4 gives.
    pub(super) fn place(
        &mut self,
        tag: Tag<'_>,
        index: usize,
        (mother, transform): (VolumeId, Transform),
        detector: &mut Detector,
    ) -> Result<Vec<PlacementId>, GdmlError> {
        let mut placed = Vec::new();
        let imprint = Imprint { outer: index, mother, transform, copy_number_base: 0 };
        match self.imprint(index, imprint, detector, &mut placed) {
            true => Ok(placed),
            false => {
                let (what, limit) = ("placements", limits::PLACEMENTS);
                Err(tag.fail(GdmlErrorKind::Limit { what, limit }))
            }
        }
    }

    /// Returns whether the number of placements stayed within its limit.
    fn imprint(
        &mut self,
        index: usize,
        at: Imprint,
        detector: &mut Detector,
        placed: &mut Vec<PlacementId>,
    ) -> bool {
        let base = match at.copy_number_base {
            0 => detector.volumes[at.mother.index()].daughters.len(),
            base => base,
        };
        self.all[at.outer].imprints += 1;
        for i in 0..self.all[index].items.len() {
            self.visited += 1;
            if self.visited > limits::PLACEMENTS {
                return false;
            }
            let (content, inner) = self.all[index].items[i];
            let transform = at.transform.after(&inner);
            match content {
                Content::Volume(volume) => {
                    let volume_name = &detector.volume(volume).name;
                    let (number, imprints) = (at.outer + 1, self.all[at.outer].imprints);
                    let name = format!("av_{number}_impr_{imprints}_{volume_name}_pv_{i}");
                    let copy_number = i32::try_from(base + 1 + i).unwrap_or(i32::MAX);
                    let mother = Some(at.mother);
                    placed.push(add(
                        detector,
                        Placement { name, copy_number, volume, mother, transform, copies: Copies::Once },
                    ));
                }
                Content::Assembly(nested) => {
                    let copy_number_base = i * 100 + at.copy_number_base;
                    let inside = Imprint { transform, copy_number_base, ..at };
                    if !self.imprint(nested, inside, detector, placed) {
                        return false;
                    }
                }
            }
        }
        true
    }
}

/// Adds a placement to the detector and to its mother's daughters.
pub(super) fn add(detector: &mut Detector, placement: Placement) -> PlacementId {
    let id = PlacementId(detector.placements.len() as u32);
    if let Some(mother) = placement.mother {
        detector.volumes[mother.index()].daughters.push(id);
    }
    detector.placements.push(placement);
    id
}
