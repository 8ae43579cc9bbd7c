//! The driver without C around it.

use super::{Driver, LaunchShape};
use crate::error::CudaError;
use crate::schedule::Schedule;
use crate::settings::Settings;

/// Writes its argument to a place, and has a variable.
const PUT: &[u8] = b".version 7.0\n.target sm_80\n.address_size 64\n
    .visible .global .align 4 .u32 seen = 7;
    .visible .entry put(.param .u64 place, .param .u32 value) {
        .reg .b32 %r<2>; .reg .b64 %rd<2>;
        ld.param.b64 %rd1, [place];
        ld.param.b32 %r1, [value];
        st.global.u32 [%rd1], %r1;
        ret;
    }";

const ONE: LaunchShape = LaunchShape { grid: [1; 3], block: [1; 3], dynamic_shared: 0 };

/// A driver with a current primary context on device 0.
fn ready(settings: Settings) -> Driver {
    let mut driver = Driver::new(settings);
    driver.init(0).unwrap();
    let context = driver.retain_primary(0).unwrap();
    driver.set_current(context).unwrap();
    driver
}

/// The arguments of `put`.
fn arguments(place: u64, value: u32) -> Vec<u8> {
    [&place.to_le_bytes()[..], &value.to_le_bytes()].concat()
}

fn put(driver: &mut Driver) -> usize {
    let module = driver.load_module(PUT, None).map_err(|refusal| refusal.error).unwrap();
    driver.function(module, "put").unwrap()
}

#[test]
fn nothing_works_before_init() {
    let mut driver = Driver::new(Settings::default());
    assert_eq!(driver.device_count(), Err(CudaError::NotInitialized));
    assert_eq!(driver.retain_primary(0), Err(CudaError::NotInitialized));
    assert_eq!(driver.allocate(1), Err(CudaError::NotInitialized));
    assert_eq!(driver.init(1), Err(CudaError::InvalidValue));
    driver.init(0).unwrap();
    assert_eq!(driver.allocate(1), Err(CudaError::InvalidContext));
}

#[test]
fn the_last_release_ends_a_primary_context() {
    let mut driver = ready(Settings::default());
    let first = driver.current().unwrap();
    assert_eq!(driver.retain_primary(0), Ok(first));
    driver.allocate(100).unwrap();
    driver.release_primary(0).unwrap();
    assert_eq!((driver.allocate(100).is_ok(), driver.live().leaked), (true, 0));
    driver.release_primary(0).unwrap();
    assert_eq!(driver.allocate(100), Err(CudaError::ContextIsDestroyed));
    assert_eq!((driver.live().allocations, driver.live().leaked), (0, 2));
    assert_eq!(driver.release_primary(0), Err(CudaError::InvalidContext));
    assert_ne!(driver.retain_primary(0), Ok(first));
}

#[test]
fn contexts_are_stacked() {
    let mut driver = ready(Settings { devices: 2, ..Settings::default() });
    let primary = driver.current().unwrap();
    let other = driver.create_context(1, 0).unwrap();
    assert_eq!((driver.current(), driver.current_device()), (Ok(other), Ok(1)));
    assert_eq!(driver.destroy_context(primary), Err(CudaError::InvalidContext));
    driver.push_current(primary).unwrap();
    assert_eq!((driver.pop_current(), driver.current()), (Ok(primary), Ok(other)));
    driver.destroy_context(other).unwrap();
    assert_eq!(driver.current(), Ok(primary));
    assert_eq!(driver.set_current(other), Err(CudaError::InvalidContext));
}

#[test]
fn the_default_stream_and_blocking_streams_wait_for_each_other() {
    let mut driver = ready(Settings::default());
    let kernel = put(&mut driver);
    let (blocking, free) = (driver.create_stream(0, 0).unwrap(), driver.create_stream(1, 0).unwrap());
    let word = driver.allocate(4).unwrap();
    driver.fill(word, &[0], 4, 0).unwrap();
    driver.synchronize().unwrap();
    driver.launch(kernel, ONE, arguments(word, 5), free).unwrap();
    assert_eq!(driver.copy_to_host(word, 4, 0).unwrap(), [0; 4], "nothing waits for the free stream");
    driver.launch(kernel, ONE, arguments(word, 6), blocking).unwrap();
    assert_eq!(driver.copy_to_host(word, 4, 0).unwrap(), [6, 0, 0, 0]);
    driver.launch(kernel, ONE, arguments(word, 7), 0).unwrap();
    assert_eq!(driver.copy_to_host(word, 4, free).unwrap(), [5, 0, 0, 0], "its own work only");
    assert_eq!(driver.copy_to_host(word, 4, blocking).unwrap(), [7, 0, 0, 0]);
}

#[test]
fn launches_must_fit() {
    let mut driver = ready(Settings { devices: 2, ..Settings::default() });
    let kernel = put(&mut driver);
    let word = driver.allocate(4).unwrap();
    let mut launch = |shape, arguments| driver.launch(kernel, shape, arguments, 0);
    let bad = Err(CudaError::InvalidValue);
    assert_eq!(launch(ONE, arguments(word, 1)[..8].to_vec()), bad);
    assert_eq!(launch(LaunchShape { grid: [0, 1, 1], ..ONE }, arguments(word, 1)), bad);
    assert_eq!(launch(LaunchShape { grid: [1, 70_000, 1], ..ONE }, arguments(word, 1)), bad);
    assert_eq!(launch(LaunchShape { block: [512, 4, 1], ..ONE }, arguments(word, 1)), bad);
    assert_eq!(launch(LaunchShape { dynamic_shared: 1 << 20, ..ONE }, arguments(word, 1)), bad);
    assert_eq!(launch(ONE, arguments(word, 1)), Ok(()));
    let other = driver.create_context(1, 0).unwrap();
    assert_eq!(driver.current(), Ok(other));
    assert_eq!(driver.launch(kernel, ONE, arguments(word, 1), 0), Err(CudaError::InvalidHandle));
    assert_eq!(driver.launch(12, ONE, arguments(word, 1), 0), Err(CudaError::InvalidHandle));
}

#[test]
fn modules_and_kernels_tell_of_themselves() {
    let mut driver = ready(Settings::default());
    let module = driver.load_module(PUT, None).map_err(|refusal| refusal.error).unwrap();
    let kernel = driver.function(module, "put").unwrap();
    assert_eq!(driver.function(module, "put"), Ok(kernel));
    assert_eq!(driver.function(module, "take"), Err(CudaError::NotFound));
    assert_eq!([0, 5, 6].map(|n| driver.function_attribute(n, kernel)), [Ok(1024), Ok(70), Ok(80)]);
    assert_eq!(driver.active_blocks(kernel, 96, 0), Ok(21));
    assert_eq!(driver.active_blocks(kernel, 32, 20 << 10), Ok(7), "of 164 KiB, 21 KiB each");
    assert_eq!(driver.block_size(kernel, 0, 0), Ok((4, 1024)));
    let (seen, bytes) = driver.global(module, "seen").unwrap();
    assert_eq!((bytes, driver.copy_to_host(seen, 4, 0).unwrap()), (4, vec![7, 0, 0, 0]));
    driver.unload_module(module).unwrap();
    assert_eq!(driver.copy_to_host(seen, 4, 0), Err(CudaError::InvalidValue));
    assert_eq!(driver.launch(kernel, ONE, arguments(seen, 1), 0), Err(CudaError::InvalidHandle));
}

#[test]
fn refused_modules_say_why() {
    let mut driver = ready(Settings { driver_version: 11040, ..Settings::default() });
    let mut refused =
        |image: &[u8]| driver.load_module(image, None).map_err(|r| (r.error, r.words)).unwrap_err();
    assert_eq!(refused(b"\x7fELF\x02").0, CudaError::NoBinaryForGpu);
    assert_eq!(refused(&[0xff, 0xfe]).0, CudaError::InvalidPtx);
    let text = String::from_utf8(PUT.to_vec()).unwrap();
    assert_eq!(refused(text.replace("7.0", "7.5").as_bytes()).0, CudaError::UnsupportedPtxVersion);
    let (error, words) = refused(text.replace("ret;", "retire;").as_bytes());
    assert_eq!(error, CudaError::InvalidPtx);
    assert!(words.contains("line ") && words.contains("retire"), "{words}");
}

#[test]
fn a_fault_spoils_its_context_and_loses_what_was_to_come() {
    let failing_launches = Schedule::parse("1:ecc", CudaError::LaunchFailed).unwrap();
    let mut driver = ready(Settings { failing_launches, ..Settings::default() });
    let kernel = put(&mut driver);
    let (first, second) = (driver.create_stream(1, 0).unwrap(), driver.create_stream(1, 0).unwrap());
    let word = driver.allocate(4).unwrap();
    let event = driver.create_event(0).unwrap();
    driver.launch(kernel, ONE, arguments(word, 1), first).unwrap();
    driver.record_event(event, first).unwrap();
    driver.wait_event(second, event).unwrap();
    driver.launch(kernel, ONE, arguments(word, 2), second).unwrap();
    let lost = Err(CudaError::EccUncorrectable);
    assert_eq!(driver.synchronize_stream(second), lost);
    assert_eq!((driver.synchronize_event(event), driver.query_stream(first)), (lost, lost));
    assert_eq!((driver.release(word), driver.unload_module(0)), (lost, Err(CudaError::InvalidHandle)));
    driver.reset_primary(0).unwrap();
    assert_eq!((driver.live().allocations, driver.live().leaked), (0, 0), "the host could not release it");
    let context = driver.retain_primary(0).unwrap();
    driver.set_current(context).unwrap();
    assert!(driver.allocate(4).is_ok());
}

#[test]
fn fills_repeat_their_pattern() {
    let mut driver = ready(Settings::default());
    let place = driver.allocate(12).unwrap();
    driver.fill(place, &[1], 12, 0).unwrap();
    driver.fill(place + 4, &0x0403_0201_u32.to_le_bytes(), 1, 0).unwrap();
    driver.fill(place + 8, &[8, 9], 2, 0).unwrap();
    let expected = [1, 1, 1, 1, 1, 2, 3, 4, 8, 9, 8, 9];
    assert_eq!(driver.copy_to_host(place, 12, 0).unwrap(), expected);
    assert_eq!(driver.fill(place + 1, &[8, 9], 1, 0), Err(CudaError::InvalidValue), "not aligned");
    assert_eq!(driver.fill(place + 8, &[0; 4], 2, 0), Err(CudaError::InvalidValue));
}
