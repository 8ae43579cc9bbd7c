//! Units as Geant4's commands take them.

use super::error::Problem;

/// What a number with a unit measures.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Dimension {
    /// In mm.
    Length,
    /// In ns.
    Time,
    /// In MeV.
    Energy,
    /// In MeV/c, which the commands write as an energy.
    Momentum,
}

/// Name and size of a unit, in mm, ns or MeV.
type Unit = (&'static str, f64);

const LENGTH: [Unit; 16] = [
    ("nm", 1e-6),
    ("um", 1e-3),
    ("mm", 1.0),
    ("cm", 10.0),
    ("m", 1e3),
    ("km", 1e6),
    ("Ang", 1e-7),
    ("fm", 1e-12),
    ("nanometer", 1e-6),
    ("micrometer", 1e-3),
    ("millimeter", 1.0),
    ("centimeter", 10.0),
    ("meter", 1e3),
    ("kilometer", 1e6),
    ("angstrom", 1e-7),
    ("fermi", 1e-12),
];

const TIME: [Unit; 9] = [
    ("ps", 1e-3),
    ("ns", 1.0),
    ("us", 1e3),
    ("ms", 1e6),
    ("s", 1e9),
    ("picosecond", 1e-3),
    ("nanosecond", 1.0),
    ("millisecond", 1e6),
    ("second", 1e9),
];

const ENERGY: [Unit; 12] = [
    ("eV", 1e-6),
    ("keV", 1e-3),
    ("MeV", 1.0),
    ("GeV", 1e3),
    ("TeV", 1e6),
    ("PeV", 1e9),
    ("electronvolt", 1e-6),
    ("kiloelectronvolt", 1e-3),
    ("megaelectronvolt", 1.0),
    ("gigaelectronvolt", 1e3),
    ("teraelectronvolt", 1e6),
    ("petaelectronvolt", 1e9),
];

impl Dimension {
    fn units(self) -> &'static [Unit] {
        match self {
            Self::Length => &LENGTH,
            Self::Time => &TIME,
            Self::Energy | Self::Momentum => &ENERGY,
        }
    }

    /// The size of a unit in mm, ns or MeV.
    pub(super) fn factor(self, name: &str) -> Result<f64, Problem> {
        let found = self.units().iter().find(|(n, _)| *n == name).map(|(_, size)| *size);
        found.ok_or_else(|| {
            let known: Vec<&str> = self.units().iter().map(|(n, _)| *n).collect();
            Problem::argument(format!(
                "`{name}` is not a unit of this quantity; choose one of: {}",
                known.join(" ")
            ))
        })
    }
}
