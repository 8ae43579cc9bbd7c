//! Arithmetic as GDML files write it: `-0.5*width + i*pitch`, `2.17*eV`, `M[i,2]`.
//!
//! Every numeric attribute of a GDML file is an expression. The rules and the units are those of Geant4 11.

mod error;
mod functions;
mod lexer;
mod parser;
mod units;

use std::collections::HashMap;

pub use error::ExpressionError;
use parser::{Names, Parser};

/// Parentheses may nest this deep.
pub const MAX_DEPTH: usize = 200;
/// An expression may have this many bytes (a matrix is many expressions).
pub const MAX_LENGTH: usize = 65_536;
/// Whole numbers beyond this are not exact in double precision.
const MAX_WHOLE: f64 = 9.007_199_254_740_992e15;
/// Units of Geant4 11 that older files may define for themselves.
const REDEFINABLE: &[&str] = &["um", "nm"];

/// Rows of numbers, as `<matrix>` defines them.
#[derive(Debug, Clone, PartialEq)]
pub struct Matrix {
    columns: usize,
    values: Vec<f64>,
}

impl Matrix {
    /// Numbers per row (`coldim`), at least 1.
    pub fn columns(&self) -> usize {
        self.columns
    }

    /// Number of rows, at least 1.
    pub fn rows(&self) -> usize {
        self.values.len() / self.columns
    }

    /// The values, row after row.
    pub fn values(&self) -> &[f64] {
        &self.values
    }

    /// Two indices, or one for a single row or column; both start at 1.
    fn element(&self, indices: &[i64]) -> Option<f64> {
        let line = self.columns == 1 || self.rows() == 1;
        let start = |index: i64| usize::try_from(index).ok()?.checked_sub(1);
        let at = match *indices {
            [i] if line => start(i)?,
            [i, j] if !line && start(j)? < self.columns => {
                start(i)?.checked_mul(self.columns)?.checked_add(start(j)?)?
            }
            _ => return None,
        };
        self.values.get(at).copied()
    }
}

/// What a name stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Origin {
    /// A unit or a constant of mathematics.
    BuiltIn,
    /// A constant, quantity or expression of the file.
    Constant,
    /// A variable of the file, which loops change.
    Variable,
}

/// Evaluates expressions with the constants, variables and matrices of one GDML file.
///
/// ```
/// use cfg4::gdml::expression::Evaluator;
///
/// let mut evaluator = Evaluator::new();
/// evaluator.define_constant("pitch", 2.5)?;
/// assert_eq!(evaluator.evaluate("4*pitch*cm")?, 100.0);
/// assert_eq!(evaluator.evaluate("-2^2")?, -4.0);
/// # Ok::<(), cfg4::gdml::expression::ExpressionError>(())
/// ```
#[derive(Debug, Clone)]
pub struct Evaluator {
    names: HashMap<String, (f64, Origin)>,
    matrices: HashMap<String, Matrix>,
}

impl Default for Evaluator {
    fn default() -> Self {
        Self::new()
    }
}

impl Evaluator {
    /// An evaluator that knows units, functions, `pi`, `e` and `gamma`.
    pub fn new() -> Self {
        let built_in = units::all().into_iter().chain(functions::CONSTANTS.iter().copied());
        let names = built_in.map(|(name, value)| (name.to_owned(), (value, Origin::BuiltIn))).collect();
        Self { names, matrices: HashMap::new() }
    }

    /// The value of `text`; an empty text is 0. May be NaN (square root of a negative number), never infinite.
    pub fn evaluate(&self, text: &str) -> Result<f64, ExpressionError> {
        let text = text.trim();
        if text.len() > MAX_LENGTH {
            return Err(ExpressionError::TooLong(MAX_LENGTH));
        }
        if let Some(value) = plain_number(text) {
            return Ok(value);
        }
        if text.is_empty() {
            return Ok(0.0);
        }
        Parser::new(&lexer::tokens(text)?, self).evaluate()
    }

    /// The value of `text`, which must be whole (loop bounds, copy numbers, `coldim`).
    pub fn evaluate_integer(&self, text: &str) -> Result<i64, ExpressionError> {
        whole(self.evaluate(text)?)
    }

    /// Defines a constant (also a quantity or an expression).
    pub fn define_constant(&mut self, name: &str, value: f64) -> Result<(), ExpressionError> {
        self.define(name, value, Origin::Constant)
    }

    /// Defines a variable.
    pub fn define_variable(&mut self, name: &str, value: f64) -> Result<(), ExpressionError> {
        self.define(name, value, Origin::Variable)
    }

    fn define(&mut self, name: &str, value: f64, origin: Origin) -> Result<(), ExpressionError> {
        if self.names.contains_key(name) && !REDEFINABLE.contains(&name) || self.matrices.contains_key(name) {
            return Err(ExpressionError::Redefined(name.to_owned()));
        }
        self.names.insert(name.to_owned(), (value, origin));
        Ok(())
    }

    /// Changes a variable, as a loop does. Fails if `name` is not one.
    pub fn set_variable(&mut self, name: &str, value: f64) -> Result<(), ExpressionError> {
        match self.names.get_mut(name) {
            Some(entry @ (_, Origin::Variable)) => {
                entry.0 = value;
                Ok(())
            }
            _ => Err(ExpressionError::UnknownName(name.to_owned())),
        }
    }

    /// Defines a matrix of rows of `columns` values.
    pub fn define_matrix(
        &mut self,
        name: &str,
        columns: i64,
        values: Vec<f64>,
    ) -> Result<(), ExpressionError> {
        if self.matrices.contains_key(name) {
            return Err(ExpressionError::Redefined(name.to_owned()));
        }
        let filled = usize::try_from(columns)
            .ok()
            .filter(|&columns| columns > 0 && !values.is_empty() && values.len().is_multiple_of(columns));
        let Some(columns) = filled else {
            let (name, values) = (name.to_owned(), values.len());
            return Err(ExpressionError::BadMatrix { name, values, columns });
        };
        self.matrices.insert(name.to_owned(), Matrix { columns, values });
        Ok(())
    }

    /// The constant, variable, quantity or unit of that name.
    pub fn value(&self, name: &str) -> Option<f64> {
        self.names.get(name).map(|(value, _)| *value)
    }

    /// The matrix of that name.
    pub fn matrix(&self, name: &str) -> Option<&Matrix> {
        self.matrices.get(name)
    }

    /// The names of all matrices, in no particular order.
    pub fn matrix_names(&self) -> impl Iterator<Item = &str> {
        self.matrices.keys().map(String::as_str)
    }

    /// Names inside loops: `cell[i]` with i = 3 is `cell_2`, as Geant4 spells it.
    pub fn solve_brackets(&self, name: &str) -> Result<String, ExpressionError> {
        let Some((stem, rest)) = name.split_once('[') else { return Ok(name.to_owned()) };
        let Some(inside) = rest.strip_suffix(']') else {
            return Err(ExpressionError::Syntax("(a bracket is not closed)"));
        };
        let mut solved = stem.to_owned();
        for index in inside.split(',') {
            solved.push_str(&format!("_{}", self.evaluate_integer(index)?.saturating_sub(1)));
        }
        Ok(solved)
    }
}

impl Names for Evaluator {
    fn variable(&self, name: &str) -> Option<f64> {
        self.value(name)
    }

    fn element(&self, name: &str, indices: &[i64]) -> Option<f64> {
        self.matrices.get(name)?.element(indices)
    }
}

/// The common case: an optional sign and a decimal literal.
fn plain_number(text: &str) -> Option<f64> {
    let (negative, digits) = match text.strip_prefix('-') {
        Some(rest) => (true, rest),
        None => (false, text),
    };
    let starts = digits.bytes().next().is_some_and(|b| b.is_ascii_digit() || b == b'.');
    if !starts || digits.starts_with("0x") || digits.starts_with("0X") {
        return None;
    }
    let value = lexer::number(digits).ok()?;
    Some(if negative { -value } else { value })
}

/// `value` as an integer, if it is one.
fn whole(value: f64) -> Result<i64, ExpressionError> {
    if value.fract() == 0.0 && value.abs() <= MAX_WHOLE {
        Ok(value as i64)
    } else {
        Err(ExpressionError::NotWhole(value))
    }
}

#[cfg(test)]
mod tests;
