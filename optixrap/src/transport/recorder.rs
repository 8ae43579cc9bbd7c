//! What watches a photon on its way: nothing, or the points of its history.

use super::Traveller;

/// Is told of every point of a photon's history.
pub trait PointRecorder {
    /// The photon has just done what `flag` says, and is in the state that it leaves the point with.
    fn point(&mut self, traveller: &Traveller, flag: u32);
}

/// Watches nothing.
#[derive(Debug, Clone, Copy, Default)]
pub struct NoRecord;

impl PointRecorder for NoRecord {
    #[inline(always)]
    fn point(&mut self, _: &Traveller, _: u32) {}
}
