//! Where light can go: which touchables meet which, and through which surface.
//!
//! Light can be in every volume whose material has RINDEX: Cerenkov light is made there, a torch may stand there.

use std::collections::BTreeMap;

use optixrap::scene::SceneData;
use optixrap::trace::geometry::{Geometry, NONE};

use super::contacts::{Contacts, Neighbour, stand_in};

/// Two touchables that meet, seen from one of them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Passage {
    /// The node that a photon leaves.
    pub(super) from: u32,
    /// The node that it comes to.
    pub(super) to: u32,
    /// The surface on its way, by the detector's index; `None` if there is none.
    pub(super) surface: Option<usize>,
}

/// The touchables of a scene and what their placements touch.
pub(super) struct Reach<'a> {
    scene: &'a SceneData,
    /// By mother volume and daughter.
    contacts: BTreeMap<(usize, u32), &'a Contacts>,
}

impl<'a> Reach<'a> {
    /// From the contacts of all placements.
    pub(super) fn new(scene: &'a SceneData, contacts: &'a [Contacts]) -> Self {
        let contacts = contacts.iter().map(|c| ((c.mother, c.daughter), c)).collect();
        Self { scene, contacts }
    }

    /// The scene's geometry.
    pub(super) fn geometry(&self) -> Geometry<'a> {
        self.scene.geometry()
    }

    /// Whether light can be in a node.
    pub(super) fn is_lit(&self, node: u32) -> bool {
        let view = self.scene.view();
        view.tables.materials[view.geometry.volume_of(node).material as usize].has_rindex != 0
    }

    /// Calls `visit` with every pair of touchables that meet, once in each direction.
    pub(super) fn passages(&self, mut visit: impl FnMut(Passage)) {
        for node in self.scene.all_nodes().skip(1) {
            for other in self.neighbours(node) {
                for (from, to) in [(node, other), (other, node)] {
                    visit(Passage { from, to, surface: self.surface(from, to) });
                }
            }
        }
    }

    fn surface(&self, from: u32, to: u32) -> Option<usize> {
        let surface = self.scene.geometry().surface_between(from, to);
        (surface != NONE).then_some(surface as usize)
    }

    /// What a node touches outside of it. Beyond the mother lies whatever the mother touches.
    fn neighbours(&self, node: u32) -> Vec<u32> {
        let geometry = self.geometry();
        let mut found = Vec::new();
        let mut at = node;
        while let Some((contact, raise, sisters)) = self.contact(at) {
            let mother = geometry.parent(at);
            let mut goes_on = false;
            for neighbour in contact.neighbours.keys() {
                match neighbour {
                    Neighbour::Mother => found.push(mother),
                    Neighbour::Sister(sister) if sister + raise < sisters => {
                        found.push(geometry.child(mother, sister + raise));
                    }
                    Neighbour::Sister(_) => {}
                    Neighbour::BeyondMother => goes_on = true,
                }
            }
            if !goes_on || mother == NONE || geometry.parent(mother) == NONE {
                break;
            }
            at = mother;
        }
        found
    }

    /// The contacts of a node, by how much its sisters' numbers are to be raised, and how many daughters there are.
    fn contact(&self, node: u32) -> Option<(&'a Contacts, u32, u32)> {
        let geometry = self.geometry();
        let mother = Some(geometry.parent(node)).filter(|&mother| mother != NONE)?;
        let volume = geometry.volume_of(mother);
        let (looked_at, raise) = stand_in(volume, geometry.daughter_number(node));
        let at = (geometry.record(mother).volume as usize, looked_at);
        Some((self.contacts.get(&at)?, raise, volume.n_daughters))
    }
}
