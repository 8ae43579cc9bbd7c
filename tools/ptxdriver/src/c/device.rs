//! Initialisation and devices.

use std::ffi::c_char;

use super::pointers::Out;
use crate::device::Handle;
use crate::error::CudaError;

shells! {
    fn cuInit(flags: u32) |driver| { driver.init(flags) }

    fn cuDriverGetVersion(version: Out<i32>) |driver| { version.put(driver.version()) }

    fn cuDeviceGetCount(count: Out<i32>) |driver| { count.put(driver.device_count()?) }

    fn cuDeviceGet(device: Out<i32>, ordinal: i32) |driver| { device.put(driver.device(ordinal)? as i32) }

    fn cuDeviceGetName(name: Out<c_char>, room: i32, device: i32) |driver| {
        name.put_text(&driver.device_name(device)?, room)
    }

    fn cuDeviceGetUuid(uuid: Out<[u8; 16]>, device: i32) |driver| { uuid.put(driver.device_uuid(device)?) }

    fn cuDeviceGetUuid_v2(uuid: Out<[u8; 16]>, device: i32) |driver| { uuid.put(driver.device_uuid(device)?) }

    fn cuDeviceTotalMem_v2(bytes: Out<usize>, device: i32) |driver| { bytes.put(driver.total_memory(device)?) }

    fn cuDeviceGetAttribute(value: Out<i32>, attribute: i32, device: i32) |driver| {
        value.put(driver.device_attribute(attribute, device)?)
    }

    fn cuDeviceComputeCapability(major: Out<i32>, minor: Out<i32>, device: i32) |driver| {
        major.put(driver.device_attribute(75, device)?)?;
        minor.put(driver.device_attribute(76, device)?)
    }

    fn cuDeviceGetPCIBusId(id: Out<c_char>, room: i32, device: i32) |driver| {
        id.put_text(&format!("0000:{:02X}:00.0", driver.device(device)? + 1), room)
    }

    fn cuDeviceCanAccessPeer(can: Out<i32>, device: i32, peer: i32) |driver| {
        driver.device(device)?;
        driver.device(peer)?;
        can.put(0)
    }

    fn cuDeviceGetDefaultMemPool(pool: Out<Handle>, device: i32) |driver| { pool.put(driver.memory_pool(device)?) }

    fn cuDeviceGetMemPool(pool: Out<Handle>, device: i32) |driver| { pool.put(driver.memory_pool(device)?) }

    fn cuMemPoolGetAttribute(pool: Handle, attribute: i32, value: Out<u64>) |driver| {
        match attribute {
            5..=8 => value.put(driver.pool_bytes(pool)? as u64),
            _ => Err(CudaError::NotSupported),
        }
    }

    // Nothing is kept back in a pool, so that there is nothing to set or to trim.
    fn cuMemPoolSetAttribute(pool: Handle, _attribute: i32, value: Out<u64>) |driver| {
        value.check()?;
        driver.pool_bytes(pool).map(|_| ())
    }

    fn cuMemPoolTrimTo(pool: Handle, _bytes: usize) |driver| { driver.pool_bytes(pool).map(|_| ()) }
}
