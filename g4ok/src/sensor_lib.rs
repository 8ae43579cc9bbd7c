//! What the application knows about its sensors: efficiencies, categories, identifiers.

use npy::NPY;
use optixrap::physics::sensor::{AngularGrid, SensorRecord, Sensors};

use crate::{G4Opticks, G4OpticksError};

/// Data of one sensor.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct SensorDatum {
    /// First factor of the efficiency, 0 to 1.
    pub efficiency_1: f32,
    /// Second factor of the efficiency, 0 to 1.
    pub efficiency_2: f32,
    /// Index of its angular efficiency, or -1 for none.
    pub category: i32,
    /// The application's own number for it, e.g. a copy number.
    pub identifier: u32,
}

/// Angular efficiencies of all categories on one grid.
#[derive(Debug, Clone, PartialEq)]
pub struct AngularEfficiency {
    /// Categories, steps in theta, steps in phi.
    pub shape: [u32; 3],
    /// Efficiencies 0 to 1, phi running fastest.
    pub values: Vec<f32>,
    /// Range of theta, degrees.
    pub theta_deg: [f32; 2],
    /// Range of phi, degrees.
    pub phi_deg: [f32; 2],
}

/// Sensor data and angular efficiencies of one geometry. Without any, what a sensor's surface detects is a hit
/// without further ado; with some, each hit is marked EC (collected) or EX (culled).
#[derive(Debug, Clone, Default)]
pub struct SensorLib {
    records: Vec<SensorRecord>,
    given: bool,
    angular: Option<AngularEfficiency>,
}

impl SensorLib {
    /// For `num_sensors` sensors, without data.
    pub fn new(num_sensors: usize) -> Self {
        let none = SensorRecord { efficiency_1: 1.0, efficiency_2: 1.0, category: -1, identifier: 0 };
        Self { records: vec![none; num_sensors], given: false, angular: None }
    }

    /// How many sensors there are.
    pub fn num_sensors(&self) -> usize {
        self.records.len()
    }

    /// Whether any data were set.
    pub fn is_given(&self) -> bool {
        self.given
    }

    /// The data of a 1-based sensor index.
    #[doc(alias = "getSensorData")]
    pub fn datum(&self, sensor_index: usize) -> Option<SensorDatum> {
        let r = self.records.get(sensor_index.checked_sub(1)?)?;
        Some(SensorDatum {
            efficiency_1: r.efficiency_1,
            efficiency_2: r.efficiency_2,
            category: r.category,
            identifier: r.identifier.cast_unsigned(),
        })
    }

    /// The identifier of a 1-based sensor index.
    #[doc(alias = "getSensorIdentifier")]
    pub fn identifier(&self, sensor_index: usize) -> Option<u32> {
        self.datum(sensor_index).map(|d| d.identifier)
    }

    fn set(&mut self, sensor_index: usize, datum: SensorDatum) -> Result<(), G4OpticksError> {
        let count = self.records.len();
        let unit = |x: f32| (0.0..=1.0).contains(&x);
        if !unit(datum.efficiency_1) || !unit(datum.efficiency_2) || datum.category < -1 {
            return Err(G4OpticksError::Sensor(format!(
                "sensor {sensor_index}: efficiencies {} and {} must be from 0 to 1, category {} -1 or more",
                datum.efficiency_1, datum.efficiency_2, datum.category
            )));
        }
        let record = sensor_index.checked_sub(1).and_then(|i| self.records.get_mut(i));
        let record =
            record.ok_or(G4OpticksError::NoSuch { what: "sensor (from 1)", index: sensor_index, count })?;
        *record = SensorRecord {
            efficiency_1: datum.efficiency_1,
            efficiency_2: datum.efficiency_2,
            category: datum.category,
            identifier: datum.identifier.cast_signed(),
        };
        self.given = true;
        Ok(())
    }

    fn set_angular(&mut self, angular: AngularEfficiency) -> Result<(), G4OpticksError> {
        let cells =
            angular.shape.iter().try_fold(1_u64, |cells, &n| cells.checked_mul(n.into())).unwrap_or(0);
        let rises = |[from, to]: [f32; 2]| from < to && (to - from).is_finite();
        let ranges_rise = rises(angular.theta_deg) && rises(angular.phi_deg);
        if cells == 0 || cells != angular.values.len() as u64 || !ranges_rise {
            return Err(G4OpticksError::Sensor(format!(
                "angular efficiencies of shape {:?} need a value for each cell, over rising ranges, but {} over \
                 theta {:?} and phi {:?} were given",
                angular.shape,
                angular.values.len(),
                angular.theta_deg,
                angular.phi_deg
            )));
        }
        if let Some(bad) = angular.values.iter().find(|v| !(0.0..=1.0).contains(*v)) {
            return Err(G4OpticksError::Sensor(format!("angular efficiency {bad} is not from 0 to 1")));
        }
        self.angular = Some(angular);
        self.given = true;
        Ok(())
    }

    /// Checks that every category exists, and gives what the engine reads; `None` without data.
    pub(crate) fn to_engine(&self) -> Result<Option<Sensors<'_>>, G4OpticksError> {
        if !self.given {
            return Ok(None);
        }
        let categories = self.angular.as_ref().map_or(0, |a| a.shape[0] as i32);
        for (i, record) in self.records.iter().enumerate() {
            if record.category >= categories {
                return Err(G4OpticksError::Sensor(format!(
                    "sensor {} has category {}, but angular efficiencies of {categories} categories were given",
                    i + 1,
                    record.category
                )));
            }
        }
        let (grid, angular) = match &self.angular {
            Some(a) => (AngularGrid::new(a.shape, a.theta_deg, a.phi_deg), a.values.as_slice()),
            None => (AngularGrid::default(), [].as_slice()),
        };
        Ok(Some(Sensors { records: &self.records, grid, angular }))
    }

    /// Saves `sensorData.npy` (n,4) and, if given, `angularEfficiency.npy` (categories, theta, phi, 1) in a folder.
    ///
    /// # Errors
    /// If they cannot be written.
    #[doc(alias = "saveSensorLib")]
    pub fn save(&self, folder: &std::path::Path) -> Result<(), G4OpticksError> {
        let mut data = NPY::<f32>::make(&[0, 4])?;
        data.add(bytemuck::cast_slice(&self.records))?;
        data.save(folder.join("sensorData.npy"))?;
        if let Some(a) = &self.angular {
            let [n, theta, phi] = a.shape.map(u64::from);
            NPY::from_vec(a.values.clone(), &[n, theta, phi, 1])?
                .save(folder.join("angularEfficiency.npy"))?;
        }
        Ok(())
    }
}

impl G4Opticks {
    /// Sets the data of a sensor; indices are 1-based.
    ///
    /// # Errors
    /// Without a geometry, for an index that does not exist, for values out of range.
    #[doc(alias = "setSensorData")]
    pub fn set_sensor_data(&mut self, sensor_index: usize, datum: SensorDatum) -> Result<(), G4OpticksError> {
        self.geometry.as_ref().ok_or(G4OpticksError::NoGeometry { call: "set_sensor_data" })?;
        self.sensors.set(sensor_index, datum)
    }

    /// Sets the angular efficiencies of all categories.
    ///
    /// # Errors
    /// Without a geometry, for a wrong number of values, for values out of range.
    #[doc(alias = "setSensorAngularEfficiency")]
    pub fn set_sensor_angular_efficiency(
        &mut self,
        angular: AngularEfficiency,
    ) -> Result<(), G4OpticksError> {
        let call = "set_sensor_angular_efficiency";
        self.geometry.as_ref().ok_or(G4OpticksError::NoGeometry { call })?;
        self.sensors.set_angular(angular)
    }
}
