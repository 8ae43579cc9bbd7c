//! Scintillation yields that depend on the particle (Geant4's `setByParticleType`).
//!
//! A material has a table of photons over kinetic energy for each kind of particle: what it would emit if the particle
//! came to rest in it. A step emits the difference between its two ends, L(E) - L(E - deposit), so that the table holds
//! all quenching, and Birks' law does not act besides. Above the table's last energy the yield is L/E there times the
//! deposit. Each kind has its own shares of the components. Muons, pions, kaons and positrons count as electrons.

use crate::detector::{PropertyMap, PropertyVector};

/// The kinds of particles that Geant4 tells apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum YieldKind {
    /// `PROTONSCINTILLATIONYIELD`
    Proton,
    /// `DEUTERONSCINTILLATIONYIELD`
    Deuteron,
    /// `TRITONSCINTILLATIONYIELD`
    Triton,
    /// `ALPHASCINTILLATIONYIELD`
    Alpha,
    /// `IONSCINTILLATIONYIELD`: every other nucleus, and neutrons
    Ion,
    /// `ELECTRONSCINTILLATIONYIELD`: everything else
    Electron,
}

impl YieldKind {
    /// All of them.
    pub const ALL: [Self; 6] =
        [Self::Proton, Self::Deuteron, Self::Triton, Self::Alpha, Self::Ion, Self::Electron];

    /// The kind of a particle by its PDG code.
    pub fn of_pdg(code: i32) -> Self {
        const FIRST_NUCLEUS: i32 = 1_000_000_000;
        match code {
            2212 => Self::Proton,
            1_000_010_020 => Self::Deuteron,
            1_000_010_030 => Self::Triton,
            1_000_020_040 => Self::Alpha,
            2112 | FIRST_NUCLEUS.. => Self::Ion,
            _ => Self::Electron,
        }
    }

    /// The name of its table in a material.
    pub fn property(self) -> &'static str {
        [
            "PROTONSCINTILLATIONYIELD",
            "DEUTERONSCINTILLATIONYIELD",
            "TRITONSCINTILLATIONYIELD",
            "ALPHASCINTILLATIONYIELD",
            "IONSCINTILLATIONYIELD",
            "ELECTRONSCINTILLATIONYIELD",
        ][self as usize]
    }
}

/// What one kind of particle emits in a material.
#[derive(Debug, Clone, PartialEq)]
pub struct ParticleYield {
    /// Photons over kinetic energy, MeV.
    photons: PropertyVector,
    /// Shares of the components 1, 2, 3, not normalised.
    pub(super) shares: [f64; 3],
}

impl ParticleYield {
    /// The yield of `kind` in a material; `None` if it has no table.
    pub(super) fn of(properties: &PropertyMap, kind: YieldKind) -> Option<Self> {
        let name = kind.property();
        let share = |number: usize, default: f64| {
            properties.constant(&format!("{name}{number}")).map_or(default, |share| share.max(0.0))
        };
        let photons = properties.vector(name)?.clone();
        Some(Self { photons, shares: [share(1, 1.0), share(2, 0.0), share(3, 0.0)] })
    }

    /// Mean photons of a step that starts at `kinetic_mev` and deposits `deposit_mev`.
    pub fn mean_photons(&self, kinetic_mev: f64, deposit_mev: f64) -> f64 {
        let (energies, values) = (self.photons.energies_mev(), self.photons.values());
        let (last_energy, last_value) = (energies[energies.len() - 1], values[values.len() - 1]);
        if kinetic_mev > last_energy && last_energy > 0.0 {
            return last_value / last_energy * deposit_mev;
        }
        self.photons.value(kinetic_mev) - self.photons.value(kinetic_mev - deposit_mev)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::detector::Property;

    #[test]
    fn kinds_are_those_of_geant4() {
        let kinds = [2212, 1_000_020_040, 1_000_060_120, 2112, 13, -11, 211, -2212].map(YieldKind::of_pdg);
        use YieldKind::{Alpha, Electron, Ion, Proton};
        assert_eq!(kinds, [Proton, Alpha, Ion, Ion, Electron, Electron, Electron, Electron]);
    }

    /// Mean photons of prepared steps in Geant4 11.2.2 follow L(E) - L(E - deposit) of these tables.
    #[test]
    fn a_step_emits_the_difference_of_its_ends() {
        let table = |factor: f64| {
            let vector =
                PropertyVector::new(vec![0.0, 1.0, 10.0], vec![0.0, 700.0 * factor, 10_000.0 * factor]);
            let mut map = PropertyMap::default();
            map.0.insert("ALPHASCINTILLATIONYIELD".into(), Property::Vector(vector.unwrap()));
            ParticleYield::of(&map, YieldKind::Alpha).unwrap()
        };
        assert!((table(0.1).mean_photons(5.0, 2.0) - 0.1 * 2.0 * 9300.0 / 9.0).abs() < 1e-9);
        assert!((table(1.0).mean_photons(1.5, 1.5) - (700.0 + 0.5 * 9300.0 / 9.0)).abs() < 1e-9);
        assert!((table(1.0).mean_photons(20.0, 0.5) - 500.0).abs() < 1e-9, "above the table");
        assert_eq!(table(1.0).shares, [1.0, 0.0, 0.0]);
        assert_eq!(ParticleYield::of(&PropertyMap::default(), YieldKind::Ion), None);
    }
}
