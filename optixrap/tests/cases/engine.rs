//! Whole events through the CPU engine: closed forms, conservation, and bits that do not depend on the split.

use cfg4::detector::{Shape, Transform};
use optixrap::engine::{ChunkOutput, CpuEngine, End, EventInput, EventSummary, PropagateConfig};
use optixrap::scene::{SceneData, SurfaceModel};

use super::scenes::{Builder, material, point_torch};

fn collect(
    scene: &SceneData,
    config: &PropagateConfig,
    threads: usize,
    photons: u32,
) -> (EventSummary, ChunkOutput) {
    let engine = CpuEngine::new(threads).unwrap();
    let gensteps = [point_torch(photons, [1.0, 2.0, 3.0])];
    let input = EventInput { event_id: 7, gensteps: &gensteps, input_photons: &[], sensors: None };
    let mut all = ChunkOutput::default();
    let summary = engine
        .propagate(scene, &input, config, &mut |c: &ChunkOutput| {
            all.hits.extend_from_slice(&c.hits);
            all.ways.extend_from_slice(&c.ways);
            all.photons.extend_from_slice(&c.photons);
            all.records.extend_from_slice(&c.records);
            Ok(())
        })
        .unwrap();
    (summary, all)
}

/// A scintillator box with a sensor tile that touches one of its faces, inside a world of air.
fn tile_scene() -> SceneData {
    let mut b = Builder::world(material("Air", 1.0, None, None), [1000.0; 3]);
    let ls = material("LS", 1.5, Some(2000.0), Some(5000.0));
    let world = Some(cfg4::detector::VolumeId(0));
    let cube = b.add(world, "Cube", ls, Shape::Box { half_mm: [250.0; 3] }, Transform::IDENTITY);
    let glass = material("Glass", 1.47, None, None);
    let tile = Shape::Box { half_mm: [50.0, 50.0, 2.5] };
    let at = Transform::translation([0.0, 0.0, 247.5]);
    let tile = b.add(Some(cube), "Tile", glass, tile, at);
    b.skin(tile, &[("EFFICIENCY", 0.5), ("REFLECTIVITY", 1.0)]);
    SceneData::build(&b.0, SurfaceModel::Opticks).unwrap()
}

#[test]
fn every_photon_ends_once_and_ends_add_up() {
    let scene = tile_scene();
    assert_eq!(scene.num_sensors(), 1);
    let config = PropagateConfig { histories: true, ..PropagateConfig::default() };
    let (summary, output) = collect(&scene, &config, 2, 50_000);
    assert_eq!(summary.photons, 50_000);
    assert_eq!(summary.ends.total(), 50_000);
    assert_eq!(summary.histories.values().sum::<u64>(), 50_000);
    assert_eq!(summary.hits, output.hits.len() as u64);
    assert_eq!(summary.ends.get(End::SurfaceDetect), summary.hits);
    assert_eq!(summary.hits_per_sensor.get(&1), Some(&summary.hits));
    assert!(summary.hits > 500, "{summary:?}");
    // Half of what reaches the tile is detected, half absorbed: the difference is within 5 sigma.
    let (sd, sa) = (summary.hits as f64, summary.ends.get(End::SurfaceAbsorb) as f64);
    assert!((sd - sa).abs() < 5.0 * (sd + sa).sqrt(), "{sd} {sa}");
    assert_eq!(summary.ends.get(End::NanAbort) + summary.ends.get(End::BounceLimit), 0);
    for hit in &output.hits {
        let [x, y, z] = [hit.0[0], hit.0[1], hit.0[2]];
        assert!(x.abs() < 50.01 && y.abs() < 50.01 && z > 244.9 && z < 250.01, "{hit:?}");
        assert_eq!(hit.sensor_index(), 1);
    }
}

#[test]
fn bits_do_not_depend_on_threads_chunks_or_shards() {
    let scene = tile_scene();
    let base = PropagateConfig { way: true, photons: true, records: true, ..PropagateConfig::default() };
    let (summary, reference) = collect(&scene, &base, 1, 10_000);
    for (threads, chunk) in [(2, 1), (3, 17), (2, 4096), (1, 100_000)] {
        let config = PropagateConfig { chunk, ..base.clone() };
        let (s, output) = collect(&scene, &config, threads, 10_000);
        assert_eq!(s, summary);
        assert!(output == reference, "threads {threads} chunk {chunk}");
    }
    let mut shards = ChunkOutput::default();
    for range in [0..3_333, 3_333..3_334, 3_334..10_000] {
        let config = PropagateConfig { range: Some(range), ..base.clone() };
        let (_, output) = collect(&scene, &config, 2, 10_000);
        shards.hits.extend(output.hits);
        shards.ways.extend(output.ways);
        shards.photons.extend(output.photons);
        shards.records.extend(output.records);
    }
    assert!(shards == reference, "shards");
}

#[test]
fn absorption_follows_the_exponential_law() {
    let b = Builder::world(material("LS", 1.5, Some(500.0), None), [1e5; 3]);
    let scene = SceneData::build(&b.0, SurfaceModel::Opticks).unwrap();
    let config = PropagateConfig { photons: true, ..PropagateConfig::default() };
    let (summary, output) = collect(&scene, &config, 2, 20_000);
    assert_eq!(summary.ends.get(End::BulkAbsorb), 20_000);
    // Kolmogorov-Smirnov against 1 - exp(-x/500): critical value at 1e-6 is 2.69/sqrt(n). Fixed seed.
    let mut lengths: Vec<f64> = output
        .photons
        .iter()
        .map(|p| {
            [0, 1, 2].map(|i| (p.0[i] as f64) - [1.0, 2.0, 3.0][i]).iter().map(|x| x * x).sum::<f64>().sqrt()
        })
        .collect();
    lengths.sort_by(f64::total_cmp);
    let n = lengths.len() as f64;
    let distance = lengths.iter().enumerate().map(|(i, x)| {
        let cdf = 1.0 - (-x / 500.0).exp();
        (cdf - i as f64 / n).abs().max((cdf - (i as f64 + 1.0) / n).abs())
    });
    assert!(distance.fold(0.0, f64::max) < 2.69 / n.sqrt());
}

#[test]
fn a_step_outside_the_world_is_an_error_that_names_it() {
    let scene = tile_scene();
    let step = cfg4::genstep::ChargedStep {
        num_photons: 5,
        material: cfg4::genstep::Genstep::MATERIAL_AT_STEP,
        position_mm: [1e6, 0.0, 0.0],
        ..cfg4::genstep::ChargedStep::default()
    };
    let light = cfg4::genstep::ScintillationStep { step, component: 1, ..Default::default() };
    let gensteps = [point_torch(1, [0.0; 3]), light.to_genstep()];
    let input = EventInput { event_id: 0, gensteps: &gensteps, input_photons: &[], sensors: None };
    let engine = CpuEngine::new(1).unwrap();
    let result = engine.propagate(&scene, &input, &PropagateConfig::default(), &mut |_| Ok(()));
    let message = result.unwrap_err().to_string();
    assert!(message.contains("genstep 1") && message.contains("outside the world"), "{message}");
}

#[test]
fn records_of_trapped_photons_come_in_small_pieces() {
    // Lossless glass in air: light beyond the critical angle stays for ever.
    let mut b = Builder::world(material("Air", 1.0, None, None), [1000.0; 3]);
    let glass = material("Glass", 1.5, None, None);
    let world = Some(cfg4::detector::VolumeId(0));
    b.add(world, "Cube", glass, Shape::Box { half_mm: [50.0; 3] }, Transform::IDENTITY);
    let scene = SceneData::build(&b.0, SurfaceModel::Opticks).unwrap();
    let config = PropagateConfig { records: true, ..PropagateConfig::default() };
    let engine = CpuEngine::new(2).unwrap();
    let gensteps = [point_torch(200, [1.0, 2.0, 3.0])];
    let input = EventInput { event_id: 1, gensteps: &gensteps, input_photons: &[], sensors: None };
    let (mut most, mut all) = (0, 0);
    let summary = engine
        .propagate(&scene, &input, &config, &mut |c: &ChunkOutput| {
            most = most.max(c.records.len());
            all += c.records.len() as u64;
            Ok(())
        })
        .unwrap();
    assert!(summary.ends.get(End::BounceLimit) > 20, "{summary:?}");
    // Each photon has its points and its birth.
    assert_eq!(all, summary.points + summary.photons);
    assert!(most as u64 <= 32 * 10_001);
}

/// A box of glass with a rough skin of the unified model, so that each photon visits rare surfaces many times.
fn rough_scene() -> SceneData {
    let mut b = Builder::world(material("Air", 1.0, None, None), [1000.0; 3]);
    let glass = material("Glass", 1.8, Some(3000.0), None);
    let world = Some(cfg4::detector::VolumeId(0));
    let cube = b.add(world, "Cube", glass, Shape::Box { half_mm: [50.0; 3] }, Transform::IDENTITY);
    let lobes = [("SPECULARLOBECONSTANT", 0.6), ("SPECULARSPIKECONSTANT", 0.1), ("RINDEX", 1.3)];
    b.skin(cube, &[&lobes[..], &[("REFLECTIVITY", 0.9), ("EFFICIENCY", 0.5)]].concat());
    let surface = &mut b.0.surfaces[0];
    surface.model = cfg4::detector::SurfaceModel::Unified;
    surface.kind = cfg4::detector::SurfaceType::DielectricDielectric;
    surface.finish = cfg4::detector::SurfaceFinish::GroundBackPainted;
    surface.value = 0.15;
    SceneData::build(&b.0, SurfaceModel::Geant4).unwrap()
}

#[test]
fn rare_surfaces_give_the_same_bits_however_the_work_is_split_and_every_photon_ends_once() {
    let scene = rough_scene();
    let base = PropagateConfig { photons: true, ..PropagateConfig::default() };
    let (summary, reference) = collect(&scene, &base, 1, 5_000);
    assert_eq!(summary.ends.total(), 5_000);
    let at_paint = summary.ends.get(End::SurfaceDetect) + summary.ends.get(End::SurfaceAbsorb);
    assert_eq!(at_paint + summary.ends.get(End::BulkAbsorb), 5_000, "{summary:?}");
    assert!(summary.ends.get(End::BulkAbsorb) > 100 && summary.points > 20_000, "{summary:?}");
    for (threads, chunk) in [(2, 1), (3, 17), (2, 4096)] {
        let config = PropagateConfig { chunk, ..base.clone() };
        let (s, output) = collect(&scene, &config, threads, 5_000);
        assert!(s == summary && output == reference, "threads {threads} chunk {chunk}");
    }
}
