//! Time and memory of one moment.

use crate::{SProc, seconds_since_midnight};

/// Time and memory of one moment, in double precision.
///
/// The original kept 32-bit floats: 8 ms steps late in the day, and a negative duration over midnight.
#[derive(Debug, Clone, Copy, PartialEq)]
#[doc(alias = "OpticksProfile::Stamp")]
pub struct Stamp {
    /// Seconds since the local midnight before the process started stamping; does not wrap.
    pub time_s: f64,
    /// Virtual memory in "MB" of [`crate::BYTES_PER_MB`] bytes.
    pub vm_mb: f64,
    /// Resident memory in "MB" of [`crate::BYTES_PER_MB`] bytes.
    pub rss_mb: f64,
}

impl Stamp {
    /// Time and memory now. Memory is 0 where the operating system offers no figure.
    pub fn now() -> Self {
        let (vm_mb, rss_mb) = SProc::memory().map_or((0.0, 0.0), |m| (m.virtual_mb(), m.resident_mb()));
        Stamp { time_s: seconds_since_midnight(), vm_mb, rss_mb }
    }

    /// The row `(time, vm, rss, 0)` of a stamp array.
    pub fn row(&self) -> [f64; 4] {
        [self.time_s, self.vm_mb, self.rss_mb, 0.0]
    }

    /// The stamp of a row `(time, vm, rss, ..)` of a stamp array.
    pub fn from_row(row: [f64; 4]) -> Self {
        Stamp { time_s: row[0], vm_mb: row[1], rss_mb: row[2] }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn row_round_trip() {
        let stamp = Stamp { time_s: 90000.25, vm_mb: 21316.36, rss_mb: 1745.91 };
        assert_eq!(stamp.row(), [90000.25, 21316.36, 1745.91, 0.0]);
        assert_eq!(Stamp::from_row(stamp.row()), stamp);
    }

    #[test]
    #[cfg(target_os = "linux")]
    fn now_has_memory() {
        let stamp = Stamp::now();
        assert!(stamp.vm_mb > stamp.rss_mb && stamp.rss_mb > 0.1, "{stamp:?}");
    }
}
