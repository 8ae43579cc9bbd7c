//! What can be wrong with an expression.

use thiserror::Error;

/// Why an expression has no value.
#[derive(Debug, Clone, PartialEq, Error)]
#[non_exhaustive]
pub enum ExpressionError {
    /// A character that no expression contains.
    #[error("unexpected character '{0}'")]
    UnexpectedCharacter(char),
    /// A number too large or too small for double precision, or not a number at all.
    #[error("'{0}' is not a number that double precision can hold")]
    BadNumber(String),
    /// Operators, operands or parentheses that do not fit together.
    #[error("syntax error {0}")]
    Syntax(&'static str),
    /// A name that is neither defined in the file nor a unit.
    #[error("unknown name '{0}'; define it before its use")]
    UnknownName(String),
    /// A function that does not exist, or not with this number of arguments.
    #[error("unknown function '{name}' of {arguments} argument(s)")]
    UnknownFunction {
        /// The name before the parenthesis.
        name: String,
        /// How many arguments were given.
        arguments: usize,
    },
    /// Division by zero, overflow, or an argument outside a function's domain.
    #[error("{0} has no finite value")]
    Calculation(&'static str),
    /// `M[..]` where `M` has no such element, or where an index is not whole. Indices start at 1.
    #[error("matrix '{name}' has no element [{index}]; indices start at 1")]
    NoSuchElement {
        /// The matrix.
        name: String,
        /// The indices as evaluated.
        index: String,
    },
    /// A number with a fractional part where a whole one is needed.
    #[error("{0} should be a whole number")]
    NotWhole(f64),
    /// More nested parentheses than [`MAX_DEPTH`](super::MAX_DEPTH).
    #[error("parentheses nest deeper than {0}")]
    TooDeep(usize),
    /// A text longer than [`MAX_LENGTH`](super::MAX_LENGTH).
    #[error("expression longer than {0} characters")]
    TooLong(usize),
    /// A name that is defined twice, or that is a unit or a constant of nature.
    #[error("'{0}' is already defined; choose another name")]
    Redefined(String),
    /// A matrix without values, or whose values do not fill its rows.
    #[error("matrix '{name}' has {values} values, which do not fill rows of {columns}")]
    BadMatrix {
        /// The matrix.
        name: String,
        /// How many values were given.
        values: usize,
        /// `coldim`.
        columns: i64,
    },
}
