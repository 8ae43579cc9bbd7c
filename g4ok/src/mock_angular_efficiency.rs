//! Angular efficiencies for tests.

use std::f64::consts::TAU;

use crate::AngularEfficiency;

impl AngularEfficiency {
    /// A table with sharp bands, so that its effect is easily seen: over theta 0 where `theta / 10` degrees is
    /// even and 1 where it is odd; over phi 1 for the first category and `0.5 + 0.5 cos(phi)` for others. Theta
    /// goes over 0..180, phi over 0..360 degrees; cells take the value at their start.
    #[doc(alias = "MockSensorAngularEfficiencyTable")]
    pub fn mock(categories: u32, theta_steps: u32, phi_steps: u32) -> Self {
        let mut values = Vec::new();
        for category in 0..categories {
            for theta in 0..u64::from(theta_steps) {
                let band = theta * 180 / u64::from(theta_steps) / 10;
                let theta_efficiency = if band % 2 == 0 { 0.0 } else { 1.0 };
                for phi in 0..phi_steps {
                    let phi_rad = TAU * f64::from(phi) / f64::from(phi_steps);
                    let phi_efficiency = if category == 0 { 1.0 } else { 0.5 + 0.5 * phi_rad.cos() };
                    values.push((theta_efficiency * phi_efficiency) as f32);
                }
            }
        }
        let shape = [categories, theta_steps, phi_steps];
        Self { shape, values, theta_deg: [0.0, 180.0], phi_deg: [0.0, 360.0] }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bands_of_ten_degrees_and_a_cosine() {
        let table = AngularEfficiency::mock(2, 180, 360);
        let at =
            |category: usize, theta: usize, phi: usize| table.values[(category * 180 + theta) * 360 + phi];
        assert_eq!(table.values.len(), 2 * 180 * 360);
        assert_eq!([0, 9, 10, 19, 20, 179].map(|theta| at(0, theta, 77)), [0.0, 0.0, 1.0, 1.0, 0.0, 1.0]);
        for (phi, expected) in [(0, 1.0), (60, 0.75), (90, 0.5), (180, 0.0), (300, 0.75)] {
            assert!((at(1, 15, phi) - expected).abs() < 1e-6, "{phi}");
        }
        assert_eq!(at(1, 5, 0), 0.0);
    }
}
