//! What a kernel is told, and where it leaves its results.

use bytemuck::{Pod, Zeroable};

use super::{SceneAddresses, SensorAddresses, Span};
use crate::physics::photon::flag;
use crate::transport::TransportOptions;

/// Everything about one launch. Lies in device memory; nothing changes it while the kernel runs.
#[repr(C)]
#[derive(Debug, Clone, Copy, PartialEq, Pod, Zeroable)]
pub struct LaunchParameters {
    /// The scene, with the input photons of the gensteps laid out here.
    pub scene: SceneAddresses,
    /// What sensors collect.
    pub sensors: SensorAddresses,
    /// Limits and processes.
    pub transport: TransportOptions,
    /// A photon is a hit if its flag mask has all of these bits.
    pub hit_mask: u32,
    /// 1 if [`sensors`](Self::sensors) applies, else 0.
    pub has_sensors: u32,
    /// A warp fetches new photons once at most this many of its 32 lanes have one. 31: at once; less lets the lanes
    /// that need a photon wait for company. Has no influence on the results.
    pub refill_at: u32,
    /// Zero.
    pub pad: u32,
    /// Seed of the random numbers.
    pub seed: u64,
    /// [`PreparedGenstep`](crate::transport::PreparedGenstep)s of all events.
    pub gensteps: Span,
    /// [`Segment`]s, in the order of their launch indices.
    pub segments: Span,
    /// For each segment its first launch index (`u64`), ascending; the first is 0.
    pub starts: Span,
    /// The first photon of this launch, a launch index.
    pub first: u64,
    /// One past the last photon of this launch.
    pub end: u64,
    /// Where the results go.
    pub outputs: Outputs,
}

/// Consecutive photons of one genstep.
#[repr(C)]
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Pod, Zeroable)]
pub struct Segment {
    /// Index of the genstep in [`LaunchParameters::gensteps`].
    pub genstep: u32,
    /// Number of the segment's first photon within the genstep.
    pub first_in_genstep: u32,
    /// Index of the event's [`EventTally`].
    pub event: u32,
    /// The event's id: part of the address of its random numbers.
    pub event_id: u32,
}

/// Result buffers. The length of a [`Span`] is its room; one of length 0 is not wanted.
#[repr(C)]
#[derive(Debug, Clone, Copy, PartialEq, Eq, Pod, Zeroable)]
pub struct Outputs {
    /// Address of one [`Counters`], zero at the start.
    pub counters: u64,
    /// One [`EventTally`] for each event, zero at the start; kernels add to them.
    pub events: Span,
    /// Hits: [`HitRecord`](crate::transport::HitRecord)s in any order.
    pub hits: Span,
    /// For each hit its [`HitKey`]; as long as `hits`.
    pub hit_keys: Span,
    /// For each hit its [`WayRecord`](crate::transport::WayRecord); as long as `hits`, or empty. `propagate_recorded` only.
    pub ways: Span,
    /// The final state of every photon, `HitRecord`s: photon `i` at `i - first`. `propagate_recorded` only.
    pub photons: Span,
    /// Every point: [`PathPoint`](crate::transport::PathPoint)s in any order. `propagate_recorded` only.
    pub points: Span,
    /// For each point its launch index (`u64`); as long as `points`.
    pub point_indices: Span,
    /// [`HistoryCode`]s in any order. `propagate_recorded` only.
    pub codes: Span,
}

impl Outputs {
    /// Nothing but counts.
    pub fn counts_only(counters: u64, events: Span) -> Self {
        let none = Span::EMPTY;
        Self {
            counters,
            events,
            hits: none,
            hit_keys: none,
            ways: none,
            photons: none,
            points: none,
            point_indices: none,
            codes: none,
        }
    }
}

/// Where a hit belongs.
#[repr(C)]
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Pod, Zeroable)]
pub struct HitKey {
    /// The photon's launch index: hits sorted by it are in the order of events and photons.
    pub launch_index: u64,
    /// Index of the event in the batch.
    pub event: u32,
    /// 1-based index of the sensor, 0 for none; whole, where the record's has 16 bits.
    pub sensor: u32,
}

/// Counters of a launch.
#[repr(C)]
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Pod, Zeroable)]
pub struct Counters {
    /// Photons fetched; may end beyond their number.
    pub fetched: u64,
    /// Hits, stored or not.
    pub hits: u64,
    /// Points, births included, stored or not; 0 if they are not wanted.
    pub points: u64,
    /// History codes, stored or not; 0 if they are not wanted.
    pub codes: u64,
}

/// The flags of the end states, in the order in which they are counted.
pub const END_FLAGS: [u32; 8] = [
    flag::BULK_ABSORB,
    flag::SURFACE_DETECT,
    flag::SURFACE_ABSORB,
    flag::MISS,
    flag::NO_RINDEX,
    flag::BOUNCE_LIMIT,
    flag::TIME_LIMIT,
    flag::NAN_ABORT,
];

/// What is counted about one event.
#[repr(C)]
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Pod, Zeroable)]
pub struct EventTally {
    /// How the photons ended, in the order of [`END_FLAGS`]; their sum is the number of photons.
    pub ends: [u64; 8],
    /// Points; births are none.
    pub points: u64,
    /// Navigation corrections.
    pub corrections: u64,
}

/// One code of a history in a word that sorts: launch index less the launch's first << 32, number of the code in the
/// history (the birth is 0) << 8, [`code_of`](crate::transport::code_of).
#[repr(transparent)]
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Pod, Zeroable)]
pub struct HistoryCode(pub u64);

impl HistoryCode {
    /// Photon `photon` of the launch. A launch that counts histories has at most 2^32 photons, and a bounce limit
    /// below 2^24.
    #[inline]
    pub fn new(photon: u64, number: u32, code: u8) -> Self {
        Self(photon << 32 | u64::from(number & 0xff_ffff) << 8 | u64::from(code))
    }

    /// The photon, from the launch's first.
    pub fn photon(self) -> u64 {
        self.0 >> 32
    }

    /// The code.
    pub fn code(self) -> u8 {
        self.0 as u8
    }
}
