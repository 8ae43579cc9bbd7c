//! What goes wrong is told, and the next event works.

use optixrap::cuda::{CudaEngine, CudaError, CudaOptions, DeviceChoice, list_devices};
use optixrap::engine::{Engine, EngineChoice, EngineError, EngineOptions, PropagateConfig};
use optixrap::transport::TransportOptions;

use super::support::{assert_same, engine_or_skip, event, gensteps, on_cpu, on_gpu, tile_scene};

#[test]
fn without_a_driver_cuda_is_a_clear_error_and_auto_takes_the_cpu() {
    let options = |choice| EngineOptions { choice, threads: 1, ..EngineOptions::default() };
    let wanted = Engine::new(&options(EngineChoice::Cuda)).map(|(engine, _)| engine);
    let (auto, why_cpu) = Engine::new(&options(EngineChoice::Auto)).unwrap();
    assert_eq!(why_cpu.is_some(), auto.name() == "cpu");
    match wanted {
        Ok(engine) => assert_eq!((engine.name(), auto.name()), ("cuda", "cuda")),
        Err(error) => {
            assert!(matches!(error, EngineError::Cuda(_)), "{error}");
            assert!(error.to_string().contains("--engine cpu"), "{error}");
            assert_eq!((auto.name(), auto.threads()), ("cpu", 1));
        }
    }
}

#[test]
fn a_device_that_does_not_exist_is_named() {
    let Ok(devices) = list_devices() else {
        println!("skipped: no NVIDIA driver");
        return;
    };
    let options = CudaOptions { devices: DeviceChoice::These(vec![devices.len()]), ..CudaOptions::default() };
    let error = CudaEngine::new(&options).unwrap_err();
    assert_eq!(error, CudaError::NoSuchDevice { index: devices.len(), count: devices.len() });
}

#[test]
fn an_event_that_is_given_up_leaves_the_engine_ready() {
    let options = CudaOptions { launch_photons: Some(100), ..CudaOptions::default() };
    let Some(engine) = engine_or_skip(&options) else { return };
    let scene = tile_scene();
    let gensteps = gensteps(1_000);
    let input = event(1, &gensteps);
    let config = PropagateConfig::default();
    let mut calls = 0;
    let failed = engine.propagate(&scene, &input, &config, &mut |_| {
        calls += 1;
        if calls == 3 { Err("the disk is full".into()) } else { Ok(()) }
    });
    assert!(matches!(&failed, Err(EngineError::Sink(e)) if e.to_string() == "the disk is full"));
    assert_eq!(calls, 3);
    let cpu = on_cpu(&scene, &input, &config);
    assert_same(&on_gpu(&engine, &scene, &input, &config), &cpu, "after a failure");
    let trapped = TransportOptions { bounce_max: 1 << 24, ..TransportOptions::default() };
    let histories = PropagateConfig { histories: true, transport: trapped, ..config.clone() };
    let refused = engine.propagate(&scene, &input, &histories, &mut |_| Ok(()));
    assert!(matches!(refused, Err(EngineError::Cuda(CudaError::BounceLimit { .. }))));
    engine.interrupter().interrupt();
    let interrupted = engine.propagate(&scene, &input, &config, &mut |_| Ok(()));
    assert!(matches!(interrupted, Err(EngineError::Interrupted)));
}
