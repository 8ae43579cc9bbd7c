//! The scene with the memory that it lives in.

use bytemuck::cast_slice;
use cfg4::detector::{Detector, PlacementId, without_pointer};
use md5::{Digest, Md5};

use super::geometry::{BoundaryKey, FlatPlacements, SensorFinder, TouchableTree};
use super::property_tables::{PropertyTables, TableOptions};
use super::solids::FlatSolids;
use super::{SceneError, SurfaceModel};
use crate::physics::tables::{NONE, ShifterRecord};
use crate::physics::wavelength_shift::profile;
use crate::trace::geometry::{Geometry, NONE as NO_NODE, touch};
use crate::transport::{Scene, TransportOptions};

/// A detector in the flat form that the engines read. Built once, shared by all threads.
#[derive(Debug)]
pub struct SceneData {
    solids: FlatSolids,
    placements: FlatPlacements,
    tree: TouchableTree,
    tables: PropertyTables,
    num_sensors: u32,
    multipliers: Vec<(u32, String)>,
    digest: String,
}

impl SceneData {
    /// Flattens a detector.
    ///
    /// # Errors
    /// If it has a solid, placement, surface or property that cannot be simulated.
    pub fn build(detector: &Detector, surface_model: SurfaceModel) -> Result<Self, SceneError> {
        Self::flatten(detector, surface_model).map_err(|error| error.at_place(detector))
    }

    fn flatten(detector: &Detector, surface_model: SurfaceModel) -> Result<Self, SceneError> {
        let solids = FlatSolids::new(detector)?;
        let tables = PropertyTables::new(detector, &TableOptions { surface_model, reemission: true })?;
        let placements = FlatPlacements::build(detector, &solids)?;
        let tree = TouchableTree::build(detector, &placements)?;
        let multipliers = multipliers(detector, &tables);
        let (num_sensors, digest) = (0, String::new());
        let mut scene = Self { solids, placements, tree, tables, num_sensors, multipliers, digest };
        scene.number_boundaries();
        scene.number_sensors(detector);
        scene.digest = scene.compute_digest();
        Ok(scene)
    }

    fn number_boundaries(&mut self) {
        let geometry = self.geometry();
        let keys: Vec<BoundaryKey> = (1..self.tree.nodes.len() as u32)
            .map(|at| {
                let parent = geometry.parent(at);
                let material = |node| geometry.volume_of(node).material;
                let surface = |from, to| geometry.find_surface(from, to);
                [material(parent), surface(parent, at), surface(at, parent), material(at)]
            })
            .collect();
        self.tree.number_boundaries(&keys);
    }

    fn number_sensors(&mut self, detector: &Detector) {
        let detects = |surface: u32| self.tables.surfaces[surface as usize].is_sensor != 0;
        let geometry = self.geometry();
        let sensors = SensorFinder::new(&geometry, detector, detects);
        let is_sensor: Vec<bool> =
            (0..self.tree.nodes.len() as u32).map(|node| sensors.is_sensor(node)).collect();
        let found = self.tree.nodes.iter_mut().zip(is_sensor).filter(|(_, is_sensor)| *is_sensor);
        found.for_each(|(node, _)| node.touches |= touch::SENSOR);
        self.num_sensors = self.tree.number_sensors(&self.placements);
    }

    /// The volumes and where they are.
    pub fn geometry(&self) -> Geometry<'_> {
        let placements = &self.placements;
        Geometry {
            nodes: &self.tree.nodes,
            instances: &self.tree.instances,
            placements: &placements.placements,
            volumes: &placements.volumes,
            bvh: &placements.bvh,
            borders: &placements.borders,
            arrays: &placements.arrays,
            solids: self.solids.view(),
            instance_shift: self.tree.instance_shift,
            outside_arrays: self.tree.outside_arrays() as u32,
        }
    }

    /// What the physics and the tracing read.
    pub fn view(&self) -> Scene<'_> {
        Scene { geometry: self.geometry(), tables: self.tables.view() }
    }

    /// How many touchables there are.
    pub fn num_nodes(&self) -> u32 {
        self.tree.num_nodes()
    }

    /// All touchables' nodes, the world first.
    pub fn all_nodes(&self) -> impl Iterator<Item = u32> + '_ {
        self.tree.all()
    }

    /// How many sensors there are.
    pub fn num_sensors(&self) -> usize {
        self.num_sensors as usize
    }

    /// The nodes that are sensors, in the order of their indices: that of a depth-first walk.
    pub fn sensors(&self) -> impl ExactSizeIterator<Item = u32> + '_ {
        (1..self.num_sensors + 1).map(|index| self.node_at(|g, node| g.next_sensor(node) <= index))
    }

    /// The node of a 1-based sensor index, if there is one.
    pub fn sensor_node(&self, index: usize) -> Option<u32> {
        let index = u32::try_from(index).ok().filter(|&index| 0 < index && index <= self.num_sensors)?;
        Some(self.node_at(|g, node| g.next_sensor(node) <= index))
    }

    /// The node at a position in a depth-first walk, if there is one.
    pub fn node_of_depth_first(&self, position: u32) -> Option<u32> {
        (position < self.num_nodes()).then(|| self.node_at(|g, node| g.depth_first(node) <= position))
    }

    /// The last node in a depth-first walk that is not beyond the one looked for.
    fn node_at(&self, is_not_beyond: impl Fn(&Geometry, u32) -> bool) -> u32 {
        let geometry = self.geometry();
        let mut at = 0;
        loop {
            // The daughters from the first to the last that is not beyond.
            let (mut low, mut high) = (0, geometry.volume_of(at).n_daughters);
            while low < high {
                let middle = low + (high - low) / 2;
                if is_not_beyond(&geometry, geometry.child(at, middle)) {
                    low = middle + 1;
                } else {
                    high = middle;
                }
            }
            if low == 0 {
                return at;
            }
            at = geometry.child(at, low - 1);
        }
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
        PlacementId(self.geometry().placement_of(node).source)
    }

    /// Which copy of its placement a node is, from 0.
    pub fn copy(&self, node: u32) -> u32 {
        let geometry = self.geometry();
        let parent = geometry.parent(node);
        if parent == NO_NODE {
            return 0;
        }
        // A placement with copies has no sisters: its mother's first daughter is its first copy, or it is the only one.
        let first = self.source_placement(geometry.child(parent, 0));
        if first == self.source_placement(node) { geometry.daughter_number(node) } else { 0 }
    }

    /// Bytes that placements take, their hierarchies of boxes and arrays included, and bytes that touchables take.
    pub fn structure_bytes(&self) -> (usize, usize) {
        let p = &self.placements;
        let placements = size_of_val(&p.placements[..])
            + size_of_val(&p.volumes[..])
            + size_of_val(&p.bvh[..])
            + size_of_val(&p.arrays[..])
            + size_of_val(&p.borders[..]);
        (placements, size_of_val(&self.tree.nodes[..]) + size_of_val(&self.tree.instances[..]))
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
        feed(cast_slice(&self.tree.instances));
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
