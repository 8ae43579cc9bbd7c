//! The stamps of a run, one per event.

use crate::{LineFit, Report, Stamp};

/// Stamps that fit before the profile's own storage grows.
const DEFAULT_RESERVATION: usize = 4096;

/// Collects one [`Stamp`] per event and reports how memory grew.
///
/// A stamp takes 32 bytes, all that a run needs to keep of an event. Storage for the first 4096 is reserved and touched at
/// construction, so that in shorter runs stamping is not what makes memory grow; beyond that the storage doubles when it is
/// full, and resident memory grows by the 32 bytes.
#[derive(Debug, Clone)]
pub struct OpticksProfile {
    rows: Vec<[f64; 4]>,
    leak_mb: f64,
}

impl Default for OpticksProfile {
    fn default() -> Self {
        Self::new()
    }
}

impl OpticksProfile {
    /// An empty profile with room for 4096 stamps.
    pub fn new() -> Self {
        Self::with_reservation(DEFAULT_RESERVATION)
    }

    /// An empty profile with room for `stamps` stamps before it reallocates.
    pub fn with_reservation(stamps: usize) -> Self {
        let mut rows = vec![[f64::NAN; 4]; stamps];
        rows.clear();
        OpticksProfile { rows, leak_mb: 0.0 }
    }

    /// A profile of existing rows `(time_s, vm_mb, rss_mb, 0)`, for example of a loaded stamp array.
    pub fn from_rows(rows: Vec<[f64; 4]>) -> Self {
        OpticksProfile { rows, leak_mb: 0.0 }
    }

    /// Notes the deliberate leak per event in units of 10^6 bytes, for the report; leaks nothing itself.
    #[doc(alias = "setProfileLeakMB")]
    pub fn set_leak_mb(&mut self, leak_mb: f64) {
        self.leak_mb = leak_mb;
    }

    /// Deliberate leak per event in units of 10^6 bytes, as noted by [`OpticksProfile::set_leak_mb`].
    pub fn leak_mb(&self) -> f64 {
        self.leak_mb
    }

    /// Takes a stamp now, keeps and returns it.
    #[doc(alias = "Stamp")]
    pub fn stamp(&mut self) -> Stamp {
        let stamp = Stamp::now();
        self.push(stamp);
        stamp
    }

    /// Keeps a stamp that was taken elsewhere.
    pub fn push(&mut self, stamp: Stamp) {
        self.rows.push(stamp.row());
    }

    /// Number of stamps.
    pub fn len(&self) -> usize {
        self.rows.len()
    }

    /// Whether there is no stamp yet.
    pub fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }

    /// The rows `(time_s, vm_mb, rss_mb, 0)`, shape (n, 4).
    pub fn rows(&self) -> &[[f64; 4]] {
        &self.rows
    }

    /// The rows as 32-bit floats in one piece, as the original's profile array holds them, shape (n, 4).
    pub fn values_f32(&self) -> Vec<f32> {
        self.rows.iter().flatten().map(|&value| value as f32).collect()
    }

    /// Drops all stamps, keeps the storage.
    pub fn clear(&mut self) {
        self.rows.clear();
    }

    /// First, last and growth of each column, with fits.
    #[doc(alias = "Report")]
    pub fn report(&self) -> Report {
        Report::of(&self.rows, self.leak_mb)
    }

    /// Line fit of virtual memory, "MB" per event, over all stamps but the first tenth.
    pub fn vm_fit(&self) -> Option<LineFit> {
        self.report().vm.warm
    }

    /// Line fit of resident memory, "MB" per event, over all stamps but the first tenth.
    pub fn rss_fit(&self) -> Option<LineFit> {
        self.report().rss.warm
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn storage_is_reserved_and_kept() {
        let mut profile = OpticksProfile::with_reservation(10);
        let address = profile.rows().as_ptr();
        for _ in 0..10 {
            profile.stamp();
        }
        assert_eq!(profile.rows().as_ptr(), address);
        assert_eq!((profile.len(), profile.values_f32().len()), (10, 40));
        profile.clear();
        assert!(profile.is_empty());
    }

    #[test]
    fn stamps_are_in_order() {
        let mut profile = OpticksProfile::new();
        let first = profile.stamp();
        let second = profile.stamp();
        assert!(second.time_s >= first.time_s);
        assert_eq!(profile.rows()[1], second.row());
    }
}
