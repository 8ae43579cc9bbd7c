//! From where a picture is taken, and what it shows.

use std::str::FromStr;

use super::Cut;

/// Where the viewer stands.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Direction {
    /// Far enough away to see everything, in this direction from its middle, this vector pointing up.
    From {
        /// From the middle towards the viewer, of any length.
        towards_viewer: [f64; 3],
        /// What is up in the picture.
        up: [f64; 3],
    },
    /// At a place.
    At {
        /// The viewer, mm.
        eye_mm: [f64; 3],
        /// What is in the middle of the picture, mm.
        target_mm: [f64; 3],
        /// What is up in the picture.
        up: [f64; 3],
        /// Height of the picture as an angle, degrees.
        field_deg: f64,
    },
}

/// Height of a picture as an angle, degrees, where nothing else is said.
pub(super) const FIELD_DEG: f64 = 30.0;

impl Direction {
    /// From above, in front and a little to the right.
    pub const ISO: Self = Self::From { towards_viewer: [1.0, -1.6, 0.9], up: [0.0, 0.0, 1.0] };

    /// The word for it: `iso`, `x`, `-x` and so on, `eye` for other places.
    pub fn name(&self) -> &'static str {
        let words = ["iso", "x", "-x", "y", "-y", "z", "-z"];
        words.into_iter().find(|word| word.parse().as_ref() == Ok(self)).unwrap_or("eye")
    }
}

const Z_UP: [f64; 3] = [0.0, 0.0, 1.0];
const Y_UP: [f64; 3] = [0.0, 1.0, 0.0];

impl FromStr for Direction {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let from = |towards_viewer, up| Ok(Self::From { towards_viewer, up });
        match text {
            "iso" => Ok(Self::ISO),
            "x" | "+x" => from([1.0, 0.0, 0.0], Z_UP),
            "-x" => from([-1.0, 0.0, 0.0], Z_UP),
            "y" | "+y" => from([0.0, 1.0, 0.0], Z_UP),
            "-y" => from([0.0, -1.0, 0.0], Z_UP),
            "z" | "+z" => from([0.0, 0.0, 1.0], Y_UP),
            "-z" => from([0.0, 0.0, -1.0], Y_UP),
            _ => placed(text),
        }
    }
}

/// `eye=1000,-500,300,target=0,0,0,up=0,0,1,field=40`, all but the eye may be left out.
fn placed(text: &str) -> Result<Direction, String> {
    let wrong = |what: &str| {
        format!(
            "'{text}': {what}; write iso, x, -x, y, -y, z, -z, or eye=X,Y,Z,target=X,Y,Z,up=X,Y,Z,field=DEGREES in mm"
        )
    };
    let (mut eye, mut target, mut up, mut field_deg) = (None, [0.0; 3], None, FIELD_DEG);
    let mut words = text.split(',').peekable();
    while let Some(word) = words.next() {
        let (key, first) = word.split_once('=').ok_or_else(|| wrong("a number without a name"))?;
        let mut numbers = vec![first];
        while let Some(next) = words.next_if(|w| !w.contains('=')) {
            numbers.push(next);
        }
        let parsed: Option<Vec<f64>> =
            numbers.iter().map(|n| n.trim().parse().ok().filter(|x: &f64| x.is_finite())).collect();
        match (key.trim(), parsed.as_deref()) {
            ("eye", Some(&[x, y, z])) => eye = Some([x, y, z]),
            ("target", Some(&[x, y, z])) => target = [x, y, z],
            ("up", Some(&[x, y, z])) => up = Some([x, y, z]),
            ("field", Some(&[degrees])) if (0.1..=150.0).contains(&degrees) => field_deg = degrees,
            ("field", _) => return Err(wrong("field is an angle from 0.1 to 150 degrees")),
            ("eye" | "target" | "up", _) => return Err(wrong("three numbers are needed")),
            _ => return Err(wrong("an unknown name")),
        }
    }
    let eye_mm = eye.ok_or_else(|| wrong("an eye is needed"))?;
    let along = [0, 1, 2].map(|i| eye_mm[i] - target[i]);
    let upright = along[0] == 0.0 && along[1] == 0.0;
    let up = up.unwrap_or(if upright { Y_UP } else { Z_UP });
    Ok(Direction::At { eye_mm, target_mm: target, up, field_deg })
}

/// A picture in three dimensions.
#[derive(Debug, Clone, PartialEq)]
pub struct View {
    /// From where.
    pub direction: Direction,
    /// Parallel lines of sight instead of those of an eye.
    pub ortho: bool,
    /// Pixels across and down.
    pub size: (u32, u32),
    /// Volumes or placements that are not drawn; what is in them is.
    pub hide: Vec<String>,
    /// Planes: the part of space that lies on the viewer's side of all of them is taken away.
    pub cuts: Vec<Cut>,
}

impl Default for View {
    fn default() -> Self {
        Self {
            direction: Direction::ISO,
            ortho: false,
            size: (1200, 900),
            hide: Vec::new(),
            cuts: Vec::new(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn views_are_read() {
        assert_eq!("iso".parse(), Ok(Direction::ISO));
        let placed = "eye=1,-2,3,target=0,0,5,field=40".parse::<Direction>();
        let expected = Direction::At {
            eye_mm: [1.0, -2.0, 3.0],
            target_mm: [0.0, 0.0, 5.0],
            up: [0.0, 0.0, 1.0],
            field_deg: 40.0,
        };
        assert_eq!(placed, Ok(expected));
        for (text, name) in [("iso", "iso"), ("+y", "y"), ("-z", "-z"), ("eye=1,-2,3", "eye")] {
            assert_eq!(text.parse::<Direction>().map(|d| d.name()), Ok(name));
        }
        assert!(matches!("eye=0,0,9".parse(), Ok(Direction::At { up: [0.0, 1.0, 0.0], .. })));
        for bad in
            ["up", "eye=1,2", "eye=1,2,x", "target=1,2,3", "eye=1,2,3,zoom=2", "eye=1,2,3,field=200", ""]
        {
            assert!(bad.parse::<Direction>().is_err_and(|e| e.contains("eye=X,Y,Z")), "{bad}");
        }
    }
}
