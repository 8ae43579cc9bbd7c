//! Attributes of a simulated device, by their numbers in the header.

use crate::error::{Answer, CudaError};
use crate::settings::Settings;

/// Highest attribute number that drivers of today know, roughly.
const LAST: i32 = 150;
/// Threads that a multiprocessor holds.
pub(crate) const THREADS_PER_MULTIPROCESSOR: u32 = 2048;
/// Blocks that a multiprocessor holds.
pub(crate) const BLOCKS_PER_MULTIPROCESSOR: u32 = 32;
/// Shared memory of a multiprocessor, in bytes.
pub(crate) const SHARED_PER_MULTIPROCESSOR: u32 = 164 << 10;
/// Shared memory that any block may have, in bytes.
pub(crate) const SHARED_PER_BLOCK: u32 = 48 << 10;
/// Shared memory that a block may have on request, in bytes.
pub(crate) const SHARED_PER_BLOCK_ON_REQUEST: u32 = 163 << 10;
/// Threads of a block.
pub(crate) const THREADS_PER_BLOCK: u32 = 1024;
/// Size of a block by dimension.
pub(crate) const BLOCK_LIMITS: [u32; 3] = [1024, 1024, 64];
/// Size of a grid by dimension.
pub(crate) const GRID_LIMITS: [u32; 3] = [i32::MAX as u32, 65535, 65535];

/// Attributes that depend on nothing.
const FIXED: [(i32, i32); 41] = [
    (1, THREADS_PER_BLOCK as i32),
    (2, BLOCK_LIMITS[0] as i32),
    (3, BLOCK_LIMITS[1] as i32),
    (4, BLOCK_LIMITS[2] as i32),
    (5, GRID_LIMITS[0] as i32),
    (6, GRID_LIMITS[1] as i32),
    (7, GRID_LIMITS[2] as i32),
    (8, SHARED_PER_BLOCK as i32),
    // Constant memory.
    (9, 64 << 10),
    // Warp size, largest pitch.
    (10, 32),
    (11, i32::MAX),
    // Registers of a block.
    (12, 64 << 10),
    // Clock in kHz.
    (13, 1_410_000),
    (14, 512),
    // Copies overlap kernels; neither integrated nor able to map host memory; compute mode default.
    (15, 1),
    (18, 0),
    (19, 0),
    (20, 0),
    // Concurrent kernels, ECC.
    (31, 1),
    (32, 1),
    (34, 0),
    (35, 0),
    // Memory clock in kHz, bus width in bits, L2 cache in bytes.
    (36, 1_215_000),
    (37, 5120),
    (38, 40 << 20),
    (39, THREADS_PER_MULTIPROCESSOR as i32),
    // Copy engines, unified addressing.
    (40, 2),
    (41, 1),
    (50, 0),
    // Stream priorities; caches.
    (78, 1),
    (79, 1),
    (80, 1),
    (81, SHARED_PER_MULTIPROCESSOR as i32),
    // Registers of a multiprocessor.
    (82, 64 << 10),
    // No managed memory.
    (83, 0),
    (87, 2),
    (90, 1),
    (97, SHARED_PER_BLOCK_ON_REQUEST as i32),
    (106, BLOCKS_PER_MULTIPROCESSOR as i32),
    // Shared memory that the driver takes from each block.
    (111, 1 << 10),
    (116, 0),
];

/// The value of attribute `number`; 0 where a driver may know it but the stand-in does not.
pub(crate) fn attribute(settings: &Settings, ordinal: usize, number: i32) -> Answer<i32> {
    let value = match number {
        16 => settings.multiprocessors,
        17 => i32::from(settings.max_instructions.is_some()),
        33 => ordinal as i32 + 1,
        75 => settings.capability.0,
        76 => settings.capability.1,
        115 => i32::from(settings.memory_pools),
        1..=LAST => FIXED.iter().find(|(fixed, _)| *fixed == number).map_or(0, |(_, value)| *value),
        _ => return Err(CudaError::InvalidValue),
    };
    Ok(value)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn attributes_are_those_of_the_settings() {
        let s = Settings { capability: (9, 0), memory_pools: false, ..Settings::default() };
        assert_eq!([75, 76, 115, 10, 149].map(|n| attribute(&s, 0, n)), [Ok(9), Ok(0), Ok(0), Ok(32), Ok(0)]);
        assert_eq!(attribute(&s, 0, 0), Err(CudaError::InvalidValue));
        assert_eq!(attribute(&s, 0, 1 << 20), Err(CudaError::InvalidValue));
    }
}
