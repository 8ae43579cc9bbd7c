//! What a macro asks for.

use crate::particle::Particle;

/// The particle gun.
#[derive(Debug, Clone, PartialEq)]
pub struct Gun {
    /// What it shoots.
    pub particle: Particle,
    /// Kinetic energy of each particle, MeV.
    pub kinetic_energy_mev: f64,
    /// Where the particles start, mm.
    pub position_mm: [f64; 3],
    /// Where they fly to, a unit vector.
    pub direction: [f64; 3],
    /// When they start, ns.
    pub time_ns: f64,
    /// Particles per event.
    pub number: u32,
}

impl Default for Gun {
    /// One mu+ of 1 GeV from the origin along +z.
    fn default() -> Self {
        Self {
            particle: Particle::MuonPlus,
            kinetic_energy_mev: 1000.0,
            position_mm: [0.0; 3],
            direction: [0.0, 0.0, 1.0],
            time_ns: 0.0,
            number: 1,
        }
    }
}

/// How long a wavelength shifter takes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TimeProfile {
    /// Its time constant, always.
    Delta,
    /// Exponentially distributed, with the time constant as the mean.
    Exponential,
}

/// Which Geant4 processes are active. In Geant4 all of them are until a macro says otherwise.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Processes {
    /// `Cerenkov`: charged particles make Cerenkov light.
    pub cerenkov: bool,
    /// `Scintillation`: charged particles make scintillation light.
    pub scintillation: bool,
    /// `OpAbsorption`: photons are absorbed in bulk.
    pub absorption: bool,
    /// `OpRayleigh`: photons scatter in bulk.
    pub rayleigh: bool,
    /// `OpBoundary`: photons are refracted, reflected, absorbed or detected at boundaries.
    pub boundary: bool,
    /// `OpMieHG`: photons scatter on large particles.
    pub mie: bool,
    /// `OpWLS`: photons change their wavelength.
    pub wavelength_shift: bool,
    /// `OpWLS2`: the same by a second shifter.
    pub wavelength_shift_2: bool,
}

impl Default for Processes {
    fn default() -> Self {
        Self {
            cerenkov: true,
            scintillation: true,
            absorption: true,
            rayleigh: true,
            boundary: true,
            mie: true,
            wavelength_shift: true,
            wavelength_shift_2: true,
        }
    }
}

impl Processes {
    /// Geant4's names of the processes, in the order of the fields.
    pub const NAMES: [&'static str; 8] = [
        "Cerenkov",
        "Scintillation",
        "OpAbsorption",
        "OpRayleigh",
        "OpBoundary",
        "OpMieHG",
        "OpWLS",
        "OpWLS2",
    ];

    /// The switch of a process.
    pub(super) fn switch(&mut self, name: &str) -> Option<&mut bool> {
        match name {
            "Cerenkov" => Some(&mut self.cerenkov),
            "Scintillation" => Some(&mut self.scintillation),
            "OpAbsorption" => Some(&mut self.absorption),
            "OpRayleigh" => Some(&mut self.rayleigh),
            "OpBoundary" => Some(&mut self.boundary),
            "OpMieHG" => Some(&mut self.mie),
            "OpWLS" => Some(&mut self.wavelength_shift),
            "OpWLS2" => Some(&mut self.wavelength_shift_2),
            _ => None,
        }
    }
}

/// Everything that a macro can set.
#[derive(Debug, Clone, PartialEq)]
pub struct Settings {
    /// The gun.
    pub gun: Gun,
    /// The numbers of `/random/setSeeds`; empty if it was not given.
    pub seeds: Vec<i64>,
    /// Which processes are active in Geant4; [`Settings::photon_physics`] says what that means here.
    pub processes: Processes,
    /// `/G4OpticksTest/enable_opticks`: the photons are propagated for Geant4, not by it.
    pub enable_opticks: bool,
    /// `/process/optical/cerenkov/setStackPhotons`, if given (Geant4's default is true).
    pub stack_cerenkov: Option<bool>,
    /// `/process/optical/scintillation/setStackPhotons`, if given (Geant4's default is true).
    pub stack_scintillation: Option<bool>,
    /// Factor on the scintillation yield.
    pub yield_factor: f64,
    /// Whether scintillation has the rise times of the materials; where not given it has none, as in Geant4.
    pub finite_rise_time: Option<bool>,
    /// `/process/optical/scintillation/setByParticleType`: yields are those of each kind of particle.
    pub by_particle_type: bool,
    /// `/process/optical/wls/setTimeProfile`, if given (Geant4's default is delta).
    pub wls_time_profile: Option<TimeProfile>,
    /// `/process/optical/wls2/setTimeProfile`, if given.
    pub wls2_time_profile: Option<TimeProfile>,
    /// Limits the step so that it makes about this many Cerenkov photons at most.
    pub cerenkov_max_photons: Option<u64>,
    /// Limits the step so that beta changes by this fraction (in percent) at most.
    pub cerenkov_max_beta_change: Option<f64>,
    /// `/G4OpticksTest/writeHits`: keep the hits in a file.
    pub write_hits: bool,
    /// `/G4OpticksTest/FileName`: the name of that file in Geant4 (a .root file; here hits are .npy).
    pub hits_file: Option<String>,
    /// `/G4OpticksTest/doAnalysis`.
    pub analysis: bool,
    /// `/G4OpticksTest/enable_verbose`.
    pub verbose: bool,
    /// `/run/numberOfThreads`, if given.
    pub threads: Option<u64>,
    /// `/run/printProgress`: say something every so many events; 0 for never.
    pub progress_every: u64,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            gun: Gun::default(),
            seeds: Vec::new(),
            processes: Processes::default(),
            enable_opticks: true,
            stack_cerenkov: None,
            stack_scintillation: None,
            yield_factor: 1.0,
            finite_rise_time: None,
            by_particle_type: false,
            wls_time_profile: None,
            wls2_time_profile: None,
            cerenkov_max_photons: None,
            cerenkov_max_beta_change: None,
            write_hits: false,
            hits_file: None,
            analysis: false,
            verbose: false,
            threads: None,
            progress_every: 0,
        }
    }
}

/// What the settings mean for the photons that this project makes and propagates.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PhotonPhysics {
    /// Make Cerenkov gensteps.
    pub make_cerenkov: bool,
    /// Make scintillation gensteps.
    pub make_scintillation: bool,
    /// Propagate the photons of Cerenkov gensteps; if not they are only counted.
    pub propagate_cerenkov: bool,
    /// Propagate the photons of scintillation gensteps; if not they are only counted.
    pub propagate_scintillation: bool,
    /// Absorb photons in bulk.
    pub absorption: bool,
    /// Scatter photons in bulk.
    pub rayleigh: bool,
    /// Refract, reflect, absorb and detect photons at boundaries; if not they fly straight on.
    pub boundary: bool,
    /// Scatter photons on large particles, where a material says how.
    pub mie: bool,
    /// Shift wavelengths, where a material says how (WLS).
    pub wavelength_shift: bool,
    /// The same for its second shifter (WLS2).
    pub wavelength_shift_2: bool,
    /// How long WLS takes, if the macro says so.
    pub wls_time_profile: Option<TimeProfile>,
    /// How long WLS2 takes, if the macro says so.
    pub wls2_time_profile: Option<TimeProfile>,
}

impl Settings {
    /// One number for the random number generator, made of all seeds: each is put in after a rotation by 32 bits,
    /// so that the seeds 7 and 38 give `7 << 32 | 38`. `None` where the macro sets no seeds.
    pub fn seed(&self) -> Option<u64> {
        let fold = |seed: u64, next: &i64| seed.rotate_left(32) ^ next.cast_unsigned();
        (!self.seeds.is_empty()).then(|| self.seeds.iter().fold(0, fold))
    }

    /// What to make and how to propagate it.
    ///
    /// Cerenkov and Scintillation decide which gensteps there are. With `enable_opticks true` the photons never
    /// reach Geant4's own optical processes, so these say nothing about ours: a macro inactivates them to keep
    /// Geant4 from doing the work twice, and `setStackPhotons` likewise. With `enable_opticks false` Geant4 would
    /// track the photons; this project does it in its place with just those processes that are active, and photons
    /// that are not stacked are counted but not propagated.
    pub fn photon_physics(&self) -> PhotonPhysics {
        let p = self.processes;
        let ours = self.enable_opticks;
        PhotonPhysics {
            make_cerenkov: p.cerenkov,
            make_scintillation: p.scintillation,
            propagate_cerenkov: p.cerenkov && (ours || self.stack_cerenkov != Some(false)),
            propagate_scintillation: p.scintillation && (ours || self.stack_scintillation != Some(false)),
            absorption: ours || p.absorption,
            rayleigh: ours || p.rayleigh,
            boundary: ours || p.boundary,
            mie: ours || p.mie,
            wavelength_shift: ours || p.wavelength_shift,
            wavelength_shift_2: ours || p.wavelength_shift_2,
            wls_time_profile: self.wls_time_profile,
            wls2_time_profile: self.wls2_time_profile,
        }
    }
}

/// One `/run/beamOn`.
#[derive(Debug, Clone, PartialEq)]
pub struct BeamOn {
    /// How many events.
    pub events: u64,
    /// All settings at that time.
    pub settings: Settings,
}

/// What a macro asks for: its runs in order, each with the settings at its time.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct RunPlan {
    /// The runs.
    pub runs: Vec<BeamOn>,
    /// The settings at the end of the macro; those to use where it has no `/run/beamOn`.
    pub settings: Settings,
    /// What the user should know: commands that are understood but have no effect here, and what is done instead.
    pub notes: Vec<String>,
}

impl RunPlan {
    /// Events of all runs.
    pub fn num_events(&self) -> u64 {
        self.runs.iter().fold(0, |sum, run| sum.saturating_add(run.events))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn all_seeds_count() {
        let seed = |seeds: &[i64]| Settings { seeds: seeds.to_vec(), ..Settings::default() }.seed();
        assert_eq!(seed(&[]), None);
        assert_eq!(seed(&[7, 38]), Some(7 << 32 | 38));
        assert_ne!(seed(&[7, 38, 1]), seed(&[7, 38, 2]));
    }

    #[test]
    fn inactive_optical_processes_are_geant4s_unless_it_would_track() {
        let mut settings = Settings::default();
        settings.processes.absorption = false;
        settings.processes.boundary = false;
        settings.stack_scintillation = Some(false);
        let ours = settings.photon_physics();
        assert!(ours.absorption && ours.boundary && ours.propagate_scintillation);
        settings.enable_opticks = false;
        let geants = settings.photon_physics();
        assert!(!geants.absorption && !geants.boundary && geants.rayleigh);
        assert!(geants.make_scintillation && !geants.propagate_scintillation && geants.propagate_cerenkov);
        settings.processes.cerenkov = false;
        assert!(!settings.photon_physics().make_cerenkov);
    }
}
