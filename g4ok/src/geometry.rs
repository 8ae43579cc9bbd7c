//! A detector with its flat scene.

use std::path::Path;

use cfg4::detector::{Detector, Material, PlacementId, Transform};
use optixrap::physics::vec3::vec3;
use optixrap::scene::{SceneData, SurfaceModel};
use optixrap::trace::geometry::NONE;
use optixrap::trace::navigate;

use crate::{G4OpticksError, SensorNames};

/// A detector as it was read, and the scene that photons are traced through.
#[derive(Debug)]
pub struct DetectorGeometry {
    detector: Detector,
    scene: SceneData,
}

impl DetectorGeometry {
    /// Makes the scene of a detector.
    ///
    /// # Errors
    /// If the detector has something that cannot be simulated.
    pub fn new(detector: Detector, rule: SurfaceModel) -> Result<Self, G4OpticksError> {
        let scene = SceneData::build(&detector, rule)?;
        Ok(Self { detector, scene })
    }

    /// Reads a GDML file.
    ///
    /// # Errors
    /// If it cannot be read or has something that cannot be simulated.
    pub fn read(path: &Path, rule: SurfaceModel) -> Result<Self, G4OpticksError> {
        Self::new(cfg4::gdml::read(path)?, rule)
    }

    /// The detector.
    pub fn detector(&self) -> &Detector {
        &self.detector
    }

    /// The scene.
    pub fn scene(&self) -> &SceneData {
        &self.scene
    }

    /// How many sensors there are.
    pub fn num_sensors(&self) -> usize {
        self.scene.num_sensors()
    }

    /// The scene's node of a depth-first node index (as in hits), if it exists.
    pub fn node(&self, depth_first: u32) -> Option<u32> {
        self.scene.node_of_depth_first(depth_first)
    }

    /// The placement of a scene node.
    pub fn placement(&self, node: u32) -> PlacementId {
        self.scene.source_placement(node)
    }

    /// The scene node of a 1-based sensor index.
    pub fn sensor_node(&self, sensor_index: usize) -> Option<u32> {
        self.scene.sensor_node(sensor_index)
    }

    /// The material at a position in the world, mm; `None` outside.
    pub fn material_at(&self, position_mm: [f32; 3]) -> Option<&Material> {
        let [x, y, z] = position_mm;
        let geometry = self.scene.geometry();
        let place = navigate::locate(&geometry, vec3(x, y, z))?;
        self.detector.materials.get(geometry.volume_of(place.node).material as usize)
    }

    /// From the frame of a node (by its depth-first index) to the world's; `None` if there is no such node.
    pub fn node_transform(&self, depth_first: u32) -> Option<Transform> {
        Some(self.to_world(self.node(depth_first)?))
    }

    /// From the frame of a scene node to the world's.
    pub fn to_world(&self, node: u32) -> Transform {
        let mut at = node;
        let mut transform = Transform::IDENTITY;
        while at != NONE {
            let placement = self.detector.placement(self.placement(at));
            transform = placement.transform_of_copy(self.scene.copy(at)).after(&transform);
            at = self.scene.geometry().parent(at);
        }
        transform
    }

    /// `/World_PV#0/Obj#0/Det4#0`: the placements from the world to a node, with copy numbers.
    pub fn path(&self, node: u32) -> String {
        let mut names = Vec::new();
        let mut at = node;
        while at != NONE {
            names.push(self.name(at));
            at = self.scene.geometry().parent(at);
        }
        names.reverse();
        format!("/{}", names.join("/"))
    }

    pub(crate) fn name(&self, node: u32) -> String {
        format!("{}#{}", self.detector.placement(self.placement(node)).name, self.copy_number(node))
    }

    /// The copy number of a node.
    pub fn copy_number(&self, node: u32) -> i32 {
        self.detector.placement(self.placement(node)).copy_number_of(self.scene.copy(node))
    }

    /// A name for every sensor.
    pub fn sensor_names(&self) -> SensorNames<'_> {
        SensorNames::new(self)
    }
}
