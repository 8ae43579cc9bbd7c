//! The scene with the memory that it lives in.

use bytemuck::cast_slice;
use cfg4::detector::{Detector, PlacementId, without_pointer};
use md5::{Digest, Md5};

use super::geometry::{BoundaryKey, FlatPlacements, TouchableTree, find_sensors};
use super::property_tables::{PropertyTables, TableOptions};
use super::solids::FlatSolids;
use super::{SceneError, SurfaceModel};
use crate::physics::tables::{NONE, ShifterRecord};
use crate::physics::wavelength_shift::profile;
use crate::trace::geometry::{Geometry, NodeRecord};
use crate::transport::{Scene, TransportOptions};

/// A detector in the flat form that the engines read. Built once, shared by all threads.
#[derive(Debug)]
pub struct SceneData {
    solids: FlatSolids,
    placements: FlatPlacements,
    tree: TouchableTree,
    tables: PropertyTables,
    sensors: Vec<u32>,
    multipliers: Vec<(u32, String)>,
    digest: String,
}

impl SceneData {
    /// Flattens a detector.
    ///
    /// # Errors
    /// If it has a solid, placement, surface or property that cannot be simulated.
    pub fn build(detector: &Detector, surface_model: SurfaceModel) -> Result<Self, SceneError> {
        let solids = FlatSolids::new(detector)?;
        let tables = PropertyTables::new(detector, &TableOptions { surface_model, reemission: true })?;
        let placements = FlatPlacements::build(detector, &solids)?;
        let tree = TouchableTree::build(detector, &placements)?;
        let multipliers = multipliers(detector, &tables);
        let (sensors, digest) = (Vec::new(), String::new());
        let mut scene = Self { solids, placements, tree, tables, sensors, multipliers, digest };
        scene.number_boundaries();
        scene.number_sensors(detector);
        scene.digest = scene.compute_digest();
        Ok(scene)
    }

    fn number_boundaries(&mut self) {
        let geometry = Self::geometry(&self.solids, &self.placements, &self.tree.nodes);
        let n = self.tree.nodes.len() as u32;
        let keys: Vec<BoundaryKey> = (1..n)
            .map(|at| {
                let parent = geometry.nodes[at as usize].parent;
                let material = |node| geometry.volume_of(node).material;
                let surface = |from, to| geometry.find_surface(from, to);
                [material(parent), surface(parent, at), surface(at, parent), material(at)]
            })
            .collect();
        self.tree.number_boundaries(&keys);
    }

    fn number_sensors(&mut self, detector: &Detector) {
        let geometry = Self::geometry(&self.solids, &self.placements, &self.tree.nodes);
        let detects = |surface: u32| self.tables.surfaces[surface as usize].is_sensor != 0;
        self.sensors = find_sensors(&geometry, detector, detects);
        for (index, &node) in self.sensors.iter().enumerate() {
            self.tree.nodes[node as usize].sensor = index as u32 + 1;
        }
    }

    fn geometry<'a>(
        solids: &'a FlatSolids,
        placements: &'a FlatPlacements,
        nodes: &'a [NodeRecord],
    ) -> Geometry<'a> {
        Geometry {
            nodes,
            placements: &placements.placements,
            volumes: &placements.volumes,
            bvh: &placements.bvh,
            borders: &placements.borders,
            arrays: &placements.arrays,
            solids: solids.view(),
        }
    }

    /// What the physics and the tracing read.
    pub fn view(&self) -> Scene<'_> {
        let geometry = Self::geometry(&self.solids, &self.placements, &self.tree.nodes);
        Scene { geometry, tables: self.tables.view() }
    }

    /// Touchables; node 0 is the world, the children of a node lie side by side.
    pub fn nodes(&self) -> &[NodeRecord] {
        &self.tree.nodes
    }

    /// The nodes that are sensors; sensor index `i` (1-based) is at `i - 1`.
    pub fn sensors(&self) -> &[u32] {
        &self.sensors
    }

    /// The distinct boundaries: outer material, surface met from outside, surface met from inside, inner material,
    /// as the detector's indices, `u32::MAX` for no surface. Boundary number `i` (1-based) is at `i - 1`.
    pub fn boundaries(&self) -> &[BoundaryKey] {
        &self.tree.boundaries
    }

    /// The name of a material in use where a wavelength shifter that acts may emit several photons for one; `None` if
    /// photons never multiply.
    pub fn multiplying_material(&self, options: &TransportOptions) -> Option<&str> {
        let acts = [options.shift_1, options.shift_2].map(|profile| profile != profile::OFF);
        let several = |(material, _): &&(u32, String)| {
            let record = &self.tables.more[self.tables.materials[*material as usize].more as usize];
            record.shifters.iter().zip(acts).any(|(shifter, acts)| acts && emits_several(shifter))
        };
        self.multipliers.iter().find(several).map(|(_, name)| name.as_str())
    }

    /// The detector's placement of a node.
    pub fn source_placement(&self, node: u32) -> PlacementId {
        let placement = self.tree.nodes[node as usize].placement;
        PlacementId(self.placements.placements[placement as usize].source)
    }

    /// Which copy of its placement a node is, from 0.
    pub fn copy(&self, node: u32) -> u32 {
        let source = self.source_placement(node);
        let mut first = match self.tree.nodes.get(self.tree.nodes[node as usize].parent as usize) {
            Some(parent) => parent.first_child,
            None => return 0,
        };
        // A placement with copies has no sisters: its mother's first daughter is its first copy, or it is the only one.
        if self.source_placement(first) != source {
            first = node;
        }
        node - first
    }

    /// Bytes that placements take, their hierarchies of boxes and arrays included, and bytes that touchables take.
    pub fn structure_bytes(&self) -> (usize, usize) {
        let p = &self.placements;
        let placements = size_of_val(&p.placements[..])
            + size_of_val(&p.volumes[..])
            + size_of_val(&p.bvh[..])
            + size_of_val(&p.arrays[..])
            + size_of_val(&p.borders[..]);
        (placements, size_of_val(&self.tree.nodes[..]))
    }

    /// MD5 of everything that the engines read: equal digests give equal photons.
    pub fn digest(&self) -> &str {
        &self.digest
    }

    fn compute_digest(&self) -> String {
        let (s, p, t) = (&self.solids, &self.placements, &self.tables);
        let mut md5 = Md5::new();
        let mut feed = |bytes: &[u8]| {
            md5.update((bytes.len() as u64).to_le_bytes());
            md5.update(bytes);
        };
        feed(cast_slice(&p.volumes));
        feed(cast_slice(&p.placements));
        feed(cast_slice(&p.borders));
        feed(cast_slice(&p.arrays));
        feed(cast_slice(&self.tree.nodes));
        feed(cast_slice(&t.tables));
        feed(cast_slice(&t.points));
        feed(cast_slice(&t.media));
        feed(cast_slice(&t.surface_points));
        feed(cast_slice(&t.materials));
        feed(cast_slice(&t.surfaces));
        feed(cast_slice(&t.more));
        feed(cast_slice(&t.surface_details));
        feed(cast_slice(&t.film_layers));
        feed(cast_slice(&t.surface_data));
        feed(format!("{s:?}").as_bytes());
        md5.finalize().iter().map(|b| format!("{b:02x}")).collect()
    }
}

/// Whether an absorption may lead to more than one photon: a Poisson number may.
fn emits_several(shifter: &ShifterRecord) -> bool {
    shifter.length != NONE && shifter.spectrum != NONE && shifter.mean_photons > 0.0
}

/// The materials of volumes, index and name, where photons may multiply.
fn multipliers(detector: &Detector, tables: &PropertyTables) -> Vec<(u32, String)> {
    let used = |index: usize| detector.volumes.iter().any(|volume| volume.material.index() == index);
    let multiplies = |index: usize| {
        let more = tables.materials[index].more;
        more != NONE && tables.more[more as usize].shifters.iter().any(emits_several)
    };
    let named = |index: usize| (index as u32, without_pointer(&detector.materials[index].name).to_owned());
    (0..detector.materials.len()).filter(|&index| multiplies(index) && used(index)).map(named).collect()
}
