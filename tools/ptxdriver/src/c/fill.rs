//! Fills. Those without a stream are in the default stream; none waits.

use crate::device::Handle;

/// The default stream.
const DEFAULT: Handle = 0;

shells! {
    fn cuMemsetD8_v2(to: u64, value: u8, n: usize) |driver| { driver.fill(to, &[value], n, DEFAULT) }

    fn cuMemsetD8Async(to: u64, value: u8, n: usize, stream: Handle) |driver| { driver.fill(to, &[value], n, stream) }

    fn cuMemsetD16_v2(to: u64, value: u16, n: usize) |driver| {
        driver.fill(to, &value.to_ne_bytes(), n, DEFAULT)
    }

    fn cuMemsetD16Async(to: u64, value: u16, n: usize, stream: Handle) |driver| {
        driver.fill(to, &value.to_ne_bytes(), n, stream)
    }

    fn cuMemsetD32_v2(to: u64, value: u32, n: usize) |driver| {
        driver.fill(to, &value.to_ne_bytes(), n, DEFAULT)
    }

    fn cuMemsetD32Async(to: u64, value: u32, n: usize, stream: Handle) |driver| {
        driver.fill(to, &value.to_ne_bytes(), n, stream)
    }
}
