//! What sensors collect of the photons that they detect.

use crate::physics::random::Uniform;
use crate::physics::vec3::Vec3;

/// Efficiencies of the sensors.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct SensorData {}

impl SensorData {
    /// The flag bit EC or EX.
    pub fn collect<R: Uniform>(&self, _sensor: u32, _local: Vec3, _rng: &mut R) -> u32 {
        0
    }
}
