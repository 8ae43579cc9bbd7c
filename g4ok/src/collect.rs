//! Collection of gensteps.

use cfg4::detector::without_pointer;
use cfg4::genstep::{
    CerenkovStep, DsScintillationStep, Genstep, GenstepCode, MaterialNames, ScintillationStep, TorchSpec,
};
use npy::NPY;

use crate::{DetectorGeometry, G4Opticks, G4OpticksError};

impl G4Opticks {
    /// Says what the material indices in the application's steps mean, so that they can be translated by name.
    /// Without it a step's material is that of the volume at its middle.
    ///
    /// # Errors
    /// Without a geometry.
    pub fn set_material_names(&mut self, names: &MaterialNames) -> Result<(), G4OpticksError> {
        let geometry =
            self.geometry.as_ref().ok_or(G4OpticksError::NoGeometry { call: "set_material_names" })?;
        self.collector.set_materials(names.in_geometry(geometry.detector()));
        Ok(())
    }

    /// Collects the Cerenkov light of a step.
    ///
    /// # Errors
    /// A step that no genstep can hold, or a material index that leads nowhere.
    #[doc(alias = "collectGenstep_G4Cerenkov_1042")]
    #[doc(alias = "collectCerenkovStep")]
    pub fn collect_cerenkov_step(&mut self, step: &CerenkovStep) -> Result<(), G4OpticksError> {
        Ok(self.collector.collect_cerenkov_step(step)?)
    }

    /// Collects one component of the scintillation light of a step.
    ///
    /// # Errors
    /// As [`collect_cerenkov_step`](Self::collect_cerenkov_step).
    #[doc(alias = "collectGenstep_G4Scintillation_1042")]
    #[doc(alias = "collectScintillationStep")]
    pub fn collect_scintillation_step(&mut self, step: &ScintillationStep) -> Result<(), G4OpticksError> {
        Ok(self.collector.collect_scintillation_step(step)?)
    }

    /// Collects scintillation light with a slower component, as Daya Bay's process makes it.
    ///
    /// # Errors
    /// As [`collect_cerenkov_step`](Self::collect_cerenkov_step).
    #[doc(alias = "collectGenstep_DsG4Scintillation_r3971")]
    pub fn collect_ds_scintillation_step(
        &mut self,
        step: &DsScintillationStep,
    ) -> Result<(), G4OpticksError> {
        Ok(self.collector.collect_ds_scintillation_step(step)?)
    }

    /// Collects a record of any kind as it is: its material index is one of the geometry's, or
    /// [`Genstep::MATERIAL_AT_STEP`].
    ///
    /// # Errors
    /// A code that no genstep has.
    pub fn collect_genstep(&mut self, genstep: &Genstep) -> Result<(), G4OpticksError> {
        Ok(self.collector.collect_genstep(genstep)?)
    }

    /// Collects a whole array (n,6,4) in place of what was collected, input photons included.
    ///
    /// # Errors
    /// An array of another shape, or with rows that are no gensteps.
    pub fn import_gensteps(&mut self, array: NPY<f32>) -> Result<(), G4OpticksError> {
        self.collector.import(array)?;
        self.input_photons = Vec::new();
        Ok(())
    }

    /// Collects a torch. Its frame number is a depth-first node index, 0 for the world.
    ///
    /// # Errors
    /// Without a geometry, for a frame that does not exist, or if the torch names a material and its source lies in
    /// another.
    #[doc(alias = "collectDefaultTorchStep")]
    pub fn collect_torch(&mut self, spec: &TorchSpec, origin_track_id: i32) -> Result<(), G4OpticksError> {
        let geometry = self.geometry.as_ref().ok_or(G4OpticksError::NoGeometry { call: "collect_torch" })?;
        let count = geometry.scene().num_nodes() as usize;
        let missing = G4OpticksError::NoSuch { what: "frame", index: spec.frame as usize, count };
        let frame = geometry.node_transform(spec.frame).ok_or(missing)?;
        let torch = spec.place(&frame, origin_track_id);
        if let Some(wanted) = &spec.material {
            check_material(geometry, wanted, torch.position_mm)?;
        }
        Ok(self.collector.collect_opticks_genstep(&torch.to_gensteps())?)
    }

    /// Collects photons (n,4,4) to be followed as they are.
    ///
    /// # Errors
    /// An array of another shape.
    pub fn collect_input_photons(&mut self, photons: &NPY<f32>) -> Result<(), G4OpticksError> {
        if !photons.has_shape(&[-1, 4, 4]) {
            let shape = photons.shape_text();
            return Err(G4OpticksError::InputPhotons { shape });
        }
        let items: &[[f32; 16]] = bytemuck::cast_slice(photons.values());
        for (row, item) in items.iter().enumerate() {
            if let Some(problem) = fault_of_photon(item) {
                return Err(G4OpticksError::InputPhoton { row, problem });
            }
        }
        for part in items.chunks(Genstep::MAX_PHOTONS as usize) {
            self.collector.collect_genstep(&Genstep::emit_source(part.len() as u32, 0))?;
        }
        self.input_photons.extend_from_slice(items);
        Ok(())
    }

    /// Gensteps collected since the last reset, of every kind.
    #[doc(alias = "getNumGensteps")]
    pub fn num_gensteps(&self) -> u64 {
        self.collector.num_gensteps()
    }

    /// Photons that the collected gensteps ask for. Read before a step is collected, this is the index of the first
    /// of its photons.
    #[doc(alias = "getNumPhotons")]
    pub fn num_photons(&self) -> u64 {
        self.collector.num_photons()
    }

    /// Gensteps of a code that were dropped so far because the configuration skips it.
    pub fn skipped_gensteps(&self, code: GenstepCode) -> u64 {
        self.collector.skip_codes().total(code)
    }

    /// Always 0: there is no limit.
    #[doc(alias = "getMaxGensteps")]
    pub fn max_gensteps(&self) -> u64 {
        0
    }

    /// The collected gensteps as an array (n,6,4).
    pub fn gensteps(&self) -> &NPY<f32> {
        self.collector.array()
    }

    /// Reserves room for this many gensteps at each event's first; 0 for none.
    #[doc(alias = "setGenstepReservation")]
    pub fn set_genstep_reservation(&mut self, gensteps: i64) {
        self.collector.set_reservation(gensteps);
    }

    /// Makes room for an event whose number of gensteps is known: for exactly that many where the reservation is
    /// negative, for the reservation where it is positive, for none where it is 0.
    ///
    /// # Errors
    /// If the memory is not there.
    pub fn reserve_gensteps_for_event(&mut self, gensteps: u64) -> Result<(), G4OpticksError> {
        Ok(self.collector.reserve_for_event(gensteps)?)
    }

    /// The reservation.
    #[doc(alias = "getGenstepReservation")]
    pub fn genstep_reservation(&self) -> i64 {
        self.collector.reservation()
    }
}

/// That a position, mm, lies in the material that a torch names.
fn check_material(
    geometry: &DetectorGeometry,
    wanted: &str,
    position_mm: [f32; 3],
) -> Result<(), G4OpticksError> {
    let found = geometry.material_at(position_mm).map(|material| without_pointer(&material.name));
    if found == Some(without_pointer(wanted)) {
        return Ok(());
    }
    let found = found.map_or("lies outside the world".to_owned(), |name| format!("lies in {name}"));
    Err(G4OpticksError::TorchMaterial { wanted: wanted.to_owned(), found })
}

/// What is wrong with an input photon (4 x 4 words), if anything.
fn fault_of_photon(item: &[f32; 16]) -> Option<&'static str> {
    let length2 = |at: usize| item[at..at + 3].iter().map(|x| x * x).sum::<f32>();
    if item[..12].iter().any(|x| !x.is_finite()) {
        Some(
            "a number that is not finite; give finite position, time, direction, polarization and wavelength",
        )
    } else if (length2(4) - 1.0).abs() > 1e-3 {
        Some("a direction that is no unit vector; normalise it")
    } else if item[11] <= 0.0 {
        Some("a wavelength that is not positive; give it in nm")
    } else {
        None
    }
}

#[cfg(test)]
mod tests {
    use super::fault_of_photon;

    #[test]
    fn faults_of_input_photons_are_named() {
        let mut photon = [0.0f32; 16];
        photon[6] = 1.0;
        photon[8] = 1.0;
        photon[11] = 430.0;
        assert_eq!(fault_of_photon(&photon), None);
        for (word, value, part) in [
            (0, f32::NAN, "not finite"),
            (6, 2.0, "no unit vector"),
            (6, 0.0, "no unit vector"),
            (11, -4.0, "wavelength"),
        ] {
            let mut wrong = photon;
            wrong[word] = value;
            assert!(fault_of_photon(&wrong).is_some_and(|problem| problem.contains(part)), "{word} {value}");
        }
    }
}
