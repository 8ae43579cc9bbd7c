//! The `unit`, `lunit` and `aunit` attributes: names of units of one dimension.

use super::error::{GdmlError, GdmlErrorKind};
use super::tag::Tag;

/// A dimension with its units and their factors to the unit that this program uses.
#[derive(Debug)]
pub(super) struct Dimension {
    description: &'static str,
    units: &'static [(&'static str, f64)],
}

/// As Geant4 has it, mm.
const PARSEC_MM: f64 = 3.085_677_580_7e19;

/// To mm.
pub(super) const LENGTH: Dimension = Dimension {
    description: "the lengths mm, cm, m, km, um, nm, Ang",
    units: &[
        ("mm", 1.0),
        ("cm", 10.0),
        ("m", 1e3),
        ("km", 1e6),
        ("pc", PARSEC_MM),
        ("parsec", PARSEC_MM),
        ("um", 1e-3),
        ("nm", 1e-6),
        ("Ang", 1e-7),
        ("fm", 1e-12),
        ("millimeter", 1.0),
        ("centimeter", 10.0),
        ("meter", 1e3),
        ("kilometer", 1e6),
        ("micrometer", 1e-3),
        ("nanometer", 1e-6),
        ("angstrom", 1e-7),
        ("fermi", 1e-12),
    ],
};

/// To rad.
pub(super) const ANGLE: Dimension = Dimension {
    description: "the angles rad, deg, mrad",
    units: &[
        ("rad", 1.0),
        ("radian", 1.0),
        ("deg", std::f64::consts::PI / 180.0),
        ("degree", std::f64::consts::PI / 180.0),
        ("mrad", 1e-3),
        ("milliradian", 1e-3),
    ],
};

/// To g/cm3.
pub(super) const DENSITY: Dimension = Dimension {
    description: "the densities g/cm3, mg/cm3, kg/m3",
    units: &[("g/cm3", 1.0), ("mg/cm3", 1e-3), ("kg/m3", 1e-3), ("g/m3", 1e-6), ("kg/cm3", 1e3)],
};

/// To K.
pub(super) const TEMPERATURE: Dimension =
    Dimension { description: "the temperatures K, kelvin", units: &[("K", 1.0), ("kelvin", 1.0)] };

/// To Pa.
pub(super) const PRESSURE: Dimension = Dimension {
    description: "the pressures pascal, bar, atmosphere",
    units: &[
        ("pascal", 1.0),
        ("Pa", 1.0),
        ("hep_pascal", 1.0),
        ("hPa", 1e2),
        ("kPa", 1e3),
        ("MPa", 1e6),
        ("bar", 1e5),
        ("mbar", 1e2),
        ("atm", 101_325.0),
        ("atmosphere", 101_325.0),
    ],
};

/// To g/mol.
pub(super) const MOLAR_MASS: Dimension = Dimension {
    description: "the molar masses g/mole, kg/mole",
    units: &[("g/mole", 1.0), ("g/mol", 1.0), ("kg/mole", 1e3), ("mg/mole", 1e-3), ("amu", 1.0), ("u", 1.0)],
};

/// To eV.
pub(super) const ENERGY_EV: Dimension = Dimension {
    description: "the energies eV, keV, MeV, GeV",
    units: &[("eV", 1.0), ("keV", 1e3), ("MeV", 1e6), ("GeV", 1e9), ("joule", 1.0 / 1.602_176_634e-19)],
};

impl Dimension {
    /// The factor of the unit `name`, if it is one of this dimension.
    pub(super) fn value_of(&self, name: &str) -> Option<f64> {
        self.units.iter().find(|(unit, _)| *unit == name).map(|(_, factor)| *factor)
    }

    /// The factor that the attribute `attribute` of `tag` asks for; 1 where it is absent.
    pub(super) fn factor(&self, tag: Tag<'_>, attribute: &str) -> Result<f64, GdmlError> {
        self.factor_or(tag, attribute, 1.0)
    }

    /// The factor that the attribute `attribute` of `tag` asks for; `default` where it is absent.
    pub(super) fn factor_or(&self, tag: Tag<'_>, attribute: &str, default: f64) -> Result<f64, GdmlError> {
        let Some(unit) = tag.attribute(attribute).map(str::trim).filter(|unit| !unit.is_empty()) else {
            return Ok(default);
        };
        self.value_of(unit).ok_or_else(|| {
            tag.fail(GdmlErrorKind::Unit { unit: unit.to_owned(), dimension: self.description })
        })
    }
}
