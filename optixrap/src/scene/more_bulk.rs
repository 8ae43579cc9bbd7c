//! What few materials do besides absorption and Rayleigh scattering, as records.

use super::SceneError;
use super::materials::{Properties, bad_property};
use super::property_tables::PropertyTables;
use crate::physics::tables::{MieRecord, MoreRecord, NONE, ReemissionTimes, ShifterRecord};

/// The most photons that an absorption may lead to on average: each takes time.
const MOST_PHOTONS: f64 = 1000.0;

/// The names of a wavelength shifter's properties.
struct ShifterNames {
    length: &'static str,
    spectrum: &'static str,
    time: &'static str,
    mean_photons: &'static str,
}

const SHIFTERS: [ShifterNames; 2] = [
    ShifterNames {
        length: "WLSABSLENGTH",
        spectrum: "WLSCOMPONENT",
        time: "WLSTIMECONSTANT",
        mean_photons: "WLSMEANNUMBERPHOTONS",
    },
    ShifterNames {
        length: "WLSABSLENGTH2",
        spectrum: "WLSCOMPONENT2",
        time: "WLSTIMECONSTANT2",
        mean_photons: "WLSMEANNUMBERPHOTONS2",
    },
];

const REEMISSION_TIMES: [&str; 2] = ["ReemissionFASTTIMECONSTANT", "ReemissionSLOWTIMECONSTANT"];

/// Adds the record of a material that has any of it, and returns its index; else [`NONE`]. `reemits` tells whether
/// absorbed photons are emitted again.
pub(super) fn add_more(
    tables: &mut PropertyTables,
    properties: &Properties,
    reemits: bool,
) -> Result<u32, SceneError> {
    let mie = mie(tables, properties)?;
    let [first, second] = &SHIFTERS;
    let shifters = [shifter(tables, properties, first)?, shifter(tables, properties, second)?];
    let reemission =
        if reemits { reemission_times(properties)? } else { None }.unwrap_or_else(ReemissionTimes::default);
    let takes_time = reemission != ReemissionTimes::default();
    if mie.length == NONE && shifters.iter().all(|s| s.length == NONE) && !takes_time {
        return Ok(NONE);
    }
    tables.more.push(MoreRecord { mie, shifters, reemission });
    Ok(tables.more.len() as u32 - 1)
}

fn mie(tables: &mut PropertyTables, properties: &Properties) -> Result<MieRecord, SceneError> {
    let Some(length) = properties.length("MIEHG")? else {
        return Ok(MieRecord { length: NONE, forward: 0.0, backward: 0.0, forward_ratio: 0.0 });
    };
    let needs = |name, rule, allowed: fn(f64) -> bool| properties.needed("MIEHG", name, rule, allowed);
    let cosine = |x: f64| (-1.0..=1.0).contains(&x);
    Ok(MieRecord {
        length: tables.add_curve(&length),
        forward: needs("MIEHG_FORWARD", "from -1 to 1", cosine)?,
        backward: needs("MIEHG_BACKWARD", "from -1 to 1", cosine)?,
        forward_ratio: needs("MIEHG_FORWARD_RATIO", "from 0 to 1", |x| (0.0..=1.0).contains(&x))?,
    })
}

fn shifter(
    tables: &mut PropertyTables,
    properties: &Properties,
    names: &ShifterNames,
) -> Result<ShifterRecord, SceneError> {
    let mut record = ShifterRecord { length: NONE, spectrum: NONE, time_ns: 0.0, mean_photons: -1.0 };
    let Some(length) = properties.length(names.length)? else { return Ok(record) };
    record.length = tables.add_curve(&length);
    let Some(quantiles) = properties.spectrum(&[names.spectrum])? else { return Ok(record) };
    record.spectrum = tables.add_curve(&quantiles);
    record.time_ns = properties.needed(names.length, names.time, "zero or more", |x| x >= 0.0)?;
    let number = |x: f64| (0.0..=MOST_PHOTONS).contains(&x);
    if let Some(mean) = properties.number(names.mean_photons, "from 0 to 1000", number)? {
        record.mean_photons = mean;
    }
    Ok(record)
}

/// The time constants of reemission. Of two constants without a ratio the fast one counts, of one alone that one.
fn reemission_times(properties: &Properties) -> Result<Option<ReemissionTimes>, SceneError> {
    let time = |name| properties.number(name, "zero or more", |x| x >= 0.0);
    let [fast, slow] = [time(REEMISSION_TIMES[0])?, time(REEMISSION_TIMES[1])?];
    let ratio = properties
        .number("ReemissionYIELDRATIO", "from 0 to 1", |x| (0.0..=1.0).contains(&x))?
        .unwrap_or(1.0);
    let (fast_ns, slow_ns, fast_ratio) = match (fast, slow) {
        (None, None) => return Ok(None),
        (Some(fast), None) => (fast, 0.0, 1.0),
        (None, Some(slow)) => (0.0, slow, 0.0),
        (Some(fast), Some(slow)) => (fast, slow, ratio),
    };
    Ok(Some(ReemissionTimes { fast_ns, slow_ns, fast_ratio, pad: 0.0 }))
}

impl Properties<'_> {
    /// The constant `name`, which must obey a rule.
    pub(super) fn number(
        &self,
        name: &str,
        rule: &'static str,
        allowed: impl Fn(f64) -> bool,
    ) -> Result<Option<f32>, SceneError> {
        match self.material.properties.constant(name) {
            Some(value) if !allowed(value) => Err(bad_property(&self.owner(), name, value, (0.0, rule))),
            value => Ok(value.map(|x| x as f32)),
        }
    }

    /// The constant `name`, which a material with the property `with` must have.
    fn needed(
        &self,
        with: &'static str,
        name: &'static str,
        rule: &'static str,
        allowed: fn(f64) -> bool,
    ) -> Result<f32, SceneError> {
        let missing = || SceneError::MissingProperty { owner: self.owner(), has: with, needs: name };
        self.number(name, rule, allowed)?.ok_or_else(missing)
    }
}
