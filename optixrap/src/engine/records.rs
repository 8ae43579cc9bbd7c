//! Records are equal where their bits are: words may hold integers that are no numbers as floats.
//!
//! Kernels compare nothing, so that this is no part of what they share.

use crate::transport::{HitRecord, PathPoint, WayRecord};

impl PartialEq for HitRecord {
    fn eq(&self, other: &Self) -> bool {
        self.0.map(f32::to_bits) == other.0.map(f32::to_bits)
    }
}

impl PartialEq for WayRecord {
    fn eq(&self, other: &Self) -> bool {
        self.0.map(f32::to_bits) == other.0.map(f32::to_bits)
    }
}

impl PartialEq for PathPoint {
    fn eq(&self, other: &Self) -> bool {
        self.0.map(f32::to_bits) == other.0.map(f32::to_bits)
    }
}
