//! A plane across one of the axes.

use std::fmt;
use std::str::FromStr;

use crate::number::short;

/// One of the world's axes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Axis {
    /// x
    X,
    /// y
    Y,
    /// z
    Z,
}

impl Axis {
    /// x, y, z.
    pub const ALL: [Axis; 3] = [Axis::X, Axis::Y, Axis::Z];

    /// 0, 1 or 2.
    pub fn index(self) -> usize {
        self as usize
    }

    /// Its letter.
    pub fn name(self) -> &'static str {
        ["x", "y", "z"][self.index()]
    }

    /// The axes that lie in the plane across this one: to the right and up in its pictures.
    pub fn others(self) -> [Axis; 2] {
        match self {
            Axis::X => [Axis::Y, Axis::Z],
            Axis::Y => [Axis::X, Axis::Z],
            Axis::Z => [Axis::X, Axis::Y],
        }
    }
}

/// The plane of all points with one coordinate of a value: `x=10`.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Cut {
    /// Which coordinate.
    pub axis: Axis,
    /// Its value, mm.
    pub at_mm: f64,
}

impl fmt::Display for Cut {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}={}", self.axis.name(), short(self.at_mm, 9))
    }
}

impl FromStr for Cut {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let wrong = || format!("'{text}' is no plane; write x=10, y=-2.5 or z=0, in mm");
        let (axis, value) = text.split_once('=').ok_or_else(wrong)?;
        let axis = match axis.trim() {
            "x" => Axis::X,
            "y" => Axis::Y,
            "z" => Axis::Z,
            _ => return Err(wrong()),
        };
        let at_mm = value.trim().parse::<f64>().ok().filter(|x| x.is_finite()).ok_or_else(wrong)?;
        Ok(Cut { axis, at_mm })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cuts_are_read_and_written() {
        assert_eq!("x=10".parse(), Ok(Cut { axis: Axis::X, at_mm: 10.0 }));
        assert_eq!("z=-2.5".parse::<Cut>().map(|c| c.to_string()), Ok("z=-2.5".into()));
        for bad in ["", "x", "x=", "w=1", "x=nan", "x=inf", "x=1mm"] {
            assert!(bad.parse::<Cut>().is_err_and(|e| e.contains("no plane")), "{bad}");
        }
    }
}
