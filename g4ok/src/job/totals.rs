//! The totals of a run in words, as every program prints them.

use std::fmt;

use optixrap::engine::End;

use super::RunReport;

/// How many sensors are named.
const SENSORS_SHOWN: usize = 10;

impl fmt::Display for RunReport {
    /// Notes, end states, hits per sensor, speed, and the memory report.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for note in &self.notes {
            writeln!(f, "note: {note}")?;
        }
        self.write_ends(f)?;
        self.write_sensors(f)?;
        self.write_speed(f)?;
        write!(f, "\n{}", self.memory_report)
    }
}

impl RunReport {
    fn write_ends(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let sum: u64 = self.ends.values().sum();
        if self.secondaries > 0 {
            let (made, shifted) = (self.photons, self.secondaries);
            writeln!(f, "photons generated {made} and {shifted} by wavelength shifters = sum of ends {sum}")?;
        } else {
            writeln!(f, "photons generated {} = sum of ends {sum}", self.photons)?;
        }
        for end in End::ALL {
            let n = self.ends.get(end.code()).copied().unwrap_or(0);
            if n > 0 {
                let percent = 100.0 * n as f64 / sum.max(1) as f64;
                writeln!(f, "  {} {n:>14} {percent:9.4} %  {}", end.code(), end.meaning())?;
            }
        }
        let share = self.corrections as f64 / self.points.max(1) as f64;
        writeln!(f, "navigation corrections {} ({share:.1e} of points)", self.corrections)
    }

    /// The sensors' counts; of many, those with most hits.
    fn write_sensors(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let percent = 100.0 * self.hits as f64 / self.photons.max(1) as f64;
        writeln!(f, "hits {} ({percent:.4} % of photons)", self.hits)?;
        let mut counts: Vec<_> = self.hits_per_sensor.iter().collect();
        counts.sort_by_key(|(name, n)| (std::cmp::Reverse(**n), name.as_str()));
        for (name, n) in counts.iter().take(SENSORS_SHOWN) {
            writeln!(f, "  {name:<20} {n:>12}")?;
        }
        if counts.len() > SENSORS_SHOWN {
            writeln!(f, "  ... and {} more sensors", counts.len() - SENSORS_SHOWN)?;
        }
        Ok(())
    }

    fn write_speed(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(
            f,
            "engine {} threads {} : {:.3e} photons/s, {:.3e} points/s, {:.3} points per photon",
            self.engine, self.threads, self.photons_per_s, self.points_per_s, self.points_per_photon
        )?;
        if let Some(gpu) = &self.gpu {
            gpu.write(f)?;
        }
        let s = &self.seconds;
        writeln!(
            f,
            "seconds: geometry {:.3}, gensteps {:.3}, propagate {:.3}, save {:.3}",
            s.geometry, s.gensteps, s.propagate, s.save
        )?;
        let m = &self.memory;
        let slope = |warm: Option<f64>, error: Option<f64>, whole: Option<f64>| match (warm, whole) {
            (Some(warm), Some(whole)) => {
                let error = error.map_or_else(|| "n/a".to_owned(), |error| format!("{error:.6}"));
                format!("slope {warm:.6} +- {error} MB/event (whole range {whole:.6})")
            }
            _ => "slope n/a (one event)".to_owned(),
        };
        writeln!(
            f,
            "memory: RSS {}, VM {}, peak RSS {:.1} MB",
            slope(
                m.rss_slope_mb_per_event,
                m.rss_slope_error_mb_per_event,
                m.rss_slope_mb_per_event_whole_range
            ),
            slope(
                m.vm_slope_mb_per_event,
                m.vm_slope_error_mb_per_event,
                m.vm_slope_mb_per_event_whole_range
            ),
            m.peak_rss_bytes as f64 / 1e6
        )
    }
}
