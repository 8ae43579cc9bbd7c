//! The functions and constants of mathematics that expressions know.

/// Euler's constant gamma (Abramowitz & Stegun 6.1.3).
const EULER_GAMMA: f64 = 0.577_215_664_901_532_9;

/// Names that always have a value.
pub(super) const CONSTANTS: &[(&str, f64)] =
    &[("pi", std::f64::consts::PI), ("e", std::f64::consts::E), ("gamma", EULER_GAMMA)];

/// A function of one number.
type Unary = fn(f64) -> f64;
/// A function of two numbers.
type Binary = fn(f64, f64) -> f64;

const UNARY: &[(&str, Unary)] = &[
    ("abs", f64::abs),
    ("sqrt", f64::sqrt),
    ("sin", f64::sin),
    ("cos", f64::cos),
    ("tan", f64::tan),
    ("asin", f64::asin),
    ("acos", f64::acos),
    ("atan", f64::atan),
    ("sinh", f64::sinh),
    ("cosh", f64::cosh),
    ("tanh", f64::tanh),
    ("exp", f64::exp),
    ("log", f64::ln),
    ("log10", f64::log10),
];

const BINARY: &[(&str, Binary)] = &[
    ("pow", f64::powf),
    ("atan2", f64::atan2),
    ("min", |a, b| if b < a { b } else { a }),
    ("max", |a, b| if b > a { b } else { a }),
];

/// The value of function `name`, or `None` if there is none with that many arguments.
pub(super) fn call(name: &str, arguments: &[f64]) -> Option<f64> {
    match *arguments {
        [x] => UNARY.iter().find(|(n, _)| *n == name).map(|(_, f)| f(x)),
        [x, y] => BINARY.iter().find(|(n, _)| *n == name).map(|(_, f)| f(x, y)),
        _ => None,
    }
}
