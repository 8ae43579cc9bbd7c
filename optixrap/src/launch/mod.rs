//! What a GPU launch takes and gives: the memory that the host lays out and the kernels read and write.
//!
//! Core-only, like the physics: the kernels, the tests that execute them without a GPU, and the host share these files.
//!
//! A launch follows photons of any number of gensteps and events. Its photons are numbered from 0 over everything that
//! was laid out (the *launch index*); one launch takes the range `first..end` of them, so that the same tables serve
//! launches of any length. [`Segment`]s say which launch indices belong to which genstep. Photon `i` of a genstep is
//! photon `first_photon + i` of its event, and the address of its random numbers is (seed, event id, that index): the
//! same as on the CPU, whatever the launch.
//!
//! Every kernel takes one argument: the address of [`LaunchParameters`] in device memory.
//!
//! | kernel | photons | gives |
//! |---|---|---|
//! | `propagate` | lanes that fetch one photon after the other | hits, counts of each event |
//! | `propagate_recorded` | the same | also way items, final photons, points and histories, as asked for |
//! | `propagate_each` | one thread per photon | what `propagate` gives; for comparison |
//!
//! Threads per block: a multiple of 32, as `propagate` lets the lanes of a warp fetch together. Any number of blocks
//! will do for the first two; `propagate_each` needs as many threads as photons.
//!
//! Hits, points and history codes take the next free slot of their buffer. Where a buffer is full nothing is stored, but
//! the counters of [`Counters`] go on: the host sees the exact number, and repeats the same launch with more room and
//! everything zeroed; as the photons are the same, nothing is lost. Slots are taken in any order, so that each record has
//! its launch index beside it, by which the host sorts (`engine::LaunchOutput`). `engine::Batch` lays gensteps out.

mod addresses;
mod flight;
mod lanes;
mod parameters;
mod probe;
mod recorder;
mod rng;
mod store;
mod tally;

pub use addresses::{SceneAddresses, SensorAddresses, Span};
pub use lanes::{propagate, propagate_each, propagate_recorded};
pub use parameters::{
    Counters, END_FLAGS, EventTally, HistoryCode, HitKey, LaunchParameters, Outputs, Segment,
};
pub use probe::{
    GeneratedPhoton, ProbeParameters, ProcessAnswer, ProcessProbe, SolidAnswer, SolidProbe, generated,
    process, process_kind, random_words, solid_answer,
};
