//! The charged particles that a macro's gun may shoot and the track stepper follows.
//!
//! Masses are those of the Particle Data Group's review of 2018 (MeV), which Geant4 10.6 uses too.

use std::fmt;
use std::str::FromStr;

/// A charged particle, by the names that Geant4's `/gun/particle` takes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Particle {
    /// `mu-`
    MuonMinus,
    /// `mu+`
    MuonPlus,
    /// `e-`
    Electron,
    /// `e+`
    Positron,
    /// `pi+`
    PionPlus,
    /// `pi-`
    PionMinus,
    /// `kaon+`
    KaonPlus,
    /// `kaon-`
    KaonMinus,
    /// `proton`
    Proton,
    /// `anti_proton`
    AntiProton,
    /// `alpha`
    Alpha,
}

/// What is known of one particle.
struct Row {
    particle: Particle,
    name: &'static str,
    pdg_code: i32,
    mass_mev: f64,
    charge: f64,
}

const fn row(particle: Particle, name: &'static str, pdg_code: i32, mass_mev: f64, charge: f64) -> Row {
    Row { particle, name, pdg_code, mass_mev, charge }
}

const TABLE: [Row; 11] = [
    row(Particle::MuonMinus, "mu-", 13, 105.658_374_5, -1.0),
    row(Particle::MuonPlus, "mu+", -13, 105.658_374_5, 1.0),
    row(Particle::Electron, "e-", 11, 0.510_998_946_1, -1.0),
    row(Particle::Positron, "e+", -11, 0.510_998_946_1, 1.0),
    row(Particle::PionPlus, "pi+", 211, 139.570_61, 1.0),
    row(Particle::PionMinus, "pi-", -211, 139.570_61, -1.0),
    row(Particle::KaonPlus, "kaon+", 321, 493.677, 1.0),
    row(Particle::KaonMinus, "kaon-", -321, 493.677, -1.0),
    row(Particle::Proton, "proton", 2212, 938.272_081, 1.0),
    row(Particle::AntiProton, "anti_proton", -2212, 938.272_081, -1.0),
    row(Particle::Alpha, "alpha", 1_000_020_040, 3_727.379_378, 2.0),
];

impl Particle {
    /// Every particle, in the order of [`Particle::supported_names`].
    pub const ALL: [Self; 11] = [
        Self::MuonMinus,
        Self::MuonPlus,
        Self::Electron,
        Self::Positron,
        Self::PionPlus,
        Self::PionMinus,
        Self::KaonPlus,
        Self::KaonMinus,
        Self::Proton,
        Self::AntiProton,
        Self::Alpha,
    ];

    fn row(self) -> &'static Row {
        &TABLE[self as usize]
    }

    /// Geant4's name.
    pub fn name(self) -> &'static str {
        self.row().name
    }

    /// The Particle Data Group's number.
    pub fn pdg_code(self) -> i32 {
        self.row().pdg_code
    }

    /// Rest mass, MeV.
    pub fn mass_mev(self) -> f64 {
        self.row().mass_mev
    }

    /// Charge in units of the positron's.
    pub fn charge(self) -> f64 {
        self.row().charge
    }

    /// The particle of a PDG number.
    pub fn from_pdg_code(code: i32) -> Option<Self> {
        TABLE.iter().find(|r| r.pdg_code == code).map(|r| r.particle)
    }

    /// Every name that [`Particle::from_str`] takes, joined by blanks.
    pub fn supported_names() -> String {
        TABLE.map(|r| r.name).join(" ")
    }
}

impl fmt::Display for Particle {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

/// A particle name that is not supported.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("particle `{name}` is not supported; choose one of: {}", Particle::supported_names())]
pub struct UnknownParticle {
    /// The name as given.
    pub name: String,
}

impl FromStr for Particle {
    type Err = UnknownParticle;

    /// The particle of Geant4's name `text`.
    fn from_str(text: &str) -> Result<Self, UnknownParticle> {
        TABLE
            .iter()
            .find(|r| r.name == text)
            .map(|r| r.particle)
            .ok_or_else(|| UnknownParticle { name: text.to_owned() })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_codes_and_table_agree() {
        for particle in Particle::ALL {
            assert_eq!(particle.row().particle, particle);
            assert_eq!(particle.name().parse(), Ok(particle));
            assert_eq!(Particle::from_pdg_code(particle.pdg_code()), Some(particle));
        }
        assert_eq!(Particle::MuonPlus.pdg_code(), -13);
        assert_eq!(Particle::Alpha.charge(), 2.0);
    }

    #[test]
    fn unknown_particle_names_what_is_supported() {
        let message = "opticalphoton".parse::<Particle>().unwrap_err().to_string();
        assert!(message.contains("opticalphoton") && message.contains("mu+ e-"), "{message}");
    }
}
