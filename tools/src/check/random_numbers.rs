//! The random numbers that photons draw.

use optixrap::physics::random::philox4x32_10;

use super::Finding;

/// Counter, key and answer of two of the known-answer vectors that Random123 publishes for Philox4x32-10.
const KNOWN_ANSWERS: [([u32; 4], [u32; 2], [u32; 4]); 2] = [
    ([0; 4], [0; 2], [0x6627_e8d5, 0xe169_c58d, 0xbc57_ac4c, 0x9b00_dbd8]),
    ([u32::MAX; 4], [u32::MAX; 2], [0x408f_276d, 0x41c8_3b0e, 0xa20b_c7c6, 0x6d54_51fd]),
];

/// Whether the generator gives its published answers.
pub(super) fn finding() -> Finding {
    let right = KNOWN_ANSWERS.iter().all(|(counter, key, answer)| philox4x32_10(*counter, *key) == *answer);
    if right {
        Finding::good("random", "Philox4x32-10 gives its published answers")
    } else {
        Finding::bad("random", "Philox4x32-10 gives wrong answers: the program is damaged, build it again")
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check::Verdict;

    #[test]
    fn the_published_answers_come_out() {
        assert_eq!(finding().verdict, Verdict::Good);
    }
}
