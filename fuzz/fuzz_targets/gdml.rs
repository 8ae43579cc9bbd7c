//! Any bytes are a detector or an error, never a panic, a hang or exhausted memory.

#![no_main]

use cfg4::gdml::{self, NoFiles};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    let _either = gdml::read_bytes("fuzz.gdml", bytes.to_vec(), &NoFiles);
});
