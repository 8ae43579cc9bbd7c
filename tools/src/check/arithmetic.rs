//! The arithmetic that the same bits on every machine depend on.

use std::hint::black_box;

use super::Finding;

/// Operations on f32 whose correctly rounded results are known.
pub(super) fn finding() -> Finding {
    let subnormal = black_box(f32::MIN_POSITIVE) / 2.0;
    let third = black_box(1.0f32) / 3.0;
    let root = black_box(2.0f32).sqrt();
    let unfused = black_box(1.0f32 + f32::EPSILON) * black_box(1.0 - f32::EPSILON) - 1.0;
    let tests = [
        (subnormal.to_bits() == 0x0040_0000, "subnormal numbers are flushed to zero"),
        (third.to_bits() == 0x3eaa_aaab, "division is not correctly rounded"),
        (root.to_bits() == 0x3fb5_04f3, "square roots are not correctly rounded"),
        (unfused == 0.0, "products are fused with sums"),
    ];
    match tests.iter().find(|(good, _)| !good) {
        None => Finding::good("arithmetic", "IEEE 754 single precision, correctly rounded"),
        Some((_, what)) => Finding::bad(
            "arithmetic",
            format!("{what}: results would differ from other machines'; use another build"),
        ),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check::Verdict;

    #[test]
    fn this_machine_rounds_correctly() {
        assert_eq!(finding().verdict, Verdict::Good);
    }
}
