//! How many photons a launch takes, and how much room their results are given.
//!
//! Nothing here has an influence on results: a launch that has no room for its results is repeated, in parts if need be.

use crate::engine::{HitRecord, PathPoint, PropagateConfig, WayRecord};
use crate::launch::{Counters, HistoryCode, HitKey};

use super::tables::{INPUT_BYTES, SEGMENT_BYTES};

/// Photons of the first launch in a scene, by which the following ones are measured.
const FIRST_LAUNCH: u64 = 1 << 18;

/// Most photons of a launch: fills the largest GPU a hundred times over.
const MOST_PHOTONS: u64 = 1 << 24;

/// A launch has at most this many times the photons of the longest one before.
const GROWTH: u64 = 8;

/// How long a launch is to last, s. Four times this is still no harm: an interruption waits for it, and displays.
const LAUNCH_SECONDS: f64 = 0.25;

/// Most bytes that a launch brings to the host.
const MOST_OUTPUT_BYTES: f64 = (256 << 20) as f64;

/// Most segments of a launch.
const MOST_SEGMENTS: usize = 1 << 18;

/// A launch of fewer photons tells nothing about others.
const TELLING: u64 = 1024;

/// Room beyond the share that was seen last.
const MARGIN: f64 = 1.25;

/// Room beyond that, for launches of few photons.
const SPARE: u64 = 256;

/// What is asked for besides counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Wants {
    pub(super) ways: bool,
    pub(super) photons: bool,
    pub(super) points: bool,
    pub(super) codes: bool,
}

impl Wants {
    pub(super) fn new(config: &PropagateConfig) -> Self {
        let PropagateConfig { way, photons, records, histories, .. } = *config;
        Self { ways: way, photons, points: records, codes: histories }
    }

    /// Whether the kernel that records is needed.
    pub(super) fn records(&self) -> bool {
        self.ways || self.photons || self.points || self.codes
    }

    /// Bytes of a hit and what lies beside it.
    fn hit_bytes(&self) -> usize {
        let way = if self.ways { size_of::<WayRecord>() } else { 0 };
        size_of::<HitRecord>() + size_of::<HitKey>() + way
    }

    /// Bytes of the results of a photon, if they are as many as expected.
    fn bytes_per_photon(&self, expected: &Expected) -> f64 {
        let of = |wanted: bool, each: usize, share: f64| if wanted { each as f64 * share } else { 0.0 };
        of(true, self.hit_bytes(), expected.hits * MARGIN)
            + of(self.photons, size_of::<HitRecord>(), 1.0)
            + of(self.points, size_of::<PathPoint>() + size_of::<u64>(), expected.points * MARGIN)
            + of(self.codes, size_of::<HistoryCode>(), expected.codes * MARGIN)
    }
}

/// Numbers of records that there is room for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Rooms {
    pub(super) hits: u64,
    pub(super) points: u64,
    pub(super) codes: u64,
}

impl Rooms {
    /// What a launch would have needed.
    pub(super) fn exactly(counters: &Counters) -> Self {
        Self { hits: counters.hits, points: counters.points, codes: counters.codes }
    }

    /// Whether all records that were counted have been stored.
    pub(super) fn held(&self, counters: &Counters) -> bool {
        counters.hits <= self.hits && counters.points <= self.points && counters.codes <= self.codes
    }
}

/// What is known about the photons of a scene, from the launches so far.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Expected {
    /// Hits of a photon.
    hits: f64,
    /// Points of a photon, its birth included.
    points: f64,
    /// History codes of a photon.
    codes: f64,
    /// Seconds of the device for a photon; `None` before the first launch.
    seconds: Option<f64>,
    /// Photons of the largest launch so far.
    largest: u64,
}

impl Default for Expected {
    fn default() -> Self {
        Self { hits: 0.05, points: 24.0, codes: 24.0, seconds: None, largest: 0 }
    }
}

impl Expected {
    /// Room for the results of `photons`.
    pub(super) fn rooms(&self, wants: &Wants, photons: u64) -> Rooms {
        let of = |wanted: bool, share: f64| {
            if wanted { (photons as f64 * share * MARGIN) as u64 + SPARE } else { 0 }
        };
        Rooms {
            hits: of(true, self.hits).min(photons),
            points: of(wants.points, self.points),
            codes: of(wants.codes, self.codes),
        }
    }

    /// Learns from a launch of `photons`. `seconds` is what the device took for it.
    pub(super) fn learn(&mut self, wants: &Wants, photons: u64, counters: &Counters, seconds: f64) {
        if photons < TELLING {
            return;
        }
        let share = |n: u64| n as f64 / photons as f64;
        let follow = |expected: &mut f64, seen: f64| *expected = seen.max(0.9 * *expected);
        follow(&mut self.hits, share(counters.hits));
        if wants.points {
            follow(&mut self.points, share(counters.points));
        }
        if wants.codes {
            follow(&mut self.codes, share(counters.codes));
        }
        self.largest = self.largest.max(photons);
        if seconds > 0.0 {
            let each = seconds / photons as f64;
            self.seconds = Some(self.seconds.map_or(each, |before| each.max(0.9 * before)));
        }
    }

    /// The largest launch that is to be made next, where its tables and results may take `bytes` of the device.
    pub(super) fn limits(&self, wants: &Wants, bytes: u64, most_photons: Option<u64>) -> Limits {
        let half = bytes as f64 / 2.0;
        let by_memory = half.min(MOST_OUTPUT_BYTES) / self.output_bytes(wants);
        let by_time = match self.seconds {
            Some(seconds) => LAUNCH_SECONDS / seconds,
            None => f64::INFINITY,
        };
        let by_growth =
            if self.largest == 0 { FIRST_LAUNCH } else { self.largest.max(FIRST_LAUNCH) * GROWTH };
        let photons = by_memory.min(by_time) as u64;
        let photons = photons.min(by_growth).min(MOST_PHOTONS).min(most_photons.unwrap_or(u64::MAX));
        let quarter = half / 2.0;
        Limits {
            photons: photons.max(1),
            input_photons: (quarter / INPUT_BYTES as f64).max(1.0) as u64,
            segments: ((quarter / SEGMENT_BYTES as f64) as usize).clamp(1, MOST_SEGMENTS),
        }
    }

    fn output_bytes(&self, wants: &Wants) -> f64 {
        wants.bytes_per_photon(self).max(1.0)
    }
}

/// The most that a launch may take.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Limits {
    pub(super) photons: u64,
    /// Where the photons are input photons.
    pub(super) input_photons: u64,
    pub(super) segments: usize,
}

#[cfg(test)]
mod tests {
    use super::*;

    const HITS_ONLY: Wants = Wants { ways: false, photons: false, points: false, codes: false };
    const GIB: u64 = 1 << 30;

    fn counted(hits: u64) -> Counters {
        Counters { hits, ..Counters::default() }
    }

    #[test]
    fn launches_start_small_and_grow_until_they_last_long_enough() {
        let mut expected = Expected::default();
        let mut sizes = Vec::new();
        for _ in 0..4 {
            let limits = expected.limits(&HITS_ONLY, 8 * GIB, None);
            sizes.push(limits.photons);
            expected.learn(
                &HITS_ONLY,
                limits.photons,
                &counted(limits.photons / 50),
                1.0e-8 * limits.photons as f64,
            );
        }
        assert_eq!(sizes, [1 << 18, 1 << 21, 1 << 24, 1 << 24]);
        expected.learn(&HITS_ONLY, 1 << 20, &counted(0), 2.0);
        let slow = expected.limits(&HITS_ONLY, 8 * GIB, None).photons as f64 * 2.0 / f64::from(1 << 20);
        assert!((0.2..0.26).contains(&slow), "{slow} s");
        assert_eq!(expected.limits(&HITS_ONLY, 8 * GIB, Some(100)).photons, 100);
    }

    #[test]
    fn results_fit_into_the_memory_that_launches_are_planned_for() {
        let everything = Wants { ways: true, photons: true, points: true, codes: true };
        for wants in [HITS_ONLY, everything] {
            let mut expected = Expected::default();
            expected.learn(
                &wants,
                1 << 18,
                &Counters { fetched: 0, hits: 1 << 17, points: 1 << 23, codes: 1 << 23 },
                1e-3,
            );
            for bytes in [1 << 20, 64 << 20, GIB, 80 * GIB] {
                let limits = expected.limits(&wants, bytes, None);
                let rooms = expected.rooms(&wants, limits.photons);
                let needed = rooms.hits * wants.hit_bytes() as u64
                    + if wants.photons { limits.photons * 64 } else { 0 }
                    + rooms.points * 72
                    + rooms.codes * 8;
                let spare = SPARE * (112 + 72 + 8);
                assert!(needed <= bytes / 2 + spare && needed <= (256 << 20) + spare, "{bytes}: {needed}");
                let tables = (limits.segments * SEGMENT_BYTES) as u64 + limits.input_photons * 64;
                assert!(tables <= bytes / 2 && limits.segments > 0);
            }
        }
    }

    #[test]
    fn room_follows_the_share_that_was_seen_and_a_repetition_has_exactly_enough() {
        let mut expected = Expected::default();
        expected.learn(&HITS_ONLY, 100_000, &counted(30_000), 0.0);
        let rooms = expected.rooms(&HITS_ONLY, 10_000);
        assert_eq!(rooms, Rooms { hits: 3_750 + SPARE, points: 0, codes: 0 });
        assert!(rooms.held(&counted(4_000)) && !rooms.held(&counted(4_007)));
        assert!(Rooms::exactly(&counted(4_007)).held(&counted(4_007)));
        // Few photons say nothing about many.
        expected.learn(&HITS_ONLY, 10, &counted(10), 0.0);
        assert_eq!(expected.rooms(&HITS_ONLY, 10_000), rooms);
        assert_eq!(expected.rooms(&HITS_ONLY, 3).hits, 3);
    }
}
