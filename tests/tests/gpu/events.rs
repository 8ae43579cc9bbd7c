//! Whole events: hits, way items, final states, points, histories and counts, byte by byte.

use std::collections::BTreeSet;
use std::ops::Range;

use optixrap::engine::{Batch, ChunkOutput, CpuEngine, EventInput, PropagateConfig};
use optixrap::physics::photon::flag;
use optixrap::physics::sensor::{AngularGrid, SensorRecord, Sensors};
use optixrap::repertoire::{SIMPLE_SOLIDS, SIMPLE_SURFACES, is_simple};
use optixrap::scene::SceneData;
use optixrap::transport::TransportOptions;
use ptxrun::LaunchConfig;

use crate::truth::arrays;

use super::device::{Gpu, Launch, bytes};
use super::scenes::{self, Light};

/// What the CPU engine gives for an event.
pub(crate) fn on_cpu(
    scene: &SceneData,
    input: &EventInput,
    config: &PropagateConfig,
    range: Option<Range<u64>>,
) -> ChunkOutput {
    let mut all = ChunkOutput::default();
    let config = PropagateConfig { range, ..config.clone() };
    let mut keep = |chunk: &ChunkOutput| {
        all.hits.extend_from_slice(&chunk.hits);
        all.ways.extend_from_slice(&chunk.ways);
        all.photons.extend_from_slice(&chunk.photons);
        all.records.extend_from_slice(&chunk.records);
        Ok(())
    };
    let summary = CpuEngine::new(1).unwrap().propagate(scene, input, &config, &mut keep).unwrap();
    ChunkOutput { summary, ..all }
}

/// Fails where a byte differs.
#[track_caller]
fn assert_same(gpu: &ChunkOutput, cpu: &ChunkOutput, what: &str) {
    assert_eq!(gpu.summary, cpu.summary, "{what}: counts");
    assert!(bytes(&gpu.hits) == bytes(&cpu.hits), "{what}: hits");
    assert!(bytes(&gpu.ways) == bytes(&cpu.ways), "{what}: way items");
    assert!(bytes(&gpu.photons) == bytes(&cpu.photons), "{what}: photons");
    assert!(bytes(&gpu.records) == bytes(&cpu.records), "{what}: points");
}

pub(crate) fn input(light: &Light, event_id: u32) -> EventInput<'_> {
    EventInput { event_id, gensteps: &light.gensteps, input_photons: &light.input_photons, sensors: None }
}

/// Everything that can be asked for.
pub(crate) fn everything() -> PropagateConfig {
    let transport = TransportOptions { bounce_max: 200, ..TransportOptions::default() };
    let mask = flag::SURFACE_DETECT;
    PropagateConfig {
        seed: 5,
        transport,
        hit_mask: mask,
        way: true,
        photons: true,
        records: true,
        histories: true,
        ..PropagateConfig::default()
    }
}

/// Two events, one of them twice as long, in launches of several shapes; the second is another one's first half.
pub(crate) fn compare(scene: &SceneData, light: &Light, name: &str) {
    let config = everything();
    let mut batch = Batch::default();
    batch.add(scene, &input(light, 7), None).unwrap();
    batch.add(scene, &input(light, 8), Some(10..60)).unwrap();
    let cpu = [
        on_cpu(scene, &input(light, 7), &config, None),
        on_cpu(scene, &input(light, 8), &config, Some(10..60)),
    ];
    assert!(cpu[0].summary.photons > 60, "{name}: {} photons", cpu[0].summary.photons);
    let all = 0..batch.n_photons();
    let simple = is_simple(&scene.view());
    for kernel in
        ["propagate_recorded", "propagate_recorded_simple"].into_iter().take(1 + usize::from(simple))
    {
        let mut gpu = Gpu::new(scene, kernel, None);
        let events = gpu.propagate(&batch, &config, &Launch::new(kernel, 2), all.clone());
        assert!(gpu.repeated > 0, "{name}: the buffers were large enough at first");
        for (event, cpu) in events.iter().zip(&cpu) {
            assert_same(event, cpu, &format!("{name}, {kernel}"));
        }
    }
    let hits_only =
        PropagateConfig { way: false, photons: false, records: false, histories: false, ..config };
    let kernels =
        [("propagate", 1), ("propagate_each", all.end.div_ceil(32) as u32), ("propagate_simple", 1)];
    for (kernel, blocks) in kernels.into_iter().take(2 + usize::from(simple)) {
        let mut gpu = Gpu::new(scene, kernel, None);
        let events = gpu.propagate(&batch, &hits_only, &Launch::new(kernel, blocks), all.clone());
        for (i, (event, cpu)) in events.iter().zip(&cpu).enumerate() {
            assert!(bytes(&event.hits) == bytes(&cpu.hits), "{name}, {kernel}: hits of event {i}");
            let mut summary = cpu.summary.clone();
            summary.histories.clear();
            assert_eq!(event.summary, summary, "{name}, {kernel}: counts of event {i}");
        }
    }
}

#[test]
fn every_source_of_light_in_the_built_in_cube() {
    let scene = scenes::cube();
    for (name, light) in scenes::lights(&scene) {
        compare(&scene, &light, name);
    }
}

#[test]
fn every_solid() {
    let scene = scenes::solids();
    compare(&scene, &scenes::torch(500, [0.0, 0.0, 0.0]), "solids");
}

#[test]
fn every_other_solid_is_entered_and_left() {
    let scene = scenes::more_solids();
    let light = scenes::torch(500, [0.0, 110.0, 0.0]);
    let cpu = on_cpu(&scene, &input(&light, 7), &everything(), None);
    // Node and photon of each point; the nodes of the solids follow those of the world and of the block around them.
    let points = cpu.records.iter().map(|point| [point.0[13], point.0[14]].map(f32::to_bits));
    let points: Vec<[u32; 2]> = points.collect();
    for solid in 2..26 {
        let in_it = |point: &[u32; 2]| point[0] == solid;
        let crossings = points.windows(2).filter(|pair| pair[0][1] == pair[1][1]);
        let (mut entered, mut left) = (0, 0);
        for pair in crossings {
            entered += u32::from(!in_it(&pair[0]) && in_it(&pair[1]));
            left += u32::from(in_it(&pair[0]) && !in_it(&pair[1]));
        }
        let detects = (solid - 2) % 3 == 0;
        assert!(
            detects || entered > 0 && left > 0,
            "solid {}: {entered} times entered, {left} left",
            solid - 2
        );
    }
    compare(&scene, &light, "more solids");
}

/// What the modules for simple scenes are used for is what they are tested with, and nothing else.
#[test]
fn simple_kernels_are_for_what_they_have() {
    let mut solids = BTreeSet::new();
    let mut surfaces = BTreeSet::new();
    assert!(is_simple(&scenes::cube().view()));
    for scene in scenes::surfaces().into_iter().map(|(_, scene)| scene).chain([scenes::cube()]) {
        let view = scene.view();
        if !is_simple(&view) {
            continue;
        }
        solids.extend(view.geometry.solids.records.iter().map(|solid| solid.kind));
        surfaces.extend(view.tables.surfaces.iter().map(|surface| surface.kind));
    }
    assert_eq!(solids, SIMPLE_SOLIDS.into());
    assert_eq!(surfaces, SIMPLE_SURFACES.into());
    assert!(!is_simple(&scenes::solids().view()) && !is_simple(&scenes::more_solids().view()));
}

#[test]
fn replicas_along_lines_and_around_an_axis() {
    for (name, scene, at) in arrays::scenes() {
        assert!(!is_simple(&scene.view()), "{name}");
        compare(&scene, &scenes::torch(300, at), name);
    }
}

#[test]
fn every_kind_of_surface() {
    for (name, scene) in scenes::surfaces() {
        compare(&scene, &scenes::torch(200, [0.0, 0.0, 0.0]), name);
    }
}

#[test]
fn the_split_of_a_batch_over_launches_and_lanes_changes_nothing() {
    let scene = scenes::cube();
    let light = scenes::torch(300, [400.0, 10.0, 0.0]);
    let config = PropagateConfig { photons: true, ..everything() };
    let mut batch = Batch::default();
    for event in 0..3 {
        batch.add(&scene, &input(&light, event), None).unwrap();
    }
    let kernel = "propagate_recorded";
    let whole = Gpu::new(&scene, kernel, None).propagate(&batch, &config, &Launch::new(kernel, 1), 0..900);
    for (range, shape, refill_at) in [
        (0..450, LaunchConfig::linear(3, 64), 31),
        (450..451, LaunchConfig::linear(1, 32), 0),
        (451..900, LaunchConfig::linear(2, 96).lockstep(), 28),
    ] {
        let launch = Launch { shape, refill_at, ..Launch::new(kernel, 1) };
        let parts = Gpu::new(&scene, kernel, None).propagate(&batch, &config, &launch, range.clone());
        for (event, (part, whole)) in parts.iter().zip(&whole).enumerate() {
            let first = 300 * event as u64;
            let [from, to] = [range.start, range.end].map(|i| (i.clamp(first, first + 300) - first) as usize);
            assert!(bytes(&part.photons) == bytes(&whole.photons[from..to]), "{range:?}, event {event}");
        }
    }
}

#[test]
fn sensors_collect_and_cull_as_on_the_cpu() {
    let scene = scenes::cube();
    let n = scene.num_sensors();
    let record = |i: usize| SensorRecord {
        efficiency_1: 0.9,
        efficiency_2: 0.8,
        category: i as i32 % 3 - 1,
        identifier: i as i32,
    };
    let records: Vec<SensorRecord> = (0..n).map(record).collect();
    let angular: Vec<f32> = (0..2 * 5 * 8).map(|i| 0.3 + 0.005 * i as f32).collect();
    let grid = AngularGrid::new([2, 5, 8], [0.0, 180.0], [0.0, 360.0]);
    let sensors = Sensors { records: &records, grid, angular: &angular };
    let light = scenes::torch(1000, [480.0, 0.0, 0.0]);
    let mut batch = Batch::default();
    let event = EventInput { sensors: Some(sensors), ..input(&light, 1) };
    batch.add(&scene, &event, None).unwrap();
    let config = PropagateConfig { hit_mask: flag::EFFICIENCY_COLLECT, ..everything() };
    let cpu = on_cpu(&scene, &event, &config, None);
    let culled = cpu.photons.iter().filter(|p| p.flag_mask() & flag::EFFICIENCY_CULL != 0).count();
    assert!(cpu.hits.len() > 20 && culled > 20, "{} collected, {culled} culled", cpu.hits.len());
    let kernel = "propagate_recorded";
    let mut gpu = Gpu::new(&scene, kernel, Some(&sensors));
    let events = gpu.propagate(&batch, &config, &Launch::new(kernel, 1), 0..1000);
    assert_same(&events[0], &cpu, "sensors");
}

#[test]
fn limits_and_photons_that_never_fly_end_alike() {
    let scene = scenes::cube();
    let mut light = scenes::photons(64);
    light.input_photons[3][0] = f32::NAN;
    light.input_photons[4][0] = 1e9;
    light.input_photons[5][11] = f32::NAN;
    light.input_photons[6][4..7].copy_from_slice(&[0.0; 3]);
    for transport in [
        TransportOptions { bounce_max: 0, ..TransportOptions::default() },
        TransportOptions { bounce_max: 2, ..TransportOptions::default() },
        TransportOptions { time_max_ns: 3.0, ..TransportOptions::default() },
        TransportOptions { reemission: 0, scattering: 0, ..TransportOptions::default() },
        TransportOptions { absorption: 0, bounce_max: 50, ..TransportOptions::default() },
        TransportOptions { boundary: 0, ..TransportOptions::default() },
    ] {
        let config = PropagateConfig { transport, ..everything() };
        let cpu = on_cpu(&scene, &input(&light, 0), &config, None);
        let mut batch = Batch::default();
        batch.add(&scene, &input(&light, 0), None).unwrap();
        let kernel = "propagate_recorded";
        let mut gpu = Gpu::new(&scene, kernel, None);
        let events = gpu.propagate(&batch, &config, &Launch::new(kernel, 1), 0..64);
        assert_same(&events[0], &cpu, &format!("{transport:?}"));
    }
}
