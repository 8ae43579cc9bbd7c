//! What chance allows a comparison: the statistics themselves are those of `g4opticks validate`.

pub(crate) use tools::statistics::{Chi2, against_law, together, two_samples};

/// The most standard deviations that a single bin may lie off.
pub(crate) const MAX_DEVIATION: f64 = 5.0;

/// A comparison that a test makes.
pub(crate) trait AssertSame {
    /// No bin off by more than [`MAX_DEVIATION`], and a sum that chance exceeds with a probability above 3e-5.
    fn assert_same(&self);
}

impl AssertSame for Chi2 {
    #[track_caller]
    fn assert_same(&self) {
        println!("{self}");
        assert!(self.worst.0.abs() < MAX_DEVIATION, "{self}");
        assert!(self.significance() < 4.0, "{self}");
    }
}

#[test]
fn a_shifted_sample_is_not_the_same() {
    let bin = |a: f64, b: f64| (String::new(), a, b);
    two_samples("same", [bin(100.0, 110.0), bin(100.0, 90.0)]).assert_same();
    let shifted = two_samples("shifted", [bin(1000.0, 1600.0), bin(1000.0, 400.0)]);
    assert!(std::panic::catch_unwind(|| shifted.assert_same()).is_err());
}
