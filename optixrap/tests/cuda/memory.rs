//! Device memory: bounded by a budget, flat over events, and no result lost for want of it.

use optixrap::cuda::{CudaError, CudaOptions};
use optixrap::engine::{EngineError, PropagateConfig};

use super::support::{assert_same, engine_or_skip, event, gensteps, on_cpu, on_gpu, tile_scene};

#[test]
fn a_launch_with_more_hits_than_room_is_repeated_and_loses_none() {
    let Some(engine) = engine_or_skip(&CudaOptions::default()) else { return };
    let scene = tile_scene();
    let gensteps = gensteps(9_000);
    let input = event(1, &gensteps);
    // Every photon is a hit: far more than is expected at first.
    let config = PropagateConfig { hit_mask: 0, way: true, ..PropagateConfig::default() };
    let cpu = on_cpu(&scene, &input, &config);
    assert_eq!(cpu.0.hits, 9_000);
    assert_same(&on_gpu(&engine, &scene, &input, &config), &cpu, "first time");
    let first = engine.report().totals();
    assert_eq!((first.launches, first.repeated), (2, 1));
    assert_same(&on_gpu(&engine, &scene, &input, &config), &cpu, "second time");
    let then = engine.report().totals().since(&first);
    assert_eq!(then.repeated, 0, "{then:?}");
}

#[test]
fn memory_stays_below_the_budget_and_results_are_the_same() {
    const BUDGET: u64 = 768 << 10;
    let options = CudaOptions { device_memory_bytes: Some(BUDGET), ..CudaOptions::default() };
    let Some(engine) = engine_or_skip(&options) else { return };
    let scene = tile_scene();
    let gensteps = gensteps(4_000);
    let input = event(1, &gensteps);
    let config = PropagateConfig { hit_mask: 0, photons: true, records: true, ..PropagateConfig::default() };
    let cpu = on_cpu(&scene, &input, &config);
    assert_same(&on_gpu(&engine, &scene, &input, &config), &cpu, "little memory");
    let device = &engine.report().devices[0];
    assert!(device.memory_peak_bytes <= BUDGET && device.memory_held_bytes > 0, "{device:?}");
    assert!(device.totals.launches > 4, "{:?}", device.totals);
}

#[test]
fn too_small_a_budget_is_an_error_that_says_what_to_do_and_the_next_event_works() {
    let options = CudaOptions { device_memory_bytes: Some(1000), ..CudaOptions::default() };
    let Some(engine) = engine_or_skip(&options) else { return };
    let scene = tile_scene();
    let gensteps = gensteps(500);
    let input = event(1, &gensteps);
    let config = PropagateConfig::default();
    let error = engine.propagate(&scene, &input, &config, &mut |_| Ok(())).unwrap_err();
    assert!(matches!(error, EngineError::Cuda(CudaError::Budget { .. })), "{error}");
    assert!(error.to_string().contains("--device-memory"), "{error}");
    engine.set_device_memory(64 << 20);
    let cpu = on_cpu(&scene, &input, &config);
    assert_same(&on_gpu(&engine, &scene, &input, &config), &cpu, "with more memory");
    engine.set_device_memory(256 << 10);
    assert!(engine.report().devices[0].memory_held_bytes <= 256 << 10);
}

#[test]
fn device_memory_is_flat_over_events_and_given_back_in_the_end() {
    let Some(engine) = engine_or_skip(&CudaOptions::default()) else { return };
    let scene = tile_scene();
    let gensteps = gensteps(200);
    let config = PropagateConfig { way: true, ..PropagateConfig::default() };
    let mut held = Vec::new();
    for id in 0..60 {
        on_gpu(&engine, &scene, &event(id, &gensteps), &config);
        held.push(engine.report().devices[0].memory_held_bytes);
    }
    assert!(held[10..].iter().all(|bytes| *bytes == held[10]), "{held:?}");
    let memory = engine.device_memory().unwrap();
    assert!(memory[0].free_bytes + held[10] <= memory[0].total_bytes, "{memory:?}");
}
