//! The built-in geometry with a torch, for unit tests of the engine's parts.

use cfg4::gdml;
use cfg4::genstep::TorchSpec;

use super::chunk::EventContext;
use super::prepare::prepare;
use super::{EventInput, PropagateConfig};
use crate::scene::{SceneData, SurfaceModel};

/// The built-in geometry.
pub(crate) fn test_scene() -> SceneData {
    let detector = gdml::read_str(gdml::DEFAULT_GEOMETRY, "built-in", &gdml::NoFiles).unwrap();
    SceneData::build(&detector, SurfaceModel::Opticks).unwrap()
}

/// Calls `test` with an event of one torch at the middle of the built-in geometry.
pub(super) fn with_event(photons: u32, test: impl FnOnce(&EventContext)) {
    let scene = test_scene();
    let spec: TorchSpec = format!("photons={photons}").parse().unwrap();
    let gensteps = spec.place(&cfg4::detector::Transform::IDENTITY, 0).to_gensteps();
    let input = EventInput { event_id: 3, gensteps: &gensteps, input_photons: &[], sensors: None };
    let view = scene.view();
    let event = prepare(&view, &input).unwrap();
    let config = PropagateConfig { photons: true, way: true, ..PropagateConfig::default() };
    let context = EventContext { scene: view, config: &config, event: &event, event_id: 3, sensors: None };
    test(&context);
}
