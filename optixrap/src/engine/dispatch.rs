//! The photon loop, compiled once for every processor and once more for those with AVX2 (x86-64 since 2013), where
//! three-operand instructions and selections save a tenth of the time. Both are the same IEEE operations in the
//! same order, and give the same bits: nothing is fused.

use std::ops::Range;

use super::EngineError;
use super::chunk::{self, ChunkOutput, EventContext};

/// Makes and follows the photons of `range` with the best instructions that the processor has.
///
/// # Errors
/// As [`chunk::run`].
pub(super) fn run(context: &EventContext, range: Range<u64>) -> Result<ChunkOutput, EngineError> {
    #[cfg(target_arch = "x86_64")]
    if is_x86_feature_detected!("avx2") && is_x86_feature_detected!("bmi2") {
        // SAFETY: the processor has just been found to have what the function is compiled for.
        return unsafe { run_avx2(context, range) };
    }
    chunk::run(context, range)
}

#[cfg(target_arch = "x86_64")]
#[target_feature(enable = "avx2,bmi1,bmi2")]
fn run_avx2(context: &EventContext, range: Range<u64>) -> Result<ChunkOutput, EngineError> {
    chunk::run(context, range)
}

#[cfg(test)]
mod tests {
    #[test]
    fn portable_and_dispatched_code_give_the_same_bits() {
        use crate::engine::test_event::with_event;
        with_event(20_000, |context| {
            let best = super::run(context, 0..20_000).unwrap();
            let portable = super::chunk::run(context, 0..20_000).unwrap();
            assert!(!best.hits.is_empty());
            assert!(best == portable);
        });
    }
}
