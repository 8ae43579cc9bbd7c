//! Numbers by which an application may know its sensors.

use std::collections::HashSet;

use cfg4::detector::Placement;

use crate::{DetectorGeometry, G4Opticks, G4OpticksError};

impl DetectorGeometry {
    /// The placement of a 1-based sensor index.
    pub fn sensor_placement(&self, sensor_index: usize) -> Option<&Placement> {
        Some(self.detector().placement(self.placement(self.sensor_node(sensor_index)?)))
    }
}

impl G4Opticks {
    /// The placements of all sensors, in the order of their indices.
    ///
    /// # Errors
    /// Without a geometry.
    #[doc(alias = "getSensorPlacements")]
    pub fn sensor_placements(&self) -> Result<Vec<&Placement>, G4OpticksError> {
        let geometry = self.geometry()?;
        Ok((1..=geometry.num_sensors()).filter_map(|index| geometry.sensor_placement(index)).collect())
    }

    /// The copy numbers of all sensors, in the order of their indices. They are those of the placements, but for copies
    /// of replicas, divisions and parameterised volumes, which are numbered from 0.
    ///
    /// # Errors
    /// Without a geometry.
    pub fn sensor_copy_numbers(&self) -> Result<Vec<i32>, G4OpticksError> {
        let geometry = self.geometry()?;
        Ok(geometry.scene().sensors().map(|node| geometry.copy_number(node)).collect())
    }

    /// How many different copy numbers the sensors' placements have: equal to the number of sensors where copy
    /// numbers tell them apart.
    ///
    /// # Errors
    /// Without a geometry.
    #[doc(alias = "getNumDistinctPlacementCopyNo")]
    pub fn num_distinct_placement_copy_numbers(&self) -> Result<usize, G4OpticksError> {
        Ok(self.sensor_copy_numbers()?.into_iter().collect::<HashSet<_>>().len())
    }

    /// A number that is different for every sensor, for geometries whose copy numbers are not: the depth-first
    /// index of its node. Indices are 1-based.
    ///
    /// # Errors
    /// Without a geometry, for an index that does not exist.
    #[doc(alias = "getSensorIdentityStandin")]
    pub fn sensor_identity_standin(&self, sensor_index: usize) -> Result<u32, G4OpticksError> {
        let geometry = self.geometry()?;
        let count = geometry.num_sensors();
        let node = geometry.sensor_node(sensor_index);
        let node =
            node.ok_or(G4OpticksError::NoSuch { what: "sensor (from 1)", index: sensor_index, count })?;
        Ok(geometry.scene().geometry().depth_first(node))
    }
}
