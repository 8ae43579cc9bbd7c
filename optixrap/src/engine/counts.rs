//! End states and what is counted about an event.

use std::collections::HashMap;

use crate::physics::photon::flag;

/// The ways in which a photon ends. Every photon ends in exactly one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum End {
    /// `AB` absorbed in bulk
    BulkAbsorb,
    /// `SD` detected at a surface
    SurfaceDetect,
    /// `SA` absorbed at a surface
    SurfaceAbsorb,
    /// `MI` left the world
    Miss,
    /// `NR` stopped at a material without RINDEX
    NoRindex,
    /// `BL` stopped by the bounce limit
    BounceLimit,
    /// `TL` stopped by the time limit
    TimeLimit,
    /// `NA` stopped because a number was not finite
    NanAbort,
}

impl End {
    /// All of them, in the order in which they are shown.
    pub const ALL: [End; 8] = [
        End::BulkAbsorb,
        End::SurfaceDetect,
        End::SurfaceAbsorb,
        End::Miss,
        End::NoRindex,
        End::BounceLimit,
        End::TimeLimit,
        End::NanAbort,
    ];

    /// The end that a flag stands for; anything unknown is an abort.
    pub fn of_flag(flag: u32) -> End {
        match flag {
            flag::BULK_ABSORB => End::BulkAbsorb,
            flag::SURFACE_DETECT => End::SurfaceDetect,
            flag::SURFACE_ABSORB => End::SurfaceAbsorb,
            flag::MISS => End::Miss,
            flag::NO_RINDEX => End::NoRindex,
            flag::BOUNCE_LIMIT => End::BounceLimit,
            flag::TIME_LIMIT => End::TimeLimit,
            _ => End::NanAbort,
        }
    }

    /// Two-letter code.
    pub fn code(self) -> &'static str {
        ["AB", "SD", "SA", "MI", "NR", "BL", "TL", "NA"][self as usize]
    }

    /// What it means, in words.
    pub fn meaning(self) -> &'static str {
        [
            "absorbed in bulk",
            "detected at a surface",
            "absorbed at a surface",
            "left the world",
            "stopped at a material without RINDEX",
            "stopped by the bounce limit",
            "stopped by the time limit",
            "stopped because a number was not finite",
        ][self as usize]
    }
}

/// How many photons ended how.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct EndCounts([u64; 8]);

impl From<[u64; 8]> for EndCounts {
    /// Counts in the order of [`End::ALL`].
    fn from(counts: [u64; 8]) -> Self {
        Self(counts)
    }
}

impl EndCounts {
    /// Counts one more.
    pub fn add(&mut self, end: End) {
        self.0[end as usize] += 1;
    }

    /// The count of one end.
    pub fn get(&self, end: End) -> u64 {
        self.0[end as usize]
    }

    /// All counts; equals the number of photons propagated, secondaries among them.
    pub fn total(&self) -> u64 {
        self.0.iter().sum()
    }

    /// Adds another's counts.
    pub fn merge(&mut self, other: &EndCounts) {
        for (a, b) in self.0.iter_mut().zip(other.0) {
            *a += b;
        }
    }

    /// Ends that occurred, with their counts.
    pub fn iter(&self) -> impl Iterator<Item = (End, u64)> + '_ {
        End::ALL.into_iter().map(|e| (e, self.get(e))).filter(|(_, n)| *n > 0)
    }
}

/// What is counted about an event, or a part of one.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct EventSummary {
    /// Photons made and followed, without those that wavelength shifters made of them.
    pub photons: u64,
    /// Photons that wavelength shifters emitted beside the first one of an absorption: followed too, and counted by their
    /// ends, so that these sum to `photons + secondaries`.
    pub secondaries: u64,
    /// Points: places where something happened to a photon; births are none.
    pub points: u64,
    /// Hits handed out.
    pub hits: u64,
    /// How the photons ended.
    pub ends: EndCounts,
    /// Navigation corrections.
    pub corrections: u64,
    /// Hits per sensor, by 1-based sensor index (0: at no sensor).
    pub hits_per_sensor: HashMap<u32, u64>,
    /// Counts by history, if asked for; a history is the sequence of [`code_of`](super::code_of) bytes.
    pub histories: HashMap<Box<[u8]>, u64>,
}

impl EventSummary {
    /// Adds another's counts.
    pub fn merge(&mut self, other: &EventSummary) {
        self.photons += other.photons;
        self.secondaries += other.secondaries;
        self.points += other.points;
        self.hits += other.hits;
        self.ends.merge(&other.ends);
        self.corrections += other.corrections;
        for (sensor, n) in &other.hits_per_sensor {
            *self.hits_per_sensor.entry(*sensor).or_default() += n;
        }
        for (history, n) in &other.histories {
            *self.histories.entry(history.clone()).or_default() += n;
        }
    }
}
