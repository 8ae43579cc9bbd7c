//! The arguments of one command, taken one by one.

use super::error::Problem;
use super::unit::Dimension;

/// The largest number that an argument may be, before and after its unit: it must still fit an f32.
const LARGEST: f64 = 1e30;

/// The words after a command. `!` stands for a parameter's default, as in Geant4.
pub(super) struct Arguments<'a> {
    words: std::slice::Iter<'a, String>,
}

impl<'a> Arguments<'a> {
    /// The arguments in order.
    pub(super) fn new(words: &'a [String]) -> Self {
        Self { words: words.iter() }
    }

    /// The next word, if there is one and it is not `!`.
    pub(super) fn optional(&mut self) -> Option<&'a str> {
        self.words.next().map(String::as_str).filter(|word| *word != "!")
    }

    /// The next word, called `name` in errors.
    pub(super) fn word(&mut self, name: &str) -> Result<&'a str, Problem> {
        self.optional().ok_or_else(|| Problem::argument(format!("the {name} is missing")))
    }

    /// All words that are left, joined by blanks.
    pub(super) fn rest(&mut self) -> String {
        self.words.by_ref().map(String::as_str).collect::<Vec<_>>().join(" ")
    }

    /// That nothing is left.
    pub(super) fn end(&mut self) -> Result<(), Problem> {
        match self.words.next() {
            None => Ok(()),
            Some(word) => Err(Problem::argument(format!("`{word}` is one argument too many"))),
        }
    }

    /// A truth value: true, yes, t, y, 1 or false, no, f, n, 0.
    pub(super) fn boolean(&mut self) -> Result<bool, Problem> {
        let word = self.word("truth value")?;
        match word.to_ascii_lowercase().as_str() {
            "true" | "yes" | "t" | "y" | "1" => Ok(true),
            "false" | "no" | "f" | "n" | "0" => Ok(false),
            _ => Err(Problem::argument(format!("`{word}` is neither true nor false"))),
        }
    }

    /// A whole number from 0 up.
    pub(super) fn count(&mut self, name: &str) -> Result<u64, Problem> {
        let word = self.word(name)?;
        word.parse().map_err(|_| {
            Problem::argument(format!(
                "the {name} `{word}` is not a whole number from 0 up, written in digits"
            ))
        })
    }

    /// A whole number of either sign.
    pub(super) fn integer(&mut self, name: &str) -> Result<i64, Problem> {
        let word = self.word(name)?;
        word.parse().map_err(|_| Problem::argument(format!("the {name} `{word}` is not a whole number")))
    }

    /// A finite number.
    pub(super) fn number(&mut self, name: &str) -> Result<f64, Problem> {
        let word = self.word(name)?;
        let parsed = word.parse::<f64>().ok().filter(|x| x.abs() <= LARGEST);
        parsed.ok_or_else(|| {
            Problem::argument(format!("the {name} `{word}` is not a finite number up to 1e30"))
        })
    }

    /// Three numbers.
    pub(super) fn vector(&mut self, name: &str) -> Result<[f64; 3], Problem> {
        Ok([self.number(name)?, self.number(name)?, self.number(name)?])
    }

    /// Three numbers as a unit vector.
    pub(super) fn direction(&mut self, name: &str) -> Result<[f64; 3], Problem> {
        unit_vector(self.vector(name)?, name)
    }

    /// The unit that ends the command, as a factor to mm, ns or MeV.
    pub(super) fn unit(&mut self, dimension: Dimension, default: &str) -> Result<f64, Problem> {
        let unit = self.optional().unwrap_or(default);
        let factor = dimension.factor(unit)?;
        self.end()?;
        Ok(factor)
    }
}

/// A vector with its unit applied, or an error where that makes it too large.
pub(super) fn in_range<const N: usize>(values: [f64; N], name: &str) -> Result<[f64; N], Problem> {
    match values.iter().find(|value| value.abs() > LARGEST) {
        None => Ok(values),
        Some(value) => Err(Problem::argument(format!("the {name} {value} (mm, ns or MeV) is too large"))),
    }
}

/// The unit vector along `v`, called `name` in errors.
pub(super) fn unit_vector(v: [f64; 3], name: &str) -> Result<[f64; 3], Problem> {
    let scale = v.iter().fold(0.0_f64, |m, x| m.max(x.abs()));
    if scale == 0.0 {
        return Err(Problem::argument(format!("the {name} has no length")));
    }
    let scaled = v.map(|x| x / scale);
    let length = scaled.iter().map(|x| x * x).sum::<f64>().sqrt();
    Ok(scaled.map(|x| x / length))
}
