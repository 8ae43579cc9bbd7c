//! The `define` section: constants, quantities, variables, expressions, positions, rotations, scales, matrices.

use std::collections::HashMap;

use super::error::{GdmlError, GdmlErrorKind};
use super::expression::Evaluator;
use super::limits;
use super::tag::Tag;
use super::units;

/// Everything that a file's `define` sections have named so far.
#[derive(Debug, Default)]
pub(super) struct Definitions {
    /// Constants, variables, quantities, matrices.
    pub(super) evaluator: Evaluator,
    positions_mm: HashMap<String, [f64; 3]>,
    rotations_rad: HashMap<String, [f64; 3]>,
    scales: HashMap<String, [f64; 3]>,
    looped_bytes: usize,
}

impl Definitions {
    /// Reads one `define` section.
    pub(super) fn read(&mut self, section: Tag<'_>) -> Result<(), GdmlError> {
        for tag in section.children() {
            match tag.name() {
                "constant" => {
                    let value = tag.required_number(&self.evaluator, "value")?;
                    self.constant(tag, value)?;
                }
                "quantity" => {
                    let value = tag.required_number(&self.evaluator, "value")?;
                    self.constant(tag, value * self.unit(tag)?)?;
                }
                "expression" => {
                    let value = tag.evaluate(&self.evaluator, "expression", tag.text())?;
                    self.constant(tag, value)?;
                }
                "variable" => {
                    let value = tag.required_number(&self.evaluator, "value")?;
                    let name = tag.required("name")?;
                    let defined = self.evaluator.define_variable(name, value);
                    defined.map_err(|error| tag.fail(GdmlErrorKind::Definition(error)))?;
                }
                "matrix" => self.matrix(tag)?,
                "position" => {
                    let value = self.position(tag)?;
                    self.positions_mm.insert(tag.required("name")?.to_owned(), value);
                }
                "rotation" => {
                    let value = self.rotation(tag)?;
                    self.rotations_rad.insert(tag.required("name")?.to_owned(), value);
                }
                "scale" => {
                    let value = self.scale(tag)?;
                    self.scales.insert(tag.required("name")?.to_owned(), value);
                }
                "loop" => return Err(tag.unsupported("write the definitions out, or use a matrix")),
                _ => return Err(tag.unknown()),
            }
        }
        Ok(())
    }

    /// The unit of a quantity: the name of a length or an angle, or what expressions know.
    fn unit(&self, tag: Tag<'_>) -> Result<f64, GdmlError> {
        let name = tag.attribute("unit").unwrap_or_default().trim();
        match units::LENGTH.value_of(name).or_else(|| units::ANGLE.value_of(name)) {
            Some(value) => Ok(value),
            None => tag.number_or(&self.evaluator, "unit", 1.0),
        }
    }

    fn constant(&mut self, tag: Tag<'_>, value: f64) -> Result<(), GdmlError> {
        if !value.is_finite() {
            let (attribute, text) = ("value".to_owned(), value.to_string());
            return Err(tag.fail(GdmlErrorKind::NotFinite { attribute, text }));
        }
        let defined = self.evaluator.define_constant(tag.required("name")?, value);
        defined.map_err(|error| tag.fail(GdmlErrorKind::Definition(error)))
    }

    fn matrix(&mut self, tag: Tag<'_>) -> Result<(), GdmlError> {
        let name = tag.required("name")?;
        let columns = tag.integer(&self.evaluator, "coldim")?.unwrap_or(1);
        let words = tag.required("values")?.split_whitespace();
        let values = words.map(|word| tag.evaluate(&self.evaluator, "values", word));
        let values = values.collect::<Result<Vec<_>, _>>()?;
        let defined = self.evaluator.define_matrix(name, columns, values);
        defined.map_err(|error| tag.fail(GdmlErrorKind::Definition(error)))
    }

    fn triple(&self, tag: Tag<'_>, default: f64, factor: f64) -> Result<[f64; 3], GdmlError> {
        let mut triple = [default; 3];
        for (value, axis) in triple.iter_mut().zip(["x", "y", "z"]) {
            *value = tag.number_or(&self.evaluator, axis, default)? * factor;
            if !value.is_finite() {
                let (attribute, text) = (axis.to_owned(), value.to_string());
                return Err(tag.fail(GdmlErrorKind::NotFinite { attribute, text }));
            }
        }
        Ok(triple)
    }

    fn position(&self, tag: Tag<'_>) -> Result<[f64; 3], GdmlError> {
        self.triple(tag, 0.0, units::LENGTH.factor(tag, "unit")?)
    }

    fn rotation(&self, tag: Tag<'_>) -> Result<[f64; 3], GdmlError> {
        self.triple(tag, 0.0, units::ANGLE.factor(tag, "unit")?)
    }

    fn scale(&self, tag: Tag<'_>) -> Result<[f64; 3], GdmlError> {
        self.triple(tag, 1.0, 1.0)
    }

    /// The child `{prefix}position` or `{prefix}positionref` of `parent`, mm.
    pub(super) fn position_of(&self, parent: Tag<'_>, prefix: &str) -> Result<Option<[f64; 3]>, GdmlError> {
        match last_of(parent, [&format!("{prefix}position"), &format!("{prefix}positionref")]) {
            Some((tag, true)) => self.position(tag).map(Some),
            Some((tag, false)) => self.referred(tag, &self.positions_mm, "position").map(Some),
            None => Ok(None),
        }
    }

    /// The position that `attribute` of `tag` names, mm.
    pub(super) fn position_named(
        &self,
        tag: Tag<'_>,
        attribute: &'static str,
    ) -> Result<[f64; 3], GdmlError> {
        self.find(tag, tag.required(attribute)?, &self.positions_mm, "position")
    }

    /// The child `{prefix}rotation` or `{prefix}rotationref` of `parent`, rad.
    pub(super) fn rotation_of(&self, parent: Tag<'_>, prefix: &str) -> Result<Option<[f64; 3]>, GdmlError> {
        match last_of(parent, [&format!("{prefix}rotation"), &format!("{prefix}rotationref")]) {
            Some((tag, true)) => self.rotation(tag).map(Some),
            Some((tag, false)) => self.referred(tag, &self.rotations_rad, "rotation").map(Some),
            None => Ok(None),
        }
    }

    /// The child `scale` or `scaleref` of `parent`.
    pub(super) fn scale_of(&self, parent: Tag<'_>) -> Result<Option<[f64; 3]>, GdmlError> {
        match last_of(parent, ["scale", "scaleref"]) {
            Some((tag, true)) => self.scale(tag).map(Some),
            Some((tag, false)) => self.referred(tag, &self.scales, "scale").map(Some),
            None => Ok(None),
        }
    }

    fn referred(
        &self,
        tag: Tag<'_>,
        known: &HashMap<String, [f64; 3]>,
        what: &'static str,
    ) -> Result<[f64; 3], GdmlError> {
        self.find(tag, tag.required("ref")?, known, what)
    }

    /// What `name` stands for, as it is or with its brackets solved, as loops need it.
    fn find(
        &self,
        tag: Tag<'_>,
        name: &str,
        known: &HashMap<String, [f64; 3]>,
        what: &'static str,
    ) -> Result<[f64; 3], GdmlError> {
        if let Some(value) = known.get(name) {
            return Ok(*value);
        }
        let name = self.solved(tag, name)?;
        known.get(&name).copied().ok_or_else(|| {
            let hint = crate::suggestion::did_you_mean(&name, known.keys().map(String::as_str));
            tag.fail(GdmlErrorKind::Undefined { what, name, hint })
        })
    }

    /// A quantity, constant or variable by name, in internal units.
    pub(super) fn quantity(&self, tag: Tag<'_>) -> Result<f64, GdmlError> {
        let name = tag.required("ref")?;
        self.evaluator.value(name).ok_or_else(|| {
            let (name, hint) = (name.to_owned(), String::new());
            tag.fail(GdmlErrorKind::Undefined { what: "quantity", name, hint })
        })
    }

    /// A name or reference, with its `[...]` replaced by the values of loop variables.
    pub(super) fn solved(&self, tag: Tag<'_>, text: &str) -> Result<String, GdmlError> {
        let solved = self.evaluator.solve_brackets(text);
        solved.map_err(|error| tag.fail(GdmlErrorKind::Definition(error)))
    }

    /// The values that the loop variable of `tag` takes, with its name.
    pub(super) fn loop_values<'a>(
        &mut self,
        tag: Tag<'a>,
    ) -> Result<(&'a str, impl Iterator<Item = i64> + use<>), GdmlError> {
        let variable = tag.required("for")?;
        let bound = |name: &'static str| -> Result<i64, GdmlError> {
            tag.required(name)?;
            Ok(tag.integer(&self.evaluator, name)?.unwrap_or_default())
        };
        let (from, to) = (bound("from")?, bound("to")?);
        let step = tag.integer(&self.evaluator, "step")?.unwrap_or(1);
        if step < 1 {
            return Err(tag.fail(GdmlErrorKind::EndlessLoop(step)));
        }
        if to < from {
            return Err(tag.fail(GdmlErrorKind::DescendingLoop { from, to }));
        }
        let passes = (to.saturating_sub(from) / step) as usize + 1;
        self.looped_bytes = self.looped_bytes.saturating_add(passes.saturating_mul(tag.length()));
        if self.looped_bytes > limits::LOOPED_BYTES {
            let (what, limit) = ("bytes in the bodies of loops", limits::LOOPED_BYTES);
            return Err(tag.fail(GdmlErrorKind::Limit { what, limit }));
        }
        Ok((variable, (0..passes as i64).map(move |pass| from + pass * step)))
    }

    /// Sets a loop's variable.
    pub(super) fn set(&mut self, tag: Tag<'_>, variable: &str, value: i64) -> Result<(), GdmlError> {
        self.evaluator.set_variable(variable, value as f64).map_err(|_| {
            let hint = "; add <variable name=... value=\"0\"/> to <define>".to_owned();
            tag.fail(GdmlErrorKind::Undefined { what: "variable", name: variable.to_owned(), hint })
        })
    }
}

/// The last child that is inline (with `true`) or a reference: where there are several, it counts, as in Geant4.
fn last_of<'a>(parent: Tag<'a>, [inline, reference]: [&str; 2]) -> Option<(Tag<'a>, bool)> {
    let named = parent.children().filter(|child| child.name() == inline || child.name() == reference);
    named.last().map(|child| (child, child.name() == inline))
}
