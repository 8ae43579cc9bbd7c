//! Runs generation and transport of whole events.
//!
//! An event is a list of gensteps. Photon `i` of the event is the `i`-th photon of the gensteps laid end to end;
//! its history is a function of (scene, genstep, seed, event, i) alone, so that any split of the work over
//! chunks, threads or machines gives the same bits.

mod any;
mod batch;
mod chunk;
mod counts;
mod cpu;
mod dispatch;
mod family;
mod interrupter;
mod launch_output;
mod path;
mod prepare;
mod random_ahead;
mod records;
mod slot_order;
#[cfg(test)]
mod test_event;

pub use any::{Engine, EngineChoice, EngineChoiceError, EngineOptions};
pub use batch::{Batch, BatchEvent};
pub use chunk::ChunkOutput;
pub use counts::{End, EndCounts, EventSummary};
pub use cpu::{BatchSink, CpuEngine, EventInput, Sink};
pub use interrupter::Interrupter;
pub use launch_output::LaunchOutput;
pub use path::{flag_mask_of_text, flag_mask_text, history_text};
#[cfg(test)]
pub(crate) use test_event::test_scene;

use std::ops::Range;

use crate::physics::photon::flag;
use crate::transport::TransportOptions;
pub use crate::transport::{HitRecord, PathPoint, WayRecord, code_of};

/// What decides about a propagation besides the scene and the gensteps.
#[derive(Debug, Clone, PartialEq)]
pub struct PropagateConfig {
    /// Seed of the random numbers.
    pub seed: u64,
    /// Transport: limits and processes.
    pub transport: TransportOptions,
    /// A photon is a hit if its flag mask has all of these bits (`SD` by default).
    pub hit_mask: u32,
    /// Photons per chunk, the unit of work of a thread.
    pub chunk: u32,
    /// Whether to make way items: the last boundary before the hit, and the photon's origin.
    pub way: bool,
    /// Whether to hand out the final state of every photon.
    pub photons: bool,
    /// Whether to hand out every point of every photon.
    pub records: bool,
    /// Whether to count histories.
    pub histories: bool,
    /// Only these photons of the event, for work that is shared by machines; `None` for all.
    pub range: Option<Range<u64>>,
}

impl Default for PropagateConfig {
    fn default() -> Self {
        Self {
            seed: 0,
            transport: TransportOptions::default(),
            hit_mask: flag::SURFACE_DETECT,
            chunk: 4096,
            way: false,
            photons: false,
            records: false,
            histories: false,
            range: None,
        }
    }
}

/// What a run of the engine may fail with.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum EngineError {
    /// A genstep that cannot be propagated.
    #[error("genstep {row}: {problem}")]
    Genstep {
        /// Row in the event's array.
        row: usize,
        /// What is wrong and what to do.
        problem: String,
    },
    /// The threads could not be started.
    #[error("cannot start {threads} threads: {source}; ask for fewer with --threads")]
    Threads {
        /// How many were asked for.
        threads: usize,
        /// The system's answer.
        source: rayon::ThreadPoolBuildError,
    },
    /// One photon has led to more than can be followed.
    #[error(
        "photon {photon} of event {event_id} has led to more than {limit} others: a wavelength shifter emits more photons \
         (WLSMEANNUMBERPHOTONS) than are lost; lower that number, or shorten ABSLENGTH"
    )]
    TooManySecondaries {
        /// Number of the event.
        event_id: u32,
        /// The photon's number in its event.
        photon: u64,
        /// How many are followed.
        limit: u64,
    },
    /// Whoever takes the hits failed (disk full, ...).
    #[error("writing the results failed: {0}")]
    Sink(#[from] Box<dyn std::error::Error + Send + Sync>),
    /// The run was interrupted.
    #[error("interrupted")]
    Interrupted,
    /// A GPU cannot be used, or has failed.
    #[error(transparent)]
    Cuda(#[from] crate::cuda::CudaError),
    /// An event of several failed.
    #[error("event {event_id}: {source}")]
    Event {
        /// Its id.
        event_id: u32,
        /// What went wrong.
        source: Box<EngineError>,
    },
}

impl EngineError {
    /// Says which event a genstep belongs to, where there are several.
    pub(crate) fn of_event(self, inputs: &[EventInput], input: &EventInput) -> Self {
        match self {
            Self::Genstep { .. } if inputs.len() > 1 => {
                Self::Event { event_id: input.event_id, source: Box::new(self) }
            }
            other => other,
        }
    }
}
