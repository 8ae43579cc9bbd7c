//! Charged tracks in the photons' geometry.

use cfg4::detector::{Detector, PlacementId};
use cfg4::track::{Located, TrackGeometry, Vector};
use optixrap::physics::vec3::{Vec3, vec3};
use optixrap::scene::SceneData;
use optixrap::trace::geometry::{Geometry, NONE};
use optixrap::trace::navigate;

/// Lets the track stepper navigate in a scene. Positions are rounded to f32 in the frame of the volume.
#[derive(Debug, Clone, Copy)]
pub struct SceneTrackGeometry<'a> {
    geometry: Geometry<'a>,
    detector: &'a Detector,
}

impl<'a> SceneTrackGeometry<'a> {
    /// The geometry of the scene of a detector.
    pub fn new(scene: &'a SceneData, detector: &'a Detector) -> Self {
        Self { geometry: scene.geometry(), detector }
    }

    fn located(&self, node: u32) -> Located {
        let placement = PlacementId(self.geometry.placement_of(node).source);
        Located { volume: self.detector.placement(placement).volume, node }
    }

    fn local(&self, node: u32, position_mm: Vector, direction: Vector) -> (Vec3, Vec3) {
        let frame = self.geometry.to_world(node).inverse();
        (frame.point(narrow(position_mm)), frame.direction(narrow(direction)))
    }
}

impl TrackGeometry for SceneTrackGeometry<'_> {
    fn locate(&self, position_mm: Vector) -> Option<Located> {
        navigate::locate(&self.geometry, narrow(position_mm)).map(|far| self.located(far.node))
    }

    fn distance_to_boundary(&self, at: Located, position_mm: Vector, direction: Vector, max_mm: f64) -> f64 {
        let (p, d) = self.local(at.node, position_mm, direction);
        f64::from(navigate::next_boundary(&self.geometry, at.node, p, d, NONE).distance).min(max_mm)
    }

    fn cross(&self, at: Located, position_mm: Vector, direction: Vector) -> Option<Located> {
        let (p, d) = self.local(at.node, position_mm, direction);
        let boundary = navigate::next_boundary(&self.geometry, at.node, p, d, NONE);
        let far = navigate::beyond(&self.geometry, at.node, &boundary, p + d * boundary.distance, d);
        (far != NONE).then(|| self.located(far))
    }
}

fn narrow(v: Vector) -> Vec3 {
    let [x, y, z] = v.map(|c| c as f32);
    vec3(x, y, z)
}
