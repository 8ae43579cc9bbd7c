//! Making and following photons: photons per second in named scenes, and the cost of a point against the number of
//! sensors.
//!
//! `scintillator_cube` is the main job's geometry with its scintillation spectrum, without reemission, from its
//! middle; `sensor_wall/N` is a box whose wall is tiled with N sensors. Throughput is in photons for the first and in
//! points for the second, so that the second shows the cost per point.

#![allow(clippy::expect_used, reason = "a bench whose scene is wrong must stop")]

use std::hint::black_box;

use cfg4::detector::*;
use cfg4::gdml;
use cfg4::genstep::{ChargedStep, Genstep, ScintillationStep, TorchSpec};
use criterion::{BenchmarkId, Criterion, Throughput, criterion_group, criterion_main};
use optixrap::engine::{CpuEngine, EventInput, EventSummary, PropagateConfig};
use optixrap::scene::{SceneData, SurfaceModel};
use optixrap::transport::TransportOptions;

fn propagate(engine: &CpuEngine, scene: &SceneData, gensteps: &[Genstep]) -> EventSummary {
    let transport = TransportOptions { reemission: 0, ..TransportOptions::default() };
    let config = PropagateConfig { transport, ..PropagateConfig::default() };
    let input = EventInput { event_id: 0, gensteps, input_photons: &[], sensors: None };
    engine.propagate(scene, &input, &config, &mut |_| Ok(())).expect("the bench scenes propagate")
}

fn scintillator_cube(c: &mut Criterion) {
    let detector = gdml::read_str(gdml::DEFAULT_GEOMETRY, "built-in", &gdml::NoFiles).expect("it is ours");
    let scene = SceneData::build(&detector, SurfaceModel::Opticks).expect("it is ours");
    let photons = 200_000;
    let step = ChargedStep {
        num_photons: photons,
        position_mm: [0.0, 0.0, 250.0],
        material: Genstep::MATERIAL_AT_STEP,
        ..ChargedStep::default()
    };
    let light = ScintillationStep { step, component: 1, decay_time_ns: 7.0, ..ScintillationStep::default() };
    let gensteps = [light.to_genstep()];
    let mut group = c.benchmark_group("scintillator_cube");
    group.sample_size(10).throughput(Throughput::Elements(photons.into()));
    let cores = std::thread::available_parallelism().map_or(1, usize::from);
    for threads in [1, cores] {
        let engine = CpuEngine::new(threads).expect("threads start");
        group.bench_with_input(BenchmarkId::new("threads", threads), &threads, |b, _| {
            b.iter(|| propagate(&engine, &scene, black_box(&gensteps)));
        });
    }
    group.finish();
}

/// A box of 1 m whose wall at +x is tiled with `n` square sensors, of air gaps between.
fn sensor_wall(n: usize) -> SceneData {
    let table = |value: f64| {
        let energies = vec![1.0e-6, 10.0e-6];
        PropertyVector::new(energies, vec![value; 2]).map(Property::Vector).expect("two finite points")
    };
    let properties = |entries: &[(&str, f64)]| {
        PropertyMap(entries.iter().map(|(name, value)| ((*name).to_owned(), table(*value))).collect())
    };
    let material = |name: &str, entries: &[(&str, f64)]| Material {
        name: name.into(),
        density_g_cm3: 1.0,
        temperature_k: 293.15,
        is_gas: false,
        components: vec![(Element { name: "C".into(), z: 6.0, a_g_per_mol: 12.011 }, 1.0)],
        mean_excitation_ev: None,
        properties: properties(entries),
    };
    let volume = |name: &str, material: u32, solid: u32| Volume {
        name: name.into(),
        material: MaterialId(material),
        solid: SolidId(solid),
        daughters: Vec::new(),
        auxiliaries: Vec::new(),
        step_limit_mm: None,
        sensitive_detector: None,
    };
    let per_side = (n as f64).sqrt().ceil() as usize;
    let pitch = 1000.0 / per_side as f64;
    let half = 0.4 * pitch;
    let solid = |name: &str, half_mm: [f64; 3]| Solid { name: name.into(), shape: Shape::Box { half_mm } };
    let mut detector = Detector {
        materials: vec![
            material("LS", &[("RINDEX", 1.5), ("ABSLENGTH", 3000.0)]),
            material("Glass", &[("RINDEX", 1.47)]),
        ],
        solids: vec![solid("World", [500.0; 3]), solid("Tile", [1.0, half, half])],
        volumes: vec![volume("World", 0, 0), volume("Tile", 1, 1)],
        ..Detector::default()
    };
    let place = |name: &str, id: u32, mother, at| Placement {
        name: name.into(),
        copy_number: id as i32,
        volume: VolumeId(id.min(1)),
        mother,
        transform: Transform::translation(at),
        copies: cfg4::detector::Copies::Once,
    };
    detector.placements.push(place("World", 0, None, [0.0; 3]));
    for i in 0..n {
        let at = |k: usize| (k as f64 + 0.5) * pitch - 500.0;
        let position = [498.0, at(i / per_side), at(i % per_side)];
        detector.placements.push(place("Tile", i as u32 + 1, Some(VolumeId(0)), position));
        detector.volumes[0].daughters.push(PlacementId(i as u32 + 1));
    }
    detector.surfaces.push(OpticalSurface {
        name: "Tile".into(),
        model: cfg4::detector::SurfaceModel::Glisur,
        kind: SurfaceType::DielectricMetal,
        finish: SurfaceFinish::Polished,
        value: 1.0,
        properties: properties(&[("EFFICIENCY", 0.3), ("REFLECTIVITY", 0.0)]),
        measured: None,
    });
    detector.skins.push(SkinSurface { name: "Tile".into(), volume: VolumeId(1), surface: SurfaceId(0) });
    SceneData::build(&detector, SurfaceModel::Opticks).expect("the bench scene is sound")
}

fn sensor_number(c: &mut Criterion) {
    let engine = CpuEngine::new(1).expect("threads start");
    let spec: TorchSpec = "photons=20000".parse().expect("a torch");
    let gensteps = spec.place(&Transform::IDENTITY, 0).to_gensteps();
    let mut group = c.benchmark_group("sensor_wall");
    group.sample_size(10);
    for n in [5, 50, 500, 5_000, 50_000, 100_000] {
        let scene = sensor_wall(n);
        let points = propagate(&engine, &scene, &gensteps).points;
        group.throughput(Throughput::Elements(points));
        group.bench_with_input(BenchmarkId::from_parameter(n), &n, |b, _| {
            b.iter(|| propagate(&engine, &scene, black_box(&gensteps)));
        });
    }
    group.finish();
}

criterion_group!(benches, scintillator_cube, sensor_number);
criterion_main!(benches);
