//! No bytes make the .npy reader panic, hang or take memory beyond the file.
#![no_main]

use libfuzzer_sys::fuzz_target;
use npy::NPY;

fuzz_target!(|bytes: &[u8]| {
    if let Ok(array) = NPY::<f32>::from_bytes(bytes) {
        assert!(array.bytes().len() <= bytes.len());
        let again = array.to_bytes().and_then(|bytes| NPY::<f32>::from_bytes(&bytes));
        assert!(again.is_ok_and(|again| again.shape() == array.shape() && again.bytes() == array.bytes()));
    }
    let _ = NPY::<u8>::from_bytes(bytes);
    let _ = NPY::<i64>::from_bytes(bytes);
});
