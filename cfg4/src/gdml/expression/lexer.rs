//! Text to tokens.

use super::ExpressionError;

/// One word of an expression.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Token<'a> {
    /// A literal.
    Number(f64),
    /// A variable, unit, function or matrix.
    Name(&'a str),
    /// An operator; `**` is read as `^`.
    Operator(Operator),
    /// `(`
    Open,
    /// `)`
    Close,
    /// `[`
    OpenBracket,
    /// `]`
    CloseBracket,
    /// `,`
    Comma,
}

/// An infix operator; plus and minus are also signs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Operator {
    /// `||`
    Or,
    /// `&&`
    And,
    /// `==`
    Equal,
    /// `!=`
    NotEqual,
    /// `>=`
    GreaterEqual,
    /// `>`
    Greater,
    /// `<=`
    LessEqual,
    /// `<`
    Less,
    /// `+`
    Plus,
    /// `-`
    Minus,
    /// `*`
    Times,
    /// `/`
    Divide,
    /// `^` or `**`
    Power,
}

/// Operators of two characters first, so that `>=` is not read as `>`.
const OPERATORS: &[(&str, Operator)] = &[
    ("||", Operator::Or),
    ("&&", Operator::And),
    ("==", Operator::Equal),
    ("!=", Operator::NotEqual),
    (">=", Operator::GreaterEqual),
    ("<=", Operator::LessEqual),
    ("**", Operator::Power),
    (">", Operator::Greater),
    ("<", Operator::Less),
    ("+", Operator::Plus),
    ("-", Operator::Minus),
    ("*", Operator::Times),
    ("/", Operator::Divide),
    ("^", Operator::Power),
];

/// Splits `text` into tokens.
pub(super) fn tokens(text: &str) -> Result<Vec<Token<'_>>, ExpressionError> {
    let mut found = Vec::new();
    let mut rest = text.trim_start();
    while let Some(first) = rest.chars().next() {
        let (token, length) = next(rest, first)?;
        found.push(token);
        rest = rest[length..].trim_start();
    }
    Ok(found)
}

fn next(rest: &str, first: char) -> Result<(Token<'_>, usize), ExpressionError> {
    if first.is_ascii_digit() || first == '.' {
        let length = number_length(rest);
        return Ok((Token::Number(number(&rest[..length])?), length));
    }
    if first.is_ascii_alphabetic() || first == '_' {
        let length = rest.find(|c: char| c != '_' && !c.is_ascii_alphanumeric()).unwrap_or(rest.len());
        return Ok((Token::Name(&rest[..length]), length));
    }
    let single = match first {
        '(' => Some(Token::Open),
        ')' => Some(Token::Close),
        '[' => Some(Token::OpenBracket),
        ']' => Some(Token::CloseBracket),
        ',' => Some(Token::Comma),
        _ => None,
    };
    if let Some(token) = single {
        return Ok((token, 1));
    }
    let operator = OPERATORS.iter().find(|(spelling, _)| rest.starts_with(spelling));
    operator
        .map(|(spelling, operator)| (Token::Operator(*operator), spelling.len()))
        .ok_or(ExpressionError::UnexpectedCharacter(first))
}

/// How much of `text` is a number as C's `strtod` reads it: hexadecimal integers included, and an `e` only
/// together with its exponent.
fn number_length(text: &str) -> usize {
    let bytes = text.as_bytes();
    let digits = |from: usize| bytes[from..].iter().take_while(|b| b.is_ascii_digit()).count();
    if text.len() > 2 && (text.starts_with("0x") || text.starts_with("0X")) {
        let hex = bytes[2..].iter().take_while(|b| b.is_ascii_hexdigit()).count();
        if hex > 0 {
            return 2 + hex;
        }
    }
    let mut at = digits(0);
    if bytes.get(at) == Some(&b'.') {
        at += 1 + digits(at + 1);
    }
    if matches!(bytes.get(at), Some(b'e' | b'E')) {
        let sign = usize::from(matches!(bytes.get(at + 1), Some(b'+' | b'-')));
        let exponent = digits(at + 1 + sign);
        if exponent > 0 {
            at += 1 + sign + exponent;
        }
    }
    at
}

/// The value of a literal; overflow and underflow are errors, as in Geant4.
pub(super) fn number(text: &str) -> Result<f64, ExpressionError> {
    let bad = || ExpressionError::BadNumber(text.to_owned());
    if let Some(hex) = text.strip_prefix("0x").or_else(|| text.strip_prefix("0X")) {
        return u64::from_str_radix(hex, 16).map(|whole| whole as f64).map_err(|_| bad());
    }
    let value: f64 = text.parse().map_err(|_| bad())?;
    let mantissa = text.split(['e', 'E']).next().unwrap_or_default();
    let underflow = value == 0.0 && mantissa.bytes().any(|b| (b'1'..=b'9').contains(&b));
    if value.is_finite() && !value.is_subnormal() && !underflow { Ok(value) } else { Err(bad()) }
}
