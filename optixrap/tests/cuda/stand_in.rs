//! The same tests with a stand-in for the driver, which executes the committed PTX in an interpreter; and what only it
//! can do: fail on demand, and tell what is not given back.

use std::path::PathBuf;
use std::process::Command;

use optixrap::cuda::{CudaEngine, CudaError, CudaOptions, DeviceChoice, Tuning};
use optixrap::engine::{Engine, EngineChoice, EngineError, EngineOptions, PropagateConfig};
use ptxdriver::{CallLog, Machine};

use super::support::{assert_same, event, gensteps, on_cpu, on_gpu, tile_scene};

/// An event on an engine whose launches are small.
fn small_launches() -> CudaOptions {
    CudaOptions { launch_photons: Some(200), ..CudaOptions::default() }
}

/// Follows an event, and says what became of it.
fn try_event(engine: &CudaEngine) -> Result<(), EngineError> {
    let (scene, gensteps) = (tile_scene(), gensteps(600));
    let config = PropagateConfig::default();
    engine.propagate(&scene, &event(3, &gensteps), &config, &mut |_| Ok(())).map(drop)
}

/// An event has the bits of the CPU engine.
fn assert_works(engine: &CudaEngine) {
    let (scene, gensteps) = (tile_scene(), gensteps(600));
    let (input, config) = (event(3, &gensteps), PropagateConfig { way: true, ..PropagateConfig::default() });
    let cpu = on_cpu(&scene, &input, &config);
    assert_same(&on_gpu(engine, &scene, &input, &config), &cpu, "after a fault");
}

/// The error of the CUDA engine in `result`.
fn cuda_error<T>(result: Result<T, EngineError>) -> CudaError {
    match result.map(drop) {
        Err(EngineError::Cuda(error)) => error,
        other => panic!("{other:?}"),
    }
}

#[test]
fn all_tests_of_the_engine_hold_on_two_stand_ins() {
    let mut command = Command::new(std::env::current_exe().unwrap());
    let machine = Machine::new().set("DEVICES", "2");
    machine.prepare(&mut command).unwrap();
    command.args(["cuda::", "--skip", "stand_in", "--nocapture"]);
    let output = command.output().unwrap();
    let printed = [output.stdout, output.stderr].map(|bytes| String::from_utf8_lossy(&bytes).into_owned());
    let printed = printed.concat();
    assert!(output.status.success() && !printed.contains("skipped:"), "{printed}");
    assert!(printed.contains("cuda::bits::"), "{printed}");
}

/// Tests whose bodies run on a machine with these variables. Each runs once more in a process of its own: so one machine
/// per test.
macro_rules! on_machines {
    ($($name:ident: [$($variable:ident = $value:expr),*] => $body:expr;)*) => {$(
        #[test]
        fn $name() {
            let machine = Machine::new()$(.set(stringify!($variable), $value))*;
            machine.run(concat!("cuda::stand_in::", stringify!($name)), || $body);
        }
    )*};
}

/// An event fails as it should, and the next one works.
fn fails_and_recovers(options: &CudaOptions, is_right: fn(&CudaError) -> bool) {
    let engine = CudaEngine::new(options).unwrap();
    let error = cuda_error(try_event(&engine));
    assert!(is_right(&error), "{error}");
    assert!(error.to_string().contains("GPU "), "{error}");
    assert_works(&engine);
    assert_eq!(engine.report().devices.len(), engine.devices().len());
}

/// The engine is refused as it should, and `auto` takes the CPU.
fn is_refused(is_right: fn(&CudaError) -> bool) {
    let error = CudaEngine::new(&CudaOptions::default()).unwrap_err();
    assert!(is_right(&error), "{error}");
    assert!(error.to_string().contains("--engine cpu"), "{error}");
    let auto = EngineOptions { choice: EngineChoice::Auto, ..EngineOptions::default() };
    assert_eq!(Engine::new(&auto).unwrap().0.name(), "cpu");
}

/// Every allocation fails from the second on.
fn nothing_is_left() {
    let engine = CudaEngine::new(&small_launches()).unwrap();
    for _ in 0..2 {
        let error = cuda_error(try_event(&engine));
        assert!(matches!(error, CudaError::OutOfMemory { .. }), "{error}");
        assert!(error.to_string().contains("nvidia-smi"), "{error}");
    }
}

/// Half of what others have left suffices.
fn little_is_left() {
    let engine = CudaEngine::new(&CudaOptions::default()).unwrap();
    assert!(engine.report().devices[0].memory_budget_bytes <= 1 << 20);
    assert_works(&engine);
    assert!(engine.report().devices[0].memory_peak_bytes <= 1 << 20);
}

/// Kernels are compiled for as many registers as is asked for, and any number of lanes may wait for company: the bits stay.
fn is_tuned() {
    for (registers, refill_at) in [(96, 31), (168, 0)] {
        let tuning = Tuning { registers: Some(registers), refill_at: Some(refill_at) };
        let engine = CudaEngine::new(&CudaOptions { tuning, ..small_launches() }).unwrap();
        assert_works(&engine);
        assert!(engine.report().devices[0].kernels.iter().all(|kernel| kernel.registers == registers));
    }
}

fn all_devices() -> CudaOptions {
    CudaOptions { devices: DeviceChoice::All, ..small_launches() }
}

on_machines! {
    a_bound_of_registers_reaches_the_driver: [] => is_tuned();
    a_watchdog_ends_the_event_alone: [FAIL_LAUNCH = "2:timeout"] =>
        fails_and_recovers(&small_launches(), |e| matches!(e, CudaError::LaunchTimeout { .. }));
    an_illegal_address_ends_the_event_alone: [FAIL_LAUNCH = "1:illegal-address"] =>
        fails_and_recovers(&small_launches(), |e| matches!(e, CudaError::ContextLost { .. }));
    faulty_memory_ends_the_event_alone: [FAIL_LAUNCH = "3:ecc"] =>
        fails_and_recovers(&small_launches(), |e| matches!(e, CudaError::ContextLost { .. }));
    a_launch_without_resources_ends_the_event_alone: [FAIL_LAUNCH = "2:out-of-resources"] =>
        fails_and_recovers(&small_launches(), |e| matches!(e, CudaError::Call { .. }));
    one_of_three_devices_ends_the_event_for_all: [DEVICES = "3", FAIL_LAUNCH = "2:timeout"] =>
        fails_and_recovers(&all_devices(), |e| matches!(e, CudaError::LaunchTimeout { .. }));
    a_second_allocation_that_fails_once_is_got_around: [FAIL_ALLOCATION = "2"] =>
        assert_works(&CudaEngine::new(&small_launches()).unwrap());
    a_fourth_allocation_that_fails_once_is_got_around: [FAIL_ALLOCATION = "4"] =>
        assert_works(&CudaEngine::new(&small_launches()).unwrap());
    a_sixth_allocation_that_fails_once_is_got_around: [FAIL_ALLOCATION = "6"] =>
        assert_works(&CudaEngine::new(&small_launches()).unwrap());
    memory_that_others_have_taken_is_named: [FAIL_ALLOCATION = "2+"] => nothing_is_left();
    little_memory_gives_the_same_bits: [MEMORY_MIB = "8", OTHER_MEMORY_MIB = "6"] => little_is_left();
    no_device_is_refused: [DEVICES = "0"] => is_refused(|e| matches!(e, CudaError::NoDevice { .. }));
    a_driver_that_does_not_start_is_refused: [INIT_ERROR = "999"] =>
        is_refused(|e| matches!(e, CudaError::NoDevice { .. }));
    an_old_device_is_refused: [COMPUTE_CAPABILITY = "7.5"] =>
        is_refused(|e| matches!(e, CudaError::UnsupportedDevice { .. }));
    an_old_driver_is_refused: [DRIVER_VERSION = "10020"] =>
        is_refused(|e| matches!(e, CudaError::DriverTooOld { .. }));
}

/// Launches that were submitted and not yet waited for, at most.
fn most_under_way(log: &CallLog) -> usize {
    let (mut under_way, mut most) = (0_usize, 0);
    for call in &log.calls {
        match call.function.as_str() {
            "cuLaunchKernel" => under_way += 1,
            // The first wait after a launch is for its counts; that for its hits finds nothing under way any more.
            "cuMemcpyDtoHAsync_v2" | "cuEventElapsedTime" => {}
            "cuEventSynchronize" => under_way = under_way.saturating_sub(1),
            _ => {}
        }
        most = most.max(under_way);
    }
    most
}

#[test]
fn everything_is_given_back_and_ten_thousand_launches_need_no_more_than_two() {
    const TEST: &str =
        "cuda::stand_in::everything_is_given_back_and_ten_thousand_launches_need_no_more_than_two";
    let log = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join("cuda-calls.log");
    // The process with the stand-in runs this test, too, from its beginning.
    let is_child = std::env::var_os("PTXDRIVER_LOG").is_some();
    if !is_child && log.exists() {
        std::fs::remove_file(&log).unwrap();
    }
    Machine::new().log(&log).run(TEST, || {
        let one_by_one = CudaOptions { launch_photons: Some(1), ..CudaOptions::default() };
        let engine = CudaEngine::new(&one_by_one).unwrap();
        let (scene, gensteps) = (tile_scene(), gensteps(10));
        let config = PropagateConfig::default();
        let mut held = Vec::new();
        for id in 0..1000 {
            engine.propagate(&scene, &event(id, &gensteps), &config, &mut |_| Ok(())).unwrap();
            let free = engine.device_memory().unwrap()[0].free_bytes;
            held.push((engine.report().devices[0].memory_held_bytes, free));
        }
        assert!(held[1..].iter().all(|now| *now == held[1]), "{:?} .. {:?}", held[1], held[999]);
    });
    if !is_child {
        let log = CallLog::read(&log).unwrap();
        assert!(log.at_end().is_nothing(), "{}", log.at_end());
        assert!(log.count("cuMemAlloc_v2") < 12 && log.count("cuLaunchKernel") >= 10_000);
        assert_eq!(most_under_way(&log), 2, "while one launch runs the next one is given to the driver");
    }
}
