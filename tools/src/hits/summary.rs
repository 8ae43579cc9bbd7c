//! The numbers of a hits array.

use std::collections::BTreeMap;
use std::fmt;

use super::{HistoryCount, Hit, history_table};
use crate::number::{grouped, short};

const MOST_ROWS: usize = 20;

/// The hits of one sensor.
#[derive(Debug, Clone, PartialEq)]
pub struct SensorHits<'a> {
    /// Index of the sensor, from 1; 0 for hits without a sensor.
    pub sensor_index: u32,
    /// Its hits.
    pub hits: Vec<&'a Hit>,
}

/// Groups hits by sensor, most hits first; of sensors with equally many, the lower index first.
pub fn hits_by_sensor(hits: &[Hit]) -> Vec<SensorHits<'_>> {
    let mut groups: BTreeMap<u32, Vec<&Hit>> = BTreeMap::new();
    for hit in hits {
        groups.entry(hit.sensor_index).or_default().push(hit);
    }
    let mut sensors: Vec<_> =
        groups.into_iter().map(|(sensor_index, hits)| SensorHits { sensor_index, hits }).collect();
    sensors.sort_by_key(|s| std::cmp::Reverse(s.hits.len()));
    sensors
}

/// Smallest, mean and largest of a quantity, of its finite values.
#[derive(Debug, Clone, Copy, PartialEq)]
struct Range {
    low: f64,
    mean: f64,
    high: f64,
}

impl Range {
    fn of(values: impl Iterator<Item = f32>) -> Option<Self> {
        let mut count = 0.0;
        let mut range = Range { low: f64::INFINITY, mean: 0.0, high: f64::NEG_INFINITY };
        for x in values.map(f64::from).filter(|x| x.is_finite()) {
            count += 1.0;
            range.mean += (x - range.mean) / count;
            range.low = range.low.min(x);
            range.high = range.high.max(x);
        }
        (count > 0.0).then_some(range)
    }
}

/// Everything that `g4opticks hits` prints.
#[derive(Debug, Clone, PartialEq)]
pub struct HitSummary {
    hits: u64,
    not_finite: u64,
    time_ns: Option<Range>,
    wavelength_nm: Option<Range>,
    sensors: Vec<(u32, u64)>,
    histories: Vec<HistoryCount>,
}

impl HitSummary {
    /// Summarises hits, of any number, none included.
    pub fn of(hits: &[Hit]) -> Self {
        Self {
            hits: hits.len() as u64,
            not_finite: hits.iter().filter(|hit| !hit.is_finite()).count() as u64,
            time_ns: Range::of(hits.iter().map(|hit| hit.time_ns)),
            wavelength_nm: Range::of(hits.iter().map(|hit| hit.wavelength_nm)),
            sensors: hits_by_sensor(hits).iter().map(|s| (s.sensor_index, s.hits.len() as u64)).collect(),
            histories: history_table(hits),
        }
    }

    fn percent(&self, count: u64) -> f64 {
        100.0 * count as f64 / self.hits.max(1) as f64
    }
}

impl fmt::Display for HitSummary {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "{:<12} {}", "hits", grouped(self.hits))?;
        for (name, range, unit) in [("time", self.time_ns, "ns"), ("wavelength", self.wavelength_nm, "nm")] {
            if let Some(Range { low, mean, high }) = range {
                let [low, mean, high] = [low, mean, high].map(|x| short(x, 5));
                writeln!(f, "{name:<12} {low} .. {high} {unit}, mean {mean} {unit}")?;
            }
        }
        if self.not_finite > 0 {
            let n = grouped(self.not_finite);
            writeln!(
                f,
                "{:<12} {n} hits with a position, time or wavelength that is not a number",
                "NOT FINITE"
            )?;
        }
        writeln!(f, "{:<12} {} with hits", "sensors", self.sensors.iter().filter(|s| s.0 > 0).count())?;
        self.write_table(
            f,
            "sensor",
            &self.sensors.iter().map(|&(i, n)| (sensor_name(i), n)).collect::<Vec<_>>(),
        )?;
        let histories: Vec<_> = self.histories.iter().map(|h| (h.history.clone(), h.count)).collect();
        self.write_table(f, "history", &histories)
    }
}

impl HitSummary {
    /// A table of names, counts and percentages, the longest rows of it left out.
    fn write_table(&self, f: &mut fmt::Formatter<'_>, title: &str, rows: &[(String, u64)]) -> fmt::Result {
        if rows.is_empty() {
            return Ok(());
        }
        writeln!(f, "\n{title:>28} {:>12} {:>9}", "hits", "percent")?;
        for (name, count) in rows.iter().take(MOST_ROWS) {
            writeln!(f, "{name:>28} {:>12} {:>8.3} %", grouped(*count), self.percent(*count))?;
        }
        if let Some(rest) = rows.get(MOST_ROWS..).filter(|rest| !rest.is_empty()) {
            let count = rest.iter().map(|r| r.1).sum();
            let name = format!("{} more", rest.len());
            writeln!(f, "{name:>28} {:>12} {:>8.3} %", grouped(count), self.percent(count))?;
        }
        Ok(())
    }
}

fn sensor_name(index: u32) -> String {
    if index == 0 { String::from("no sensor") } else { index.to_string() }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn hit(sensor: u32, time_ns: f32) -> Hit {
        Hit { position_mm: [0.0; 3], time_ns, wavelength_nm: 430.0, sensor_index: sensor, flag_mask: 0x1040 }
    }

    #[test]
    fn sensors_with_most_hits_come_first() {
        let hits = [hit(1, 0.0), hit(3, 0.0), hit(3, 0.0), hit(2, 0.0)];
        let order: Vec<_> = hits_by_sensor(&hits).iter().map(|s| (s.sensor_index, s.hits.len())).collect();
        assert_eq!(order, [(3, 2), (1, 1), (2, 1)]);
    }

    #[test]
    fn values_that_are_not_finite_are_counted_apart() {
        let text = HitSummary::of(&[hit(1, 1.0), hit(1, 3.0), hit(1, f32::NAN)]).to_string();
        assert!(text.contains("time         1 .. 3 ns, mean 2 ns"), "{text}");
        assert!(text.contains("NOT FINITE   1 hits"), "{text}");
        assert!(text.contains("TO|SD            3  100.000 %"), "{text}");
    }

    #[test]
    fn no_hits_no_tables() {
        assert_eq!(HitSummary::of(&[]).to_string(), "hits         0\nsensors      0 with hits\n");
    }

    #[test]
    fn long_tables_end_with_a_sum() {
        let hits: Vec<_> = (1..=25).map(|i| hit(i, 0.0)).collect();
        assert!(HitSummary::of(&hits).to_string().contains("5 more            5   20.000 %"));
    }
}
