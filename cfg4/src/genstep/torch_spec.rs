//! The torch's description as users type it: `key=value_key=value`.

use std::str::FromStr;

use super::Genstep;
use super::torch::{Torch, TorchKind, TorchMode};
use super::torch_effect::without_effect;
use crate::detector::Transform;

/// A torch string that cannot be understood.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
#[non_exhaustive]
pub enum TorchError {
    /// A piece of the string is not `key=value`.
    #[error(
        "`{piece}` in the torch is not of the form key=value (pairs are joined by `_`, as in `type=disc_photons=2000`)"
    )]
    NotAPair {
        /// The piece.
        piece: String,
    },
    /// A key that does not exist.
    #[error("a torch has no key `{key}`; its keys are: {}", KEYS.join(" "))]
    UnknownKey {
        /// The key as given.
        key: String,
    },
    /// A key given twice.
    #[error("the torch's key `{key}` is given twice; keep one")]
    RepeatedKey {
        /// The key.
        key: String,
    },
    /// A value that the key cannot have.
    #[error("{key}={value} of the torch: {problem}")]
    BadValue {
        /// The key.
        key: String,
        /// Its value as given.
        value: String,
        /// What is wrong and what would be right.
        problem: String,
    },
    /// A value that would change nothing, though it is not the default.
    #[error("{key}={value} has no effect on a torch with {with}; leave it out, or change the other")]
    WithoutEffect {
        /// The key.
        key: String,
        /// Its value as given.
        value: String,
        /// The type, mode or key that makes it irrelevant.
        with: String,
    },
}

/// The keys of a torch string.
const KEYS: [&str; 16] = [
    "type",
    "mode",
    "polarization",
    "frame",
    "transform",
    "source",
    "target",
    "direction",
    "photons",
    "material",
    "zenithazimuth",
    "wavelength",
    "weight",
    "time",
    "radius",
    "distance",
];

/// What the original's torch strings say where no material is meant.
const UNNAMED_MATERIAL: &str = "GdDopedLS";

/// The largest number in a torch string: placed in the world it must still be an f32.
const MAX_NUMBER: f64 = 1e30;

/// A torch as described, in the coordinates of its frame.
///
/// | key | default | value |
/// |---|---|---|
/// | `type` | `sphere` | a name of [`TorchKind::NAMES`] |
/// | `mode` | none | names of [`TorchMode::NAMES`], joined by commas |
/// | `photons` | 10000 | how many photons, up to 2^40; `1e6` is understood |
/// | `source` | 0,0,0 | position, mm |
/// | `target` | 0,0,1 | a point that the axis goes through, mm: direction = normalize(target - source) |
/// | `direction` | | the axis instead of a target |
/// | `polarization` | 0,0,1 | for `fixpol`; made a unit vector |
/// | `wavelength` | 430 | nm |
/// | `weight` | 1 | carried by the photons |
/// | `time` | 0.1 | ns |
/// | `zenithazimuth` | 0,1,0,1 | ranges of zenith and azimuth, fractions 0..1 |
/// | `radius` | 0 | mm |
/// | `distance` | 0 | mm |
/// | `frame` | 0 | index of the placement whose coordinates `source`, `target`, `direction` and `polarization` are in; 0 is the world |
/// | `transform` | | 16 numbers, the frame's matrix column by column, instead of `frame` |
/// | `material` | whatever is there | the material that the source lies in; another one there is an error. `GdDopedLS`, what the original wrote where none was given, counts as none |
///
/// A value that would change nothing with the torch's type and modes (`radius` of a point, `polarization` without
/// `fixpol`) is an error, unless it is the default.
///
/// ```
/// use cfg4::genstep::TorchSpec;
/// let spec: TorchSpec = "photons=2000".parse()?;
/// assert_eq!(spec.num_photons, 2000);
/// assert_eq!(spec.wavelength_nm, 430.0);
/// # Ok::<(), cfg4::genstep::TorchError>(())
/// ```
#[derive(Debug, Clone, PartialEq)]
#[doc(alias = "TorchStepNPY")]
pub struct TorchSpec {
    /// The shape of the light.
    pub kind: TorchKind,
    /// Options.
    pub mode: TorchMode,
    /// Photons to make.
    pub num_photons: u64,
    /// Position in the frame, mm.
    pub source_mm: [f64; 3],
    /// The axis in the frame, a unit vector.
    pub direction: [f64; 3],
    /// Polarization in the frame, a unit vector.
    pub polarization: [f64; 3],
    /// Wavelength, nm.
    pub wavelength_nm: f32,
    /// Statistical weight.
    pub weight: f32,
    /// Time, ns.
    pub time_ns: f32,
    /// Range of the zenith, fractions.
    pub zenith: [f32; 2],
    /// Range of the azimuth, fractions.
    pub azimuth: [f32; 2],
    /// Radius, mm.
    pub radius_mm: f32,
    /// Distance, mm.
    pub distance_mm: f32,
    /// Index of the placement whose frame this is; 0 for the world.
    pub frame: u32,
    /// The frame's transform, if given in the string.
    pub transform: Option<Transform>,
    /// The material that the source is said to lie in, if one is named.
    pub material: Option<String>,
}

impl Default for TorchSpec {
    fn default() -> Self {
        Self {
            kind: TorchKind::Sphere,
            mode: TorchMode::default(),
            num_photons: 10_000,
            source_mm: [0.0; 3],
            direction: [0.0, 0.0, 1.0],
            polarization: [0.0, 0.0, 1.0],
            wavelength_nm: 430.0,
            weight: 1.0,
            time_ns: 0.1,
            zenith: [0.0, 1.0],
            azimuth: [0.0, 1.0],
            radius_mm: 0.0,
            distance_mm: 0.0,
            frame: 0,
            transform: None,
            material: None,
        }
    }
}

impl TorchSpec {
    /// The most photons a torch string may ask for.
    pub const MAX_PHOTONS: u64 = 1 << 40;

    /// The torch in the world. `frame` takes the coordinates of the placement [`TorchSpec::frame`] to the
    /// world's; a `transform` in the string is used instead. `parent_id` is the track the photons are said to
    /// come from.
    pub fn place(&self, frame: &Transform, parent_id: i32) -> Torch {
        let frame = self.transform.as_ref().unwrap_or(frame);
        let narrow = |v: [f64; 3]| v.map(|x| x as f32);
        let turned = |v: [f64; 3]| narrow(normalized(frame.apply_vector(v)).unwrap_or(v));
        Torch {
            kind: self.kind,
            mode: self.mode,
            num_photons: self.num_photons,
            parent_id,
            material: Genstep::MATERIAL_AT_STEP,
            position_mm: narrow(frame.apply(self.source_mm)),
            time_ns: self.time_ns,
            direction: turned(self.direction),
            weight: self.weight,
            polarization: turned(self.polarization),
            wavelength_nm: self.wavelength_nm,
            zenith: self.zenith,
            azimuth: self.azimuth,
            radius_mm: self.radius_mm,
            distance_mm: self.distance_mm,
        }
    }

    fn set(&mut self, value: &Value<'_>) -> Result<(), TorchError> {
        match value.key {
            "type" => self.kind = value.kind()?,
            "mode" => self.mode = value.mode()?,
            "photons" => self.num_photons = value.photons()?,
            "source" => self.source_mm = value.numbers()?,
            "polarization" => self.polarization = value.unit_vector()?,
            "frame" => self.frame = value.frame()?,
            "transform" => self.transform = Some(value.transform()?),
            "material" => self.material = Some(value.text.to_owned()).filter(|name| name != UNNAMED_MATERIAL),
            "zenithazimuth" => {
                let [z0, z1, a0, a1] = value.fractions()?;
                (self.zenith, self.azimuth) = ([z0, z1], [a0, a1]);
            }
            "wavelength" => self.wavelength_nm = value.number_where(|x| x > 0.0, "must be above 0 nm")?,
            "weight" => self.weight = value.number_where(|x| x >= 0.0, "must not be negative")?,
            "time" => self.time_ns = value.number_where(|_| true, "")?,
            "radius" => self.radius_mm = value.number_where(|x| x >= 0.0, "must not be negative")?,
            "distance" => self.distance_mm = value.number_where(|_| true, "")?,
            _ => {}
        }
        Ok(())
    }

    /// The axis, once the source is known: from `direction`, `target` or the default target.
    fn set_axis(&mut self, pairs: &[(&str, String)]) -> Result<(), TorchError> {
        let find = |key: &str| pairs.iter().find(|(k, _)| *k == key).map(|(key, text)| Value { key, text });
        match (find("direction"), find("target")) {
            (Some(direction), Some(_)) => Err(direction.bad("give either `direction` or `target`, not both")),
            (Some(direction), None) => {
                self.direction = direction.unit_vector()?;
                Ok(())
            }
            (None, target) => {
                let target = target.unwrap_or(Value { key: "target", text: "0,0,1" });
                let point: [f64; 3] = target.numbers()?;
                let axis = [0, 1, 2].map(|i| point[i] - self.source_mm[i]);
                self.direction = normalized(axis).ok_or_else(|| {
                    target.bad("is the source itself, so there is no direction; move one of them")
                })?;
                Ok(())
            }
        }
    }
}

impl FromStr for TorchSpec {
    type Err = TorchError;

    /// Reads a torch string; missing keys take their defaults, an empty string is the default torch.
    fn from_str(text: &str) -> Result<Self, TorchError> {
        let pairs = split_pairs(text)?;
        let mut spec = Self::default();
        for (i, (key, value)) in pairs.iter().enumerate() {
            if pairs[..i].iter().any(|(k, _)| k == key) {
                return Err(TorchError::RepeatedKey { key: (*key).to_owned() });
            }
            spec.set(&Value { key, text: value })?;
        }
        spec.set_axis(&pairs)?;
        match pairs.iter().find_map(|(key, value)| Some((key, value, without_effect(&spec, key)?))) {
            None => Ok(spec),
            Some((key, value, with)) => {
                Err(TorchError::WithoutEffect { key: (*key).to_owned(), value: value.clone(), with })
            }
        }
    }
}

/// The pairs of `key=value_key=value`. A piece without `=` belongs to the value before it, so that names may
/// hold underscores (`material=G4_Ar`).
fn split_pairs(text: &str) -> Result<Vec<(&'static str, String)>, TorchError> {
    let mut pairs: Vec<(&'static str, String)> = Vec::new();
    for piece in text.trim().split('_').filter(|piece| !piece.is_empty()) {
        match (piece.split_once('='), pairs.last_mut()) {
            (Some((key, value)), _) => {
                let key = KEYS
                    .into_iter()
                    .find(|k| *k == key.trim())
                    .ok_or_else(|| TorchError::UnknownKey { key: key.to_owned() })?;
                pairs.push((key, value.trim().to_owned()));
            }
            (None, Some((_, value))) => {
                value.push('_');
                value.push_str(piece);
            }
            (None, None) => return Err(TorchError::NotAPair { piece: piece.to_owned() }),
        }
    }
    Ok(pairs)
}

/// One value with the key it is for.
struct Value<'a> {
    key: &'a str,
    text: &'a str,
}

impl Value<'_> {
    fn bad(&self, problem: impl Into<String>) -> TorchError {
        TorchError::BadValue {
            key: self.key.to_owned(),
            value: self.text.to_owned(),
            problem: problem.into(),
        }
    }

    fn numbers<const N: usize>(&self) -> Result<[f64; N], TorchError> {
        let mut numbers = [0.0; N];
        let mut parts = self.text.split(',');
        for number in &mut numbers {
            let part = parts.next().map(str::trim).unwrap_or_default();
            let parsed = part.parse::<f64>().ok().filter(|x| x.abs() <= MAX_NUMBER);
            *number = parsed.ok_or_else(|| self.bad(needs_numbers(N, part)))?;
        }
        if parts.next().is_some() { Err(self.bad(needs_numbers(N, "more"))) } else { Ok(numbers) }
    }

    fn number_where(&self, holds: fn(f32) -> bool, problem: &str) -> Result<f32, TorchError> {
        let [number] = self.numbers::<1>()?.map(|x| x as f32);
        if holds(number) { Ok(number) } else { Err(self.bad(problem)) }
    }

    fn unit_vector(&self) -> Result<[f64; 3], TorchError> {
        normalized(self.numbers()?).ok_or_else(|| self.bad("has no length; a direction is needed"))
    }

    fn fractions(&self) -> Result<[f32; 4], TorchError> {
        let fractions = self.numbers::<4>()?.map(|x| x as f32);
        if fractions.iter().all(|f| (0.0..=1.0).contains(f)) {
            Ok(fractions)
        } else {
            Err(self.bad("ranges are fractions from 0 to 1, as in 0,1,0,1"))
        }
    }

    fn kind(&self) -> Result<TorchKind, TorchError> {
        let names = || TorchKind::NAMES.map(|(name, _)| name).join(" ");
        TorchKind::from_name(self.text)
            .ok_or_else(|| self.bad(format!("there is no such type; choose one of: {}", names())))
    }

    fn mode(&self) -> Result<TorchMode, TorchError> {
        let mut mode = TorchMode::default();
        for name in self.text.split(',').map(str::trim) {
            let found = TorchMode::NAMES.into_iter().find(|(n, _)| *n == name);
            let names = || TorchMode::NAMES.map(|(name, _)| name).join(" ");
            let (_, bit) =
                found.ok_or_else(|| self.bad(format!("`{name}` is no mode; choose among: {}", names())))?;
            mode = mode.with(bit);
        }
        if TorchMode::EXCLUSIVE.iter().any(|(a, b)| mode.contains(a.with(*b))) {
            return Err(self.bad("these modes contradict each other; keep one"));
        }
        Ok(mode)
    }

    fn photons(&self) -> Result<u64, TorchError> {
        const MAX: u64 = TorchSpec::MAX_PHOTONS;
        let whole = |x: &f64| x.fract() == 0.0 && (0.0..=MAX as f64).contains(x);
        let photons = self.text.parse::<f64>().ok().filter(whole);
        photons.map(|x| x as u64).ok_or_else(|| self.bad(format!("must be a whole number from 0 to {MAX}")))
    }

    /// A placement index; the original's form `N,0,0` is read too.
    fn frame(&self) -> Result<u32, TorchError> {
        let text = self.text.strip_suffix(",0,0").unwrap_or(self.text);
        text.parse().map_err(|_| self.bad("must be the index of a placement, 0 for the world"))
    }

    fn transform(&self) -> Result<Transform, TorchError> {
        let m = self.numbers::<16>()?;
        let rotation = [0, 1, 2].map(|i| [0, 1, 2].map(|j| m[4 * j + i]));
        let last_row = [m[3], m[7], m[11], m[15]];
        let transform = Transform { rotation, translation_mm: [m[12], m[13], m[14]] };
        if last_row != [0.0, 0.0, 0.0, 1.0] || !transform.is_rigid() {
            return Err(self.bad("must be a rotation and a translation, column by column (last row 0,0,0,1)"));
        }
        Ok(transform)
    }
}

fn needs_numbers(count: usize, found: &str) -> String {
    let plural = if count == 1 { "number" } else { "numbers joined by commas" };
    format!("needs {count} {plural} of at most 1e30, found `{found}`")
}

/// `v` as a unit vector, or `None` where it has no direction.
fn normalized(v: [f64; 3]) -> Option<[f64; 3]> {
    let scale = v.iter().fold(0.0_f64, |m, x| m.max(x.abs()));
    if scale == 0.0 {
        return None;
    }
    let scaled = v.map(|x| x / scale);
    let length = scaled.iter().map(|x| x * x).sum::<f64>().sqrt();
    Some(scaled.map(|x| x / length))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parse(text: &str) -> Result<TorchSpec, TorchError> {
        text.parse()
    }

    #[test]
    fn defaults_are_those_of_the_original() {
        assert_eq!(parse(""), Ok(TorchSpec::default()));
        let torch = parse("photons=2000").unwrap().place(&Transform::IDENTITY, 100);
        assert_eq!(torch.num_photons, 2000);
        assert_eq!(torch.kind, TorchKind::Sphere);
        assert_eq!((torch.wavelength_nm, torch.time_ns, torch.weight), (430.0, 0.1, 1.0));
        assert_eq!((torch.zenith, torch.azimuth), ([0.0, 1.0], [0.0, 1.0]));
        assert_eq!((torch.direction, torch.parent_id), ([0.0, 0.0, 1.0], 100));
    }

    #[test]
    fn direction_goes_from_source_to_target() {
        let spec =
            parse("type=disc_source=10,0,0_target=10,-5,0_radius=3_mode=fixpol,wavelengthComb").unwrap();
        assert_eq!(spec.direction, [0.0, -1.0, 0.0]);
        assert_eq!(spec.mode.0, 80);
        let spec = parse("direction=3,0,4_source=1,1,1").unwrap();
        assert_eq!(spec.direction, [0.6, 0.0, 0.8]);
    }

    #[test]
    fn material_may_hold_underscores() {
        let spec = parse("material=G4_Ar_photons=7_").unwrap();
        assert_eq!((spec.material.as_deref(), spec.num_photons), (Some("G4_Ar"), 7));
        assert_eq!(parse("material=GdDopedLS").unwrap().material, None);
    }

    #[test]
    fn photons_are_whole_numbers_however_written() {
        let photons = |text: &str| parse(&format!("photons={text}")).map(|spec| spec.num_photons);
        for (text, number) in
            [("1e6", 1_000_000), ("2.5e3", 2500), ("3.0", 3), ("0", 0), ("1099511627776", 1 << 40)]
        {
            assert_eq!(photons(text), Ok(number));
        }
        for text in ["1.5", "1e-3", "-1", "1e13", "1099511627777", "inf", "nan", "ten", ""] {
            assert!(
                photons(text).unwrap_err().to_string().contains("whole number from 0 to 1099511627776"),
                "{text}"
            );
        }
    }

    #[test]
    fn transform_is_column_by_column() {
        // Turns x to y, then moves by (10, 20, 30).
        let spec =
            parse("transform=0,1,0,0,-1,0,0,0,0,0,1,0,10,20,30,1_direction=1,0,0_source=1,0,0").unwrap();
        let torch = spec.place(&Transform::IDENTITY, 0);
        assert_eq!(torch.position_mm, [10.0, 21.0, 30.0]);
        assert_eq!(torch.direction, [0.0, 1.0, 0.0]);
    }

    #[test]
    fn every_mistake_names_its_key() {
        let cases = [
            ("photons", "NotAPair"),
            ("fotons=10", "fotons"),
            ("photons=10_photons=20", "photons"),
            ("photons=-1", "photons"),
            ("photons=1.5e0", "photons"),
            ("photons=2000000000000", "photons"),
            ("type=star", "type"),
            ("mode=spol,fast", "mode"),
            ("mode=spol,ppol", "mode"),
            ("source=1,2", "source"),
            ("source=1,2,3,4", "source"),
            ("source=1,nan,3", "source"),
            ("time=inf", "time"),
            ("time=1e39", "time"),
            ("wavelength=0", "wavelength"),
            ("wavelength=", "wavelength"),
            ("radius=-1", "radius"),
            ("zenithazimuth=0,2,0,1", "zenithazimuth"),
            ("source=0,0,1", "target"),
            ("direction=0,0,0", "direction"),
            ("direction=0,0,1_target=0,0,2", "direction"),
            ("polarization=0,0,0", "polarization"),
            ("frame=-1", "frame"),
            ("transform=1,0,0", "transform"),
            ("transform=2,0,0,0,0,1,0,0,0,0,1,0,0,0,0,1", "transform"),
        ];
        for (text, key) in cases {
            let error = parse(text).expect_err(text);
            assert!(format!("{error:?} {error}").contains(key), "{text}: {error}");
        }
    }
}
