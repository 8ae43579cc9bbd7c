//! Tokens to a value, by recursive descent.
//!
//! The rules are those of Geant4's evaluator. From loosest to tightest: `||`, `&&`, `== !=`, `>= > <= <`, `+ -`,
//! `* /`, signs, `^`. Everything groups from the left, powers too (`2^3^2` is 64); a sign is weaker than a power
//! (`-2^2` is -4) but stronger than a product (`2^-1*3` is 1.5).

use super::lexer::{Operator, Token};
use super::{ExpressionError, MAX_DEPTH, functions};

/// What names mean.
pub(super) trait Names {
    /// The value of a variable or unit.
    fn variable(&self, name: &str) -> Option<f64>;
    /// The element of a matrix at indices that start at 1.
    fn element(&self, name: &str, indices: &[i64]) -> Option<f64>;
}

/// Reads one expression.
pub(super) struct Parser<'a, N> {
    tokens: &'a [Token<'a>],
    at: usize,
    depth: usize,
    names: &'a N,
}

type Value = Result<f64, ExpressionError>;

/// The operators of one level of precedence.
const LEVELS: &[&[Operator]] = &[
    &[Operator::Or],
    &[Operator::And],
    &[Operator::Equal, Operator::NotEqual],
    &[Operator::GreaterEqual, Operator::Greater, Operator::LessEqual, Operator::Less],
    &[Operator::Plus, Operator::Minus],
    &[Operator::Times, Operator::Divide],
];

impl<'a, N: Names> Parser<'a, N> {
    /// A parser of `tokens`, all of which must belong to one expression.
    pub(super) fn new(tokens: &'a [Token<'a>], names: &'a N) -> Self {
        Self { tokens, at: 0, depth: 0, names }
    }

    /// The value of the whole expression.
    pub(super) fn evaluate(mut self) -> Value {
        let value = self.binary(0)?;
        match self.peek() {
            None => Ok(value),
            Some(Token::Close | Token::CloseBracket) => {
                Err(ExpressionError::Syntax("(a closing bracket without its opening one)"))
            }
            Some(_) => Err(ExpressionError::Syntax("(an operator is missing between two operands)")),
        }
    }

    fn peek(&self) -> Option<Token<'a>> {
        self.tokens.get(self.at).copied()
    }

    fn take(&mut self, wanted: Token<'_>) -> bool {
        let found = self.peek() == Some(wanted);
        self.at += usize::from(found);
        found
    }

    fn operator(&mut self, accepted: &[Operator]) -> Option<Operator> {
        match self.peek() {
            Some(Token::Operator(operator)) if accepted.contains(&operator) => {
                self.at += 1;
                Some(operator)
            }
            _ => None,
        }
    }

    fn binary(&mut self, level: usize) -> Value {
        let Some(operators) = LEVELS.get(level) else { return self.signed() };
        let mut left = self.binary(level + 1)?;
        while let Some(operator) = self.operator(operators) {
            let right = self.binary(level + 1)?;
            left = apply(operator, left, right)?;
        }
        Ok(left)
    }

    /// Any number of signs before a chain of powers.
    fn signed(&mut self) -> Value {
        let mut negative = false;
        while let Some(sign) = self.operator(&[Operator::Plus, Operator::Minus]) {
            negative ^= sign == Operator::Minus;
        }
        let mut value = self.primary()?;
        while self.operator(&[Operator::Power]).is_some() {
            let is_signed = matches!(self.peek(), Some(Token::Operator(Operator::Plus | Operator::Minus)));
            let exponent = if is_signed { self.nested(Self::signed)? } else { self.primary()? };
            value = apply(Operator::Power, value, exponent)?;
        }
        Ok(if negative { -value } else { value })
    }

    fn nested(&mut self, inner: impl FnOnce(&mut Self) -> Value) -> Value {
        if self.depth == MAX_DEPTH {
            return Err(ExpressionError::TooDeep(MAX_DEPTH));
        }
        self.depth += 1;
        let value = inner(self);
        self.depth -= 1;
        value
    }

    fn primary(&mut self) -> Value {
        let token = self.peek();
        self.at += 1;
        match token {
            Some(Token::Number(value)) => Ok(value),
            Some(Token::Open) => {
                let value = self.nested(|p| p.binary(0))?;
                if self.take(Token::Close) { Ok(value) } else { Err(unclosed()) }
            }
            Some(Token::Name(name)) => self.named(name),
            Some(_) => Err(ExpressionError::Syntax("(a number or name is missing)")),
            None => Err(ExpressionError::Syntax("(the expression ends too early)")),
        }
    }

    fn named(&mut self, name: &'a str) -> Value {
        if self.take(Token::Open) {
            let arguments = self.list(Token::Close)?;
            let unknown =
                || ExpressionError::UnknownFunction { name: name.to_owned(), arguments: arguments.len() };
            let value = functions::call(name, &arguments).ok_or_else(unknown)?;
            // Geant4 lets the square root of a negative number pass as NaN, which its reader then rejects.
            let sound = value.is_finite() || (name == "sqrt" && arguments[0] < 0.0);
            return if sound { Ok(value) } else { Err(ExpressionError::Calculation("the function")) };
        }
        if self.take(Token::OpenBracket) {
            return self.element(name);
        }
        self.names.variable(name).ok_or_else(|| ExpressionError::UnknownName(name.to_owned()))
    }

    fn element(&mut self, name: &str) -> Value {
        let values = self.list(Token::CloseBracket)?;
        let indices = values.iter().map(|&v| super::whole(v)).collect::<Result<Vec<_>, _>>()?;
        self.names.element(name, &indices).ok_or_else(|| {
            let index = indices.iter().map(i64::to_string).collect::<Vec<_>>().join(",");
            ExpressionError::NoSuchElement { name: name.to_owned(), index }
        })
    }

    fn list(&mut self, end: Token<'_>) -> Result<Vec<f64>, ExpressionError> {
        let mut values = Vec::new();
        if self.take(end) {
            return Ok(values);
        }
        loop {
            values.push(self.nested(|p| p.binary(0))?);
            if self.take(end) {
                return Ok(values);
            }
            if !self.take(Token::Comma) {
                return Err(unclosed());
            }
        }
    }
}

fn unclosed() -> ExpressionError {
    ExpressionError::Syntax("(a bracket is not closed)")
}

fn apply(operator: Operator, a: f64, b: f64) -> Value {
    let truth = |condition: bool| if condition { 1.0 } else { 0.0 };
    let value = match operator {
        Operator::Or => truth(a != 0.0 || b != 0.0),
        Operator::And => truth(a != 0.0 && b != 0.0),
        Operator::Equal => truth(a == b),
        Operator::NotEqual => truth(a != b),
        Operator::GreaterEqual => truth(a >= b),
        Operator::Greater => truth(a > b),
        Operator::LessEqual => truth(a <= b),
        Operator::Less => truth(a < b),
        Operator::Plus => a + b,
        Operator::Minus => a - b,
        Operator::Times => a * b,
        Operator::Divide if b == 0.0 => return Err(ExpressionError::Calculation("division by zero")),
        Operator::Divide => a / b,
        Operator::Power => a.powf(b),
    };
    let from_nan = a.is_nan() || b.is_nan();
    if value.is_finite() || from_nan { Ok(value) } else { Err(ExpressionError::Calculation("the operation")) }
}
