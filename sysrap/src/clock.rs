//! Wall clock: seconds since local midnight that never step back, and local dates.

use std::sync::OnceLock;
use std::time::{Instant, SystemTime};

use jiff::Zoned;
use jiff::tz::TimeZone;

/// Seconds since the local midnight before the first call in this process.
///
/// Looks like the original's clock, but is monotonic, has sub-microsecond resolution and keeps counting past
/// 86400 at the next midnight.
#[doc(alias = "RealTime2")]
pub fn seconds_since_midnight() -> f64 {
    static START: OnceLock<(Instant, f64)> = OnceLock::new();
    let (instant, midnight_s) = START.get_or_init(|| (Instant::now(), time_of_day_s(&Zoned::now())));
    midnight_s + instant.elapsed().as_secs_f64()
}

fn time_of_day_s(now: &Zoned) -> f64 {
    let whole_s = i32::from(now.hour()) * 3600 + i32::from(now.minute()) * 60 + i32::from(now.second());
    f64::from(whole_s) + f64::from(now.subsec_nanosecond()) * 1e-9
}

/// A moment as local `YYYYMMDD-HHMM`, the way array listings show the date of a file; empty for a time that no
/// calendar holds.
pub fn local_minute_text(time: SystemTime) -> String {
    match jiff::Timestamp::try_from(time) {
        Ok(timestamp) => timestamp.to_zoned(TimeZone::system()).strftime("%Y%m%d-%H%M").to_string(),
        Err(_) => String::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn clock_starts_within_a_day_and_never_steps_back() {
        let first = seconds_since_midnight();
        let second = seconds_since_midnight();
        assert!((0.0..2.0 * 86400.0).contains(&first), "{first}");
        assert!(second >= first);
    }

    #[test]
    fn time_of_day_counts_from_midnight() {
        let noon: Zoned = "2021-02-16T12:00:01.5+00:00[UTC]".parse().unwrap();
        assert_eq!(time_of_day_s(&noon), 43201.5);
    }

    #[test]
    fn date_has_day_and_minute() {
        let text = local_minute_text(SystemTime::UNIX_EPOCH + std::time::Duration::from_secs(1_613_391_900));
        assert!(text.starts_with("202102") && text.len() == 13 && &text[8..9] == "-", "{text}");
    }
}
