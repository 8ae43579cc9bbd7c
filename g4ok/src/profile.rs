//! Time and memory, stamped once per propagation.

use std::path::Path;

use npy::NPYAppender;
use sysrap::OpticksProfile;

use crate::{G4Opticks, G4OpticksError};

impl G4Opticks {
    /// Leaks what was asked for and takes a stamp, if profiling is on.
    pub(crate) fn stamp(&mut self) -> Result<(), G4OpticksError> {
        if self.config.profile_leak_mb > 0.0 {
            sysrap::leak_mb(self.config.profile_leak_mb)?;
        }
        if self.config.profile {
            self.profile.stamp();
        }
        Ok(())
    }

    /// Turns stamping on or off.
    #[doc(alias = "setProfile")]
    pub fn set_profile(&mut self, on: bool) {
        self.config.profile = on;
    }

    /// Turns stamping on, and has [`finalize`](Self::finalize) save the stamps.
    #[doc(alias = "setProfilePath")]
    pub fn set_profile_path(&mut self, path: &Path) {
        self.config.profile = true;
        self.config.profile_path = Some(path.to_owned());
    }

    /// Turns stamping on, and leaks this many 10^6 bytes at each propagation, to check the measurement.
    #[doc(alias = "setProfileLeakMB")]
    pub fn set_profile_leak_mb(&mut self, leak_mb: f64) {
        self.config.profile = true;
        self.config.profile_leak_mb = leak_mb;
        self.profile.set_leak_mb(leak_mb);
    }

    /// The stamps so far.
    pub fn profile(&self) -> &OpticksProfile {
        &self.profile
    }

    /// Ends the session: logs what was skipped, saves the stamps (n,4) of f64 (time s, virtual MB, resident MB, 0) where
    /// a path was set, and returns the memory report (empty without stamps).
    ///
    /// # Errors
    /// If the stamps cannot be written.
    #[doc(alias = "Finalize")]
    pub fn finalize(&mut self) -> Result<String, G4OpticksError> {
        for line in self.collector.skip_codes().description() {
            log::info!(target: "G4Opticks", "{line}");
        }
        self.reset();
        if self.profile.is_empty() {
            return Ok(String::new());
        }
        match &self.config.profile_path {
            Some(path) => {
                log::info!(target: "G4Opticks", "saving time/vm stamps to path {}", path.display());
                let mut stamps = NPYAppender::<f64>::create(path, &[4])?;
                stamps.add(bytemuck::cast_slice(self.profile.rows()))?;
                stamps.finish()?;
            }
            None => {
                log::info!(target: "G4Opticks", "to save time/vm stamps call set_profile_path or set OPTICKS_PROFILE_PATH")
            }
        }
        Ok(self.profile.report().to_string())
    }
}
