//! What a sensor makes of a photon that its surface detected: collected (EC) or culled (EX).
//!
//! The efficiency is eff1 times eff2 of the sensor, times the angular efficiency of its category at the place of
//! the hit as seen from the sensor's own origin (theta from +z, phi from +x). Angular efficiencies are given on a
//! grid of cells over theta and phi; between the cells' centres they are interpolated linearly, around in phi and
//! constant beyond the outermost centres in theta.
//!
//! Draws: one.

use super::fmath::{acos, atan2, max, min};
use super::photon::flag;
use super::random::Uniform;
use super::vec3::Vec3;

/// The data of a sensor: an item of `sensorData`.
#[repr(C)]
#[derive(Debug, Clone, Copy, PartialEq, bytemuck::Pod, bytemuck::Zeroable)]
pub struct SensorRecord {
    /// First factor of the efficiency.
    pub efficiency_1: f32,
    /// Second factor of the efficiency.
    pub efficiency_2: f32,
    /// Index of its angular efficiency; negative for none.
    pub category: i32,
    /// The user's number for it.
    pub identifier: i32,
}

/// The grid of the angular efficiencies, the same for all categories.
#[repr(C)]
#[derive(Debug, Clone, Copy, PartialEq, Default, bytemuck::Pod, bytemuck::Zeroable)]
pub struct AngularGrid {
    /// Number of categories.
    pub n_categories: u32,
    /// Cells along theta.
    pub n_theta: u32,
    /// Cells along phi.
    pub n_phi: u32,
    /// Zero.
    pub pad: u32,
    /// Where theta starts, rad.
    pub theta_min_rad: f32,
    /// Cells per rad of theta.
    pub theta_cells_per_rad: f32,
    /// Where phi starts, rad.
    pub phi_min_rad: f32,
    /// Cells per rad of phi.
    pub phi_cells_per_rad: f32,
}

/// All sensors.
#[repr(C)]
#[derive(Debug, Clone, Copy, Default)]
pub struct Sensors<'a> {
    /// Sensor i + 1; empty if the user gave no data: then every efficiency is 1.
    pub records: &'a [SensorRecord],
    /// The grid of [`angular`](field@Self::angular).
    pub grid: AngularGrid,
    /// Efficiencies by category, theta, phi; empty for none.
    pub angular: &'a [f32],
}

impl AngularGrid {
    /// A grid over ranges in degrees, as `setSensorAngularEfficiency` has them.
    pub fn new(shape: [u32; 3], theta_deg: [f32; 2], phi_deg: [f32; 2]) -> Self {
        const RAD: f32 = core::f32::consts::PI / 180.0;
        let per_rad =
            |n: u32, [from, to]: [f32; 2]| if to > from { n as f32 / ((to - from) * RAD) } else { 0.0 };
        Self {
            n_categories: shape[0],
            n_theta: shape[1],
            n_phi: shape[2],
            pad: 0,
            theta_min_rad: theta_deg[0] * RAD,
            theta_cells_per_rad: per_rad(shape[1], theta_deg),
            phi_min_rad: phi_deg[0] * RAD,
            phi_cells_per_rad: per_rad(shape[2], phi_deg),
        }
    }
}

impl Sensors<'_> {
    /// The efficiency of sensor `sensor_index` (from 1; 0 is no sensor) for a hit at `local_position`, mm.
    #[inline]
    pub fn efficiency(&self, sensor_index: u32, local_position: Vec3) -> f32 {
        let Some(record) = self.records.get((sensor_index as usize).wrapping_sub(1)) else { return 1.0 };
        let simple = record.efficiency_1 * record.efficiency_2;
        if record.category < 0 {
            simple
        } else {
            simple * self.angular(record.category as u32, local_position)
        }
    }

    /// The angular efficiency of a category; 1 if there is none.
    #[inline]
    fn angular(&self, category: u32, local_position: Vec3) -> f32 {
        let grid = &self.grid;
        if category >= grid.n_categories || grid.n_theta == 0 || grid.n_phi == 0 {
            return 1.0;
        }
        let out = local_position.normalized();
        let turn = 2.0 * core::f32::consts::PI;
        let phi = atan2(out.y, out.x);
        let phi = if phi < grid.phi_min_rad { phi + turn } else { phi };
        let theta_cell = (acos(out.z) - grid.theta_min_rad) * grid.theta_cells_per_rad - 0.5;
        let theta_cell = max(min(theta_cell, (grid.n_theta - 1) as f32), 0.0);
        let phi_cell = (phi - grid.phi_min_rad) * grid.phi_cells_per_rad + (grid.n_phi as f32 - 0.5);
        let (i, j) = (theta_cell as u32, phi_cell as u32);
        let (di, dj) = (theta_cell - i as f32, phi_cell - j as f32);
        let value = |i: u32, j: u32| {
            let i = if i < grid.n_theta { i } else { grid.n_theta - 1 };
            let cell =
                ((category * grid.n_theta + i) as usize) * grid.n_phi as usize + (j % grid.n_phi) as usize;
            self.angular.get(cell).copied().unwrap_or(1.0)
        };
        let low = value(i, j) + (value(i, j + 1) - value(i, j)) * dj;
        let high = value(i + 1, j) + (value(i + 1, j + 1) - value(i + 1, j)) * dj;
        low + (high - low) * di
    }
}

/// EFFICIENCY_COLLECT or EFFICIENCY_CULL for a detected photon.
#[inline]
pub fn collect<R: Uniform>(sensors: &Sensors, sensor_index: u32, local_position: Vec3, rng: &mut R) -> u32 {
    let efficiency = sensors.efficiency(sensor_index, local_position);
    if rng.uniform() < efficiency { flag::EFFICIENCY_COLLECT } else { flag::EFFICIENCY_CULL }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::physics::vec3::vec3;

    fn record(category: i32) -> SensorRecord {
        SensorRecord { efficiency_1: 0.5, efficiency_2: 0.8, category, identifier: 7 }
    }

    #[test]
    fn without_data_everything_is_collected() {
        assert_eq!(Sensors::default().efficiency(3, Vec3::default()), 1.0);
        let records = [record(-1)];
        let sensors = Sensors { records: &records, ..Sensors::default() };
        assert_eq!(sensors.efficiency(0, Vec3::default()), 1.0);
        assert!((sensors.efficiency(1, Vec3::default()) - 0.4).abs() < 1e-7);
    }

    #[test]
    fn angular_efficiency_is_linear_between_cell_centres() {
        // Two categories; theta cells of 45 degrees, phi cells of 90 degrees.
        let mut angular = vec![0.0; 2 * 4 * 4];
        for (index, value) in angular.iter_mut().enumerate() {
            *value = (index / 16) as f32 * 0.5 + (index % 16 / 4) as f32 * 0.1;
        }
        let records = [record(0), record(1)];
        let grid = AngularGrid::new([2, 4, 4], [0.0, 180.0], [0.0, 360.0]);
        let sensors = Sensors { records: &records, grid, angular: &angular };
        let at = |sensor, theta: f32, phi: f32| {
            let place = vec3(theta.sin() * phi.cos(), theta.sin() * phi.sin(), theta.cos()) * 30.0;
            sensors.efficiency(sensor, place) / 0.4
        };
        let deg = std::f32::consts::PI / 180.0;
        for phi in [-170.0, -1.0, 0.0, 44.0, 359.0_f32] {
            // Centres at 22.5, 67.5, 112.5, 157.5 degrees have 0, 0.1, 0.2, 0.3.
            assert!((at(1, 67.5 * deg, phi * deg) - 0.1).abs() < 1e-5);
            assert!((at(1, 90.0 * deg, phi * deg) - 0.15).abs() < 1e-5);
            assert!((at(1, 5.0 * deg, phi * deg) - 0.0).abs() < 1e-5);
            assert!((at(1, 175.0 * deg, phi * deg) - 0.3).abs() < 1e-5);
            assert!((at(2, 90.0 * deg, phi * deg) - 0.65).abs() < 1e-5);
        }
    }

    #[test]
    fn phi_goes_around() {
        let angular = [0.0, 1.0, 0.0, 0.0];
        let records = [record(0)];
        let grid = AngularGrid::new([1, 1, 4], [0.0, 180.0], [0.0, 360.0]);
        let sensors = Sensors { records: &records, grid, angular: &angular };
        let at = |phi: f32| sensors.efficiency(1, vec3(phi.cos(), phi.sin(), 0.2)) / 0.4;
        let deg = std::f32::consts::PI / 180.0;
        assert!((at(135.0 * deg) - 1.0).abs() < 1e-5);
        assert!((at(90.0 * deg) - 0.5).abs() < 1e-5);
        assert!(at(0.0).abs() < 1e-5 && at(-45.0 * deg).abs() < 1e-5);
    }
}
