//! Random numbers: Philox4x32-10 addressed by (seed, event, photon index, draw number).

/// A source of uniform random numbers strictly inside (0, 1).
pub trait Uniform {
    /// The next number.
    fn uniform(&mut self) -> f32;
}
