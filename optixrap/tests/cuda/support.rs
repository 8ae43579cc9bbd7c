//! Engines, scenes and comparisons for the tests of the CUDA engine.

use cfg4::detector::{Shape, Transform, VolumeId};
use cfg4::genstep::Genstep;
use optixrap::cuda::{CudaEngine, CudaError, CudaOptions};
use optixrap::engine::{ChunkOutput, CpuEngine, EventInput, EventSummary, PropagateConfig};
use optixrap::scene::{SceneData, SurfaceModel};

use crate::scenes::{Builder, material, point_torch};

/// An engine, or a line that says why there is none.
pub(super) fn engine_or_skip(options: &CudaOptions) -> Option<CudaEngine> {
    match CudaEngine::new(options) {
        Ok(engine) => Some(engine),
        Err(CudaError::NoDriver) => {
            println!("skipped: no NVIDIA driver");
            None
        }
        Err(
            error @ (CudaError::NoDevice { .. }
            | CudaError::NoSuchDevice { .. }
            | CudaError::UnsupportedDevice { .. }),
        ) => {
            println!("skipped: {error}");
            None
        }
        Err(error) => panic!("{error}"),
    }
}

/// Photons for a test: more on a real GPU than on a stand-in, which has few multiprocessors.
pub(super) fn scaled(engine: &CudaEngine, photons: u32) -> u32 {
    let large = engine.devices().iter().any(|device| device.multiprocessors > 8);
    if large { 100 * photons } else { photons }
}

/// A scintillator that absorbs and scatters, with a sensor tile that touches one of its faces, inside a world of air.
pub(super) fn tile_scene() -> SceneData {
    let mut b = Builder::world(material("Air", 1.0, None, None), [1000.0; 3]);
    let ls = material("LS", 1.5, Some(2000.0), Some(5000.0));
    let world = Some(VolumeId(0));
    let cube = b.add(world, "Cube", ls, Shape::Box { half_mm: [250.0; 3] }, Transform::IDENTITY);
    let glass = material("Glass", 1.47, None, None);
    let tile = Shape::Box { half_mm: [150.0, 150.0, 2.5] };
    let tile = b.add(Some(cube), "Tile", glass, tile, Transform::translation([0.0, 0.0, 247.5]));
    b.skin(tile, &[("EFFICIENCY", 0.5), ("REFLECTIVITY", 1.0)]);
    SceneData::build(&b.0, SurfaceModel::Opticks).unwrap()
}

/// Gensteps with `photons` in all, of unequal sizes.
pub(super) fn gensteps(photons: u32) -> Vec<Genstep> {
    let (a, b) = (photons / 2, photons / 3);
    let c = photons - a - b;
    [(a, 1.0), (0, 2.0), (b, 3.0), (c, 4.0)].map(|(n, x)| point_torch(n, [x, 2.0 * x, -x])).to_vec()
}

/// An event without extras.
pub(super) fn event(event_id: u32, gensteps: &[Genstep]) -> EventInput<'_> {
    EventInput { event_id, gensteps, input_photons: &[], sensors: None }
}

/// Everything that an engine has handed out about an event.
pub(super) type Everything = (EventSummary, ChunkOutput);

/// Adds a part of an event's results.
pub(super) fn gather(all: &mut ChunkOutput, part: &ChunkOutput) {
    all.hits.extend_from_slice(&part.hits);
    all.ways.extend_from_slice(&part.ways);
    all.photons.extend_from_slice(&part.photons);
    all.records.extend_from_slice(&part.records);
}

/// What the CPU engine says.
pub(super) fn on_cpu(scene: &SceneData, input: &EventInput, config: &PropagateConfig) -> Everything {
    let mut all = ChunkOutput::default();
    let mut sink = |part: &ChunkOutput| {
        gather(&mut all, part);
        Ok(())
    };
    let summary = CpuEngine::new(0).unwrap().propagate(scene, input, config, &mut sink).unwrap();
    (summary, all)
}

/// What the CUDA engine says.
pub(super) fn on_gpu(
    engine: &CudaEngine,
    scene: &SceneData,
    input: &EventInput,
    config: &PropagateConfig,
) -> Everything {
    let mut all = ChunkOutput::default();
    let mut sink = |part: &ChunkOutput| {
        gather(&mut all, part);
        Ok(())
    };
    let summary = engine.propagate(scene, input, config, &mut sink).unwrap();
    (summary, all)
}

/// Every bit must be the same; says what is not.
pub(super) fn assert_same(gpu: &Everything, cpu: &Everything, what: &str) {
    assert_eq!(gpu.0, cpu.0, "counts, {what}");
    assert!(gpu.1.hits == cpu.1.hits, "hits, {what}");
    assert!(gpu.1.ways == cpu.1.ways, "ways, {what}");
    assert!(gpu.1.photons == cpu.1.photons, "photons, {what}");
    assert!(gpu.1.records == cpu.1.records, "records, {what}");
}
