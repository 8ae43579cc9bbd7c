//! Materials' properties as tables.

use cfg4::detector::{Material, PropertyVector};

use super::SceneError;
use super::group_velocity::group_velocity;
use super::more_bulk::add_more;
use super::property_tables::{Curve, PropertyTables};
use super::rayleigh_length::rayleigh_length;
use crate::physics::photon::C_LIGHT_MM_PER_NS;
use crate::physics::tables::{MaterialRecord, NONE};

/// Names of the emission spectra of the components 1, 2, 3 in Geant4 11 and 10.
const SPECTRA: [&[&str]; 3] = [
    &["SCINTILLATIONCOMPONENT1", "FASTCOMPONENT"],
    &["SCINTILLATIONCOMPONENT2", "SLOWCOMPONENT"],
    &["SCINTILLATIONCOMPONENT3"],
];

/// Lengths above this are as good as infinite, and f32 can hold their slopes.
pub(super) const LONGEST_MM: f64 = 1e30;

/// Adds the record and the tables of `material`.
pub(super) fn add_material(
    tables: &mut PropertyTables,
    material: &Material,
    reemission: bool,
) -> Result<(), SceneError> {
    let properties = Properties { material };
    let rindex = properties.curve("RINDEX", "positive", |v| v > 0.0)?;
    let none = || Curve::constant(f64::INFINITY);
    for name in ["ISOTHERMAL_COMPRESSIBILITY", "RS_SCALE_FACTOR"] {
        properties.number(name, "zero or more", |x| x >= 0.0)?;
    }
    let scattering = match (properties.length("RAYLEIGH")?, &rindex) {
        (None, Some(rindex)) => rayleigh_length(material, rindex),
        (given, _) => given,
    };
    let velocity = match (properties.curve("GROUPVEL", "positive", |v| v > 0.0)?, &rindex) {
        (Some(given), _) => given,
        (None, Some(rindex)) => group_velocity(rindex),
        (None, None) => Curve::constant(f64::from(C_LIGHT_MM_PER_NS)),
    };
    let mut complex_rindex = [NONE; 2];
    for (id, name) in complex_rindex.iter_mut().zip(["REALRINDEX", "IMAGINARYRINDEX"]) {
        if let Some(curve) = properties.curve(name, "zero or more", |v| v >= 0.0)? {
            *id = tables.add_curve(&curve);
        }
    }
    let mut spectra = [NONE; 3];
    for (id, names) in spectra.iter_mut().zip(SPECTRA) {
        if let Some(quantiles) = properties.spectrum(names)? {
            *id = tables.add_curve(&quantiles);
        }
    }
    let probability = properties.curve("REEMISSIONPROB", "from 0 to 1", |v| (0.0..=1.0).contains(&v))?;
    let reemission_spectrum = if spectra[1] != NONE { spectra[1] } else { spectra[0] };
    let reemits = reemission && probability.is_some() && reemission_spectrum != NONE;
    let probability = probability.filter(|_| reemits).unwrap_or_else(|| Curve::constant(0.0));
    let medium = tables.add_medium([
        rindex.as_ref().unwrap_or(&Curve::constant(1.0)),
        &properties.length("ABSLENGTH")?.unwrap_or_else(none),
        &scattering.unwrap_or_else(none),
        &probability,
        &velocity,
    ]);
    let more = add_more(tables, &properties, reemits)?;
    tables.materials.push(MaterialRecord {
        medium,
        has_rindex: u32::from(rindex.is_some()),
        reemits: u32::from(reemits),
        spectra,
        reemission_spectrum: if reemits { reemission_spectrum } else { NONE },
        more,
        complex_rindex,
        pad: 0,
    });
    Ok(())
}

/// The properties of one material.
pub(super) struct Properties<'a> {
    pub(super) material: &'a Material,
}

impl Properties<'_> {
    /// The property `name` over photon energy in eV; a constant is the same everywhere.
    fn curve(
        &self,
        name: &str,
        rule: &'static str,
        allowed: impl Fn(f64) -> bool,
    ) -> Result<Option<Curve>, SceneError> {
        let properties = &self.material.properties;
        let curve = match properties.vector(name) {
            Some(vector) => checked(&self.owner(), name, vector, (rule, &allowed))?,
            None => match properties.constant(name) {
                Some(value) if allowed(value) => Curve::constant(value.min(LONGEST_MM)),
                Some(value) => return Err(bad_property(&self.owner(), name, value, (0.0, rule))),
                None => return Ok(None),
            },
        };
        Ok(Some(curve))
    }

    /// The mean free path `name` in mm over photon energy in eV.
    pub(super) fn length(&self, name: &str) -> Result<Option<Curve>, SceneError> {
        self.curve(name, "zero or more", |v| v >= 0.0)
    }

    /// The quantiles of the first of `names` that is a table; `None` if there is none or it is zero everywhere.
    pub(super) fn spectrum(&self, names: &[&str]) -> Result<Option<Curve>, SceneError> {
        let properties = &self.material.properties;
        let Some((name, vector)) = names.iter().find_map(|n| Some((n, properties.vector(n)?))) else {
            return Ok(None);
        };
        let curve = checked(&self.owner(), name, vector, ("zero or more", &|v| v >= 0.0))?;
        Ok(curve.quantiles())
    }

    pub(super) fn owner(&self) -> String {
        format!("material {}", self.material.name)
    }
}

/// The curve of a property whose values must obey a rule, at positive energies.
pub(super) fn checked(
    owner: &str,
    property: &str,
    vector: &PropertyVector,
    (rule, allowed): (&'static str, &dyn Fn(f64) -> bool),
) -> Result<Curve, SceneError> {
    for (&energy, &value) in vector.energies_mev().iter().zip(vector.values()) {
        if energy <= 0.0 {
            let (owner, property) = (owner.to_owned(), property.to_owned());
            return Err(SceneError::BadEnergy { owner, property, energy_ev: energy * 1e6 });
        }
        if !allowed(value) {
            return Err(bad_property(owner, property, value, (energy * 1e6, rule)));
        }
    }
    Ok(Curve::property(vector, |v| v.min(LONGEST_MM)))
}

/// The error that names a value.
pub(super) fn bad_property(
    owner: &str,
    property: &str,
    value: f64,
    (energy_ev, rule): (f64, &'static str),
) -> SceneError {
    SceneError::BadProperty { owner: owner.to_owned(), property: property.to_owned(), value, energy_ev, rule }
}
