//! Speed of the CUDA engine on the built-in 1 m cube with scintillation light: `cargo bench -p optixrap --bench cuda`.
//!
//! Says `skipped` where there is no GPU. Criterion's figures are end to end: gensteps up, kernels, hits down, sorted by
//! photon and handed out. What it prints besides are the kernels alone, by the device's own clock, what they take, and how
//! far they are from what the device could do at best: its floors for instructions and for memory. At the end come a table
//! of the same event with other bounds of registers and other numbers of lanes that wait for company, and one line that says
//! which was best. All of it takes about two minutes on a GPU, beside compiling.
//!
//! `G4OPTICKS_BENCH_SCALE=1e-4` makes every event so much smaller: for a try on a driver that is a stand-in.

#![allow(clippy::expect_used, reason = "a bench whose scene is wrong must stop")]

use std::hint::black_box;
use std::time::{Duration, Instant};

use cfg4::gdml;
use cfg4::genstep::{ChargedStep, Genstep, ScintillationStep};
use criterion::{BenchmarkId, Criterion, Throughput, criterion_group, criterion_main};
use optixrap::cuda::{CudaEngine, CudaOptions, DeviceChoice, LaunchTotals, Tuning};
use optixrap::engine::{EventInput, PropagateConfig};
use optixrap::scene::{SceneData, SurfaceModel};
use optixrap::transport::TransportOptions;

/// Photons of an event: as many as the system of 2021 had in its test.
const PHOTONS: u32 = 4_700_000;

/// Gensteps that they come from.
const GENSTEPS: u32 = 1000;

/// Issue slots of a warp per point of one photon in this scene, as the interpreter counts them: docs/decisions/0007.
const SLOTS_PER_POINT: f64 = 2467.0;

/// Instructions per point of one photon.
const INSTRUCTIONS_PER_POINT: f64 = 599.0;

/// Lanes of a warp.
const LANES: f64 = 32.0;

/// How much of every event is made.
fn scale() -> f64 {
    std::env::var("G4OPTICKS_BENCH_SCALE").ok().and_then(|text| text.parse().ok()).unwrap_or(1.0)
}

/// So much of a number, and at least one.
fn scaled(n: u32) -> u32 {
    (f64::from(n) * scale()).max(1.0) as u32
}

/// Calls over which a mean is taken.
fn repeats() -> u32 {
    if scale() < 1.0 { 2 } else { 20 }
}

fn cube() -> SceneData {
    let detector =
        gdml::read_str(gdml::DEFAULT_GEOMETRY, "built-in", &gdml::NoFiles).expect("the built-in geometry");
    SceneData::build(&detector, SurfaceModel::Opticks).expect("the built-in scene")
}

/// Scintillation light from the middle of the cube, in equal gensteps.
fn light(photons: u32, gensteps: u32) -> Vec<Genstep> {
    let step = ChargedStep {
        num_photons: photons / gensteps,
        position_mm: [0.0, 0.0, 250.0],
        material: Genstep::MATERIAL_AT_STEP,
        ..ChargedStep::default()
    };
    let light = ScintillationStep { step, component: 1, decay_time_ns: 7.0, ..ScintillationStep::default() };
    vec![light.to_genstep(); gensteps as usize]
}

fn events(gensteps: &[Genstep], n: u32) -> Vec<EventInput<'_>> {
    (0..n).map(|event_id| EventInput { event_id, gensteps, input_photons: &[], sensors: None }).collect()
}

fn engine(devices: DeviceChoice) -> Option<CudaEngine> {
    tuned_engine(devices, Tuning::default())
}

fn tuned_engine(devices: DeviceChoice, tuning: Tuning) -> Option<CudaEngine> {
    CudaEngine::new(&CudaOptions { devices, tuning, ..CudaOptions::default() })
        .inspect_err(|error| println!("skipped: {error}"))
        .ok()
}

/// Follows the photons of `inputs` together; returns points and hits.
fn follow(engine: &CudaEngine, scene: &SceneData, inputs: &[EventInput]) -> (u64, u64) {
    let transport = TransportOptions { reemission: 0, ..TransportOptions::default() };
    let config = PropagateConfig { transport, ..PropagateConfig::default() };
    let summaries = engine.propagate_batch(scene, black_box(inputs), &config, &mut |_, output| {
        black_box(output);
        Ok(())
    });
    let summaries = summaries.expect("photons are followed");
    summaries.iter().fold((0, 0), |(points, hits), s| (points + s.points, hits + s.hits))
}

/// Prints what kernels and copies take by the device's clock, over `repeats` calls.
fn print_kernels(engine: &CudaEngine, scene: &SceneData, inputs: &[EventInput], repeats: u32) {
    let before = engine.report().totals();
    let (mut points, mut hits) = (0, 0);
    let begun = Instant::now();
    for _ in 0..repeats {
        let (p, h) = follow(engine, scene, inputs);
        (points, hits) = (points + p, hits + h);
    }
    let seconds = begun.elapsed().as_secs_f64();
    let LaunchTotals { launches, repeated, photons, kernel_s, copy_s, bytes_up, bytes_down } =
        engine.report().totals().since(&before);
    let per = f64::from(repeats);
    println!(
        "  per call: kernels {:.3} ms, copies {:.3} ms, end to end {:.3} ms; {:.1} launches ({repeated} repeated), \
         {:.2} MB up, {:.2} MB down, {} hits",
        1e3 * kernel_s / per,
        1e3 * copy_s / per,
        1e3 * seconds / per,
        launches as f64 / per,
        1e-6 * bytes_up as f64 / per,
        1e-6 * bytes_down as f64 / per,
        hits / u64::from(repeats),
    );
    let of_event =
        |input: &EventInput| input.gensteps.iter().map(|g| u64::from(g.num_photons())).sum::<u64>();
    let once: u64 = inputs.iter().map(of_event).sum();
    println!(
        "  kernels alone: {:.3e} photons/s, {:.3e} points/s; end to end {:.3e} photons/s, {:.3e} points/s",
        photons as f64 / kernel_s,
        points as f64 / kernel_s,
        once as f64 * per / seconds,
        points as f64 / seconds,
    );
    println!(
        "  latency: {:.3} ms end to end for each call of {} events; {:.1} events/s",
        1e3 * seconds / per,
        inputs.len(),
        inputs.len() as f64 * per / seconds,
    );
    print_floors(engine, points as f64, (bytes_up + bytes_down) as f64, kernel_s);
}

/// How far the kernels are from what the devices could do at best. The floor of instructions: every scheduler issues one in
/// every cycle, with all lanes in use, or with as many as are in use by the interpreter's count. The floor of memory: what
/// goes to the device and comes from it moves once, at the full width of the bus.
fn print_floors(engine: &CudaEngine, points: f64, bytes: f64, kernel_s: f64) {
    let devices = engine.devices();
    let slots_per_s: f64 = devices.iter().map(|d| d.issue_slots_per_s()).sum();
    let bytes_per_s: f64 = devices.iter().map(|d| d.memory_bytes_per_s()).sum();
    if slots_per_s <= 0.0 || bytes_per_s <= 0.0 {
        println!("  floors: the driver does not tell clock and bus of the device");
        return;
    }
    let full = points * INSTRUCTIONS_PER_POINT / LANES / slots_per_s;
    let diverged = points * SLOTS_PER_POINT / LANES / slots_per_s;
    let memory = bytes / bytes_per_s;
    println!(
        "  floors: instructions {:.3} ms with all lanes in use ({:.1} times that), {:.3} ms with a quarter of them ({:.1} \
         times), memory {:.4} ms ({:.0} times)",
        1e3 * full,
        kernel_s / full,
        1e3 * diverged,
        kernel_s / diverged,
        1e3 * memory,
        kernel_s / memory,
    );
}

fn print_devices(engine: &CudaEngine) {
    let report = engine.report();
    for device in &report.devices {
        let (major, minor) = device.info.capability;
        println!(
            "  {}: compute capability {major}.{minor}, {} multiprocessors, driver of CUDA {}, {:.1} MB held (peak {:.1})",
            device.info.name,
            device.info.multiprocessors,
            report.driver,
            1e-6 * device.memory_held_bytes as f64,
            1e-6 * device.memory_peak_bytes as f64,
        );
        for kernel in &device.kernels {
            println!(
                "  {}: loaded in {:.2} s, {} registers, {} bytes of its own per thread, {} blocks of {} threads, {:.0} % occupancy",
                kernel.name,
                kernel.load_s,
                kernel.registers,
                kernel.local_bytes,
                kernel.blocks,
                kernel.threads,
                100.0 * kernel.occupancy,
            );
        }
    }
}

/// One event of 4.7 million photons at a time, on one device and on all.
fn whole_event(c: &mut Criterion) {
    let scene = cube();
    let photons = scaled(PHOTONS).max(GENSTEPS);
    let gensteps = light(photons, GENSTEPS);
    for devices in [DeviceChoice::Best, DeviceChoice::All] {
        let Some(engine) = engine(devices.clone()) else { return };
        if devices == DeviceChoice::All && engine.devices().len() < 2 {
            return;
        }
        let inputs = events(&gensteps, 1);
        let mut points = 0;
        (0..5).for_each(|_| points = follow(&engine, &scene, &inputs).0);
        println!("event of {photons} photons, {points} points, devices: {devices}");
        print_kernels(&engine, &scene, &inputs, repeats());
        print_devices(&engine);
        let mut group = c.benchmark_group("cuda_cube_4.7e6");
        group
            .sample_size(10)
            .measurement_time(Duration::from_secs(5))
            .throughput(Throughput::Elements(points));
        group.bench_function(BenchmarkId::new("devices", devices), |b| {
            b.iter(|| follow(&engine, &scene, &inputs))
        });
        group.finish();
    }
}

/// Small events: how long one takes alone, and how many there are per second when they share launches.
fn small_events(c: &mut Criterion) {
    let scene = cube();
    let Some(engine) = engine(DeviceChoice::Best) else { return };
    for photons in [1_000, 100_000].map(|photons| scaled(photons).max(10)) {
        let gensteps = light(photons, 10);
        for together in [1, scaled(100).max(2)] {
            let inputs = events(&gensteps, together);
            (0..5).for_each(|_| {
                follow(&engine, &scene, &inputs);
            });
            println!("{together} events of {photons} photons together");
            print_kernels(&engine, &scene, &inputs, repeats());
            let mut group = c.benchmark_group(format!("cuda_cube_events_of_{photons}"));
            group.sample_size(10).measurement_time(Duration::from_secs(3));
            group.throughput(Throughput::Elements(u64::from(together)));
            group.bench_function(BenchmarkId::new("together", together), |b| {
                b.iter(|| follow(&engine, &scene, &inputs));
            });
            group.finish();
        }
    }
}

/// The same event with other bounds of registers, and with other numbers of lanes that wait for company. The first of each
/// is what the engine does by itself.
const REGISTERS: [Option<u32>; 5] = [None, Some(96), Some(128), Some(168), Some(255)];
const REFILL_AT: [Option<u32>; 6] = [None, Some(31), Some(28), Some(24), Some(16), Some(12)];

/// Kernel time of an event, for each choice.
fn choices(_: &mut Criterion) {
    let scene = cube();
    let photons = scaled(PHOTONS).max(GENSTEPS);
    let gensteps = light(photons, GENSTEPS);
    let inputs = events(&gensteps, 1);
    println!(
        "event of {photons} photons: registers asked for and taken, refill at, kernel ms, points/s, occupancy"
    );
    let mut best = (f64::INFINITY, String::new());
    for registers in REGISTERS {
        for refill_at in REFILL_AT {
            let Some(engine) = tuned_engine(DeviceChoice::Best, Tuning { registers, refill_at }) else {
                return;
            };
            for _ in 0..3 {
                follow(&engine, &scene, &inputs);
            }
            let before = engine.report().totals();
            let calls = repeats().div_ceil(2);
            let points: u64 = (0..calls).map(|_| follow(&engine, &scene, &inputs).0).sum();
            let report = engine.report();
            let kernel_s = report.totals().since(&before).kernel_s;
            let Some(kernel) = report.devices.first().and_then(|device| device.kernels.first()) else {
                return;
            };
            let word = |choice: Option<u32>| choice.map_or("default".to_owned(), |n| n.to_string());
            let row = format!(
                "{:>8} {:>4} {:>8} {:10.3} {:10.3e} {:4.0} %",
                word(registers),
                kernel.registers,
                word(refill_at),
                1e3 * kernel_s / f64::from(calls),
                points as f64 / kernel_s,
                100.0 * kernel.occupancy,
            );
            println!("  {row}");
            if kernel_s < best.0 {
                best = (kernel_s, row);
            }
        }
    }
    println!("  best: {}", best.1);
}

criterion_group!(benches, whole_event, small_events, choices);
criterion_main!(benches);
