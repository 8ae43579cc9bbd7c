//! The `materials` section.

use std::collections::HashMap;

use crate::detector::{Detector, Element, Material, MaterialId, Named};
use crate::nist;

use super::define::Definitions;
use super::elements::{self, Elements};
use super::error::{GdmlError, GdmlErrorKind};
use super::properties;
use super::session::Session;
use super::tag::Tag;
use super::undefined;
use super::units;
use crate::suggestion::did_you_mean;

/// Room temperature, where the file gives none (Geant4's `NTP_Temperature`).
const ROOM_TEMPERATURE_K: f64 = 293.15;
/// Below this density a material without a state is a gas (Geant4's `kGasThreshold`).
const GAS_BELOW_G_CM3: f64 = 0.01;
/// Mass fractions may miss 1 by this much before a warning, as in Geant4 ...
const SUM_TOLERANCE: f64 = 1e-3;
/// ... and by this much before an error.
const SUM_ERROR: f64 = 1e-2;

/// Materials by name; of two with the same name the first counts, as in Geant4.
#[derive(Debug, Default)]
pub(super) struct Materials {
    elements: Elements,
    named: HashMap<String, MaterialId>,
}

impl Materials {
    /// Reads one `materials` section.
    pub(super) fn read(
        &mut self,
        section: Tag<'_>,
        definitions: &Definitions,
        session: &mut Session<'_>,
    ) -> Result<(), GdmlError> {
        for tag in section.children() {
            match tag.name() {
                "isotope" => self.elements.read_isotope(tag, &definitions.evaluator)?,
                "element" => self.elements.read_element(tag, &definitions.evaluator)?,
                "material" => {
                    let result = self.read_material(tag, definitions, &mut session.detector);
                    session.tolerate(tag, result)?;
                }
                "define" => return Err(tag.unsupported("move it before <materials>")),
                _ => return Err(tag.unknown()),
            }
        }
        Ok(())
    }

    fn read_material(
        &mut self,
        tag: Tag<'_>,
        definitions: &Definitions,
        detector: &mut Detector,
    ) -> Result<(), GdmlError> {
        let name = tag.required("name")?.to_owned();
        check_children(tag)?;
        detector.places.note(Named::Material, &name, tag.place());
        let density_g_cm3 = density(tag, definitions)?;
        let material = Material {
            density_g_cm3,
            temperature_k: temperature(tag, definitions)?,
            is_gas: is_gas(tag, density_g_cm3)?,
            components: self.components(tag, definitions, detector)?,
            mean_excitation_ev: mean_excitation(tag, definitions)?,
            properties: properties::read(tag, definitions, detector)?,
            name: name.clone(),
        };
        check_pressure(tag, definitions)?;
        if self.named.contains_key(&name) {
            let message = "a material of this name exists already; the first one counts".to_owned();
            properties::warn(tag, message, detector);
            return Ok(());
        }
        self.named.insert(name, add(detector, material));
        Ok(())
    }

    fn components(
        &self,
        tag: Tag<'_>,
        definitions: &Definitions,
        detector: &mut Detector,
    ) -> Result<Vec<(Element, f64)>, GdmlError> {
        match (tag.child("fraction").is_some(), tag.child("composite").is_some()) {
            (true, true) => {
                let message = "it mixes 'fraction' (by mass) and 'composite' (by atoms); use one of them";
                Err(tag.fail(GdmlErrorKind::Material(message.to_owned())))
            }
            (true, false) => self.by_mass(tag, definitions, detector),
            (false, true) => self.by_atoms(tag, definitions),
            (false, false) => {
                let z = elements::atomic_number(tag, &definitions.evaluator)?;
                let a_g_per_mol = elements::molar_mass(tag, &definitions.evaluator)?;
                let name = tag.attribute("formula").or(tag.attribute("name")).unwrap_or_default();
                Ok(vec![(Element { name: name.to_owned(), z, a_g_per_mol }, 1.0)])
            }
        }
    }

    fn by_mass(
        &self,
        tag: Tag<'_>,
        definitions: &Definitions,
        detector: &mut Detector,
    ) -> Result<Vec<(Element, f64)>, GdmlError> {
        let mut mixture = Vec::new();
        let mut sum = 0.0;
        for child in tag.children().filter(|child| child.name() == "fraction") {
            let n = child.required_number(&definitions.evaluator, "n")?;
            if !(0.0..=1.0 + SUM_ERROR).contains(&n) {
                let message = format!("mass fraction {n} should be from 0 to 1");
                return Err(child.fail(GdmlErrorKind::Material(message)));
            }
            sum += n;
            for (element, part) in self.parts(child, detector)? {
                accumulate(&mut mixture, element, n * part);
            }
        }
        let miss = (sum - 1.0_f64).abs();
        if miss > SUM_ERROR {
            let message = format!("its mass fractions add up to {sum}, not 1");
            return Err(tag.fail(GdmlErrorKind::Material(message)));
        }
        if miss > SUM_TOLERANCE {
            let message = format!("its mass fractions add up to {sum}; they are scaled to 1");
            properties::warn(tag, message, detector);
        }
        mixture.iter_mut().for_each(|(_, fraction)| *fraction /= sum);
        Ok(mixture)
    }

    /// The elements of what a `fraction` refers to: a material of the file, of NIST, or an element.
    fn parts(&self, child: Tag<'_>, detector: &Detector) -> Result<Vec<(Element, f64)>, GdmlError> {
        let name = child.required("ref")?;
        if let Some(id) = self.named.get(name) {
            return Ok(detector.material(*id).components.clone());
        }
        if let Some(material) = nist::material(name) {
            return Ok(material.components);
        }
        self.elements.find(name).map(|element| vec![(element, 1.0)]).ok_or_else(|| {
            let known = self.named.keys().map(String::as_str).chain(self.elements.names());
            undefined::explain(child, name, undefined::MATERIAL, known.chain(nist_names()))
        })
    }

    fn by_atoms(&self, tag: Tag<'_>, definitions: &Definitions) -> Result<Vec<(Element, f64)>, GdmlError> {
        let mut mixture = Vec::new();
        for child in tag.children().filter(|child| child.name() == "composite") {
            let name = child.required("ref")?;
            child.required("n")?;
            let n = child.integer(&definitions.evaluator, "n")?.unwrap_or_default();
            if n < 1 {
                let message = format!("{n} atoms; the number should be at least 1");
                return Err(child.fail(GdmlErrorKind::Material(message)));
            }
            let element = self.elements.find(name).ok_or_else(|| {
                let hint = did_you_mean(name, self.elements.names());
                child.fail(GdmlErrorKind::Undefined { what: "element", name: name.to_owned(), hint })
            })?;
            let mass = n as f64 * element.a_g_per_mol;
            accumulate(&mut mixture, element, mass);
        }
        let total: f64 = mixture.iter().map(|(_, mass)| mass).sum();
        mixture.iter_mut().for_each(|(_, mass)| *mass /= total);
        Ok(mixture)
    }

    /// Whether the file itself has a material of this name.
    pub(super) fn defines(&self, name: &str) -> bool {
        self.named.contains_key(name)
    }

    /// The material that a `materialref` names: of the file, or of NIST, which is then added to the detector.
    pub(super) fn find(
        &mut self,
        tag: Tag<'_>,
        name: &str,
        to: &mut Detector,
    ) -> Result<MaterialId, GdmlError> {
        if let Some(id) = self.named.get(name) {
            return Ok(*id);
        }
        let Some(material) = nist::material(name) else {
            let hint = did_you_mean(name, self.named.keys().map(String::as_str).chain(nist_names()));
            return Err(tag.fail(GdmlErrorKind::Undefined { what: "material", name: name.to_owned(), hint }));
        };
        let id = add(to, material);
        self.named.insert(name.to_owned(), id);
        Ok(id)
    }
}

/// The names of NIST's compounds, for as long as is needed.
fn nist_names<'a>() -> impl Iterator<Item = &'a str> {
    nist::names().map(|name| -> &'a str { name })
}

fn add(detector: &mut Detector, material: Material) -> MaterialId {
    detector.materials.push(material);
    MaterialId((detector.materials.len() - 1) as u32)
}

/// Adds to the fraction of an element, which counts once however often it is named.
fn accumulate(mixture: &mut Vec<(Element, f64)>, element: Element, amount: f64) {
    match mixture.iter_mut().find(|(known, _)| *known == element) {
        Some((_, fraction)) => *fraction += amount,
        None => mixture.push((element, amount)),
    }
}

fn check_children(tag: Tag<'_>) -> Result<(), GdmlError> {
    const KNOWN: &[&str] = &[
        "D",
        "Dref",
        "T",
        "Tref",
        "P",
        "Pref",
        "MEE",
        "MEEref",
        "atom",
        "fraction",
        "composite",
        "property",
    ];
    let strange = tag.children().find(|child| !KNOWN.contains(&child.name()) && child.name() != "RL");
    strange.map_or(Ok(()), |child| Err(child.unknown()))
}

/// The value of child `name` in the units of `dimension`, or of child `{name}ref`, scaled by `from_internal`.
fn quantity(
    tag: Tag<'_>,
    definitions: &Definitions,
    name: &'static str,
    (dimension, from_internal): (&units::Dimension, f64),
) -> Result<Option<f64>, GdmlError> {
    let value = if let Some(child) = tag.child(name) {
        child.required_number(&definitions.evaluator, "value")? * dimension.factor(child, "unit")?
    } else if let Some(child) = tag.child(&format!("{name}ref")) {
        definitions.quantity(child)? * from_internal
    } else {
        return Ok(None);
    };
    if value.is_finite() && value >= 0.0 {
        return Ok(Some(value));
    }
    Err(tag.fail(GdmlErrorKind::Material(format!("{name} is {value}; it should be finite and not negative"))))
}

/// How many of `unit` make the internal unit.
fn per_internal_unit(definitions: &Definitions, unit: &str) -> f64 {
    definitions.evaluator.evaluate(unit).map_or(1.0, |value| 1.0 / value)
}

fn density(tag: Tag<'_>, definitions: &Definitions) -> Result<f64, GdmlError> {
    let to_g_cm3 = per_internal_unit(definitions, "g/cm3");
    match quantity(tag, definitions, "D", (&units::DENSITY, to_g_cm3))? {
        Some(density) if density > 0.0 => Ok(density),
        Some(_) => Err(tag.fail(GdmlErrorKind::Material("its density D is 0; use 1e-25 for vacuum".into()))),
        None => Err(tag.fail(GdmlErrorKind::MissingElement("D"))),
    }
}

fn temperature(tag: Tag<'_>, definitions: &Definitions) -> Result<f64, GdmlError> {
    Ok(quantity(tag, definitions, "T", (&units::TEMPERATURE, 1.0))?.unwrap_or(ROOM_TEMPERATURE_K))
}

fn check_pressure(tag: Tag<'_>, definitions: &Definitions) -> Result<(), GdmlError> {
    quantity(tag, definitions, "P", (&units::PRESSURE, 1.0)).map(|_| ())
}

fn mean_excitation(tag: Tag<'_>, definitions: &Definitions) -> Result<Option<f64>, GdmlError> {
    const EV_PER_MEV: f64 = 1e6;
    let energy = quantity(tag, definitions, "MEE", (&units::ENERGY_EV, EV_PER_MEV))?;
    Ok(energy.filter(|energy| *energy > 0.0))
}

fn is_gas(tag: Tag<'_>, density_g_cm3: f64) -> Result<bool, GdmlError> {
    match tag.attribute("state").map(str::trim) {
        Some("gas") => Ok(true),
        Some("solid" | "liquid") => Ok(false),
        None | Some("" | "unknown") => Ok(density_g_cm3 < GAS_BELOW_G_CM3),
        Some(other) => {
            let (value, allowed) = (other.to_owned(), "solid, liquid, gas, unknown");
            Err(tag.fail(GdmlErrorKind::UnknownWord { attribute: "state", value, allowed }))
        }
    }
}
