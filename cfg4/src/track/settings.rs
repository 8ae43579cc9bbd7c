//! How tracks are followed.

use super::TrackError;

/// Limits of the stepping; the defaults suit detectors of mm to m.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct TrackSettings {
    /// Below this kinetic energy a track ends and leaves its energy where it is, MeV.
    pub stop_below_mev: f64,
    /// Electrons knocked on above this energy are tracks of their own, MeV; the softer ones count as deposited on the track.
    pub delta_cut_mev: f64,
    /// The largest share of its kinetic energy that a track loses in one step, on average.
    pub max_loss_fraction: f64,
    /// The longest step where light is made, mm; a volume's own step limit acts beside it.
    pub max_step_mm: f64,
    /// The most steps of one track.
    pub max_steps_per_track: u64,
    /// The most tracks of one event.
    pub max_tracks: u32,
}

impl Default for TrackSettings {
    fn default() -> Self {
        Self {
            stop_below_mev: 0.01,
            delta_cut_mev: 0.2,
            max_loss_fraction: 0.2,
            max_step_mm: 10.0,
            max_steps_per_track: 1_000_000,
            max_tracks: 1_000_000,
        }
    }
}

impl TrackSettings {
    /// Itself if every number is in its range.
    pub(super) fn checked(self) -> Result<Self, TrackError> {
        let positive = [
            ("stop_below_mev", self.stop_below_mev),
            ("delta_cut_mev", self.delta_cut_mev),
            ("max_loss_fraction", self.max_loss_fraction),
            ("max_step_mm", self.max_step_mm),
        ];
        for (name, value) in positive {
            if !value.is_finite() || value <= 0.0 {
                return Err(TrackError::BadSetting { name, value, remedy: "give a finite positive number" });
            }
        }
        if self.max_loss_fraction > 0.5 {
            let remedy = "give at most 0.5";
            return Err(TrackError::BadSetting {
                name: "max_loss_fraction",
                value: self.max_loss_fraction,
                remedy,
            });
        }
        Ok(self)
    }
}

/// Which processes make light (`/process/activate` and `inactivate` in a macro), and how.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct LightProcesses {
    /// Cerenkov light.
    pub cerenkov: bool,
    /// Scintillation.
    pub scintillation: bool,
    /// Whether scintillation yields are those of each kind of particle (`PROTONSCINTILLATIONYIELD`, ...).
    pub by_particle_type: bool,
    /// Whether the photons that Geant4 loses, truncating the parts of three components, are made too.
    pub whole_yield: bool,
}

impl Default for LightProcesses {
    /// Both, with yields that are the same for all particles, as Geant4 divides them.
    fn default() -> Self {
        Self { cerenkov: true, scintillation: true, by_particle_type: false, whole_yield: false }
    }
}
