//! Isotopes and elements of the `materials` section.

use std::collections::HashMap;

use crate::detector::Element;
use crate::nist;

use super::error::{GdmlError, GdmlErrorKind};
use super::expression::Evaluator;
use super::tag::Tag;
use super::units;
use crate::suggestion::did_you_mean;

/// Isotopes and elements by name; of two with the same name the first counts, as in Geant4.
#[derive(Debug, Default)]
pub(super) struct Elements {
    isotopes: HashMap<String, Isotope>,
    elements: HashMap<String, Element>,
}

#[derive(Debug, Clone, Copy)]
struct Isotope {
    z: f64,
    a_g_per_mol: f64,
}

impl Elements {
    /// Reads an `isotope`.
    pub(super) fn read_isotope(&mut self, tag: Tag<'_>, ev: &Evaluator) -> Result<(), GdmlError> {
        let name = tag.required("name")?.to_owned();
        let isotope = Isotope { z: atomic_number(tag, ev)?, a_g_per_mol: molar_mass(tag, ev)? };
        self.isotopes.entry(name).or_insert(isotope);
        Ok(())
    }

    /// Reads an `element`: an atom, or abundances of isotopes.
    pub(super) fn read_element(&mut self, tag: Tag<'_>, ev: &Evaluator) -> Result<(), GdmlError> {
        let name = tag.required("name")?.to_owned();
        let (z, a_g_per_mol) = if tag.child("fraction").is_some() {
            self.mixture(tag, ev)?
        } else {
            (atomic_number(tag, ev)?, molar_mass(tag, ev)?)
        };
        self.elements.entry(name.clone()).or_insert(Element { name, z, a_g_per_mol });
        Ok(())
    }

    /// Atomic number and mean molar mass of isotopes with their abundances.
    fn mixture(&self, tag: Tag<'_>, ev: &Evaluator) -> Result<(f64, f64), GdmlError> {
        let (mut z, mut mass, mut total) = (None, 0.0, 0.0);
        for child in tag.children().filter(|child| child.name() == "fraction") {
            let (reference, n) = (child.required("ref")?, child.required_number(ev, "n")?);
            let isotope = self.isotopes.get(reference).ok_or_else(|| {
                let hint = did_you_mean(reference, self.isotopes.keys().map(String::as_str));
                child.fail(GdmlErrorKind::Undefined { what: "isotope", name: reference.to_owned(), hint })
            })?;
            if n < 0.0 {
                return Err(child.fail(GdmlErrorKind::Material(format!("abundance {n} is negative"))));
            }
            if *z.get_or_insert(isotope.z) != isotope.z {
                let message = "isotopes of one element should have the same Z".to_owned();
                return Err(child.fail(GdmlErrorKind::Material(message)));
            }
            mass += n * isotope.a_g_per_mol;
            total += n;
        }
        match z {
            Some(z) if total > 0.0 => Ok((z, mass / total)),
            _ => Err(tag.fail(GdmlErrorKind::Material("its abundances add up to nothing".to_owned()))),
        }
    }

    /// The element named `name` in the file, or the natural one of that symbol (`C`) or NIST name (`G4_C`).
    pub(super) fn find(&self, name: &str) -> Option<Element> {
        let natural = || nist::element_by_symbol(name.strip_prefix("G4_").unwrap_or(name));
        self.elements.get(name).cloned().or_else(|| natural().map(nist::NistElement::to_element))
    }

    /// The names of the file's own elements.
    pub(super) fn names(&self) -> impl Iterator<Item = &str> {
        self.elements.keys().map(String::as_str)
    }
}

/// `Z`, at least 1.
pub(super) fn atomic_number(tag: Tag<'_>, ev: &Evaluator) -> Result<f64, GdmlError> {
    let z = tag.required_number(ev, "Z")?;
    if (1.0..=120.0).contains(&z) {
        return Ok(z);
    }
    Err(tag.fail(GdmlErrorKind::Material(format!("Z is {z}; it should be from 1 to 120"))))
}

/// The child `atom`, g/mol.
pub(super) fn molar_mass(tag: Tag<'_>, ev: &Evaluator) -> Result<f64, GdmlError> {
    let atom = tag.required_child("atom")?;
    let mass = atom.required_number(ev, "value")? * units::MOLAR_MASS.factor(atom, "unit")?;
    if mass > 0.0 && mass.is_finite() {
        return Ok(mass);
    }
    Err(atom.fail(GdmlErrorKind::Material(format!("molar mass {mass} g/mol should be above 0"))))
}
