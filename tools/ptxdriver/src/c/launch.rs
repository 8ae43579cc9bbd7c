//! Launches.

use super::pointers::{HostMemory, List};
use crate::device::Handle;
use crate::driver::{Driver, LaunchShape};
use crate::error::{Answer, CudaError};

/// Marks of the list that gives all arguments as one block: its address, its size, the end.
const BLOCK: usize = 1;
const BLOCK_BYTES: usize = 2;

/// The block of arguments, from a pointer to each of them.
fn arguments(driver: &Driver, function: Handle, pointers: List<HostMemory>) -> Answer<Vec<u8>> {
    let parameters = driver.parameters(function)?;
    let size = parameters.iter().map(|(offset, bytes)| offset + bytes).max().unwrap_or(0);
    let mut block = vec![0; size];
    for (i, (offset, bytes)) in parameters.into_iter().enumerate() {
        block[offset..offset + bytes].copy_from_slice(&pointers.get(i)?.bytes(bytes)?);
    }
    Ok(block)
}

/// The block of arguments that the list of extras gives.
fn block_of(extra: List<HostMemory>) -> Answer<Vec<u8>> {
    let (mut block, mut bytes) = (None, None);
    for i in (0..8).step_by(2) {
        match extra.get(i)?.address() {
            BLOCK => block = Some(extra.get(i + 1)?),
            BLOCK_BYTES => {
                let number = extra.get(i + 1)?.bytes(size_of::<usize>())?;
                bytes = number.first_chunk().map(|bytes| usize::from_ne_bytes(*bytes));
            }
            _ => break,
        }
    }
    block.ok_or(CudaError::InvalidValue)?.bytes(bytes.ok_or(CudaError::InvalidValue)?)
}

// SAFETY: the name is one of the Driver API, which nothing else in a process that loads this library defines.
#[unsafe(no_mangle)]
extern "C" fn cuLaunchKernel(
    function: Handle,
    grid_x: u32,
    grid_y: u32,
    grid_z: u32,
    block_x: u32,
    block_y: u32,
    block_z: u32,
    dynamic_shared: u32,
    stream: Handle,
    parameters: List<HostMemory>,
    extra: List<HostMemory>,
) -> u32 {
    super::shell::call("cuLaunchKernel", |driver| {
        let block = match extra.is_null() {
            true => arguments(driver, function, parameters)?,
            false => block_of(extra)?,
        };
        let (grid, threads) = ([grid_x, grid_y, grid_z], [block_x, block_y, block_z]);
        driver.launch(function, LaunchShape { grid, block: threads, dynamic_shared }, block, stream)
    })
}
